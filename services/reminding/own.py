"""What a teacher is told: own findings when they are new or due again, today's lessons."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from services.completeness.rule import Severity
from services.ids import FindingId, StaffId
from services.people import Person
from services.reminding.ports import Lesson, OpenFinding
from services.reminding.settings import Level
from services.reminding.silence import silenced
from services.reminding.situation import TEACHERS, Situation

REPEATED: Mapping[str, int] = {Severity.CRITICAL: 1, Severity.MAJOR: 3, Severity.MINOR: 7}
"""Days after which an open finding is told of again; advice is never told of by itself."""
HOUR = 60


def own_findings(situation: Situation, person: Person) -> Sequence[FindingId]:
    """Those of the person that are to be told of now; after today's message only critical ones."""
    staff = _at_work(situation, person)
    if staff is None:
        return []
    told = {
        one.finding: one.day
        for one in sorted(situation.said, key=lambda one: one.day)
        if one.person == person.id and one.level == Level.TEACHER
    }
    due = [
        one
        for one in situation.pressing()
        if one.hit.staff == staff and _due(one, told.get(one.id), situation.today)
    ]
    if person.id in situation.messaged and not any(_critical(one) for one in due):
        return []
    return [one.id for one in due]


def own_lessons(situation: Situation, person: Person) -> Sequence[Lesson]:
    """Today's lessons of the person that are over and not filled in, by data of after their end."""
    staff = _at_work(situation, person)
    if staff is None or person.id in situation.messaged:
        return []
    return unfilled(situation, staff)


def unfilled(situation: Situation, staff: StaffId) -> Sequence[Lesson]:
    return [
        one
        for one in situation.lessons
        if one.hit.staff == staff
        and _over(one, situation.as_of, situation)
        and not silenced(one.hit, situation.silences)
    ]


def _at_work(situation: Situation, person: Person) -> StaffId | None:
    """Who the teacher is in the journal; None who is not one, or is not at work today."""
    staff = person.staff
    if staff is None or not person.roles & TEACHERS:
        return None
    days = situation.days
    return staff if days.works(staff) and not days.sick(staff) else None


def _due(one: OpenFinding, told: int | None, today: int) -> bool:
    interval = REPEATED.get(one.hit.severity)
    return interval is not None and (told is None or today - told >= interval)


def _critical(one: OpenFinding) -> bool:
    return one.hit.severity == Severity.CRITICAL


def _over(lesson: Lesson, as_of: datetime | None, situation: Situation) -> bool:
    if as_of is None or lesson.ends is None or situation.days.day_of(as_of) != situation.today:
        return False
    here = as_of.astimezone(situation.days.zone)
    return lesson.ends <= here.hour * HOUR + here.minute
