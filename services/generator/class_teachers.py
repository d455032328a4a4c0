"""Who is responsible for a class: the post of a teacher names it."""

from services.generator.curriculum import TALKS
from services.generator.school import School
from services.generator.world import Teacher, Unit

POST = "классный руководитель"


def appoint(school: School, *, without: Unit | None = None) -> None:
    """As of ``until``: who has the class hour; a teacher of two classes is named with both."""
    for track in school.tracks:
        if track.subject == TALKS and track.unit is not without:
            for teacher in _names_of(school, track.teacher):
                teacher.post = f"{teacher.post}, {POST} {track.unit.name}"


def _names_of(school: School, teacher: Teacher) -> list[Teacher]:
    """A person under every surname."""
    return [one for one in school.teachers if one.code == teacher.code]
