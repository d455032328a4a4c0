"""The timetable laid over the calendar: lessons, their plan, and how teachers enter them."""

from collections import defaultdict

from services.generator.calendar import monday_of
from services.generator.curriculum import (
    BIG_WORKS,
    DEFAULT_WORKS,
    SUBJECTS,
    WORKS,
    marked,
)
from services.generator.school import School
from services.generator.topics import briefing, homework_of, topic_of
from services.generator.world import Lesson, PlanItem, Slot, Term, Track, Unit, weekday_of
from services.journal.model import BellRow, Day

FIRST_BELL = 8 * 60 + 30
STEP = 55
LENGTH, SHORT_LENGTH = 40, 35
LAST_LESSON = 9
EVENING = (16 * 60 + 50, 19 * 60 + 50)
TASKS_BY = 17 * 60 + 58
"""Homework is known before 18:00 (RULES.md, L5)."""
NO_TASK = "Не задано"
LAST_MINUTE = 19 * 60 + 59
DAYS_BETWEEN = 17
MOST_A_WEEK = 3
SHARE = 0.1
NO_FIRST_WORKS = 3
FEW_HOURS, SOME_HOURS = 1, 2
LAST_YEAR = "Повторение изученного"


def bells() -> list[BellRow]:
    starts = [(number, FIRST_BELL + STEP * (number - 1)) for number in range(1, LAST_LESSON + 1)]
    young = [BellRow(number, start, start + SHORT_LENGTH, "1") for number, start in starts]
    return [*young, *(BellRow(number, start, start + LENGTH, "2-11") for number, start in starts)]


def lay_out(school: School) -> None:
    """One lesson a slot and day of the whole year; later steps cancel, replace and fill them."""
    slots: dict[tuple[Unit, int], list[Slot]] = defaultdict(list)
    for slot in school.slots:
        if not slot.track.phantom:
            slots[slot.track.unit, slot.weekday].append(slot)
    for unit in school.units:
        days = []
        for day in school.calendar.open_days(unit):
            today = [slot for slot in slots[unit, weekday_of(day)] if slot.valid(day)]
            today.sort(key=lambda slot: (slot.number, slot.track.group))
            lessons = [Lesson(day, slot.number, slot.track, slot.teacher) for slot in today]
            if lessons:
                days.append(day)
                school.by_day[unit, day] = lessons
                school.lessons += lessons
        school.school_days[unit] = days
    _index(school)


def _index(school: School) -> None:
    by_track: dict[Track, list[Lesson]] = defaultdict(list)
    for lesson in school.lessons:
        by_track[lesson.track].append(lesson)
        if lesson.day <= school.until:
            school.busy.add((lesson.teacher, lesson.day, lesson.number))
    for track, lessons in by_track.items():
        lessons.sort(key=lambda one: (one.day, one.number))
        for at, lesson in enumerate(lessons):
            lesson.position = at
        school.by_track[track] = lessons


class Works:
    """Chooses the lessons of control works, term by term.

    No class has more than the letters of 2021 allow (RULES.md, L1-L4), whatever the kind: one work
    a day, 17 days between works of a subject, a tenth of its hours, none on the first or last
    lesson unless it is the only one of the week. A week has at most three days of works; groups of
    a subject may write on one day.
    """

    def __init__(self, school: School) -> None:
        self._school = school
        self._subjects: dict[tuple[Unit, Day], str] = {}
        self.days: dict[tuple[Unit, str], set[Day]] = defaultdict(set)
        self._count: dict[Track, int] = defaultdict(int)

    def choose(self) -> None:
        for track in self._school.tracks:
            if marked(track.subject, track.unit.grade) and not track.phantom:
                for term in self._school.calendar.quarters:
                    self._term(track, term)
            elif track.unit.grade == 1:
                self._first_grade(track)

    def _term(self, track: Track, term: Term) -> None:
        lessons = [
            one
            for one in self._school.by_track[track]
            if term.first <= one.day <= term.last and one.position is not None
        ]
        pause = {FEW_HOURS: 5, SOME_HOURS: 6}.get(track.hours, 8)
        last = self._school.random.randrange(3) - pause + NO_FIRST_WORKS
        kinds = kinds_of(track)
        turn = self._school.random.randrange(len(kinds))
        for at, lesson in enumerate(lessons):
            if at - last < pause or not self.fits(lesson) or self.breaks(lesson):
                continue
            self.write(lesson, kinds[turn % len(kinds)])
            last, turn = at, turn + 1

    def fits(self, lesson: Lesson) -> bool:
        """A usual lesson; of a double only the first."""
        plain = lesson.held and not lesson.touched and not lesson.silent
        if not plain or lesson.instead_of is not None:
            return False
        others = self._school.neighbours(lesson)
        return all(other.number > lesson.number and not other.touched for other in others)

    def breaks(self, lesson: Lesson) -> set[str]:
        """The limits that a work on this lesson would break, by the codes of their rules."""
        track, unit, day = lesson.track, lesson.track.unit, lesson.day
        hours = sum(one.position is not None for one in self._school.by_track[track])
        kept = {
            "L1": self._subjects.get((unit, day), track.subject) == track.subject,
            "L2": all(
                other == day or abs(other - day) > DAYS_BETWEEN
                for other in self.days[unit, track.subject]
            ),
            "L3": self._count[track] + 1 <= SHARE * hours,
            "L4": lesson.number not in self._edges(unit, day) or self._only_one(lesson),
            "week": self._week_has_room(unit, day),
        }
        return {limit for limit, well in kept.items() if not well}

    def write(self, lesson: Lesson, kind: str) -> None:
        unit, subject = lesson.track.unit, lesson.track.subject
        lesson.kind = kind
        self._subjects[unit, lesson.day] = subject
        self.days[unit, subject].add(lesson.day)
        self._count[lesson.track] += 1

    def _edges(self, unit: Unit, day: Day) -> set[int]:
        """First and last lessons of the day: by the timetable, and by what was really held."""
        today = self._school.by_day[unit, day]
        kinds = (
            [one.number for one in today],
            [one.number for one in today if one.held],
            [one.number for one in today if not one.extra],
        )
        return {1, *(edge(numbers) for numbers in kinds if numbers for edge in (min, max))}

    def _only_one(self, lesson: Lesson) -> bool:
        """No other lesson of the subject that week, whatever became of it."""
        monday = monday_of(lesson.day)
        week = range(monday, monday + 7)
        return lesson.track.hours == FEW_HOURS and not any(
            one is not lesson and one.day in week for one in self._school.by_track[lesson.track]
        )

    def _week_has_room(self, unit: Unit, day: Day) -> bool:
        monday = monday_of(day)
        taken = {one for one in range(monday, monday + 7) if (unit, one) in self._subjects}
        return day in taken or len(taken) < MOST_A_WEEK

    def _first_grade(self, track: Track) -> None:
        """Check works without marks: nobody may ask for marks there."""
        for lesson in self._school.by_track[track][30::40]:
            if self.fits(lesson) and not self.breaks(lesson):
                self.write(lesson, "проверочная")
                lesson.touched = True
                if lesson.day <= self._school.until:
                    self._school.ledger.innocent("T2", lesson, "первый класс без отметок")


def kinds_of(track: Track) -> tuple[str, ...]:
    """In the order of their turns; the big ones are written by a whole class."""
    kinds = WORKS.get(track.subject, DEFAULT_WORKS)
    return tuple(kind for kind in kinds if not track.group or kind not in BIG_WORKS)


def write_plan(school: School) -> None:
    """A plan item for every scheduled lesson; lessons take their topics from it."""
    for track in school.tracks:
        lessons = school.by_track.get(track, [])
        planned = [lesson for lesson in lessons if lesson.position is not None]
        subject = SUBJECTS[track.subject]
        first_of_new_year = next(
            (one for one in planned if one.day > school.calendar.new_year), None
        )
        for lesson in planned:
            at = lesson.position or 0
            topic = topic_of(track.subject, (at, len(planned)), lesson.kind)
            if subject.briefing and (at == 0 or lesson is first_of_new_year):
                topic = briefing(topic)
            kind = lesson.kind if lesson.held else ""
            school.plan.append(PlanItem(track, at + 1, topic, lesson.day, kind))
            lesson.topic = lesson.topic or topic
        _extra_topics(school, lessons)


def _extra_topics(school: School, lessons: list[Lesson]) -> None:
    """Lessons beside the plan repeat what stood there last; before its first what was last year."""
    last = LAST_YEAR
    for lesson in lessons:
        if lesson.position is None:
            lesson.topic = f"{last} (дополнительный урок)"
            if last == LAST_YEAR:
                school.strange.append(lesson)
        else:
            last = lesson.topic


def fill_in(school: School) -> None:
    """Homework, author and time of entry of every lesson that the journal has reached."""
    count: dict[Track, int] = defaultdict(int)
    lasts = _lasts(school)
    for lesson in sorted(school.known(), key=lambda one: one.day):
        if not lesson.held:
            continue
        count[lesson.track] += 1
        subject = SUBJECTS[lesson.track.subject]
        lesson.author = lesson.teacher
        if lesson.silent and lesson.attendance is False:
            lesson.topic, lesson.author = "", None
            continue
        if subject.homework and lesson.track.unit.grade > 1:
            task = homework_of(lesson.track.subject, count[lesson.track])
            lesson.homework = NO_TASK if lesson in lasts else task
        if lesson.track.subject in ("Алгебра", "Геометрия", "Физика"):
            lesson.weight = 200 if lesson.kind else 100
        lesson.entered = _entry(school, lesson)


def _lasts(school: School) -> set[Lesson]:
    """The last held lesson of every track and term: holidays are free of tasks."""
    last: dict[tuple[Track, Term], Lesson] = {}
    for track, lessons in school.by_track.items():
        for lesson in lessons:
            term = school.calendar.quarter_of(lesson.day)
            if term is not None and lesson.held:
                last[track, term] = lesson
    return set(last.values())


def lesson_end(lesson: Lesson) -> int:
    """Minutes since midnight."""
    length = SHORT_LENGTH if lesson.track.unit.grade == 1 else LENGTH
    return FIRST_BELL + STEP * (lesson.number - 1) + length


def _entry(school: School, lesson: Lesson) -> int | None:
    """By the teacher's habit, before the deadline of the day; some journals keep no time."""
    habit = lesson.teacher.habit
    if habit == "unknown":
        return None
    if habit == "evening":
        first, last = EVENING
        drawn = school.random.randint(first, last)
        minute = first + (drawn - first) * (TASKS_BY - first) // (last - first)
    else:
        minute = lesson_end(lesson) + school.random.randint(1, 14)
    return school.local.moment(lesson.day, minute)
