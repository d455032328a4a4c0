"""N3: pupils who were there five lessons running and were not asked."""

from itertools import takewhile

from services.generator.census.attending import Course, courses
from services.generator.defects.picking import due
from services.generator.school import School
from services.generator.world import Lesson

ROW = 5
FEW = 3
"""Look-alikes enough."""


def note_unasked(school: School) -> None:
    """As the journal stands now: the last lessons of those who are still in the class."""
    nearly = []
    for course in courses(school):
        if not course.stay.holds(school.until):
            continue
        row = _waiting(course)
        if len(row) >= ROW:
            school.ledger.track(
                "N3", course.track, day=None, pupil=course.stay.number,
                since=due(school, row[ROW - 1]),
            )  # fmt: skip
        elif len(row) == ROW - 1:
            nearly.append(course)
    for course in nearly[:FEW]:
        school.ledger.innocent_track(
            "N3", course.track, "четыре урока подряд", day=None, pupil=course.stay.number
        )


def _waiting(course: Course) -> list[Lesson]:
    """The lessons of the running row, first to last; an absence breaks it as a mark does."""
    row = takewhile(
        lambda one: course.present(one) and not course.asked(one), reversed(course.lessons)
    )
    return list(row)[::-1]
