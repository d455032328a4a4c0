"""The steps in which a school is made, in order."""

from random import Random

from services.generator.attendance import take_attendance
from services.generator.calendar import make_calendar
from services.generator.census.arrivals import note_markless_arrivals
from services.generator.census.asking import note_unasked
from services.generator.census.inside import note_odd_days
from services.generator.census.leavers import note_left
from services.generator.census.lessons import note_markless
from services.generator.census.missing import note_absent, note_groundless
from services.generator.census.presence import note_nobody_absent
from services.generator.census.tasks import note_tasks
from services.generator.census.tempo import note_behind
from services.generator.census.totals import note_shortage
from services.generator.census.twos import note_fives, note_twos
from services.generator.census.unusual import note_unusual
from services.generator.census.yearly import note_overworked
from services.generator.changes import make_changes
from services.generator.class_teachers import appoint
from services.generator.defects.arrivals import come_empty_handed
from services.generator.defects.authors import forge, leave_unsigned
from services.generator.defects.beside import add_lessons, add_marks
from services.generator.defects.briefings import forget_briefings, note_briefings
from services.generator.defects.cancelled import fill_cancelled
from services.generator.defects.cells import spoil_cells
from services.generator.defects.chance import own_stream
from services.generator.defects.clashes import clash
from services.generator.defects.corrections import correct, correct_totals, note_corrections
from services.generator.defects.early import enter_ahead
from services.generator.defects.equal import equalize, note_equal
from services.generator.defects.full_rows import fill_rows
from services.generator.defects.haste import hurry, repeat
from services.generator.defects.illness import fall_long_ill
from services.generator.defects.late import be_late
from services.generator.defects.load import misload, unplan
from services.generator.defects.lost import lose_lessons
from services.generator.defects.mends import remember_gaps
from services.generator.defects.newcomers import disorder
from services.generator.defects.night import work_at_night
from services.generator.defects.odd_days import make_odd_days
from services.generator.defects.overload import overload
from services.generator.defects.plans import plan_works, run_ahead
from services.generator.defects.posts import enter_after_leaving, leave_without_teacher
from services.generator.defects.silence import fall_silent
from services.generator.defects.starving import note_well_marked, starve
from services.generator.defects.strangers import note_strangers, stray
from services.generator.defects.tasks import overburden
from services.generator.defects.tempo import pass_by
from services.generator.defects.texts import spoil_texts
from services.generator.defects.totals import Totals, YearTotals, exempt_in_sport
from services.generator.defects.twos import give_twos
from services.generator.defects.unusual import make_unusual
from services.generator.defects.values import spoil_values
from services.generator.defects.yearly import overwork
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
        with own_stream(school, "lessons"):
            leave_unsigned(school)
            clash(school)
    works = Works(school)
    works.choose()
    if options.defects:
        with own_stream(school, "works"):
            overload(school, works)
    write_plan(school)
    fill_in(school)
    take_attendance(school)
    starved: Starved = {}
    if options.defects:
        be_late(school)
        starved = starve(school)
        with own_stream(school, "pupils"):
            hurry(school)
            fall_long_ill(school, starved)
            pass_by(school, starved)
            fall_silent(school)
    marking = Marking(school, starved)
    marking.mark()
    if options.defects:
        spoil_cells(school)
        add_marks(school)
        spoil_texts(school)
        run_ahead(school)
        _spoil_entries(school)
        _spoil_further(school, works)
    _conclude(school, marking, starved)
    school.ledger.sort()
    return school


def _spoil_entries(school: School) -> None:
    with own_stream(school, "entries"):
        repeat(school)
        equalize(school)
        stray(school)
        forget_briefings(school)
        spoil_values(school)
        forge(school)
        fill_cancelled(school)
        enter_ahead(school)
        correct(school)


def _spoil_further(school: School, works: Works) -> None:
    """Each with a stream of its own: one more defect leaves the others where they were."""
    with own_stream(school, "yearly works"):
        overwork(school, works)
    with own_stream(school, "absences"):
        fill_rows(school)
        make_odd_days(school)
    with own_stream(school, "unusual"):
        make_unusual(school)
        give_twos(school)
    with own_stream(school, "arrivals"):
        come_empty_handed(school)
    with own_stream(school, "tasks"):
        overburden(school)
    with own_stream(school, "authors"):
        enter_after_leaving(school)
        work_at_night(school)


def _conclude(school: School, marking: Marking, starved: Starved) -> None:
    """Period marks follow from all that stands in the journal by now."""
    term_marks = TermMarks(school)
    term_marks.give()
    exempt_in_sport(school, marking.exempt)
    if school.options.defects:
        Totals(school, term_marks, starved).spoil()
        note_well_marked(school)
        remember_gaps(school)
    term_marks.year()
    if school.options.defects:
        _spoil_totals(school, term_marks)
        with own_stream(school, "lists"):
            disorder(school)
            leave_without_teacher(school)
    else:
        appoint(school)
    _take_stock(school, term_marks)


def _spoil_totals(school: School, term_marks: TermMarks) -> None:
    with own_stream(school, "totals"):
        correct_totals(school, term_marks)
        plan_works(school)
        unplan(school)
        misload(school)
        YearTotals(school, term_marks).spoil()


def _take_stock(school: School, term_marks: TermMarks) -> None:
    """Whatever is told by counting, be it injected or not."""
    for note in (note_briefings, note_corrections, note_unasked, note_markless, note_absent):
        note(school)
    for note in (note_equal, note_strangers, note_odd_days, note_nobody_absent, note_twos):
        note(school)
    for note in (note_markless_arrivals, note_unusual, note_overworked, note_tasks, note_left):
        note(school)
    for note_totals in (note_shortage, note_behind, note_groundless, note_fives):
        note_totals(school, term_marks)
