"""R10: a teacher's last lessons in a class with nobody absent, in a class that has absences."""

from collections import Counter, defaultdict
from dataclasses import dataclass
from fractions import Fraction

from services.generator.attendance import absent_codes
from services.generator.census.attending import taken
from services.generator.defects.picking import due
from services.generator.school import School
from services.generator.world import Lesson, Track, Unit

ROW, DAYS = 15, 150
USUAL = Fraction(5, 100)
FEW = 3


@dataclass(frozen=True, slots=True)
class Row:
    """The latest lessons with attendance taken that one teacher had in one class."""

    unit: Unit
    lessons: tuple[Lesson, ...]

    @property
    def full(self) -> bool:
        """Nobody was away."""
        return not any(away(one) for one in self.lessons)

    @property
    def track(self) -> Track:
        """What the teacher mostly teaches there."""
        counts = Counter(one.track for one in self.lessons)
        return min(counts, key=lambda one: (-counts[one], one.key))


def note_nobody_absent(school: School) -> None:
    healthy: list[Row] = []
    nearly: list[Row] = []
    for row in rows(school):
        if not row.full:
            nearly.append(row)
        elif rate(school, row) >= USUAL:
            last = row.lessons[-1]
            school.ledger.track("R10", row.track, day=None, since=due(school, last))
        else:
            healthy.append(row)
    for row in healthy[:FEW]:
        school.ledger.innocent_track("R10", row.track, "в классе почти не болеют", day=None)
    nearly.sort(key=lambda one: sum(len(away(lesson)) for lesson in one.lessons))
    for row in nearly[:1]:
        school.ledger.innocent_track("R10", row.track, "пропусков мало, но они есть", day=None)


def rows(school: School) -> list[Row]:
    """Of every teacher and class with lessons enough."""
    found: dict[tuple[Unit, str], list[Lesson]] = defaultdict(list)
    for lesson in school.known():
        if taken(lesson) and lesson.shown and lesson.day > school.until - DAYS:
            found[lesson.track.unit, lesson.teacher.code].append(lesson)
    latest = []
    for (unit, _), lessons in found.items():
        lessons.sort(key=lambda one: (one.day, one.number))
        if len(lessons) >= ROW:
            latest.append(Row(unit, tuple(lessons[-ROW:])))
    return latest


def rate(school: School, row: Row) -> Fraction:
    """The share of the class's places that were empty in the days of the row."""
    days = range(row.lessons[0].day, row.lessons[-1].day + 1)
    empty = places = 0
    for day in days:
        for lesson in school.by_day.get((row.unit, day), []):
            if taken(lesson):
                empty += len(away(lesson))
                places += len(school.roster(lesson.track, day))
    return Fraction(empty, places) if places else Fraction(0)


def away(lesson: Lesson) -> list[int]:
    return [number for number in sorted(lesson.codes) if absent_codes(lesson, number)]
