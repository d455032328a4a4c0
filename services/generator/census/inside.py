"""R9: «Н» inside a day only, or on all of its lessons but one, with no other reason that day.

A day is told of only where attendance was taken in all lessons of the pupil. It stands at the
lesson that differs: the first one missed inside the day, or the one attended.
"""

from collections import defaultdict

from services.generator.attendance import absent_codes
from services.generator.census.attending import taken
from services.generator.defects.picking import day_end
from services.generator.school import School
from services.generator.world import Lesson, Stay, Unit
from services.journal.model import Day

NO_REASON = "Н"
LEAST = 3
"""Lessons from which a day can be told."""
FEW = 4


def note_odd_days(school: School) -> None:
    whole: list[tuple[Lesson, int]] = []
    for (unit, day), numbers in _without_reason(school).items():
        stays = [one for one in unit.stays if one.number in numbers and one.holds(day)]
        for stay in sorted(stays, key=lambda one: one.number):
            lessons = lessons_of(school, stay, day)
            odd = differing(lessons, stay.number)
            if odd is not None:
                school.ledger.lesson("R9", odd, since=day_end(school, odd), pupil=stay.number)
            elif _missed(lessons, stay.number) == lessons and len(lessons) >= LEAST:
                whole.append((lessons[0], stay.number))
    for lesson, number in whole[:FEW]:
        school.ledger.innocent("R9", lesson, "не был весь день", pupil=number)


def lessons_of(school: School, stay: Stay, day: Day) -> list[Lesson]:
    """The pupil's lessons of the day, first to last; none where one has no attendance taken."""
    lessons = all_lessons_of(school, stay, day)
    return lessons if all(taken(one) for one in lessons) else []


def all_lessons_of(school: School, stay: Stay, day: Day) -> list[Lesson]:
    """Those held, whether anybody asked who was there or not."""
    lessons = [
        one
        for one in school.by_day.get((stay.unit, day), [])
        if one.held and stay in school.roster(one.track, day)
    ]
    return sorted(lessons, key=lambda one: one.number)


def differing(lessons: list[Lesson], number: int) -> Lesson | None:
    """The lesson that makes the day odd, None where nothing does."""
    missed = _missed(lessons, number)
    codes = {one.codes.get(number, NO_REASON) for one in missed}
    if len(lessons) < LEAST or not missed or codes != {NO_REASON}:
        return None
    if missed[0] is not lessons[0] and missed[-1] is not lessons[-1]:
        return missed[0]
    there = [one for one in lessons if one not in missed]
    return there[0] if len(there) == 1 else None


def _missed(lessons: list[Lesson], number: int) -> list[Lesson]:
    return [one for one in lessons if absent_codes(one, number)]


def _without_reason(school: School) -> dict[tuple[Unit, Day], set[int]]:
    """Who has an «Н» on the day."""
    found: dict[tuple[Unit, Day], set[int]] = defaultdict(set)
    for lesson in school.known():
        for number, code in lesson.codes.items():
            if code == NO_REASON:
                found[lesson.track.unit, lesson.day].add(number)
    return found
