"""The figures of an analysis counted again from a file's rows: plain loops, no database, no SQL."""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from services.journal.model import LessonRow, PlanRow, TermMarkRow
from tests.services.naive_indices import Naive, moment, week

WHOLE = {"контрольная", "диктант", "сочинение", "изложение"}
WORTH = {5: 1.0, 4: 0.64, 3: 0.36, 2: 0.16, None: 0.08}
FIVE, FOUR, THREE, PASSING = 5, 4, 3, 2


@dataclass
class ByHand(Naive):
    """A period as of a moment; ``term`` numbers the quarter whose marks are looked at."""

    term: int = 1

    def asks_homework(self, one: LessonRow) -> bool:
        """Not of a term's last lesson either; one in holidays belongs to no term."""
        _, first, last = self._term(one.class_unit, one.day)
        if one.day > last:
            return super().asks_homework(one)
        place = (one.class_unit, one.study_group, one.subject)
        later = [
            other
            for other in self.held.values()
            if (other.class_unit, other.study_group, other.subject) == place
            and first <= other.day <= last
            and (other.day, other.number) > (one.day, one.number)
        ]
        ended = last <= self.today
        return super().asks_homework(one) and (bool(later) or not ended)

    @property
    def upto(self) -> int:
        return min(self.last, self.today)

    def held_in(self, first: int, last: int) -> list[LessonRow]:
        return [
            one
            for one in self.lessons
            if one.state in (None, "проведён") and first <= one.day <= last
        ]

    def classes(self) -> set[str]:
        return {one.class_unit for one in self.held_in(self.first, self.upto)}

    def teachers(self) -> set[str]:
        return {self.called(one.teacher) for one in self.held_in(self.first, self.upto)}

    def called(self, name: str) -> str:
        """By today's surname: the staff list's last line with the same code."""
        codes = {row.name: row.code for row in self.batch.staff or []}
        return {row.code: row.name for row in self.batch.staff or []}.get(codes[name], name)

    def marks(self) -> int:
        rows = self.batch.marks or []
        return sum(self.first <= m.day <= self.upto and m.value is not None for m in rows)

    def given(self) -> list[TermMarkRow]:
        """Of pupils who are there on the last day; grade 1 and unmarked subjects aside."""
        there = {
            (row.class_unit, row.pupil)
            for row in self.batch.enrollments or []
            if row.first <= self.last <= row.last
        }
        return [
            row
            for row in self.batch.term_marks or []
            if (row.kind, row.number) == ("четверть", self.term)
            and (row.class_unit, row.pupil) in there
            and self.marked(row.class_unit, row.subject)
        ]

    def pupils(self, class_unit: str) -> tuple[int, int, int]:
        """With a mark or «н/а»; without 2 and «н/а»; with nothing below 4."""
        marks: dict[int, list[int | None]] = defaultdict(list)
        for row in self.given():
            if row.class_unit == class_unit and (row.value is not None or row.code == "н/а"):
                marks[row.pupil].append(row.value)
        passed = [own for own in marks.values() if all(m and m > PASSING for m in own)]
        good = [own for own in marks.values() if all(m and m >= FOUR for m in own)]
        return len(marks), len(passed), len(good)

    def counts(self, belongs: Callable[[TermMarkRow], bool]) -> tuple[int, int, int, int, int]:
        """5, 4, 3, 2, «н/а»."""
        own = [row for row in self.given() if belongs(row)]
        values = Counter(row.value for row in own)
        unattested = sum(row.value is None and row.code == "н/а" for row in own)
        return values[FIVE], values[FOUR], values[THREE], values[PASSING], unattested

    def teacher_of(self, row: TermMarkRow) -> str:
        """Who teaches the pupil on the period's last day."""
        own = [
            line.teacher
            for line in self.batch.assignments or []
            if (line.class_unit, line.subject) == (row.class_unit, row.subject)
            and line.first <= self.last <= line.last
            and (
                not line.study_group
                or row.pupil in self.members(row.class_unit, row.subject, line.study_group)
            )
        ]
        return self.called(own[0]) if own else ""

    def programme(self) -> dict[str, tuple[float, float]]:
        """Class -> hours planned, hours held of them."""
        planned: Counter[tuple[str, str, str]] = Counter()
        for item in self.batch.plans or []:
            if item.day is not None and self.first <= item.day <= self.upto:
                for group in self.groups(item):
                    planned[item.class_unit, item.subject, group] += item.hours
        held = Counter(
            (one.class_unit, one.subject, one.study_group)
            for one in self.held_in(self.first, self.upto)
        )
        totals: dict[str, list[float]] = defaultdict(lambda: [0.0, 0.0])
        for (unit, subject, group), hours in planned.items():
            lessons = held[unit, subject, group]
            lessons += held[unit, subject, ""] if group else 0
            totals[unit][0] += hours / 100
            totals[unit][1] += min(hours / 100, lessons)
        return {unit: (pair[0], pair[1]) for unit, pair in totals.items()}

    def groups(self, item: PlanRow) -> Iterable[str]:
        """A plan of the whole class holds for each of its groups."""
        if item.study_group:
            return [item.study_group]
        named = {
            line.study_group
            for line in self.batch.assignments or []
            if (line.class_unit, line.subject) == (item.class_unit, item.subject)
            and line.first <= self.upto
        } | {
            one.study_group
            for one in self.held_in(self.first, self.upto)
            if (one.class_unit, one.subject) == (item.class_unit, item.subject)
        }
        return sorted(named - {""}) or [""]

    def works(self) -> dict[str, tuple[int, int]]:
        """Class -> works written whole, the most of them in one week."""
        weeks: dict[str, Counter[int]] = defaultdict(Counter)
        written = {
            (one.class_unit, one.subject, one.day, one.number)
            for one in self.held_in(self.first, self.upto)
            if one.work_kind in WHOLE and not one.study_group and moment(one.day, 20) <= self.as_of
        }
        for unit, subject, day, number in written:
            if (unit, subject, day, number - 1) not in written:
                weeks[unit][week(day)] += 1
        return {unit: (own.total(), max(own.values())) for unit, own in weeks.items()}

    def lateness(self) -> list[tuple[int, int]]:
        """In time and judged by calendar week, the earliest first."""
        found: list[tuple[int, int]] = []
        for number in range(week(self.first), week(self.last) + 1):
            first, last = max(self.first, number * 7 + 1), min(self.last, number * 7 + 7)
            part = ByHand(self.school, first, last, self.as_of, self.today)
            in_time, judged = part.timeliness()
            if judged:
                found.append((in_time, judged))
        return found


def sou(counts: tuple[int, int, int, int, int]) -> float:
    worth = sum(n * w for n, w in zip(counts, WORTH.values(), strict=True))
    return 100 * worth / sum(counts)
