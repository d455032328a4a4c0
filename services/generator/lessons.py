"""The timetable laid over the calendar: lessons, their plan, and how teachers enter them."""

from collections import defaultdict

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
LAST_MINUTE = 19 * 60 + 59
DAYS_BETWEEN_BIG = 17
BIG_SHARE = 0.1
NO_FIRST_WORKS = 3
FEW_HOURS, SOME_HOURS = 1, 2


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
    """Chooses the lessons of control works, term by term."""

    def __init__(self, school: School) -> None:
        self._school = school
        self._big_days: set[tuple[Unit, Day]] = set()
        self._last_big: dict[tuple[Unit, str], Day] = {}
        self._big_count: dict[Track, int] = defaultdict(int)

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
        kinds = WORKS.get(track.subject, DEFAULT_WORKS)
        turn = self._school.random.randrange(len(kinds))
        for at, lesson in enumerate(lessons):
            if at - last < pause or not self._fits(lesson):
                continue
            lesson.kind = self._kind(lesson, kinds, turn)
            last, turn = at, turn + 1

    def _fits(self, lesson: Lesson) -> bool:
        """A usual lesson; of a double only the first."""
        plain = lesson.held and not lesson.touched and not lesson.silent
        if not plain or lesson.instead_of is not None:
            return False
        others = self._school.neighbours(lesson)
        return all(other.number > lesson.number and not other.touched for other in others)

    def _kind(self, lesson: Lesson, kinds: tuple[str, ...], turn: int) -> str:
        for at in range(len(kinds)):
            kind = kinds[(turn + at) % len(kinds)]
            if kind not in BIG_WORKS:
                return kind
            if self._big_fits(lesson):
                self._big_days.add((lesson.track.unit, lesson.day))
                self._last_big[lesson.track.unit, lesson.track.subject] = lesson.day
                self._big_count[lesson.track] += 1
                return kind
        return "проверочная"

    def _big_fits(self, lesson: Lesson) -> bool:
        """Letters of 2021: one a day, 17 days apart, a tenth of the hours, not first or last."""
        track, unit = lesson.track, lesson.track.unit
        last = self._last_big.get((unit, track.subject), 0)
        edge = (1, max(one.number for one in self._school.by_day[unit, lesson.day]))
        inside = lesson.number not in edge or track.hours == FEW_HOURS
        planned = len(self._school.by_track[track])
        few = self._big_count[track] + 1 <= BIG_SHARE * planned
        free = (unit, lesson.day) not in self._big_days
        return not track.group and inside and few and free and lesson.day - last > DAYS_BETWEEN_BIG

    def _first_grade(self, track: Track) -> None:
        """Check works without marks: nobody may ask for marks there."""
        for lesson in self._school.by_track[track][30::40]:
            if self._fits(lesson):
                lesson.kind = "проверочная"
                lesson.touched = True
                if lesson.day <= self._school.until:
                    self._school.ledger.innocent("T2", lesson, "первый класс без отметок")


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
        _extra_topics(lessons)


def _extra_topics(lessons: list[Lesson]) -> None:
    """Lessons beside the plan repeat what stood there last."""
    last = "Повторение изученного"
    for lesson in lessons:
        if lesson.position is None:
            lesson.topic = f"{last} (дополнительный урок)"
        else:
            last = lesson.topic


def fill_in(school: School) -> None:
    """Homework, author and time of entry of every lesson that the journal has reached."""
    count: dict[Track, int] = defaultdict(int)
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
            lesson.homework = homework_of(lesson.track.subject, count[lesson.track])
        if lesson.track.subject in ("Алгебра", "Геометрия", "Физика"):
            lesson.weight = 200 if lesson.kind else 100
        lesson.entered = _entry(school, lesson)


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
        minute = school.random.randint(*EVENING)
    else:
        minute = lesson_end(lesson) + school.random.randint(1, 14)
    return school.local.moment(lesson.day, minute)
