"""Who had which lessons, who was there, who was asked."""

from collections.abc import Iterator
from dataclasses import dataclass

from services.generator.attendance import absent_codes
from services.generator.curriculum import marked
from services.generator.school import School
from services.generator.world import Lesson, Stay, Track
from services.journal.model import Day

ANSWERS = ("осв", "зач", "незач")


@dataclass(frozen=True, slots=True)
class Course:
    """The lessons that one pupil had in one track, first to last, up to the last known day."""

    track: Track
    stay: Stay
    lessons: tuple[Lesson, ...]

    def within(self, days: tuple[Day, Day]) -> list[Lesson]:
        return [one for one in self.lessons if days[0] <= one.day <= days[1]]

    def present(self, lesson: Lesson) -> bool:
        return not absent_codes(lesson, self.stay.number)

    def asked(self, lesson: Lesson) -> bool:
        """A mark, a pass, an exemption; a dot and nonsense ask nobody."""
        cell = lesson.marks.get(self.stay.number)
        return cell is not None and (bool(cell[0]) or cell[1] in ANSWERS)


def graded_tracks(school: School) -> Iterator[Track]:
    for track in school.tracks:
        if marked(track.subject, track.unit.grade) and not track.phantom:
            yield track


def held(school: School, track: Track) -> list[Lesson]:
    return [one for one in school.by_track.get(track, []) if one.held and one.day <= school.until]


def courses(school: School) -> Iterator[Course]:
    """Of the tracks that give marks, one for each interval of enrolment.

    Who stands in two groups of a subject (C4) is looked at once, in the later one.
    """
    for track in graded_tracks(school):
        lessons = held(school, track)
        groups = track.unit.divided.get(track.subject, {})
        for stay in track.unit.stays:
            own = [group for group, members in groups.items() if stay.number in members]
            if not groups or (own and max(own) == track.group):
                mine = tuple(one for one in lessons if stay.holds(one.day))
                yield Course(track, stay, mine)


def taken(lesson: Lesson) -> bool:
    """Whether the journal says who was there: by word, or by any code."""
    return lesson.held and (lesson.attendance is True or bool(lesson.codes))
