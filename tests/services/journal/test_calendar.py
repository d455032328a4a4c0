"""Which days a class studies and which lessons are to be held."""

from datetime import date

from services.journal.calendar import (
    CalendarFacts,
    Class,
    Holiday,
    Slot,
    Substitution,
    Term,
    derive,
    terms_of,
    weekday,
    year_of,
)
from services.journal.relations import DUE, EXTRA, REPLACED, STRUCK

FIFTH, TENTH = Class(1, "5А", 5), Class(2, "10А", 10)
MONDAY = date(2026, 9, 7).toordinal()
QUARTER = Term(2026, "четверть", 1, "", MONDAY, MONDAY + 13)
MATHS, PHYSICS, IVANOVA, PETROV = 1, 2, 11, 12


def slot(number: int = 1, on: int = 1, **other: int) -> Slot:
    facts = {"class_unit": 1, "subject": MATHS, "study_group": 0, "first": 0, "last": 9_999_999}
    return Slot(weekday=on, number=number, staff=IVANOVA, **(facts | other))


def facts(
    *,
    slots: list[Slot],
    terms: tuple[Term, ...] = (QUARTER,),
    holidays: tuple[Holiday, ...] = (),
    changes: tuple[Substitution, ...] = (),
    taught: dict[int, frozenset[int]] | None = None,
) -> CalendarFacts:
    return CalendarFacts((FIFTH,), terms, holidays, slots, changes, taught or {})


def change(substitute: int | None, **other: int) -> Substitution:
    row = {"class_unit": 1, "day": MONDAY, "number": 1, "subject": MATHS, "study_group": 0}
    return Substitution(**(row | other), absent=IVANOVA, substitute=substitute)


def test_days_are_named_by_week_and_academic_year() -> None:
    assert weekday(MONDAY) == 1
    assert year_of(date(2026, 8, 31).toordinal()) == 2026
    assert year_of(date(2027, 7, 31).toordinal()) == 2026


def test_half_years_win_in_the_senior_grades() -> None:
    half = Term(2026, "полугодие", 1, "", MONDAY, MONDAY + 100)
    assert terms_of(FIFTH, [QUARTER, half]) == [QUARTER]
    assert terms_of(TENTH, [QUARTER, half]) == [half]


def test_school_days_are_counted_over_slots_and_skip_holidays() -> None:
    week = [slot(on=day) for day in range(1, 6)]
    calendar = derive(facts(slots=week, holidays=(Holiday(MONDAY + 1, MONDAY + 1, "5"),)))
    days = {row[1] - MONDAY: row[2:5] for row in calendar.class_days}
    assert days[0] == (0, 1, 1)
    assert days[1] == (1, 0, 1)
    assert days[2] == (0, 1, 2)
    assert days[5] == (0, 0, 4)


def test_holidays_of_other_classes_do_not_count() -> None:
    calendar = derive(facts(slots=[slot()], holidays=(Holiday(MONDAY, MONDAY, "1-4"),)))
    assert [row[1] for row in calendar.expected] == [MONDAY, MONDAY + 7]


def test_a_day_cancelled_whole_is_no_school_day() -> None:
    calendar = derive(facts(slots=[slot()], changes=(change(None),)))
    assert [row[6] for row in calendar.expected if row[1] == MONDAY] == [STRUCK]
    assert next(row[3] for row in calendar.class_days if row[1] == MONDAY) == 0


def test_a_substitute_takes_the_slot_and_another_subject_replaces_it() -> None:
    same = derive(facts(slots=[slot()], changes=(change(PETROV),)))
    assert [row[5:] for row in same.expected if row[1] == MONDAY] == [(PETROV, DUE)]
    other = derive(facts(slots=[slot()], changes=(change(PETROV, subject=PHYSICS),)))
    states = {row[3]: row[6] for row in other.expected if row[1] == MONDAY}
    assert states == {MATHS: REPLACED, PHYSICS: DUE}


def test_a_substitution_without_a_slot_is_extra() -> None:
    calendar = derive(facts(slots=[slot()], changes=(change(PETROV, number=6),)))
    states = {row[2]: row[6] for row in calendar.expected if row[1] == MONDAY}
    assert states == {1: DUE, 6: EXTRA}


def test_a_substitution_of_one_group_leaves_the_other() -> None:
    groups = [slot(study_group=5), slot(study_group=6)]
    calendar = derive(facts(slots=groups, changes=(change(None, study_group=5),)))
    states = {row[4]: row[6] for row in calendar.expected if row[1] == MONDAY}
    assert states == {5: STRUCK, 6: DUE}


def test_one_dated_lines_make_a_moved_working_day() -> None:
    saturday = MONDAY + 5
    moved = slot(first=saturday, last=saturday)
    calendar = derive(facts(slots=[slot(), moved]))
    assert saturday in [row[1] for row in calendar.expected]


def test_an_empty_calendar_expects_nothing() -> None:
    calendar = derive(facts(slots=[slot(first=MONDAY)], terms=()))
    assert calendar.expected == []
    assert any(row[3] for row in calendar.class_days)


def test_without_a_timetable_taught_days_are_school_days() -> None:
    calendar = derive(facts(slots=[], taught={1: frozenset({MONDAY + 2})}))
    assert [row[1] for row in calendar.class_days if row[3]] == [MONDAY + 2]


def test_on_a_statutory_holiday_nobody_forgot_a_lesson() -> None:
    november = Term(2026, "четверть", 2, "", date(2026, 11, 2).toordinal(), MONDAY + 80)
    calendar = derive(facts(slots=[slot(on=3)], terms=(november,)))
    unity_day = date(2026, 11, 4).toordinal()
    assert {row[1]: row[6] for row in calendar.expected}[unity_day] == EXTRA
    assert next(row[3] for row in calendar.class_days if row[1] == unity_day) == 0
