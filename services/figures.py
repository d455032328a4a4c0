"""The view of a week (or month): what the digest, the picture, the file and /status show.

Pure values; how they are computed stands in ``services.completeness.indices`` and
``services.digests``. An index is a share in per cent (0-100) or None: «нет данных». Pupils appear
only as «5А №17».
"""

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Index:
    """One index and its parts: ``done`` of ``all`` (reliability: findings' weight, lessons)."""

    value: float | None
    change: float | None = None
    done: float = 0
    all: float = 0


@dataclass(frozen=True, slots=True)
class Indices:
    """Полнота, своевременность, накопляемость, достоверность."""

    completeness: Index
    timeliness: Index
    accumulation: Index
    reliability: Index


@dataclass(frozen=True, slots=True)
class Standing:
    """The indices of one scope (a parallel, class, subject, subject group or teacher)."""

    name: str
    indices: Indices
    findings: int = 0


@dataclass(frozen=True, slots=True)
class RuleCount:
    code: str
    title: str
    severity: str
    count: int
    change: int | None = None


@dataclass(frozen=True, slots=True)
class FindingLine:
    """One finding as every list shows it; absent parts are ``""``, ``date`` is ДД.ММ.ГГГГ."""

    rule: str
    severity: str
    class_unit: str
    study_group: str
    subject: str
    teacher: str
    date: str
    lesson: str
    pupil: str
    title: str
    why: str


@dataclass(frozen=True, slots=True)
class HeatMap:
    """Shares 0-100 (None: no lessons, or no data) by row (class) and column (day or subject)."""

    rows: list[str]
    columns: list[str]
    cells: list[list[float | None]]
    title: str
    caption: str


@dataclass(frozen=True, slots=True)
class Consulted:
    """Questions to the bot: ``answered`` by the base, of use by the asker's word, passed on."""

    asked: int = 0
    answered: int = 0
    helped: int = 0
    passed: int = 0


@dataclass(frozen=True, slots=True)
class Desk:
    """Tickets of seven days; ``solution`` is the median in seconds of working time."""

    opened: int
    closed: int
    solution: int | None = None


@dataclass(frozen=True, slots=True)
class Decided:
    """Decisions not closed yet, those of them overdue, and those closed in seven days."""

    open: int
    overdue: int
    closed: int


@dataclass(frozen=True, slots=True)
class Week:
    """Everything the weekly digest shows; ``period`` is «2026-W47».

    ``first`` and ``last`` are ДД.ММ.ГГГГ, ``as_of`` is «ДД.ММ ЧЧ:ММ» in the school's zone (``""``
    while there is no data). ``next_controls``, ``deadlines``, ``missing`` and
    ``unsigned`` (a line for each of ``unsigned_substitutions``) are short phrases.
    ``rules`` count findings dated in the week; ``courses`` those of terms and plans that are open
    now, whatever their day; ``findings`` holds the lines of both. ``opened``, ``closed`` and
    ``overdue`` are None in the first week with data. ``consulted``, ``desk`` and ``decisions``
    count seven days up to the moment of the data, or to the week's end; ``outages`` are short
    phrases too.
    """

    school: str
    period: str
    first: str
    last: str
    as_of: str
    indices: Indices
    parallels: list[Standing] = field(default_factory=list)
    classes: list[Standing] = field(default_factory=list)
    subjects: list[Standing] = field(default_factory=list)
    subject_groups: list[Standing] = field(default_factory=list)
    teachers: list[Standing] = field(default_factory=list)
    rules: list[RuleCount] = field(default_factory=list)
    courses: list[RuleCount] = field(default_factory=list)
    findings: list[FindingLine] = field(default_factory=list)
    unsigned_substitutions: int = 0
    unsigned: list[str] = field(default_factory=list)
    opened: int | None = None
    closed: int | None = None
    overdue: int | None = None
    roster_orders: int = 0
    next_controls: list[str] = field(default_factory=list)
    deadlines: list[str] = field(default_factory=list)
    missing: list[str] = field(default_factory=list)
    heat: HeatMap | None = None
    consulted: Consulted | None = None
    desk: Desk | None = None
    outages: list[str] = field(default_factory=list)
    decisions: Decided | None = None


@dataclass(frozen=True, slots=True)
class Fact:
    """One number that a finding rests on, as words: «учеников без отметки», «7 из 25»."""

    name: str
    value: str


@dataclass(frozen=True, slots=True)
class Reason:
    """Why a finding is there: its rule's clause and version, the exact rows, the numbers.

    ``rows`` are lines a person can find in the journal or the file; ``clause`` is the school's own
    act (``""``: none is named).
    """

    line: FindingLine
    clause: str
    version: int
    rows: list[str] = field(default_factory=list)
    facts: list[Fact] = field(default_factory=list)
