"""The view of a week put together from what was counted and found."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from services.completeness.finding_store import Hit
from services.completeness.indices import Cell, Cells, Tally, indices_of, summed
from services.completeness.lines import Directory, Wording, line_of
from services.completeness.measuring import Measured
from services.completeness.rule import Extent, Passport, Rule, Said
from services.figures import FindingLine, HeatMap, RuleCount, Standing
from services.journal.names import grade_of
from services.listing import class_order
from services.periods import Span

WEEKDAYS = ("Пн", "Вт", "Ср", "Чт", "Пт", "Сб", "Вс")
SHEETS = {
    "terms": "Периоды",
    "pupils": "Ученики",
    "load": "Нагрузка",
    "timetable": "Расписание",
    "plans": "КТП",
}
ENTRIES = {"lessons": "Уроки", "marks": "Отметки"}
Name = Callable[[Cell], str | None]
Rows = Sequence[Mapping[str, Any]]


def russian_day(day: int) -> str:
    return f"{date.fromordinal(day):%d.%m.%Y}"


def moment_here(moment: datetime, zone: str) -> str:
    """«20.11 16:00» in the school's zone."""
    return f"{moment.astimezone(ZoneInfo(zone)):%d.%m %H:%M}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Standings:
    """Counts of two weeks, by any scope, the worst first."""

    now: Cells
    before: Cells
    directory: Directory

    def whole(self) -> tuple[Tally, Tally]:
        """The school's own counts, this week's and those of the week before."""
        return self._sum(self.now), self._sum(self.before)

    @staticmethod
    def _sum(cells: Cells) -> Tally:
        return summed(cells, lambda _: 0).get(0, Tally())

    def by(self, name: Name) -> list[Standing]:
        now, before = summed(self.now, name), summed(self.before, name)
        found = [
            Standing(key, indices_of(tally, before.get(key)), tally.findings)
            for key, tally in now.items()
        ]
        return sorted(found, key=_worst)

    def parallels(self) -> list[Standing]:
        def parallel(cell: Cell) -> str | None:
            name = self._class(cell)
            return str(grade_of(name)) if name else None

        return self.by(parallel)

    def classes(self) -> list[Standing]:
        return self.by(self._class)

    def subjects(self) -> list[Standing]:
        names = self.directory.names.subjects
        return self.by(lambda cell: None if cell.subject is None else names.get(cell.subject))

    def subject_groups(self) -> list[Standing]:
        return self.by(lambda cell: self.directory.subject_group(cell.subject, cell.staff))

    def teachers(self) -> list[Standing]:
        names = self.directory.names.staff
        return self.by(lambda cell: None if cell.staff is None else names.get(cell.staff))

    def _class(self, cell: Cell) -> str | None:
        names = self.directory.names.class_units
        return None if cell.class_unit is None else names.get(cell.class_unit)

    def heat(self, span: Span, *, title: str, caption: str) -> HeatMap:
        """Completeness by class and day; without rows where nothing was due in the span."""
        dated = summed(
            self.now,
            lambda cell: (self._class(cell), cell.day) if span.holds(cell.day) else None,
        )
        shares = {
            place: 100.0 * tally.fields / tally.fields_due
            for place, tally in dated.items()
            if tally.fields_due
        }
        days = sorted({day for _, day in shares if day is not None})
        rows = sorted({name for name, _ in shares if name}, key=class_order)
        return HeatMap(
            rows=rows,
            columns=[_column(day) for day in days],
            cells=[[shares.get((row, day)) for day in days] for row in rows],
            title=title,
            caption=caption,
        )


def _column(day: int) -> str:
    moment = date.fromordinal(day)
    return f"{WEEKDAYS[moment.weekday()]} {moment:%d.%m}"


def _worst(one: Standing) -> tuple[bool, float, int, tuple[int, str]]:
    share = one.indices.completeness.value
    return share is None, share or 0.0, -one.findings, class_order(one.name)


def rule_counts(
    rules: Mapping[str, Rule],
    passports: Mapping[str, Passport],
    now: Measured,
    before: Measured,
) -> tuple[list[RuleCount], list[RuleCount]]:
    """Of the lessons' rules with their change, and of the courses' rules as they are open now."""
    current, earlier = (
        Counter(h.rule for h in now.lesson_hits),
        Counter(h.rule for h in before.lesson_hits),
    )
    open_now = Counter(hit.rule for hit in now.course_hits)
    known = bool(before.cells)
    dated: list[RuleCount] = []
    courses: list[RuleCount] = []
    for code, rule in rules.items():
        if not passports[code].enabled:
            continue
        severity = passports[code].severity.value
        if rule.extent is Extent.COURSE:
            courses.append(RuleCount(code, rule.title, severity, open_now[code]))
        else:
            change = current[code] - earlier[code] if known else None
            dated.append(RuleCount(code, rule.title, severity, current[code], change))
    return dated, courses


def finding_lines(
    hits: Iterable[Hit], rules: Mapping[str, Rule], directory: Directory, wording: Wording
) -> list[FindingLine]:
    return [line_of(hit, rules[hit.rule], directory, wording) for hit in hits]


def control_works(rows: Rows, directory: Directory) -> list[str]:
    """«5А Математика 24.11», by day and class."""
    names = directory.names
    works = [
        (
            row["day"],
            class_order(names.class_units[row["class_unit"]]),
            names.subjects[row["subject"]],
        )
        for row in rows
    ]
    return [f"{unit} {subject} {russian_day(day)[:5]}" for day, (_, unit), subject in sorted(works)]


def unsigned_lines(hits: Iterable[Hit], directory: Directory, wording: Wording) -> list[str]:
    """«5А · 17.11 · урок 3 · Алгебра · Иванова Мария Петровна» (who had to sign), by day.

    Those of rule R5.
    """
    names = directory.names
    unsigned = [hit for hit in hits if hit.rule == "R5"]
    lines = []
    for hit in sorted(unsigned, key=lambda hit: (hit.day or 0, hit.class_unit or 0, hit.number)):
        parts = (
            names.class_units[hit.class_unit or 0],
            _short(hit.day or 0),
            wording.why(Said("lesson %(number)s", {"number": hit.number})),
            names.subjects[hit.subject or 0],
            names.study_groups.get(hit.study_group, ""),
            names.staff.get(hit.staff or 0, ""),
        )
        lines.append(" · ".join(part for part in parts if part))
    return lines


def deadlines(rows: Rows, span: Span, wording: Wording) -> list[str]:
    """Last days for period marks and ends of terms that lie in the span, by day."""
    found: set[tuple[int, str]] = set()
    for row in rows:
        term = {"term": (row["kind"], row["number"])}
        if span.holds(row["due"]):
            said = Said("marks for %(term)s by %(day)s", {**term, "day": _short(row["due"])})
            found.add((row["due"], wording.why(said)))
        if span.holds(row["last"]):
            said = Said("%(term)s ends on %(day)s", {**term, "day": _short(row["last"])})
            found.add((row["last"], wording.why(said)))
    return [phrase for _, phrase in sorted(found)]


def _short(day: int) -> str:
    return russian_day(day)[:5]


def missing_files(sheets: Mapping[str, Any], uncovered: Rows, directory: Directory) -> list[str]:
    """Which sheets are missing, whole or of which classes and subjects: «Уроки: 5А, 5Б»."""
    phrases = [name for sheet, name in SHEETS.items() if not sheets[sheet]]
    for kind, sheet in ENTRIES.items():
        phrases += _missing_entries(
            sheet, [row for row in uncovered if row["kind"] == kind], directory
        )
    return phrases


def _missing_entries(sheet: str, rows: Rows, directory: Directory) -> list[str]:
    by_class: dict[str, list[Mapping[str, Any]]] = {}
    for row in rows:
        by_class.setdefault(directory.names.class_units[row["class_unit"]], []).append(row)
    order = sorted(by_class, key=class_order)
    whole = [name for name in order if not any(row["covered"] for row in by_class[name])]
    if whole and len(whole) == len(order):
        return [sheet]
    phrases = [f"{sheet}: {', '.join(whole)}"] if whole else []
    for name in order:
        lacking = [r["subject"] for r in by_class[name] if not r["covered"]]
        if lacking and name not in whole:
            subjects = sorted(directory.names.subjects[subject] for subject in lacking)
            phrases.append(f"{sheet} {name}: {', '.join(subjects)}")
    return phrases
