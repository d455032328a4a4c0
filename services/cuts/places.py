"""Where a count or a finding lies at each level of a cut, and what the place is called."""

from dataclasses import dataclass
from typing import Protocol
from zlib import crc32

from services.completeness.lines import Directory
from services.cuts.path import Cut, CutGoneError, Level, Step
from services.journal.names import grade_of

LESSONS_A_DAY = 1000
"""A lesson's identity is its day times this and its number; numbers stay far below."""


class Placed(Protocol):
    """A count's cell, or a finding."""

    @property
    def class_unit(self) -> int | None: ...
    @property
    def subject(self) -> int | None: ...
    @property
    def staff(self) -> int | None: ...
    @property
    def day(self) -> int | None: ...
    @property
    def number(self) -> int | None: ...


def lesson_id(day: int, number: int) -> int:
    return day * LESSONS_A_DAY + number


def lesson_of(identity: int) -> tuple[int, int]:
    """The day and the number."""
    return divmod(identity, LESSONS_A_DAY)


@dataclass(frozen=True, slots=True)
class Places:
    """A parallel's id is its grade; that of an МО, which has only its name, is made of the name."""

    directory: Directory

    def id(self, level: Level, placed: Placed) -> int | None:
        match level:
            case Level.PARALLEL:
                name = self.directory.names.class_units.get(placed.class_unit or 0)
                return None if name is None else grade_of(name)
            case Level.CLASS:
                return placed.class_unit
            case Level.SUBJECT:
                return placed.subject
            case Level.SUBJECT_GROUP:
                group = self.directory.subject_group(placed.subject, placed.staff)
                return None if group is None else crc32(group.encode())
            case Level.TEACHER:
                return placed.staff
            case _:
                known = placed.day is not None and placed.number is not None
                return lesson_id(placed.day or 0, placed.number or 0) if known else None

    def hold(self, cut: Cut, placed: Placed) -> bool:
        return all(self.id(step.level, placed) == step.id for step in cut.steps)

    def name(self, step: Step) -> str:
        """``""`` for a lesson; CutGoneError where the lists know no such thing."""
        names, found = self.directory.names, None
        match step.level:
            case Level.PARALLEL:
                grades = {grade_of(name) for name in names.class_units.values()}
                found = str(step.id) if step.id in grades else None
            case Level.CLASS:
                found = names.class_units.get(step.id)
            case Level.SUBJECT:
                found = names.subjects.get(step.id)
            case Level.SUBJECT_GROUP:
                found = self._groups().get(step.id)
            case Level.TEACHER:
                found = names.staff.get(step.id)
            case _:
                found = ""
        if found is None:
            raise CutGoneError
        return found

    def _groups(self) -> dict[int, str]:
        groups = {*self.directory.subject_groups.values(), *self.directory.staff_groups.values()}
        return {crc32(group.encode()): group for group in groups}
