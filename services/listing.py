"""How findings are grouped and paged for reading: by class and day, a page behind a number."""

from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import NamedTuple, TypeVar

from services.completeness.rule import Severity
from services.figures import FindingLine

PAGE = 15
DETAILED = 20
ROOM = 3400
HEADING = 30
LINE = 130
"""Characters of a gap told by itself."""
SUBJECT = 40
DATE = 7
MARK = 40
"""Characters of what was said of a gap, at most."""
POSTPONED = "postponed"
Order = tuple[tuple[int, str], tuple[str, ...], int, str, str, str, str]
Key = TypeVar("Key", bound=Hashable)
SPOKEN_FOR = frozenset({"P2", "P3", "P4"})


@dataclass(frozen=True, slots=True)
class ClassLines:
    """Findings of one class in the order of the list."""

    name: str
    lines: list[FindingLine]


@dataclass(frozen=True, slots=True)
class ListPage:
    """One page of a list; ``number`` and ``pages`` count from 1, ``total`` counts findings."""

    groups: list[ClassLines]
    number: int
    pages: int
    total: int


class Mark(NamedTuple):
    """What the teacher said of a finding; ``until`` is «ДД.ММ» of a postponement, else ``""``."""

    stands: str
    until: str = ""


@dataclass(frozen=True, slots=True)
class LessonGap:
    """What one lesson lacks: every title once. What something was said of is a gap of its own."""

    date: str
    lesson: str
    subject: str
    study_group: str
    pupil: str
    titles: list[str]
    mark: Mark | None = None


@dataclass(frozen=True, slots=True)
class SubjectGaps:
    """The dates of one subject's gaps, each once; ``until`` when those come due that wait."""

    subject: str
    dates: list[str]
    until: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class ClassGaps:
    """One class: ``count`` gaps, told lesson by lesson or, where there are many, by subject."""

    name: str
    count: int
    lessons: list[LessonGap]
    subjects: list[SubjectGaps]


@dataclass(frozen=True, slots=True)
class Gaps:
    """A teacher's own gaps, the class with the most of them first.

    ``hidden`` counts the days (of one class and subject) that found no room in a message.
    """

    classes: list[ClassGaps]
    total: int
    hidden: int = 0


def list_page(lines: Sequence[FindingLine], *, number: int = 1, size: int = PAGE) -> ListPage:
    """The page ``number`` (the nearest one there is) with its findings under their classes."""
    pages = max(1, -(-len(lines) // size))
    number = min(max(1, number), pages)
    shown = sorted(lines, key=reading_order)[(number - 1) * size : number * size]
    groups: dict[str, list[FindingLine]] = {}
    for line in shown:
        groups.setdefault(line.class_unit, []).append(line)
    classes = [ClassLines(name=name, lines=group) for name, group in groups.items()]
    return ListPage(groups=classes, number=number, pages=pages, total=len(lines))


def own_gaps(
    lines: Iterable[FindingLine],
    *,
    after: Gaps | None = None,
    marks: Mapping[FindingLine, Mark] | None = None,
) -> Gaps:
    """Gaps as one message tells them; P1 speaks for P2-P4 of its lesson (RULES.md, readings).

    ``after`` are those that the message tells before these.
    """
    left = sorted(spoken(list(lines)), key=reading_order)
    by_class: dict[str, list[LessonGap]] = {}
    for name, gap in merged(left, marks or {}):
        by_class.setdefault(name, []).append(gap)
    total = sum(len(gaps) for gaps in by_class.values())
    told = [ClassGaps(name, len(gaps), gaps, []) for name, gaps in by_class.items()]
    worst = sorted(told, key=lambda one: (-one.count, class_order(one.name)))
    if total + (after.total if after else 0) <= DETAILED:
        return Gaps(classes=worst, total=total)
    kept = short(worst, room=ROOM - (taken_by(after) if after else 0))
    days = {(one.name, gap.subject, gap.date) for one in worst for gap in one.lessons}
    seen = sum(len(subject.dates) for one in kept for subject in one.subjects)
    return Gaps(classes=kept, total=total, hidden=len(days) - seen)


def spoken(lines: Sequence[FindingLine]) -> list[FindingLine]:
    """The findings that a message tells of: where P1 speaks, P2-P4 of its lesson are silent."""
    speaks = {lesson_of(line) for line in lines if line.rule == "P1"}
    return [line for line in lines if line.rule not in SPOKEN_FOR or lesson_of(line) not in speaks]


def told_first(
    lines: Mapping[Key, FindingLine], gaps: Gaps, advice: Gaps
) -> list[tuple[Key, FindingLine]]:
    """What names each finding, in the order in which ``gaps`` and then ``advice`` tell them."""
    told = [(False, one.name) for one in gaps.classes] + [
        (True, one.name) for one in advice.classes
    ]
    places = {name: place for place, name in enumerate(told)}
    speaking = set(map(id, spoken(list(lines.values()))))

    def order(one: tuple[Key, FindingLine]) -> tuple[bool, int, Order]:
        advised, name = one[1].severity == Severity.ADVICE, one[1].class_unit
        return advised, places.get((advised, name), len(places)), reading_order(one[1])

    return sorted((one for one in lines.items() if id(one[1]) in speaking), key=order)


def merged(
    lines: Iterable[FindingLine], marks: Mapping[FindingLine, Mark]
) -> list[tuple[str, LessonGap]]:
    """The findings of one lesson (and pupil) as one gap, with its class."""
    gaps: dict[Hashable, tuple[str, LessonGap]] = {}
    for line in lines:
        mark = marks.get(line)
        key = (*lesson_of(line), line.pupil, mark)
        gap = LessonGap(
            line.date, line.lesson, line.subject, line.study_group, line.pupil, [], mark
        )
        titles = gaps.setdefault(key, (line.class_unit, gap))[1].titles
        if line.title not in titles:
            titles.append(line.title)
    return list(gaps.values())


def taken_by(gaps: Gaps) -> int:
    """Characters of a message that these fill, at most."""
    lessons = [gap for one in gaps.classes for gap in one.lessons]
    told = HEADING * len(gaps.classes) + sum(LINE + MARK * bool(gap.mark) for gap in lessons)
    return told + sum(room_of(subject) for one in gaps.classes for subject in one.subjects)


def short(classes: list[ClassGaps], *, room: int) -> list[ClassGaps]:
    """The same by subject, with as many dates as ``room`` characters of a message hold."""
    kept: list[ClassGaps] = []
    for one in classes:
        room -= HEADING
        subjects = by_subject(one.lessons, room=room)
        room -= sum(room_of(subject) for subject in subjects)
        if subjects:
            kept.append(replace(one, lessons=[], subjects=subjects))
    return kept


def by_subject(gaps: Iterable[LessonGap], *, room: int) -> list[SubjectGaps]:
    """The subjects in order, cut where ``room`` characters end."""
    dates: dict[str, dict[str, str]] = {}
    for gap in gaps:
        days = dates.setdefault(gap.subject, {})
        days[gap.date] = min(days.get(gap.date, _until(gap)), _until(gap), key=_calendar)
    subjects: list[SubjectGaps] = []
    for subject, days in dates.items():
        told = _fitting(subject, days, room)
        if not told.dates:
            break
        subjects.append(told)
        room -= room_of(told)
    return subjects


def _until(gap: LessonGap) -> str:
    """``""`` where something of that day is due."""
    return gap.mark.until if gap.mark and gap.mark.stands == POSTPONED else ""


def _calendar(day: str) -> tuple[str, ...]:
    """«05.12» comes after «28.11», an empty text before every day."""
    return tuple(reversed(day.split(".")))


def _fitting(subject: str, days: Mapping[str, str], room: int) -> SubjectGaps:
    left, dates, until = room - SUBJECT, list[str](), dict[str, str]()
    for day, till in days.items():
        left -= DATE + MARK * bool(till)
        if left < 0:
            break
        dates.append(day)
        if till:
            until[day] = till
    return SubjectGaps(subject, dates, until)


def room_of(subject: SubjectGaps) -> int:
    told = DATE * len(subject.dates) + MARK * len(subject.until)
    return min(len(subject.subject), SUBJECT) + 4 + told


def lesson_of(line: FindingLine) -> tuple[str, ...]:
    return (line.class_unit, line.study_group, line.subject, line.date, line.lesson)


def reading_order(line: FindingLine) -> Order:
    """Classes as people count them (5А before 10А), then days, lessons, subjects and rules."""
    return (
        class_order(line.class_unit),
        tuple(reversed(line.date.split("."))),
        int(line.lesson) if line.lesson.isdecimal() else 0,
        line.subject,
        line.study_group,
        line.pupil,
        line.rule,
    )


def class_order(name: str) -> tuple[int, str]:
    """«5А» is (5, "5А"); what begins with no number comes last."""
    digits = name[: len(name) - len(name.lstrip("0123456789"))]
    return (int(digits) if digits else 99, name)
