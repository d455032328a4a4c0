"""The steps in which a school is made, in order."""

from random import Random

from services.generator.attendance import take_attendance
from services.generator.calendar import make_calendar
from services.generator.changes import make_changes
from services.generator.defects.beside import add_lessons, add_marks
from services.generator.defects.cells import spoil_cells
from services.generator.defects.late import be_late
from services.generator.defects.lost import lose_lessons
from services.generator.defects.mends import remember_gaps
from services.generator.defects.others import spoil_others
from services.generator.defects.plans import run_ahead
from services.generator.defects.starving import note_well_marked, starve
from services.generator.defects.texts import spoil_texts
from services.generator.defects.totals import Totals, exempt_in_sport, note_shortage
from services.generator.lessons import Works, fill_in, lay_out, write_plan
from services.generator.marks import Marking, Starved
from services.generator.people import Enrollment, make_units
from services.generator.school import School
from services.generator.staffing import Staffing
from services.generator.substitutions import SickLeave
from services.generator.term_marks import TermMarks
from services.generator.timetable import make_timetable
from services.generator.truth import Ledger
from services.generator.world import Options
from services.journal.writers.local_time import LocalTime


def found(options: Options) -> School:
    """A school with people and a timetable, before the first lesson."""
    random = Random(options.seed)  # noqa: S311  # a made-up school keeps no secret
    local = LocalTime(options.zone)
    calendar = make_calendar(options.until, make_units(options.classes))
    school = School(
        options=options,
        random=random,
        local=local,
        calendar=calendar,
        ledger=Ledger(local, options.until),
    )
    enrollment = Enrollment(random=random, calendar=calendar, until=options.until)
    enrollment.fill()
    staffing = Staffing(random=random, units=calendar.units)
    staffing.staff()
    school.pupils, school.teachers, school.tracks = (
        enrollment.pupils, staffing.teachers, staffing.tracks,
    )  # fmt: skip
    school.slots = make_timetable(random=random, tracks=school.tracks, joined=staffing.joined)
    make_changes(school, staffing)
    lay_out(school)
    return school


def make(options: Options) -> School:
    """A school with its journal as it stands on the evening of ``options.until``."""
    school = found(options)
    SickLeave(school).happen()
    if options.defects:
        lose_lessons(school)
        add_lessons(school)
    Works(school).choose()
    write_plan(school)
    fill_in(school)
    take_attendance(school)
    starved: Starved = {}
    if options.defects:
        be_late(school)
        starved = starve(school)
    marking = Marking(school, starved)
    marking.mark()
    if options.defects:
        spoil_cells(school)
        add_marks(school)
        spoil_texts(school)
        spoil_others(school)
        run_ahead(school)
    _conclude(school, marking, starved)
    school.ledger.sort()
    return school


def _conclude(school: School, marking: Marking, starved: Starved) -> None:
    """Period marks follow from all that stands in the journal by now."""
    term_marks = TermMarks(school)
    term_marks.give()
    exempt_in_sport(school, marking.exempt)
    if school.options.defects:
        Totals(school, term_marks, starved).spoil()
        note_shortage(school, starved)
        note_well_marked(school)
        remember_gaps(school)
    term_marks.year()
