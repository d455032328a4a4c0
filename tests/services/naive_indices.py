"""The four indices counted again from the rows of a file: plain loops, no database, no SQL."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from services.generator import GeneratedSchool
from services.journal.model import Batch, LessonRow
from services.journal.names import grade_of

MOSCOW = ZoneInfo("Europe/Moscow")
WEIGHTS = {f"R{number}": 2.0 for number in range(1, 12)} | {
    "R9": 0,
    "R10": 0,
    "R12": 0.5,
    "Q5": 0.5,
}
LIMITS = {"контрольная": 5, "диктант": 5, "сочинение": 7, "изложение": 7}
SENIOR_ESSAY = 10
AT_ONCE = {"R4", "R6", "R7", "R8", "R11"}
EVENING = 8 * 3600
"""Seconds: these are seen in the file before the deadline of their day."""


def moment(day: int, hour: int) -> int:
    """Epoch seconds of an hour in Moscow; 24 is the day's end."""
    begins = datetime.combine(date.fromordinal(day), time(), MOSCOW)
    return int((begins + timedelta(hours=hour)).timestamp())


@dataclass
class Naive:
    """Counts over the days ``first`` to ``last`` as of a moment."""

    school: GeneratedSchool
    first: int
    last: int
    as_of: int
    today: int
    batch: Batch = field(init=False)

    def __post_init__(self) -> None:
        self.batch = self.school.batch
        self.lessons = self.batch.lessons or []
        self.coded = {
            (a.class_unit, a.day, a.number, a.subject, a.study_group)
            for a in self.batch.attendance or []
        }
        self.held = {
            (one.class_unit, one.study_group, one.subject, one.day, one.number): one
            for one in self.lessons
            if one.state in (None, "проведён") and one.day <= self.today
        }
        self.days = {
            name: sorted({one.day for one in self.lessons if one.class_unit == name})
            for name in {one.class_unit for one in self.lessons}
        }

    def due(self) -> list[LessonRow]:
        return [
            one
            for one in self.held.values()
            if self.first <= one.day <= self.last and moment(one.day, 20) <= self.as_of
        ]

    def taken(self, one: LessonRow) -> bool | None:
        place = (one.class_unit, one.day, one.number, one.subject)
        coded = bool({(*place, one.study_group), (*place, "")} & self.coded)
        return True if coded else one.attendance_taken

    def without_line(self) -> int:
        """Slots without a line, as the generator's truth has them."""
        lines = {
            (one.class_unit, one.study_group, one.subject, one.day, one.number)
            for one in self.lessons
        }
        return sum(
            1
            for one in self.school.truth
            if one.rule == "P1"
            and one.day is not None
            and self.first <= one.day <= self.last
            and one.since <= self.as_of
            and not {
                (one.class_unit, group, one.subject, one.day, one.number)
                for group in (one.study_group, "")
            }
            & lines
        )

    def completeness(self) -> tuple[int, int]:
        done = due = 0
        for filled in self._fields():
            due += 1
            done += filled
        return done, due + 2 * self.without_line()

    def _fields(self) -> Iterator[bool]:
        for one in self.due():
            if one.topic is not None:
                plain = "".join(sign for sign in one.topic.casefold() if sign.isalnum())
                yield len(one.topic.strip()) >= 3 and plain not in ("", "урок", "тема")
            if (taken := self.taken(one)) is not None:
                yield taken
            if self.asks_homework(one):
                yield len((one.homework or "").strip()) >= 3
            yield from self._control_marks(one)

    def asks_homework(self, one: LessonRow) -> bool:
        """In the middle of a term, where some lesson always follows."""
        key = (one.class_unit, one.study_group, one.subject, one.day, one.number + 1)
        with_homework = {row.subject: row.homework for row in self.batch.subjects or []}
        return (
            moment(one.day, 24) <= self.as_of
            and one.work_kind == ""
            and grade_of(one.class_unit) > 1
            and with_homework.get(one.subject) is not False
            and key not in self.held
        )

    def _control_marks(self, one: LessonRow) -> Iterator[bool]:
        if not one.work_kind or not self.marked(one.class_unit, one.subject):
            return
        double = {
            number
            for number in (one.number - 1, one.number, one.number + 1)
            if (*self._place(one), number) in self.held
        }
        before = self.held.get((*self._place(one), one.number - 1))
        if (before is not None and before.work_kind) or not self._past_limit(one):
            return
        rows = [row for row in self.batch.marks or [] if row.day == one.day]
        got = {
            row.pupil
            for row in rows
            if row.class_unit == one.class_unit
            and row.subject == one.subject
            and row.number in double
        }
        for pupil in self._present(one):
            yield pupil in got

    @staticmethod
    def _place(one: LessonRow) -> tuple[str, str, str, int]:
        return one.class_unit, one.study_group, one.subject, one.day

    def _past_limit(self, one: LessonRow) -> bool:
        limit = LIMITS.get(one.work_kind, 3)
        if one.work_kind == "сочинение" and grade_of(one.class_unit) >= 10:
            limit = SENIOR_ESSAY
        later = [day for day in self.days[one.class_unit] if day > one.day]
        return len(later) >= limit and moment(later[limit - 1], 24) <= self.as_of

    def _present(self, one: LessonRow) -> set[int]:
        absent = {
            row.pupil
            for row in self.batch.attendance or []
            if (row.class_unit, row.day, row.number, row.subject)
            == (one.class_unit, one.day, one.number, one.subject)
            and row.code in "НБУ"
        }
        exempt = {
            row.pupil
            for row in self.batch.term_marks or []
            if (row.class_unit, row.subject, row.code) == (one.class_unit, one.subject, "осв")
        }
        members = self.members(one.class_unit, one.subject, one.study_group)
        listed = {
            row.pupil
            for row in self.batch.enrollments or []
            if row.class_unit == one.class_unit and row.first <= one.day <= row.last
        }
        return (listed & members if one.study_group else listed) - absent - exempt

    def members(self, class_unit: str, subject: str, study_group: str) -> set[int]:
        return {
            row.pupil
            for row in self.batch.members or []
            if (row.class_unit, row.subject, row.study_group) == (class_unit, subject, study_group)
        }

    def marked(self, class_unit: str, subject: str) -> bool:
        marks = {row.subject: row.marks for row in self.batch.subjects or []}
        return grade_of(class_unit) > 1 and marks.get(subject) is not False

    def timeliness(self) -> tuple[int, int]:
        kinds: Counter[str] = Counter()
        for one in self.due():
            empty = one.topic is not None and not one.topic.strip()
            if empty or self.taken(one) is False:
                kinds["unfilled"] += 1
            elif one.entered_at is not None and one.entered_at <= self.as_of:
                in_time = one.entered_at <= moment(one.day, 20)
                kinds["ok" if in_time else "late"] += 1
        return kinds["ok"], kinds.total() + self.without_line()

    def accumulation(self) -> tuple[int, int]:
        """Nobody moves between classes but with the same «Код»."""
        upto = min(self.last, self.today)
        codes = {(r.class_unit, r.pupil): r.code for r in self.batch.enrollments or []}
        enough = total = 0
        for row in self.batch.enrollments or []:
            if not row.first <= upto <= row.last or grade_of(row.class_unit) == 1:
                continue
            term = self._term(row.class_unit, upto)
            stays = [r for r in self.batch.enrollments or [] if r.code == row.code]
            weeks = sum(
                week(min(r.last, upto)) - week(max(r.first, term[1])) + 1
                for r in stays
                if r.first <= upto and r.last >= term[1]
            )
            whole = week(term[2]) - week(term[1]) + 1
            for subject, hours in self._hours(row.class_unit, row.pupil, upto).items():
                few, many = (5, 7) if term[0] == "полугодие" else (3, 5)
                least = (few if hours <= 200 else many) * min(weeks, whole) // whole
                marks = sum(
                    1
                    for m in self.batch.marks or []
                    if m.subject == subject
                    and m.value is not None
                    and term[1] <= m.day <= upto
                    and codes.get((m.class_unit, m.pupil)) == row.code
                )
                total += 1
                enough += marks >= least
        return enough, total

    def _term(self, class_unit: str, upto: int) -> tuple[str, int, int]:
        senior = grade_of(class_unit) >= 10
        kind = "полугодие" if senior else "четверть"
        begun = [r for r in self.batch.terms or [] if r.kind == kind and r.first <= upto]
        latest = max(begun, key=lambda r: r.first)
        return latest.kind, latest.first, latest.last

    def _hours(self, class_unit: str, pupil: int, day: int) -> Counter[str]:
        hours: Counter[str] = Counter()
        for row in self.batch.assignments or []:
            if (
                row.class_unit == class_unit
                and row.first <= day <= row.last
                and self.marked(class_unit, row.subject)
                and (
                    not row.study_group
                    or pupil in self.members(class_unit, row.subject, row.study_group)
                )
            ):
                hours[row.subject] += row.hours
        return hours

    def reliability(self) -> tuple[float, int]:
        """Weight of the truth's findings, and lessons."""
        weight = sum(
            WEIGHTS.get(one.rule, 0)
            for one in self.school.truth
            if one.day is not None
            and self.first <= one.day <= self.last
            and one.since <= self.as_of + (EVENING if one.rule in AT_ONCE else 0)
        )
        return weight, len(self.due())


def week(day: int) -> int:
    return (day - 1) // 7
