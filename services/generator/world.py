"""The things a made-up school consists of, while it is being made."""

from dataclasses import dataclass, field

from services.journal.model import LAST_DAY, Day, Moment

SUNDAY = 7
SATURDAY = 6
HELD, CANCELLED, MOVED, MISSING, MARKS_ONLY = "held", "cancelled", "moved", "missing", "marks"

Cell = tuple[tuple[int, ...], str, Moment | None]
"""Values of one cell, its code («осв», «.»; «+» or «-» after a value), when it was entered."""


def weekday_of(day: Day) -> int:
    """1 (Monday) to 7."""
    return (day - 1) % 7 + 1


@dataclass(slots=True, eq=False)
class Unit:
    """A class; ``days`` is the length of its week."""

    name: str
    grade: int
    days: int
    stays: list["Stay"] = field(default_factory=list)
    divided: dict[str, dict[str, set[int]]] = field(default_factory=dict)
    """subject -> study group -> personal numbers."""


@dataclass(slots=True, eq=False)
class Pupil:
    code: str
    name: str
    ability: float
    stays: list["Stay"] = field(default_factory=list)


@dataclass(slots=True, eq=False)
class Stay:
    """One interval of a pupil in a class; both days belong to it."""

    pupil: Pupil
    unit: Unit
    number: int
    name: str
    first: Day
    last: Day = LAST_DAY
    order: str | None = None

    def holds(self, day: Day) -> bool:
        return self.first <= day <= self.last


@dataclass(slots=True, eq=False)
class Teacher:
    name: str
    code: str
    family: str
    post: str = "учитель"
    hired: Day | None = None
    dismissed: Day | None = None
    habit: str = "lesson"
    room: str = ""
    renamed: "Teacher | None" = None
    """The same person under a later surname."""

    @property
    def present_name(self) -> str:
        return self.name if self.renamed is None else self.renamed.name


@dataclass(slots=True, eq=False)
class Track:
    """A subject of a class or of one of its groups, and who teaches it."""

    unit: Unit
    subject: str
    group: str
    hours: int
    teacher: Teacher
    double: bool = False
    phantom: bool = False
    """A group without pupils: it has a timetable and no lessons."""

    @property
    def key(self) -> tuple[str, str, str]:
        return self.unit.name, self.subject, self.group


@dataclass(slots=True, eq=False)
class Slot:
    track: Track
    weekday: int
    number: int
    teacher: Teacher
    first: Day
    last: Day

    def valid(self, day: Day) -> bool:
        return self.first <= day <= self.last


@dataclass(slots=True, eq=False)
class Assignment:
    """A line of the load: ``hours`` a week of the track, from ``first`` to ``last``."""

    track: Track
    teacher: Teacher
    hours: int
    first: Day
    last: Day


@dataclass(slots=True, eq=False)
class Lesson:
    """One line of the journal, or what stands instead of it.

    ``silent`` lessons take neither marks nor attendance codes; at ``quiet`` ones nobody is asked;
    ``touched`` ones already carry a defect or a look-alike and get no second one; ``extra`` ones
    have no slot of their own.
    """

    day: Day
    number: int
    track: Track
    teacher: Teacher
    instead_of: Teacher | None = None
    topic: str = ""
    homework: str = ""
    kind: str = ""
    state: str = HELD
    attendance: bool | None = True
    entered: Moment | None = None
    modified: Moment | None = None
    author: Teacher | None = None
    weight: int | None = None
    silent: bool = False
    touched: bool = False
    quiet: bool = False
    extra: bool = False
    shown: bool = True
    """Whether the journal has a line of it (a cancelled lesson may have none)."""
    ahead: bool = False
    """Whether the journal has something of it although its day has not come."""
    position: int | None = None
    marks: dict[int, Cell] = field(default_factory=dict)
    codes: dict[int, str] = field(default_factory=dict)
    before: dict[str, object] = field(default_factory=dict)
    """Fields that were different a week before ``until``."""

    @property
    def held(self) -> bool:
        return self.state == HELD

    @property
    def place(self) -> tuple[Day, int, str, str, str]:
        return self.day, self.number, *self.track.key


@dataclass(slots=True, eq=False)
class Substitution:
    """``lesson`` carries the subject really taught; ``substitute`` None cancels it."""

    lesson: Lesson
    absent: Teacher
    substitute: Teacher | None
    order: str


@dataclass(slots=True, eq=False)
class PlanItem:
    track: Track
    position: int
    topic: str
    day: Day
    kind: str


@dataclass(slots=True, eq=False)
class TermMark:
    stay: Stay
    subject: str
    term: "Term"
    value: int | None
    code: str
    entered: Moment | None


@dataclass(frozen=True, slots=True)
class Term:
    kind: str
    number: int
    first: Day
    last: Day


@dataclass(frozen=True, slots=True, kw_only=True)
class Options:
    """``until`` is the last day that the journal knows (its evening); ``classes`` is 1-60."""

    seed: int = 1
    classes: int = 25
    until: Day
    zone: str = "Europe/Moscow"
    defects: bool = True
