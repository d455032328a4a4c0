"""Marks: everybody is asked at least every fifth lesson, and all present write the works."""

from collections import defaultdict
from collections.abc import Iterable

from services.generator.attendance import absent_codes
from services.generator.calendar import HALF_YEAR_GRADE
from services.generator.curriculum import ART, CRAFT, MUSIC, RUSSIAN, SPORT, marked
from services.generator.school import School
from services.generator.world import Cell, Lesson, Stay, Term, Track
from services.journal.model import Day

EASY = (SPORT, MUSIC, ART, CRAFT)
EASY_BONUS = 0.45
WORKS_MINUTE = 15 * 60 + 5
SPREAD = 0.75
LOWEST, BEST = 2, 5
EXEMPT_SHARE = 0.02
PAIR_SHARE = 0.5
GAPS = (1, 2, 2, 2, 3, 3, 4)
FEW_HOURS = 2
LIMITS = {"контрольная": 5, "диктант": 5, "сочинение": 7, "изложение": 7}
OTHER_LIMIT, SENIOR_ESSAY_LIMIT = 3, 10
LONGEST_DELAY = 6
"""School days: a mark entered later would be a correction of a week ago (T3)."""
MINIMUM = {"четверть": (3, 5), "полугодие": (5, 7)}

Starved = dict[tuple[Track, int, Term], int]
"""Track, personal number, quarter -> how many marks: less than the minimum (an injected N1)."""


def limit_of(lesson: Lesson) -> int:
    """School days in which the marks of a work are due."""
    if lesson.kind == "сочинение" and lesson.track.unit.grade >= HALF_YEAR_GRADE:
        return SENIOR_ESSAY_LIMIT
    return LIMITS.get(lesson.kind, OTHER_LIMIT)


def minimum(kind: str, hours: int) -> int:
    """Fewest marks in a term of the kind, for so many hours a week."""
    few, more = MINIMUM[kind]
    return few if hours <= FEW_HOURS else more


class Marking:
    def __init__(self, school: School, starved: Starved) -> None:
        self._school = school
        self._starved = starved
        self._entry: dict[Lesson, tuple[int | None, bool]] = {}
        self.exempt: set[tuple[Track, int]] = set()

    def mark(self) -> None:
        for track in self._school.tracks:
            if not marked(track.subject, track.unit.grade) or track.phantom:
                continue
            lessons = [
                lesson
                for lesson in self._school.by_track[track]
                if lesson.day <= self._school.until and lesson.held and not lesson.silent
            ]
            for stay in track.unit.stays:
                mine = [one for one in lessons if self._belongs(stay, one)]
                if mine:
                    self._pupil(track, stay, mine)

    def _belongs(self, stay: Stay, lesson: Lesson) -> bool:
        members = lesson.track.unit.divided.get(lesson.track.subject, {}).get(lesson.track.group)
        return stay.holds(lesson.day) and (members is None or stay.number in members)

    def _pupil(self, track: Track, stay: Stay, lessons: list[Lesson]) -> None:
        if track.subject == SPORT and self._school.random.random() < EXEMPT_SHARE:
            self.exempt.add((track, stay.number))
        by_quarter: dict[Term, list[Lesson]] = defaultdict(list)
        for lesson in lessons:
            for quarter in self._school.calendar.quarters:
                if quarter.first <= lesson.day <= quarter.last:
                    by_quarter[quarter].append(lesson)
        since = self._school.random.randrange(3)
        for quarter, mine in by_quarter.items():
            self._write_works(stay, mine)
            few = self._starved.get((track, stay.number, quarter))
            if few is not None:
                self._top_up(stay, mine, few)
                continue
            since = self._ask(stay, mine, since)
            self._top_up(stay, mine, self._need(track, stay, quarter))

    def _write_works(self, stay: Stay, lessons: Iterable[Lesson]) -> None:
        for lesson in lessons:
            if lesson.kind and not absent_codes(lesson, stay.number):
                self._write_work(stay, lesson)

    def _write_work(self, stay: Stay, lesson: Lesson) -> None:
        entered, ready = self._work_entry(lesson)
        if not ready:
            return
        if (lesson.track, stay.number) in self.exempt:
            lesson.marks[stay.number] = ((), "осв", entered)
            return
        pair = lesson.kind == "диктант" and lesson.track.subject == RUSSIAN
        starving = (lesson.track, stay.number) in self._school.hungry
        values = [self._value(stay, lesson.track)]
        if pair and not starving and self._school.random.random() < PAIR_SHARE:
            values.append(self._value(stay, lesson.track))
        lesson.marks[stay.number] = (tuple(values), "", entered)

    def _work_entry(self, lesson: Lesson) -> tuple[int | None, bool]:
        """When the marks of a work are entered, and whether the journal has them already."""
        if lesson not in self._entry:
            self._entry[lesson] = self._choose_entry(lesson)
        return self._entry[lesson]

    def _choose_entry(self, lesson: Lesson) -> tuple[int | None, bool]:
        school, unit = self._school, lesson.track.unit
        delay = min(school.random.randrange(limit_of(lesson)), LONGEST_DELAY)
        day = school.school_day_after(unit, lesson.day, delay) if delay else lesson.day
        term = school.calendar.term_of(unit, lesson.day)
        if day > school.until and term is not None and term.last - 7 <= school.until:
            day = min(day, school.until)
        if term is not None:
            day = min(day, term.last)
        if day > school.until:
            return None, False
        if lesson.entered is None:
            return None, True
        return max(lesson.entered, school.local.moment(day, WORKS_MINUTE)), True

    def _ask(self, stay: Stay, lessons: list[Lesson], since: int) -> int:
        """A mark after one to four lessons without one; the lessons passed since the last."""
        random = self._school.random
        gap = random.choice(GAPS)
        for lesson in lessons:
            if stay.number in lesson.marks:
                since = 0
            elif not absent_codes(lesson, stay.number):
                since += 1
                if since >= gap and not lesson.kind and not lesson.quiet:
                    lesson.marks[stay.number] = self._answer(stay, lesson)
                    since, gap = 0, random.choice(GAPS)
        return since

    def _answer(self, stay: Stay, lesson: Lesson) -> Cell:
        return (self._value(stay, lesson.track),), "", lesson.entered

    def _value(self, stay: Stay, track: Track) -> int:
        level = stay.pupil.ability + (EASY_BONUS if track.subject in EASY else 0)
        return min(BEST, max(LOWEST, round(self._school.random.gauss(level, SPREAD))))

    def _need(self, track: Track, stay: Stay, quarter: Term) -> int:
        """The minimum of the part of the quarter that the pupil and the journal have seen."""
        first = max(quarter.first, stay.first)
        last = min(quarter.last, stay.last, self._school.until)
        share = (last - first + 1) / (quarter.last - quarter.first + 1)
        return -int(-minimum("четверть", track.hours) * share // 1)

    def _top_up(self, stay: Stay, lessons: list[Lesson], need: int) -> None:
        have = sum(len(one.marks[stay.number][0]) for one in lessons if stay.number in one.marks)
        free = [one for one in lessons if stay.number not in one.marks and not one.kind
                and not one.quiet]  # fmt: skip
        self._school.random.shuffle(free)
        free.sort(key=lambda one: absent_codes(one, stay.number))
        for lesson in free[: max(0, need - have)]:
            lesson.codes.pop(stay.number, None)
            lesson.marks[stay.number] = self._answer(stay, lesson)


def digits(lessons: Iterable[Lesson], number: int, days: tuple[Day, Day]) -> list[tuple[int, int]]:
    """Values with their weights (100 where the subject has none) of one pupil, first to last."""
    first, last = days
    return [
        (value, lesson.weight or 100)
        for lesson in lessons
        if first <= lesson.day <= last and number in lesson.marks
        for value in lesson.marks[number][0]
    ]
