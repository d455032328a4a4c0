"""Rows of an analysis's statements and findings into the parts of its view."""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from services.analyses.view import (
    Achievement,
    ClassWorks,
    Course,
    Marks,
    Programme,
    Remarks,
    Repeated,
    WeekShare,
    joined,
)
from services.completeness.finding_store import Hit
from services.completeness.indices import Cells, summed
from services.completeness.lines import Directory, Wording
from services.completeness.rule import Rule, Said, Severity
from services.listing import class_order
from services.periods import DAYS, Span
from services.week_figures import russian_day

Row = Mapping[str, Any]
Rows = Sequence[Row]
OFTEN = 3
"""Weeks with findings of one rule from which a teacher counts as repeating it."""
HUNDREDTHS = 100
COUNTS = ("five", "four", "three", "two", "unattested")


def weighty(hits: Iterable[Hit]) -> list[Hit]:
    """Advice says «проверить»; it is nobody's remark."""
    return [hit for hit in hits if hit.severity != Severity.ADVICE]


def lateness(cells: Cells, span: Span) -> list[WeekShare]:
    """By calendar week, cut at the period's ends; weeks without judged lessons are left out."""
    weeks = summed(
        cells,
        lambda cell: (cell.day - 1) // DAYS if cell.day and span.holds(cell.day) else None,
    )
    return [
        WeekShare(week=_week(week, span), in_time=tally.in_time, judged=tally.judged)
        for week, tally in sorted(weeks.items())
        if tally.judged
    ]


def _week(number: int, span: Span) -> str:
    monday = number * DAYS + 1
    first, last = max(monday, span.first), min(monday + DAYS - 1, span.last)
    return f"{russian_day(first)[:5]}–{russian_day(last)[:5]}"


def repeated(
    hits: Iterable[Hit], rules: Mapping[str, Rule], directory: Directory
) -> list[Repeated]:
    """Teachers with findings of one rule in several weeks, the most weeks first."""
    weeks: dict[tuple[int, str], list[int]] = defaultdict(list)
    for hit in hits:
        if hit.staff is not None and hit.day is not None:
            weeks[hit.staff, hit.rule].append((hit.day - 1) // DAYS)
    found = [
        Repeated(
            teacher=directory.names.staff.get(staff, ""),
            rule=rule,
            title=rules[rule].title,
            weeks=len(set(seen)),
            findings=len(seen),
        )
        for (staff, rule), seen in weeks.items()
        if len(set(seen)) >= OFTEN
    ]
    return sorted(found, key=lambda one: (-one.weeks, -one.findings, one.teacher, one.rule))


def works(rows: Rows, directory: Directory) -> list[ClassWorks]:
    by_class: dict[int, list[int]] = defaultdict(list)
    for row in rows:
        by_class[row["class_unit"]].append(int(row["works"]))
    found = [
        ClassWorks(name=directory.names.class_units[unit], works=sum(counts), most=max(counts))
        for unit, counts in by_class.items()
    ]
    return sorted(found, key=lambda one: class_order(one.name))


def courses(rows: Rows, directory: Directory) -> list[Course]:
    """By class and subject."""
    names = directory.names
    found = [
        Course(
            class_unit=names.class_units[row["class_unit"]],
            subject=names.subjects[row["subject"]],
            study_group=names.study_groups.get(row["study_group"], ""),
            teacher=names.staff.get(row["staff"], ""),
            planned=int(row["hours"]) / HUNDREDTHS,
            held=int(row["held"]),
        )
        for row in rows
    ]
    return sorted(
        found, key=lambda one: (class_order(one.class_unit), one.subject, one.study_group)
    )


def lags(hits: Iterable[Hit], directory: Directory) -> list[Course]:
    """The findings of K1 as courses, the farthest behind first."""
    rows = [
        {**hit._asdict(), "hours": hit.facts["hours"], "held": hit.facts["held"]}
        for hit in hits
        if hit.rule == "K1"
    ]
    return sorted(courses(rows, directory), key=lambda one: -one.lag)


def programme(found: Sequence[Course], name: Callable[[Course], str]) -> list[Programme]:
    """Hours planned and held, summed by any name of a course."""
    planned: dict[str, float] = defaultdict(float)
    done: dict[str, float] = defaultdict(float)
    for course in found:
        planned[name(course)] += course.planned
        done[name(course)] += min(course.planned, course.held)
    return [
        Programme(name=one, planned=planned[one], done=done[one])
        for one in sorted(planned, key=class_order)
    ]


def achievement(
    by_course: Rows, by_class: Rows, directory: Directory, groundless: int | None
) -> Achievement:
    """Period marks by class (pupils), subject, subject group and teacher (marks)."""
    names = directory.names
    pupils = {row["class_unit"]: row for row in by_class}
    classes = [
        _with_pupils(marks, pupils[unit])
        for unit, marks in _grouped(by_course, lambda row: row["class_unit"]).items()
        if unit in pupils
    ]
    named = [_named(one, names.class_units) for one in classes]
    return Achievement(
        school=joined("", named),
        classes=sorted(named, key=lambda one: class_order(one.name)),
        subjects=_scopes(by_course, lambda row: names.subjects[row["subject"]]),
        subject_groups=_scopes(
            by_course, lambda row: directory.subject_group(row["subject"], row["staff"]) or ""
        ),
        teachers=_scopes(by_course, lambda row: names.staff.get(row["staff"] or 0, "")),
        groundless=groundless,
    )


def _grouped(rows: Rows, key: Callable[[Row], Any]) -> dict[Any, Marks]:
    groups: dict[Any, list[Marks]] = defaultdict(list)
    for row in rows:
        five, four, three, two, unattested = (int(row[name]) for name in COUNTS)
        groups[key(row)].append(
            Marks(
                name=str(key(row)),
                five=five,
                four=four,
                three=three,
                two=two,
                unattested=unattested,
            )
        )
    return {name: joined(parts[0].name, parts) for name, parts in groups.items()}


def _with_pupils(marks: Marks, row: Row) -> Marks:
    pupils, passed, good = (int(row[name]) for name in ("pupils", "passed", "good"))
    return replace(marks, pupils=pupils, passed=passed, good=good)


def _named(marks: Marks, names: Mapping[int, str]) -> Marks:
    return replace(marks, name=names[int(marks.name)])


def _scopes(rows: Rows, key: Callable[[Row], str]) -> list[Marks]:
    found = _grouped(rows, key)
    return [found[name] for name in sorted(found) if name]


def remarks(hits: Iterable[Hit], name: Callable[[Hit], str]) -> list[Remarks]:
    """Findings by any name, the most first; those of nobody are left out."""
    counted: dict[str, Counter[str]] = defaultdict(Counter)
    for hit in hits:
        if name(hit):
            counted[name(hit)][hit.rule] += 1
    found = [
        Remarks(
            name=one,
            findings=rules.total(),
            rules=", ".join(f"{rule} – {count}" for rule, count in sorted(rules.items())),
        )
        for one, rules in counted.items()
    ]
    return sorted(found, key=lambda one: (-one.findings, class_order(one.name)))


def arrived(rows: Rows, directory: Directory, wording: Wording) -> list[str]:
    """«9В – с 05.10.2026»: classes whose lessons began more than a week after the first one's."""
    begun = min((row["first"] for row in rows), default=0)
    late = [
        (class_order(directory.names.class_units[row["class_unit"]]), row["first"])
        for row in rows
        if row["first"] > begun + DAYS
    ]
    return [
        wording.why(Said("%(name)s – since %(date)s", {"name": name, "date": russian_day(first)}))
        for (_, name), first in sorted(late)
    ]
