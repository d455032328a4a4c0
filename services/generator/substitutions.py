"""Sick leave: who replaces whom, with which subject, and what is cancelled."""

from services.generator.curriculum import marked
from services.generator.school import School
from services.generator.world import CANCELLED, Lesson, Substitution, Teacher, weekday_of
from services.journal.model import Day

QUIET_DAYS = 7
LONGEST, SHORTEST = 6, 3
OTHER_SUBJECT_SHARE = 0.3
CANCEL_SHARE = 0.15
YEAR = 270


def is_double(school: School, lesson: Lesson) -> bool:
    return bool(school.neighbours(lesson))


def can_lose(school: School, lesson: Lesson) -> bool:
    """Whether the track may miss this lesson without falling two behind its plan."""
    plain = lesson.held and lesson.position is not None and not lesson.touched
    term = school.calendar.term_of(lesson.track.unit, lesson.day)
    if not plain or term is None or school.lost[lesson.track] or "+" in lesson.track.group:
        return False
    inside = term.first + QUIET_DAYS <= lesson.day <= term.last - QUIET_DAYS
    return inside and not is_double(school, lesson)


class SickLeave:
    def __init__(self, school: School) -> None:
        self._school = school
        self._sick: dict[Teacher, tuple[Day, Day]] = {}
        self._orders = 0

    def happen(self) -> None:
        """Each teacher at most once; one leave is always near the end, for the last weeks."""
        school = self._school
        joined = {track.teacher for track in school.tracks if "+" in track.group}
        staff = sorted({track.teacher for track in school.tracks} - joined, key=lambda t: t.code)
        days = self._days()
        if not days:
            return
        share = min(1.0, len(days) / YEAR + 1 / len(staff))
        ill = school.random.sample(staff, max(1, round(len(staff) * share)))
        for at, teacher in enumerate(ill):
            first = school.random.choice(days[-10:] if at == 0 else days)
            last = first + school.random.randint(SHORTEST, LONGEST)
            self._sick[teacher] = (first, min(last, school.until))
        for lesson in [one for one in school.known() if self._is_sick(one.teacher, one.day)]:
            self._replace(lesson)

    def _days(self) -> list[Day]:
        """First days of a leave; not in the first week of the year or after New Year."""
        calendar, until = self._school.calendar, self._school.until
        return [
            day
            for term in calendar.quarters
            for day in range(term.first + QUIET_DAYS, min(term.last, until + 1))
            if weekday_of(day) < LONGEST
        ]

    def _is_sick(self, teacher: Teacher, day: Day) -> bool:
        first, last = self._sick.get(teacher, (1, 0))
        return first <= day <= last

    def _replace(self, lesson: Lesson) -> None:
        random = self._school.random
        self._orders += 1
        order = f"№ {self._orders}-з"
        can_lose_it = can_lose(self._school, lesson)
        free = self._free(lesson)
        if can_lose_it and (not free or random.random() < CANCEL_SHARE):
            self._cancel(lesson, order)
        elif can_lose_it and random.random() < OTHER_SUBJECT_SHARE and self._other(lesson, order):
            return
        elif free:
            self._same(lesson, order, free[0])

    def _free(self, lesson: Lesson) -> list[Teacher]:
        """Who has no lesson then, first of the same family."""
        school = self._school
        family = lesson.teacher.family
        free = [
            teacher
            for teacher in school.teachers
            if (teacher, lesson.day, lesson.number) not in school.busy
            and not self._is_sick(teacher, lesson.day)
            and (teacher.hired or 0) <= lesson.day <= (teacher.dismissed or lesson.day)
            and teacher.code != lesson.teacher.code
            and not self._renamed_later(teacher, lesson.day)
        ]
        return sorted(free, key=lambda one: (one.family != family, one.code))

    def _renamed_later(self, teacher: Teacher, day: Day) -> bool:
        """A name that is not yet, or no longer, in use."""
        mine = [one for one in self._school.assignments if one.teacher is teacher]
        return bool(mine) and not any(one.first <= day <= one.last for one in mine)

    def _note(
        self, lesson: Lesson, absent: Teacher, substitute: Teacher | None, order: str
    ) -> None:
        self._school.substitutions.append(Substitution(lesson, absent, substitute, order))

    def _cancel(self, lesson: Lesson, order: str) -> None:
        cancel(self._school, lesson, order)
        self._school.ledger.innocent("P1", lesson, "урок отменён приказом о замене")
        self._school.ledger.innocent_track(
            "K1", lesson.track, "отставание на один урок", day=lesson.day
        )

    def _same(self, lesson: Lesson, order: str, substitute: Teacher) -> None:
        self._school.busy.discard((lesson.teacher, lesson.day, lesson.number))
        self._school.busy.add((substitute, lesson.day, lesson.number))
        lesson.instead_of, lesson.teacher = lesson.teacher, substitute
        self._note(lesson, lesson.instead_of, substitute, order)

    def _other(self, lesson: Lesson, order: str) -> bool:
        """The substitute teaches the class an own subject; the cancelled one falls behind."""
        school, unit = self._school, lesson.track.unit
        if lesson.track.group:
            return False
        for track in school.tracks:
            same = track.unit is unit and not track.group and track is not lesson.track
            fit = same and marked(track.subject, unit.grade) == marked(
                lesson.track.subject, unit.grade
            )
            free = track.teacher in self._free(lesson) if fit else False
            if free and not self._adjacent(lesson, track.subject):
                self._school.ledger.innocent("P1", lesson, "заменён уроком другого предмета")
                self._school.lost[lesson.track] += 1
                self._turn(lesson, order, Lesson(lesson.day, lesson.number, track, track.teacher))
                return True
        return False

    def _adjacent(self, lesson: Lesson, subject: str) -> bool:
        day = self._school.by_day[lesson.track.unit, lesson.day]
        return any(
            one.track.subject == subject and abs(one.number - lesson.number) == 1 for one in day
        )

    def _turn(self, lesson: Lesson, order: str, other: Lesson) -> None:
        school = self._school
        lesson.state, lesson.shown, lesson.touched = CANCELLED, False, True
        school.busy.discard((lesson.teacher, lesson.day, lesson.number))
        other.instead_of, other.extra = lesson.teacher, True
        school.add(other)
        self._note(other, lesson.teacher, other.teacher, order)


def cancel(school: School, lesson: Lesson, order: str) -> None:
    """Cancelled by order; in half of the cases the journal has no line of it at all."""
    lesson.state = CANCELLED
    lesson.shown = school.random.random() < 1 / 2
    lesson.touched = True
    school.lost[lesson.track] += 1
    school.busy.discard((lesson.teacher, lesson.day, lesson.number))
    school.substitutions.append(Substitution(lesson, lesson.teacher, None, order))
