"""What the checks must find in the made-up school, and what they must leave alone."""

import json
from dataclasses import dataclass, field, replace
from datetime import date

from services.generator.world import Lesson, Teacher, Track, Unit
from services.journal.model import Day, Moment
from services.journal.writers.local_time import LocalTime

DAY_DEADLINE = 20 * 60
DAY_END = 24 * 60


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """``since`` is the moment from which it holds; ``what`` explains a look-alike.

    ``teacher`` goes by the surname of ``until``, whatever it was on the day of the lesson. Findings
    of a class, a pupil or a teacher have no subject, those of a teacher no class either.
    """

    rule: str
    teacher: str | None
    class_unit: str
    study_group: str | None
    subject: str
    day: Day | None
    number: int | None
    pupil: int | None
    since: Moment
    what: str = ""

    def as_json(self, local: LocalTime) -> str:
        facts: dict[str, object] = {
            "rule": self.rule,
            "teacher": self.teacher,
            "class": self.class_unit or None,
            "group": self.study_group or None,
            "subject": self.subject or None,
            "date": None if self.day is None else date.fromordinal(self.day).isoformat(),
            "lesson": self.number,
            "pupil": self.pupil,
            "since": local.iso(self.since),
        }
        if self.what:
            facts["what"] = self.what
        return json.dumps(facts, ensure_ascii=False)


@dataclass(slots=True)
class Ledger:
    """Keeps the truth of ``until``'s evening: what holds later is no finding yet."""

    local: LocalTime
    until: Day
    truth: list[Finding] = field(default_factory=list)
    lookalikes: list[Finding] = field(default_factory=list)

    def lesson(self, rule: str, lesson: Lesson, *, since: Moment, pupil: int | None = None) -> None:
        self._keep(_of_lesson(rule, lesson, pupil, since, ""))

    def track(
        self, rule: str, track: Track, *, day: Day | None, since: Moment, pupil: int | None = None
    ) -> None:
        self._keep(_of_track(rule, track, day, pupil, since, ""))

    def innocent(self, rule: str, lesson: Lesson, what: str, *, pupil: int | None = None) -> None:
        since = self.local.moment(lesson.day, DAY_DEADLINE)
        self.lookalikes.append(_of_lesson(rule, lesson, pupil, since, what))

    def innocent_track(
        self, rule: str, track: Track, what: str, *, day: Day | None, pupil: int | None = None
    ) -> None:
        since = self.local.moment(self.until if day is None else day, DAY_END)
        self.lookalikes.append(_of_track(rule, track, day, pupil, since, what))

    def subject(self, rule: str, track: Track, *, pupil: int, since: Moment) -> None:
        """Of a pupil in a subject, whichever of its groups."""
        found = _of_track(rule, track, None, pupil, since, "")
        self._keep(replace(found, study_group="", teacher=None))

    def place(
        self, rule: str, unit: Unit | None, *, day: Day | None, since: Moment,
        pupil: int | None = None, teacher: Teacher | None = None,
    ) -> None:  # fmt: skip
        """Of a class, a pupil of it, or a teacher: of no subject."""
        self._keep(_of_place(rule, (unit, pupil, teacher), day, since, ""))

    def innocent_place(
        self, rule: str, unit: Unit | None, what: str, *, day: Day | None = None,
        pupil: int | None = None, teacher: Teacher | None = None,
    ) -> None:  # fmt: skip
        since = self.local.moment(self.until if day is None else day, DAY_END)
        self.lookalikes.append(_of_place(rule, (unit, pupil, teacher), day, since, what))

    def _keep(self, finding: Finding) -> None:
        if finding.since < self.local.moment(self.until, DAY_END):
            self.truth.append(finding)

    def sort(self) -> None:
        """In order; what a later defect has made true is no look-alike any more."""
        true = {_place(finding) for finding in self.truth}
        self.lookalikes = [one for one in self.lookalikes if _place(one) not in true]
        self.truth.sort(key=_order)
        self.lookalikes.sort(key=_order)


def _place(one: Finding) -> tuple[object, ...]:
    where = (one.class_unit, one.study_group or "", one.subject, one.teacher)
    return one.rule, *where, one.day, one.number, one.pupil


def _order(finding: Finding) -> tuple[object, ...]:
    place = (finding.class_unit, finding.subject, finding.study_group or "")
    return finding.rule, finding.since, *place, finding.number or 0, finding.pupil or 0


def _of_lesson(rule: str, lesson: Lesson, pupil: int | None, since: Moment, what: str) -> Finding:
    return Finding(
        rule=rule,
        teacher=lesson.teacher.present_name,
        class_unit=lesson.track.unit.name,
        study_group=lesson.track.group,
        subject=lesson.track.subject,
        day=lesson.day,
        number=lesson.number,
        pupil=pupil,
        since=since,
        what=what,
    )


def _of_track(
    rule: str, track: Track, day: Day | None, pupil: int | None, since: Moment, what: str
) -> Finding:
    return Finding(
        rule=rule,
        teacher=track.teacher.present_name,
        class_unit=track.unit.name,
        study_group=track.group,
        subject=track.subject,
        day=day,
        number=None,
        pupil=pupil,
        since=since,
        what=what,
    )


def _of_place(
    rule: str,
    whom: tuple[Unit | None, int | None, Teacher | None],
    day: Day | None,
    since: Moment,
    what: str,
) -> Finding:
    unit, pupil, teacher = whom
    return Finding(
        rule=rule,
        teacher=None if teacher is None else teacher.present_name,
        class_unit="" if unit is None else unit.name,
        study_group="",
        subject="",
        day=day,
        number=None,
        pupil=pupil,
        since=since,
        what=what,
    )
