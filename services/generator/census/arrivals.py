"""Q5: pupils who came in mid-term and have no current marks five days later."""

from services.generator.calendar import monday_of
from services.generator.census.attending import held
from services.generator.curriculum import marked
from services.generator.school import School
from services.generator.truth import DAY_END
from services.generator.world import Pupil, Stay, Unit
from services.journal.model import Day

DAYS = 5
FEW = 3


def note_markless_arrivals(school: School) -> None:
    fed: list[Stay] = []
    for stay in arrivals(school):
        term = school.calendar.term_of(stay.unit, stay.first)
        if term is None:
            continue
        if not _has_marks(school, stay.pupil, (term.first, stay.first + DAYS)):
            since = school.local.moment(stay.first + DAYS, DAY_END)
            school.ledger.place("Q5", stay.unit, day=stay.first, pupil=stay.number, since=since)
        elif stay.first + DAYS < school.until:
            fed.append(stay)
    for stay in fed[:FEW]:
        school.ledger.innocent_place(
            "Q5", stay.unit, "прибыл и уже имеет отметки", day=stay.first, pupil=stay.number
        )


def arrivals(school: School) -> list[Stay]:
    """Who came after the first week of a term, where marks are given, and stayed."""
    return [
        stay
        for unit in school.units
        if unit.grade > 1
        for stay in unit.stays
        if stay.last >= stay.first + DAYS and _in_mid_term(school, stay)
    ]


def _in_mid_term(school: School, stay: Stay) -> bool:
    term = school.calendar.term_of(stay.unit, stay.first)
    return term is not None and monday_of(stay.first) > monday_of(term.first)


def _has_marks(school: School, pupil: Pupil, days: tuple[Day, Day]) -> bool:
    """In any class: who was only moved has marks already."""
    places: set[tuple[Unit, int]] = {(one.unit, one.number) for one in pupil.stays}
    for unit, number in places:
        for track in school.tracks:
            if track.unit is not unit or not marked(track.subject, unit.grade):
                continue
            for lesson in held(school, track):
                if days[0] <= lesson.day <= days[1] and lesson.marks.get(number, ((),))[0]:
                    return True
    return False
