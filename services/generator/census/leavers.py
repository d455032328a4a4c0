"""C6: lessons written by people who no longer work at the school."""

from services.generator.defects.picking import due
from services.generator.school import School
from services.generator.truth import DAY_END
from services.generator.world import Lesson, Teacher
from services.journal.model import Day, Moment

FEW = 3


def note_left(school: School) -> None:
    """Chance makes them strangers of other lessons too (R4)."""
    before = []
    for lesson in school.known():
        left = _left(lesson.author)
        if not lesson.shown or left is None:
            continue
        since = _after(school, lesson, school.local.moment(left, DAY_END))
        if since is not None:
            school.ledger.lesson("C6", lesson, since=since)
        elif lesson.author is lesson.teacher:
            before.append(lesson)
    for lesson in before[-FEW:]:
        school.ledger.innocent("C6", lesson, "запись до увольнения")


def _left(author: Teacher | None) -> Day | None:
    return None if author is None else author.dismissed


def _after(school: School, lesson: Lesson, gone: Moment) -> Moment | None:
    """The first entry since then; a lesson without a moment was entered on its day."""
    entered = due(school, lesson) if lesson.entered is None else lesson.entered
    moments = [one for one in (entered, lesson.modified) if one is not None and one >= gone]
    return min(moments, default=None)
