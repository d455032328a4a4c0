"""Q5: a pupil who came in mid-term and whose first marks come only a week later."""

from collections.abc import Iterator

from services.generator.census.arrivals import DAYS, arrivals
from services.generator.defects.unusual import may_answer, takes_marks
from services.generator.school import School
from services.generator.world import Lesson, Stay

EXCUSED = "У"
PUPILS = 1

Move = tuple[Lesson, Lesson | None]
"""A lesson that loses the mark, and the one that gets it, None where there is none free."""


def come_empty_handed(school: School) -> None:
    """Marks of the first days move on within the term, so that nobody has one fewer."""
    new = [one for one in arrivals(school) if len(one.pupil.stays) == 1]
    school.random.shuffle(new)
    done = 0
    for stay in new:
        moves = list(_moves(school, stay))
        if done < PUPILS and moves and all(to is not None for _, to in moves):
            for lesson, to in moves:
                _move(lesson, to or lesson, stay.number)
            done += 1


def _moves(school: School, stay: Stay) -> Iterator[Move]:
    """Every marked lesson of the first days with a free one after them."""
    taken: set[Lesson] = set()
    last = stay.first + DAYS
    term = school.calendar.quarter_of(stay.first)
    for lesson in school.known():
        of_pupil = lesson.track.unit is stay.unit and stay.number in lesson.marks
        if not of_pupil or not stay.first <= lesson.day <= last:
            continue
        to = next(
            (
                one
                for one in school.by_track[lesson.track]
                if term is not None and last < one.day <= min(term.last, school.until)
                and one not in taken and not lesson.touched and takes_marks(one)
                and may_answer(school, one, stay.number)
            ),
            None,
        )  # fmt: skip
        if to is not None:
            taken.add(to)
        yield lesson, to


def _move(lesson: Lesson, to: Lesson, number: int) -> None:
    values, code, _ = lesson.marks.pop(number)
    to.marks[number] = (values, code, to.entered)
    if lesson.kind:
        lesson.codes[number] = EXCUSED
