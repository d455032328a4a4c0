"""R4, R5, R8, T3 and T4 on journals of a few lines; the definitions are RULES.md's."""

from typing import Any

import pytest

from services.completeness.finding_store import Hit
from services.ids import SchoolId
from services.journal.model import LAST_DAY, AssignmentRow, BellRow, SlotRow, TermMarkRow
from storage.database import Database
from tests.services.completeness.book import MATHS, OTHER, TEACHER, Book, at, day

MON, TUE, WED, THU, FRI = "07.09", "08.09", "09.09", "10.09", "11.09"
THIRD = "Сидорова Анна Петровна"


@pytest.fixture
def book(database: Database) -> Book:
    return Book(database)


def moment(on: str, hour: int, minute: int = 0) -> int:
    return int(at(on, hour, minute).timestamp())


# -- R4 --------------------------------------------------------------------------------------------


async def test_an_entry_by_a_stranger_is_r4(book: Book) -> None:
    book.lesson(MON, author=OTHER)
    book.lesson(TUE)
    book.lesson(WED, author=None)
    await book.load()
    assert await book.says("R4", at(FRI)) == [(MON, 1)]
    [hit] = await book.look("R4", at(FRI))
    assert hit.staff is not None


async def test_the_substitute_and_the_absent_teacher_are_no_strangers(book: Book) -> None:
    book.lesson(MON, teacher=OTHER, instead_of=TEACHER, author=OTHER)
    book.lesson(TUE, teacher=OTHER, instead_of=TEACHER, author=TEACHER)
    book.lesson(WED, author=OTHER)
    book.substitution(WED, OTHER)
    book.lesson(THU, author=OTHER)
    book.substitution(THU, OTHER, number=2)
    await book.load()
    assert await book.says("R4", at(FRI)) == [(THU, 1)]


async def test_a_substitute_is_known_without_a_calendar_too(book: Book) -> None:
    book.batch.terms = book.batch.non_school = None
    book.lesson(MON, author=OTHER)
    book.lesson(TUE, author=OTHER)
    book.substitution(MON, OTHER)
    await book.load()
    assert await book.says("R4", at(FRI)) == [(TUE, 1)]


async def test_the_timetable_tells_the_teacher_where_no_load_does(book: Book) -> None:
    book.batch.assignments = None
    book.lesson(MON, teacher=OTHER, author=TEACHER)
    book.lesson(TUE, teacher=OTHER, author=THIRD)
    await book.load()
    assert await book.says("R4", at(FRI)) == [(TUE, 1)]


async def test_the_teacher_is_the_one_of_the_lesson_s_day(book: Book) -> None:
    book.batch.assignments = [
        AssignmentRow(TEACHER, MATHS, "5А", "", 500, 0, day(TUE)),
        AssignmentRow(OTHER, MATHS, "5А", "", 500, day(WED), LAST_DAY),
    ]
    book.batch.slots = [
        SlotRow("5А", "", weekday, 1, MATHS, None, None, 0, LAST_DAY) for weekday in range(1, 6)
    ]
    book.lesson(MON, author=OTHER)
    book.lesson(TUE, author=TEACHER)
    book.lesson(WED, teacher=OTHER, author=OTHER)
    book.lesson(THU, teacher=OTHER, author=TEACHER)
    await book.load()
    assert await book.says("R4", at(FRI)) == [(MON, 1), (THU, 1)]


async def test_a_group_s_lesson_is_not_entered_by_the_teacher_of_the_other_group(
    book: Book,
) -> None:
    book.batch.slots = None
    book.batch.assignments = [
        AssignmentRow(TEACHER, MATHS, "5А", "1", 500, 0, LAST_DAY),
        AssignmentRow(OTHER, MATHS, "5А", "2", 500, 0, LAST_DAY),
    ]
    book.lesson(MON, study_group="1", author=OTHER)
    book.lesson(MON, study_group="2", teacher=OTHER, author=OTHER)
    await book.load()
    [hit] = await book.look("R4", at(FRI))
    assert hit.study_group != 0


async def test_a_mark_of_a_stranger_names_its_pupil(book: Book) -> None:
    book.lesson(MON)
    book.mark(MON, 1, author=OTHER)
    book.mark(MON, 2, author=TEACHER)
    book.mark(MON, 3)
    await book.load()
    assert await book.says("R4", at(FRI)) == [(MON, 1)]


async def test_a_mark_whose_lesson_nobody_knows_is_not_r4(book: Book) -> None:
    book.batch.slots = book.batch.assignments = book.batch.lessons = None
    book.mark(MON, 1, author=OTHER)
    await book.load()
    assert await book.says("R4", at(FRI)) == []


# -- R5 --------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("said", "found"),
    [
        ({"teacher": OTHER, "instead_of": TEACHER, "author": OTHER}, []),
        ({"teacher": OTHER, "instead_of": TEACHER, "author": None}, []),
        ({"teacher": TEACHER, "author": OTHER}, []),
        ({"teacher": OTHER, "instead_of": TEACHER, "author": TEACHER}, [1]),
        ({"teacher": TEACHER, "author": None}, [1]),
        ({"teacher": OTHER, "author": THIRD}, [0]),
        ({"teacher": OTHER, "author": None, "topic": "", "attendance_taken": False}, [0]),
        ({"teacher": OTHER, "author": None, "topic": "", "attendance_taken": None}, [0]),
        ({"teacher": OTHER, "author": None, "topic": None, "attendance_taken": None}, []),
        ({"teacher": TEACHER, "author": None, "state": "отменён"}, []),
    ],
)
async def test_a_substitution_is_signed_by_the_substitute(
    book: Book, said: dict[str, Any], found: list[int]
) -> None:
    book.lesson(MON, **said)
    book.substitution(MON, OTHER)
    await book.load()
    assert [hit.facts["by_absent"] for hit in await book.look("R5", at(MON))] == found


async def test_a_substitution_without_a_line_is_r5_where_a_file_covers_it(book: Book) -> None:
    book.lesson(MON)
    book.lesson(WED)
    for on in (TUE, FRI):
        book.substitution(on, OTHER)
    book.substitution(WED, None)
    await book.load()
    assert await book.says("R5", at("12.09")) == [(TUE, 1)]


async def test_a_substitution_is_due_at_the_deadline_of_its_day(book: Book) -> None:
    book.lesson(MON)
    book.substitution(MON, OTHER)
    await book.load()
    assert await book.says("R5", at(MON, 19, 59)) == []
    assert await book.says("R5", at(MON, 20, 0)) == [(MON, 1)]


async def test_a_substitution_with_nobody_there_needs_no_signature(book: Book) -> None:
    book.batch.enrollments = [book.stay(1, last="31.08")]
    book.lesson(MON, topic="", attendance_taken=False)
    book.substitution(MON, OTHER)
    await book.load()
    assert await book.says("R5", at(FRI)) == []


# -- R8 --------------------------------------------------------------------------------------------


async def test_of_two_lessons_of_a_class_at_once_the_one_outside_the_timetable_is_r8(
    book: Book,
) -> None:
    book.lesson(MON)
    book.lesson(MON, subject="История", teacher=OTHER)
    book.lesson(TUE, teacher=OTHER)
    book.lesson(TUE)
    book.lesson(WED, 1)
    book.lesson(WED, 2)
    await book.load()
    assert await book.says("R8", at(FRI)) == [(MON, 1), (TUE, 1)]
    assert {hit.facts["other_subject"] for hit in await book.look("R8", at(FRI))} == {MATHS}


@pytest.mark.parametrize("state", ["отменён", "перенесён"])
async def test_a_lesson_beside_one_not_held_is_no_double(book: Book, state: str) -> None:
    book.lesson(MON, state=state)
    book.lesson(MON, subject="История", teacher=OTHER)
    await book.load()
    assert await book.says("R8", at(FRI)) == []


async def test_two_groups_at_once_are_no_double(book: Book) -> None:
    book.lesson(MON, study_group="1")
    book.lesson(MON, study_group="2", teacher=OTHER)
    await book.load()
    assert await book.says("R8", at(FRI)) == []


async def test_parallel_groups_that_the_file_does_not_name_are_no_double(book: Book) -> None:
    assert book.batch.assignments is not None
    book.batch.assignments.append(book.batch.assignments[0]._replace(teacher=OTHER))
    book.lesson(MON)
    book.lesson(MON, teacher=OTHER)
    await book.load()
    assert await book.says("R8", at(FRI)) == []


def second_class(book: Book, **said: Any) -> None:
    """5Б has mathematics with another teacher at the same hour."""
    assert book.batch.slots is not None
    book.batch.slots += [
        SlotRow("5Б", "", weekday, 1, MATHS, OTHER, None, 0, LAST_DAY) for weekday in range(1, 6)
    ]
    book.lesson(MON)
    book.lesson(MON, **{"class_unit": "5Б", "teacher": TEACHER, **said})


async def test_a_teacher_in_two_classes_at_once_is_r8(book: Book) -> None:
    second_class(book)
    await book.load()
    [hit] = await book.look("R8", at(FRI))
    assert (hit.number, hit.facts["of_group"], hit.facts["other_class"]) == (1, 0, "5А")


@pytest.mark.parametrize(
    "said", [{"number": 2}, {"teacher": OTHER}, {"state": "отменён"}, {"day": day(TUE)}]
)
async def test_a_teacher_in_two_classes_one_after_the_other_is_fine(
    book: Book, said: dict[str, Any]
) -> None:
    second_class(book, **said)
    await book.load()
    assert await book.says("R8", at(FRI)) == []


async def test_a_substitute_with_an_own_lesson_in_another_class_is_r8(book: Book) -> None:
    second_class(book)
    book.substitution(MON, TEACHER, class_unit="5Б", absent=OTHER)
    await book.load()
    [hit] = await book.look("R8", at(FRI))
    assert hit.facts["other_class"] == "5А"


@pytest.mark.parametrize("teacher", [THIRD, OTHER])
async def test_classes_joined_by_the_timetable_are_fine_whoever_teaches(
    book: Book, teacher: str
) -> None:
    sport = "Физкультура"
    assert book.batch.slots is not None
    for unit in ("5А", "5Б"):
        book.batch.slots.append(SlotRow(unit, "", 2, 5, sport, THIRD, None, 0, LAST_DAY))
        book.lesson(TUE, 5, class_unit=unit, subject=sport, teacher=teacher)
        if teacher == OTHER:
            book.substitution(TUE, OTHER, class_unit=unit, number=5, subject=sport, absent=THIRD)
    await book.load()
    assert await book.says("R8", at(FRI)) == []


@pytest.mark.parametrize(("ordered", "found"), [(True, 0), (False, 1)])
async def test_two_groups_of_a_class_are_joined_by_a_substitution(
    book: Book, *, ordered: bool, found: int
) -> None:
    book.batch.slots = [
        SlotRow("5А", group, 1, 1, MATHS, teacher, None, 0, LAST_DAY)
        for group, teacher in (("1", TEACHER), ("2", OTHER))
    ]
    book.lesson(MON, study_group="1")
    book.lesson(MON, study_group="2")
    if ordered:
        book.substitution(MON, TEACHER, study_group="2", absent=OTHER)
    await book.load()
    assert len(await book.look("R8", at(FRI))) == found


@pytest.mark.parametrize(("subject", "found"), [(MATHS, 0), ("История", 1)])
async def test_without_a_timetable_one_subject_tells_joined_classes(
    book: Book, subject: str, found: int
) -> None:
    assert book.batch.assignments is not None
    book.batch.assignments.append(book.batch.assignments[0]._replace(class_unit="5Б"))
    book.batch.slots = None
    book.lesson(MON)
    book.lesson(MON, class_unit="5Б", subject=subject)
    await book.load()
    assert len(await book.look("R8", at(FRI))) == found


@pytest.mark.parametrize(("begins", "found"), [(515, 1), (840, 0)])
async def test_two_shifts_have_the_same_numbers_at_other_hours(
    book: Book, begins: int, found: int
) -> None:
    second_class(book)
    book.batch.bells = [BellRow(1, 510, 550, "5А"), BellRow(1, begins, begins + 40, "5Б")]
    await book.load()
    assert len(await book.look("R8", at(FRI))) == found


# -- T3 --------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("changed", "found"),
    [(moment("16.09", 23, 59), []), (moment("17.09", 0), [(MON, 1)]), (None, [])],
)
async def test_a_lesson_changed_after_seven_school_days_is_t3(
    book: Book, changed: int | None, found: list[tuple[str, int]]
) -> None:
    book.lesson(MON, modified_at=changed)
    await book.load()
    assert await book.says("T3", at("30.09")) == found


async def test_a_first_entry_is_not_a_change(book: Book) -> None:
    late = moment("28.09", 12)
    book.lesson(MON, entered_at=late, modified_at=late)
    book.lesson(TUE, entered_at=late)
    await book.load()
    assert await book.says("T3", at("30.09")) == []


@pytest.mark.parametrize(
    ("changed", "found"), [(moment("25.10", 23, 59), []), (moment("26.10", 0), [("23.10", 1)])]
)
async def test_a_lesson_changed_after_its_term_was_closed_is_t3(
    book: Book, changed: int, found: list[tuple[str, int]]
) -> None:
    book.lesson("23.10", modified_at=changed)
    await book.load()
    assert await book.says("T3", at("27.10")) == found
    assert {hit.severity for hit in await book.look("T3", at("27.10"))} <= {"major"}


@pytest.mark.parametrize(("lessons", "severity"), [(9, "major"), (10, "critical")])
async def test_ten_late_changes_of_one_author_within_an_hour_are_critical(
    book: Book, lessons: int, severity: str
) -> None:
    for number in range(lessons):
        book.lesson(MON, number + 1, modified_at=moment("28.09", 12, number * 6))
    book.lesson(TUE, modified_at=moment("28.09", 12), author=OTHER)
    book.lesson(WED, modified_at=moment("28.09", 16))
    await book.load()
    hits = await book.look("T3", at("30.09"))
    assert len(hits) == lessons + 2
    assert [hit.severity for hit in hits if hit.day == day(MON)] == [severity] * lessons
    assert {hit.severity for hit in hits if hit.day != day(MON)} == {"major"}


async def test_many_late_changes_over_several_hours_are_not_critical(book: Book) -> None:
    for number in range(12):
        book.lesson(MON, number + 1, modified_at=moment("28.09", 10, 0) + number * 600)
    await book.load()
    assert {hit.severity for hit in await book.look("T3", at("30.09"))} == {"major"}


@pytest.mark.parametrize(
    ("kind", "number", "entered", "found"),
    [
        ("четверть", 1, moment("25.10", 23, 59), []),
        ("четверть", 1, moment("26.10", 0), ["critical"]),
        ("год", 0, moment("26.10", 0), []),
        ("год", 0, moment("28.12", 0), ["critical"]),
        ("экзамен", 0, moment("28.12", 0), []),
    ],
)
async def test_a_period_mark_entered_after_closing_is_critical(
    book: Book, kind: str, number: int, entered: int, found: list[str]
) -> None:
    book.lesson(MON)
    book.batch.term_marks = [TermMarkRow("5А", MATHS, 1, kind, number, 5, "", entered)]
    book.batch.term_marks.append(TermMarkRow("5А", MATHS, 2, kind, number, None, "", entered))
    await book.load()
    assert [hit.severity for hit in await book.look("T3", at("30.12"))] == found


async def test_a_period_mark_belongs_to_the_pupil_s_group(book: Book) -> None:
    book.groups(**{"1": [1, 2], "2": [3, 4]})
    book.batch.assignments = [
        AssignmentRow(TEACHER, MATHS, "5А", "1", 500, 0, LAST_DAY),
        AssignmentRow(OTHER, MATHS, "5А", "2", 500, 0, LAST_DAY),
    ]
    entered = moment("26.10", 12)
    book.batch.term_marks = [TermMarkRow("5А", MATHS, 3, "четверть", 1, 5, "", entered)]
    await book.load()
    [hit] = await book.look("T3", at("27.10"))
    async with book.database.reading() as work:
        dictionary = await work.journal.dictionary(SchoolId(1))
    assert hit.study_group == dictionary.study_group(*class_and_subject(hit), "2")
    assert hit.staff == dictionary.teacher(OTHER)


def class_and_subject(hit: Hit) -> tuple[int, int]:
    assert hit.class_unit is not None
    assert hit.subject is not None
    return hit.class_unit, hit.subject


# -- T4 --------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("said", "found"),
    [
        ({"topic": "Дроби", "attendance_taken": None}, ["topic"]),
        ({"topic": "", "attendance_taken": True}, ["attendance"]),
        ({"topic": "", "attendance_taken": False, "homework": "№ 12"}, []),
        ({"topic": None, "attendance_taken": None, "homework": "№ 12"}, []),
        ({"topic": "Дроби", "state": "отменён"}, []),
    ],
)
async def test_an_entry_for_a_future_day_is_t4_and_homework_is_not(
    book: Book, said: dict[str, Any], found: list[str]
) -> None:
    book.lesson(MON)
    book.lesson(TUE, **{"entered_at": None, **said})
    await book.load()
    assert [hit.facts["what"] for hit in await book.look("T4", at(MON))] == found
    assert await book.says("T4", at(TUE, 0, 0)) == []


async def test_a_mark_and_an_absence_of_a_future_day_name_their_pupils(book: Book) -> None:
    book.lesson(MON, entered_at=moment(MON, 12))
    book.mark(TUE, 1)
    book.absent(TUE, 2, "Б")
    book.mark(MON, 3)
    await book.load()
    assert await book.says("T4", at(MON)) == [(TUE, 1), (TUE, 2)]
    assert await book.says("T4", at(TUE)) == []


async def test_of_a_moment_before_the_latest_entry_only_known_times_tell(book: Book) -> None:
    """Asked about September in a whole year's file: October is no entry ahead."""
    book.lesson(TUE, entered_at=moment(TUE, 12))
    book.mark(TUE, 1)
    book.absent(TUE, 2, "Б")
    book.mark(WED, 3, entered_at=moment(MON, 12))
    await book.load()
    assert await book.says("T4", at(MON)) == [(WED, 3)]


@pytest.mark.parametrize(
    ("entered", "modified", "found"),
    [
        (moment(MON, 23, 59), None, [(TUE, 1)]),
        (moment(MON, 12), moment(MON, 13), [(TUE, 1)]),
        (moment(MON, 12), moment(TUE, 13), []),
        (moment(TUE, 0), None, []),
    ],
)
async def test_a_lesson_untouched_since_before_its_day_was_entered_ahead(
    book: Book, entered: int, modified: int | None, found: list[tuple[str, int]]
) -> None:
    book.lesson(MON, modified_at=moment(MON, 18))
    book.lesson(TUE, entered_at=entered, modified_at=modified)
    await book.load()
    assert await book.says("T4", at(FRI)) == found


async def test_where_no_file_tells_of_changes_what_came_first_may_be_homework(book: Book) -> None:
    book.lesson(TUE, entered_at=moment(MON, 12))
    await book.load()
    assert await book.says("T4", at(FRI)) == []


async def test_a_mark_entered_before_its_day_stays_t4(book: Book) -> None:
    book.lesson(TUE)
    book.mark(TUE, 1, entered_at=moment(MON, 23, 59))
    book.mark(TUE, 2, entered_at=moment(TUE, 0))
    await book.load()
    assert await book.says("T4", at(FRI)) == [(TUE, 1)]
