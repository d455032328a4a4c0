"""What every rule over objects looks at besides its class: the moment, the calendar, the kin."""

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from sqlalchemy import select
from sqlalchemy.orm import Session, selectinload, with_loader_criteria
from sqlalchemy.sql.base import ExecutableOption

from bench.objects.base import Kept
from bench.objects.calendar import CalendarDay
from bench.objects.entries import Coverage, Lesson
from bench.objects.people import Assignment, ClassUnit, Membership, Pupil
from services.completeness.finding_store import Hit
from services.journal.calendar import year_of

HELD, DUE = 1, 1
UNNUMBERED = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class Ground:
    """``as_of`` in epoch seconds, days as ordinals; ``kin`` are the numbers of each person."""

    as_of: int
    today: int
    year_first: int
    calendar: Mapping[int, CalendarDay]
    classes: Sequence[ClassUnit]
    kin: Mapping[int, set[Pupil]]

    def past_deadline(self, day: int) -> bool:
        known = self.calendar.get(day)
        return known is not None and known.deadline <= self.as_of

    def ended(self, day: int) -> bool:
        known = self.calendar.get(day)
        return known is not None and known.ends <= self.as_of

    def numbers_of(self, pupil: Pupil) -> set[Pupil]:
        """Every number that one person has had: marks before a transfer count."""
        return {other for each in pupil.enrollments for other in self.kin[each.person]}


Finder = Callable[[ClassUnit, Ground, Mapping[str, int]], Iterator[Hit]]


def ground_of(session: Session, school: int, as_of: datetime, zone: str, generation: int) -> Ground:
    """The school's classes with all that hangs on them, as the generation has it."""
    classes = session.scalars(
        select(ClassUnit)
        .where(ClassUnit.school == school)
        .options(*_eagerly(generation))
        .order_by(ClassUnit.id)
    ).all()
    days = session.scalars(select(CalendarDay).where(CalendarDay.school == school))
    kin: dict[int, set[Pupil]] = defaultdict(set)
    for class_unit in classes:
        for enrollment in class_unit.enrollments:
            kin[enrollment.person].add(enrollment.pupil)
    today = as_of.astimezone(ZoneInfo(zone)).date().toordinal()
    return Ground(
        as_of=int(as_of.timestamp()),
        today=today,
        year_first=datetime(year_of(today), 8, 1, tzinfo=ZoneInfo("UTC")).toordinal(),
        calendar={day.day: day for day in days},
        classes=classes,
        kin=kin,
    )


def _eagerly(generation: int) -> list[ExecutableOption]:
    pupil = selectinload(ClassUnit.pupils)
    return [
        with_loader_criteria(
            Kept,
            lambda cls: (cls.born <= generation) & (cls.died > generation),
            include_aliases=True,
        ),
        selectinload(ClassUnit.enrollments),
        selectinload(ClassUnit.lessons).selectinload(Lesson.subject),
        selectinload(ClassUnit.assignments).selectinload(Assignment.subject),
        selectinload(ClassUnit.coverage).selectinload(Coverage.subject),
        pupil.selectinload(Pupil.enrollments),
        pupil.selectinload(Pupil.memberships).selectinload(Membership.study_group),
        pupil.selectinload(Pupil.marks),
        pupil.selectinload(Pupil.term_marks),
    ]
