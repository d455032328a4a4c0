"""What an analysis shows: the message, the picture, the workbook and the document are made of it.

Pure values as of one moment. A share is in per cent (0-100), None is «нет данных»; days are
ДД.ММ.ГГГГ. Teachers stand by their names (they are staff), pupils only as «5А №17».
"""

from collections.abc import Iterable
from dataclasses import dataclass, field

from services.figures import Week

WEIGHTS = (1.0, 0.64, 0.36, 0.16, 0.08)
"""What a 5, 4, 3, 2 and «н/а» are worth in СОУ (RULES.md, "Reports")."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Checked:
    """What was looked at; ``late`` are classes whose lessons began well after the others'."""

    classes: list[str]
    teachers: int
    lessons: int
    marks: int
    late: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True, kw_only=True)
class Method:
    """A rule that looked, with its passport's version and the clause of the school's act."""

    code: str
    title: str
    version: int
    clause: str


@dataclass(frozen=True, slots=True, kw_only=True)
class WeekShare:
    """Lessons of one week filled in time, of those judged; ``late`` is the rest in per cent."""

    week: str
    in_time: int
    judged: int

    @property
    def late(self) -> float | None:
        return share(self.judged - self.in_time, self.judged)


@dataclass(frozen=True, slots=True, kw_only=True)
class Repeated:
    """A teacher with findings of one rule in several weeks of the period."""

    teacher: str
    rule: str
    title: str
    weeks: int
    findings: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ClassWorks:
    """Works that a class wrote whole; ``most`` of them in one week."""

    name: str
    works: int
    most: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Course:
    """Hours of a plan and lessons held; ``planned`` may be a part of an hour."""

    class_unit: str
    subject: str
    study_group: str
    teacher: str
    planned: float
    held: int

    @property
    def lag(self) -> float:
        return self.planned - self.held


@dataclass(frozen=True, slots=True, kw_only=True)
class Programme:
    """``done`` of ``planned`` hours: what one course held beyond its plan fills no other's gap."""

    name: str
    planned: float
    done: float

    @property
    def share(self) -> float | None:
        return share(self.done, self.planned)


@dataclass(frozen=True, slots=True, kw_only=True)
class Marks:
    """Period marks of one scope.

    ``pupils`` are None where a pupil is one mark (a subject, a teacher): success and quality are
    then of marks. Otherwise of pupils: ``passed`` without 2 and «н/а», ``good`` on 4 and 5.
    """

    name: str
    five: int = 0
    four: int = 0
    three: int = 0
    two: int = 0
    unattested: int = 0
    pupils: int | None = None
    passed: int = 0
    good: int = 0

    @property
    def total(self) -> int:
        return self.five + self.four + self.three + self.two + self.unattested

    @property
    def success(self) -> float | None:
        """Успеваемость, %."""
        return self.success_by_marks if self.pupils is None else share(self.passed, self.pupils)

    @property
    def quality(self) -> float | None:
        """Качество, %."""
        return self.quality_by_marks if self.pupils is None else share(self.good, self.pupils)

    @property
    def success_by_marks(self) -> float | None:
        return share(self.five + self.four + self.three, self.total)

    @property
    def quality_by_marks(self) -> float | None:
        return share(self.five + self.four, self.total)

    @property
    def sou(self) -> float | None:
        """СОУ, %."""
        counts = (self.five, self.four, self.three, self.two, self.unattested)
        worth = sum(weight * count for weight, count in zip(WEIGHTS, counts, strict=True))
        return share(worth, self.total)


@dataclass(frozen=True, slots=True, kw_only=True)
class Achievement:
    """Period marks by every scope; ``groundless`` «н/а» are those of rule Q3 (None: not looked)."""

    school: Marks
    classes: list[Marks]
    subjects: list[Marks]
    subject_groups: list[Marks]
    teachers: list[Marks]
    groundless: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Remarks:
    """Findings of a teacher or class, advice aside; ``rules`` is «P1 – 3, P2 – 1»."""

    name: str
    findings: int
    rules: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Compared:
    """One figure now, in the period before and a year ago; ``unit`` is share, points or count."""

    key: str
    name: str
    unit: str
    now: float | None
    before: float | None = None
    year: float | None = None

    @property
    def change(self) -> float | None:
        return None if self.now is None or self.before is None else self.now - self.before


@dataclass(frozen=True, slots=True, kw_only=True)
class Drafted:
    """The drafted parts, a sentence each, every one resting on a number."""

    conclusions: list[str]
    recommendations: list[str]
    decision: list[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Analysis:
    """``figures`` are those of the weekly digest over the period; ``identities`` its findings'.

    ``running``: the period had not ended at the data's moment. ``title`` is «ноябрь 2026 г.».
    ``previous`` names the period compared with («»: none had data). ``achievement`` is None for a
    month. ``lags`` are the findings of rule K1. ``identities`` (advice aside) are what the
    re-check looks for, in the order of ``remarked``, their lines.
    """

    kind: str
    period: str
    title: str
    running: bool
    previous: str
    year_ago: str
    figures: Week
    checked: Checked
    method: list[Method]
    lateness: list[WeekShare]
    repeated: list[Repeated]
    works: list[ClassWorks]
    lags: list[Course]
    programme: list[Programme]
    programme_total: Programme
    achievement: Achievement | None
    compared: list[Compared]
    clean_classes: list[str]
    clean_teachers: list[str]
    class_remarks: list[Remarks]
    teacher_remarks: list[Remarks]
    decisions_due: list[str]
    identities: list[str]
    drafted: Drafted
    day: str
    recheck: str

    @property
    def findings(self) -> int:
        """Findings that are no mere advice."""
        return len(self.identities)


def share(done: float, due: float) -> float | None:
    """A denominator of 0 is no data, never 100 %."""
    return 100.0 * done / due if due else None


def joined(name: str, parts: Iterable[Marks]) -> Marks:
    """The marks of several scopes as one; pupils add up where all of them count pupils."""
    found = list(parts)
    pupils = [one.pupils for one in found if one.pupils is not None]
    return Marks(
        name=name,
        five=sum(one.five for one in found),
        four=sum(one.four for one in found),
        three=sum(one.three for one in found),
        two=sum(one.two for one in found),
        unattested=sum(one.unattested for one in found),
        pupils=sum(pupils) if pupils and len(pupils) == len(found) else None,
        passed=sum(one.passed for one in found),
        good=sum(one.good for one in found),
    )
