"""N2: subjects in which too many lessons brought fewer than three marks."""

from fractions import Fraction

from services.generator.census.attending import graded_tracks, held
from services.generator.defects.picking import due
from services.generator.school import School
from services.generator.world import Lesson

FEW = 3
TOO_MANY = Fraction(2, 5)
LEAST = 5
"""Lessons from which a share can be told."""


def note_markless(school: School) -> None:
    for track in graded_tracks(school):
        lessons = held(school, track)
        for term in school.calendar.terms(track.unit):
            mine = [one for one in lessons if term.first <= one.day <= term.last]
            if len(mine) < LEAST:
                continue
            share = Fraction(sum(marks_in(one) < FEW for one in mine), len(mine))
            last = mine[-1]
            if share > TOO_MANY:
                school.ledger.track("N2", track, day=term.last, since=due(school, last))
            elif track in school.quiet:
                school.ledger.innocent_track(
                    "N2", track, "мало отметок, но не на двух уроках из пяти", day=term.last
                )


def marks_in(lesson: Lesson) -> int:
    return sum(len(values) for values, _, _ in lesson.marks.values())
