"""A second reading of the rules, straight over the rows of a file: what the generator is held to.

Slow and simple on purpose, and it knows nothing of how the generator works: it sees the rows only.
"""

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterator
from datetime import date
from functools import cached_property
from typing import Any, NamedTuple

from services.journal.model import Batch, EnrollmentRow, LessonRow, SubstitutionRow, TermRow
from services.journal.writers.local_time import LocalTime

LOCAL = LocalTime()
LIMITS = {"контрольная": 5, "диктант": 5, "сочинение": 7, "изложение": 7}
CONTROL = {
    "контрольная", "диктант", "сочинение", "изложение", "тест",
    "проверочная", "самостоятельная", "лабораторная", "практическая", "зачёт",
}  # fmt: skip
MINIMUM = {"четверть": (3, 5), "полугодие": (5, 7)}


class Found(NamedTuple):
    rule: str
    class_unit: str
    group: str
    subject: str
    day: int | None
    number: int | None
    pupil: int | None


def grade_of(unit: str) -> int:
    return int(unit[:-1])


def covers(classes: str, unit: str) -> bool:
    if not classes:
        return True
    for part in classes.replace(" ", "").split(","):
        first, _, last = part.partition("-")
        if part == unit:
            return True
        if first.isdigit() and int(first) <= grade_of(unit) <= int(last or first):
            return True
    return False


class Oracle:
    """Findings of the thirteen rules as of the end of the day ``until``."""

    def __init__(self, batch: Batch, until: int) -> None:
        self.batch = batch
        self.until = until
        self.lessons = batch.lessons or []
        self.held = [one for one in self.lessons if one.state == "проведён"]
        self.subjects = {one.subject: one for one in batch.subjects or []}
        self.units = sorted({one.class_unit for one in batch.enrollments or []})

    def findings(self) -> set[Found]:
        found: set[Found] = set()
        for rule in (self.fill, self.slots, self.homework, self.late, self.works, self.beside,
                     self.cells, self.terms, self.lag):  # fmt: skip
            found.update(rule())
        return found

    # what the file says about days and people

    @cached_property
    def off(self) -> dict[str, set[int]]:
        return {
            unit: {
                day
                for row in self.batch.non_school or []
                if covers(row.classes, unit)
                for day in range(row.first, row.last + 1)
            }
            for unit in self.units
        }

    def terms_of(self, unit: str) -> list[TermRow]:
        rows = self.batch.terms or []
        return [one for one in rows if one.kind != "год" and covers(one.classes, unit)]

    def term_at(self, unit: str, day: int) -> TermRow | None:
        return next((t for t in self.terms_of(unit) if t.first <= day <= t.last), None)

    @cached_property
    def slots_on(self) -> dict[tuple[str, int], list[Any]]:
        """Slots of a class by day, over all the year."""
        found: dict[tuple[str, int], list[Any]] = defaultdict(list)
        rows = self.batch.terms or []
        for day in range(min(t.first for t in rows), max(t.last for t in rows) + 1):
            for slot in self.batch.slots or []:
                right_day = slot.weekday == (day - 1) % 7 + 1 and slot.first <= day <= slot.last
                unit = slot.class_unit
                if right_day and day not in self.off[unit] and self.term_at(unit, day):
                    found[unit, day].append(slot)
        return found

    @cached_property
    def school_days(self) -> dict[str, list[int]]:
        days: dict[str, list[int]] = defaultdict(list)
        for unit, day in sorted(self.slots_on):
            days[unit].append(day)
        return days

    def nth_school_day(self, unit: str, day: int, count: int) -> int:
        days = self.school_days[unit]
        at = bisect_right(days, day) + count - 1
        return days[at] if at < len(days) else 9_999_999

    @cached_property
    def stays(self) -> dict[str, list[EnrollmentRow]]:
        found: dict[str, list[EnrollmentRow]] = defaultdict(list)
        for row in self.batch.enrollments or []:
            found[row.class_unit].append(row)
        return found

    @cached_property
    def members(self) -> dict[tuple[str, str, str], set[int]]:
        found: dict[tuple[str, str, str], set[int]] = defaultdict(set)
        for row in self.batch.members or []:
            found[row.class_unit, row.subject, row.study_group].add(row.pupil)
        return found

    def roster(self, unit: str, group: str, subject: str, day: int) -> set[int]:
        there = {one.pupil for one in self.stays[unit] if one.first <= day <= one.last}
        return there & self.members[unit, subject, group] if group else there

    @cached_property
    def codes(self) -> dict[tuple[Any, ...], dict[int, str]]:
        found: dict[tuple[Any, ...], dict[int, str]] = defaultdict(dict)
        for row in self.batch.attendance or []:
            place = (row.day, row.number, row.class_unit, row.study_group, row.subject)
            found[place][row.pupil] = row.code
        return found

    @cached_property
    def marked(self) -> dict[tuple[Any, ...], set[int]]:
        found: dict[tuple[Any, ...], set[int]] = defaultdict(set)
        for row in self.batch.marks or []:
            place = (row.day, row.number, row.class_unit, row.study_group, row.subject)
            found[place].add(row.pupil)
        return found

    @cached_property
    def by_place(self) -> dict[tuple[Any, ...], LessonRow]:
        return {place_of(one): one for one in self.held}

    def double(self, lesson: LessonRow, step: int) -> LessonRow | None:
        return self.by_place.get((lesson.day, lesson.number + step, *lesson[2:5]))

    def due_today(self, day: int) -> bool:
        return day <= self.until

    def somebody(self, one: LessonRow) -> bool:
        return bool(self.roster(one.class_unit, one.study_group, one.subject, one.day))

    def gives_marks(self, unit: str, subject: str) -> bool:
        return grade_of(unit) > 1 and self.subjects[subject].marks is not False

    def same_subject(self, one: SubstitutionRow) -> bool:
        """The substitute teaches what the timetable has: the lesson must still be there."""
        own = self.slots_on.get((one.class_unit, one.day), [])
        return any(
            (slot.number, slot.study_group, slot.subject)
            == (one.number, one.study_group, one.subject)
            for slot in own
        )

    # the rules

    def fill(self) -> Iterator[Found]:
        for one in self.held:
            if not self.somebody(one):
                continue
            topic = (one.topic or "").replace("\u00a0", " ").strip()
            not_taken = one.attendance_taken is False and not self.codes.get(place_of(one))
            if not_taken:
                yield of(one, "P4")
            if not topic or not_taken:
                yield of(one, "P1")
            letters = [sign for sign in topic if sign.isalnum()]
            if len(topic) < 3 or not letters or topic.casefold() in ("урок", "тема"):
                yield of(one, "P2")

    def slots(self) -> Iterator[Found]:
        lines = {(one.day, one.number, *one[2:5]) for one in self.lessons}
        replaced = {
            (one.day, one.number, one.class_unit, one.study_group)
            for one in self.batch.substitutions or []
        } - {
            (one.day, one.number, one.class_unit, one.study_group)
            for one in self.batch.substitutions or []
            if one.substitute and self.same_subject(one)
        }
        for (unit, day), slots in self.slots_on.items():
            for slot in slots if day <= self.until else []:
                place = (day, slot.number, unit, slot.study_group, slot.subject)
                empty = not self.roster(unit, slot.study_group, slot.subject, day)
                if place not in lines and place[:4] not in replaced and not empty:
                    yield Found("P1", unit, slot.study_group, slot.subject, day, slot.number, None)

    def homework(self) -> Iterator[Found]:
        last: dict[tuple[str, str, str, str, int], tuple[int, int]] = {}
        for one in self.held:
            term = self.term_at(one.class_unit, one.day)
            if term:
                track = (one.class_unit, one.study_group, one.subject)
                key = (*track, term.kind, term.number)
                last[key] = max(last.get(key, (0, 0)), (one.day, one.number))
        for one in self.held:
            term = self.term_at(one.class_unit, one.day)
            track = (one.class_unit, one.study_group, one.subject)
            at = (one.day, one.number)
            exempt = (
                grade_of(one.class_unit) == 1
                or self.subjects[one.subject].homework is False
                or one.work_kind in CONTROL
                or (term is not None and last[*track, term.kind, term.number] == at)
                or self.double(one, 1) is not None
            )
            if len((one.homework or "").strip()) < 3 and not exempt and one.day < self.until:
                yield of(one, "P3")

    def late(self) -> Iterator[Found]:
        for one in self.held:
            if one.entered_at is not None and one.entered_at > LOCAL.moment(one.day, 20 * 60):
                yield of(one, "T1")

    def works(self) -> Iterator[Found]:
        for one in self.held:
            gives = self.gives_marks(one.class_unit, one.subject)
            if one.work_kind not in CONTROL or not gives:
                continue
            limit = LIMITS.get(one.work_kind, 3)
            if one.work_kind == "сочинение" and grade_of(one.class_unit) >= 10:
                limit = 10
            if self.nth_school_day(one.class_unit, one.day, limit) >= self.until:
                continue
            previous = self.double(one, -1)
            if previous is not None and previous.work_kind in CONTROL:
                continue
            pupils = self.roster(one.class_unit, one.study_group, one.subject, one.day)
            pupils -= {n for n, code in self.codes.get(place_of(one), {}).items() if code != "О"}
            for step in (-1, 0, 1):
                pupils -= self.marked.get((one.day, one.number + step, *one[2:5]), set())
            if pupils:
                yield of(one, "T2")

    def beside(self) -> Iterator[Found]:
        slots = {
            (day, slot.number, unit, slot.study_group, slot.subject)
            for (unit, day), found in self.slots_on.items()
            for slot in found
        }
        slots |= {one[:5] for one in self.batch.substitutions or []}
        for one in self.held:
            if place_of(one) not in slots:
                yield of(one, "R1")
        lines = {place_of(one) for one in self.lessons}
        for row in self.batch.marks or []:
            place = (row.day, row.number, row.class_unit, row.study_group, row.subject)
            if place not in slots and place not in lines:
                yield Found("R1", *place[2:], row.day, row.number, row.pupil)

    def cells(self) -> Iterator[Found]:
        for row in self.batch.marks or []:
            place = (row.day, row.number, row.class_unit, row.study_group, row.subject)
            where = (*place[2:], row.day, row.number, row.pupil)
            code = self.codes.get(place, {}).get(row.pupil)
            if code is not None and code != "О":
                yield Found("R2", *where)
            if row.pupil not in self.roster(row.class_unit, "", row.subject, row.day):
                yield Found("R3", *where)

    @cached_property
    def values(self) -> dict[tuple[str, str], list[tuple[int, int, int]]]:
        """Pupil's code and subject -> day, value, weight."""
        codes = {(one.class_unit, one.pupil): one.code for one in self.batch.enrollments or []}
        found: dict[tuple[str, str], list[tuple[int, int, int]]] = defaultdict(list)
        for row in self.batch.marks or []:
            if row.value is not None:
                whose = codes[row.class_unit, row.pupil] or ""
                found[whose, row.subject].append((row.day, row.value, row.weight or 100))
        return found

    def terms(self) -> Iterator[Found]:
        given = {(r.class_unit, r.subject, r.pupil, r.kind, r.number): r
                 for r in self.batch.term_marks or []}  # fmt: skip
        load: dict[tuple[str, str], list[Any]] = defaultdict(list)
        for line in self.batch.assignments or []:
            load[line.class_unit, line.subject].append(line)
        for unit in self.units:
            for term in self.terms_of(unit):
                for stay in self.stays[unit]:
                    due = self.due_day(unit, term)
                    if stay.first <= term.last <= stay.last and due < self.until:
                        for (of_unit, subject), lines in load.items():
                            if of_unit == unit and self.gives_marks(unit, subject):
                                yield from self.term((stay, term, subject), lines, given)

    def due_day(self, unit: str, term: TermRow) -> int:
        """Two school days before the last one."""
        days = [day for day in self.school_days[unit] if term.first <= day <= term.last]
        return days[-3]

    def term(
        self, what: tuple[EnrollmentRow, TermRow, str], lines: list[Any], given: dict[Any, Any]
    ) -> Iterator[Found]:
        stay, term, subject = what
        mine = [
            line
            for line in lines
            if line.first <= term.last <= line.last
            and (not line.study_group
                 or stay.pupil in self.members[stay.class_unit, subject, line.study_group])
        ]  # fmt: skip
        if not mine:
            return
        group, hours = mine[0].study_group, mine[0].hours / 100
        where = (stay.class_unit, group, subject, term.last, None, stay.pupil)
        marks = [
            (value, weight)
            for day, value, weight in self.values.get((stay.code or "", subject), [])
            if term.first <= day <= term.last
        ]
        lowest = MINIMUM[term.kind][hours > 2]
        weeks = (term.last - max(term.first, stay.first) + 1) / (term.last - term.first + 1)
        closed = term.last < self.until
        if closed and len(marks) < int(lowest * weeks):
            yield Found("N1", *where)
        row = given.get((stay.class_unit, subject, stay.pupil, term.kind, term.number))
        if row is None or (row.value is None and not row.code):
            yield Found("P7", *where)
        elif closed and row.value is not None and marks:
            mean = sum(v * w for v, w in marks) / sum(w for _, w in marks)
            expected = int(mean) + (mean % 1 + 0.001 >= 0.5)
            near = abs(mean % 1 - 0.5) <= 0.1
            if row.value != expected and not (near and row.value in (int(mean), int(mean) + 1)):
                yield Found("Q1", *where)

    def lag(self) -> Iterator[Found]:
        lag: dict[tuple[str, str, str], float] = defaultdict(float)
        for row in self.batch.plans or []:
            if row.day is not None and row.day <= self.until:
                lag[row.class_unit, row.study_group, row.subject] += row.hours / 100
        for one in self.held:
            lag[one.class_unit, one.study_group, one.subject] -= 1
        for (unit, group, subject), hours in lag.items():
            if hours >= 2:
                yield Found("K1", unit, group, subject, None, None, None)


def place_of(one: LessonRow) -> tuple[int, int, str, str, str]:
    return one.day, one.number, one.class_unit, one.study_group, one.subject


def of(one: LessonRow, rule: str) -> Found:
    return Found(rule, one.class_unit, one.study_group, one.subject, one.day, one.number, None)


def test_classes_are_told_by_grade_range_and_name() -> None:
    assert covers("1-4, 7Б", "3А")
    assert covers("1-4, 7Б", "7Б")
    assert not covers("1-4, 7Б", "7А")
    assert not covers("1", "10А")


def test_the_school_year_is_read_in_days() -> None:
    assert date.fromordinal(LOCAL.local(LOCAL.moment(739_860, 20 * 60))[0]).toordinal() == 739_860
