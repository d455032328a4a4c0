"""P5, P6 and P8 on journals of a few lines; the definitions are RULES.md's."""

from typing import Any

import pytest

from services.journal.model import (
    LAST_DAY,
    AssignmentRow,
    MemberRow,
    PlanRow,
    SlotRow,
    StaffRow,
    TermRow,
)
from storage.database import Database
from tests.services.completeness.book import MATHS, OTHER, TEACHER, Book, at, day

MON, TUE, WED, FRI = "07.09", "08.09", "09.09", "11.09"
PHYSICS, AS_OF = "Физика", at("11.09")
VACANT = "Вакансия"


@pytest.fixture
def book(database: Database) -> Book:
    made = Book(database)
    made.lesson(MON)
    return made


def year_plan(book: Book, hours: int, **said: Any) -> None:
    """A plan of so many hours in one item, which no date binds."""
    book.batch.plans = book.batch.plans or []
    row = PlanRow(MATHS, "5А", "", None, 1, "Год", hours * 100, None, "")
    book.batch.plans.append(row._replace(**said))


def whole_year(book: Book) -> None:
    """34 weeks of study."""
    ends = day("01.09") + 34 * 7 - 1
    book.batch.terms = [TermRow("2026/2027", "полугодие", 1, day("01.09"), ends, "")]


# -- P5 --------------------------------------------------------------------------------------------


async def test_a_subject_of_the_load_without_a_plan_is_p5_after_the_tenth_of_september(
    book: Book,
) -> None:
    year_plan(book, 170, subject="История")
    await book.load()
    assert await book.look("P5", at("10.09")) == []
    [hit] = await book.look("P5", at("11.09", 0, 0))
    assert (hit.day, hit.study_group, hit.facts["planned"]) == (None, 0, None)
    assert hit.staff is not None


async def test_a_school_without_plans_has_not_loaded_them(book: Book) -> None:
    await book.load()
    assert await book.look("P5", AS_OF) == []
    year_plan(book, 170, subject="История", day=day("01.09") - 120)
    await book.load(name="b")
    assert await book.look("P5", AS_OF) == []


@pytest.mark.parametrize(
    ("hours", "found"), [(170, 0), (154, 0), (152, 1), (187, 0), (189, 1), (34, 1)]
)
async def test_a_plan_of_other_hours_than_the_load_s_is_p5(
    book: Book, hours: int, found: int
) -> None:
    whole_year(book)
    book.batch.slots = None
    year_plan(book, hours)
    await book.load()
    hits = await book.look("P5", AS_OF)
    assert [hit.facts["planned"] for hit in hits] == [hours * 100] * found


@pytest.mark.parametrize(("hours", "found"), [(78, 0), (60, 1), (100, 1)])
async def test_a_plan_made_from_the_timetable_is_right_too(
    book: Book, hours: int, found: int
) -> None:
    """The load is five hours, but holidays leave half of the lessons."""
    whole_year(book)
    book.holiday("01.09", "31.12")
    year_plan(book, hours)
    await book.load()
    assert len(await book.look("P5", AS_OF)) == found


async def test_successive_teachers_are_not_added(book: Book) -> None:
    whole_year(book)
    book.batch.slots = None
    book.batch.assignments = [
        AssignmentRow(TEACHER, MATHS, "5А", "", 500, 0, day(TUE)),
        AssignmentRow(OTHER, MATHS, "5А", "", 500, day(WED), LAST_DAY),
    ]
    year_plan(book, 170)
    await book.load()
    assert await book.look("P5", AS_OF) == []


@pytest.mark.parametrize(("hours", "found"), [(170, 0), (340, 0), (100, 1), (400, 1)])
async def test_hours_of_groups_without_names_may_or_may_not_be_added_in_a_plan(
    book: Book, hours: int, found: int
) -> None:
    whole_year(book)
    book.batch.slots = None
    book.batch.assignments = [
        AssignmentRow(teacher, MATHS, "5А", "", 500, 0, LAST_DAY) for teacher in (TEACHER, OTHER)
    ]
    year_plan(book, hours)
    await book.load()
    assert len(await book.look("P5", AS_OF)) == found


def two_groups(book: Book) -> None:
    whole_year(book)
    book.batch.slots = None
    book.batch.lessons = None
    book.groups(**{"1": [1, 2], "2": [3, 4]})
    book.batch.assignments = [
        AssignmentRow(TEACHER, MATHS, "5А", "1", 500, 0, LAST_DAY),
        AssignmentRow(OTHER, MATHS, "5А", "2", 500, 0, LAST_DAY),
    ]


@pytest.mark.parametrize(
    ("groups", "found"), [(["1", "2"], 0), ([""], 0), (["1"], 1), (["", "2"], 0)]
)
async def test_groups_have_their_own_plans_or_the_class_s(
    book: Book, groups: list[str], found: int
) -> None:
    two_groups(book)
    for group in groups:
        year_plan(book, 170, study_group=group)
    await book.load()
    hits = await book.look("P5", AS_OF)
    assert [hit.study_group != 0 for hit in hits] == [True] * found


async def test_a_divided_subject_without_any_plan_is_named_once(book: Book) -> None:
    two_groups(book)
    year_plan(book, 170, subject="История")
    await book.load()
    assert [hit.study_group for hit in await book.look("P5", AS_OF)] == [0]


async def test_a_group_without_pupils_needs_no_plan(book: Book) -> None:
    two_groups(book)
    book.batch.members = [MemberRow("5А", MATHS, "1", pupil) for pupil in (1, 2, 3, 4)]
    year_plan(book, 170, study_group="1")
    await book.load()
    assert await book.look("P5", AS_OF) == []


# -- P6 --------------------------------------------------------------------------------------------


def physics(book: Book, *topics: str | None, group: str = "", first: str = "01.09") -> None:
    """A lesson of physics a day, from the first of September on."""
    for index, topic in enumerate(topics):
        on = f"{int(first[:2]) + index:02}.{first[3:]}"
        book.lesson(on, 2, subject=PHYSICS, topic=topic, study_group=group)


@pytest.mark.parametrize(
    ("topic", "found"),
    [
        ("Введение", [("01.09", 2)]),
        ("", [("01.09", 2)]),
        ("Инструктаж по ТБ. Введение", []),
        ("Введение. ПЕРВИЧНЫЙ ИНСТРУКТАЖ", []),
        ("Правила охраны труда", []),
        (None, []),
    ],
)
async def test_the_first_lesson_of_the_year_names_the_briefing(
    book: Book, topic: str | None, found: list[tuple[str, int]]
) -> None:
    physics(book, topic, "Движение")
    await book.load()
    assert await book.says("P6", at("01.09", 19, 59)) == []
    assert await book.says("P6", at("01.09", 20, 0)) == found
    assert await book.says("P6", AS_OF) == found


@pytest.mark.parametrize(
    ("subject", "found"),
    [("Труд (технология)", 1), ("Физическая культура", 1), ("ХИМИЯ", 1), (MATHS, 0), ("Музыка", 0)],
)
async def test_only_listed_subjects_have_a_briefing(book: Book, subject: str, found: int) -> None:
    book.lesson("01.09", 2, subject=subject)
    await book.load()
    assert len(await book.look("P6", AS_OF)) == found


async def test_the_first_known_lesson_of_half_a_file_is_not_the_first_of_the_year(
    book: Book,
) -> None:
    book.batch.lessons = []
    physics(book, "Движение", first="14.09")
    await book.load()
    assert await book.says("P6", at("30.09")) == []


async def test_a_weekly_subject_begins_with_its_own_first_lesson(book: Book) -> None:
    assert book.batch.slots is not None
    book.batch.slots.append(SlotRow("5А", "", 2, 2, PHYSICS, OTHER, None, day("14.09"), LAST_DAY))
    book.batch.lessons = []
    physics(book, "Движение", first="15.09")
    await book.load()
    assert await book.says("P6", at("30.09")) == [("15.09", 2)]


async def test_each_group_has_its_own_first_lesson(book: Book) -> None:
    physics(book, "Инструктаж", group="1")
    physics(book, "Введение", group="2", first="02.09")
    await book.load()
    assert await book.says("P6", AS_OF) == [("02.09", 2)]


async def test_a_group_briefed_with_the_whole_class_is_not_briefed_again(book: Book) -> None:
    physics(book, "Инструктаж")
    physics(book, "Введение", group="2", first="02.09")
    await book.load()
    assert await book.look("P6", AS_OF) == []


async def test_any_lesson_of_the_first_day_may_name_it(book: Book) -> None:
    physics(book, "Введение")
    book.lesson("01.09", 3, subject=PHYSICS, topic="Инструктаж по ТБ")
    await book.load()
    assert await book.look("P6", AS_OF) == []


async def test_a_cancelled_lesson_is_not_the_first(book: Book) -> None:
    book.lesson("01.09", 2, subject=PHYSICS, state="отменён")
    book.lesson("02.09", 2, subject=PHYSICS, topic="Инструктаж")
    await book.load()
    assert await book.look("P6", AS_OF) == []


@pytest.mark.parametrize(
    ("topic", "found"), [("Работа и мощность", 1), ("Повторный инструктаж", 0)]
)
async def test_the_first_lesson_after_new_year_names_it_again(
    book: Book, topic: str, found: int
) -> None:
    january = day("31.12") + 11
    book.batch.terms = [
        TermRow("2026/2027", "четверть", 2, day("01.09"), day("27.12"), ""),
        TermRow("2026/2027", "четверть", 3, january, january + 70, ""),
    ]
    physics(book, "Инструктаж", "Движение")
    book.lesson("01.09", 2, day=january, subject=PHYSICS, topic=topic)
    book.lesson("01.09", 2, day=january + 1, subject=PHYSICS, topic="Энергия")
    await book.load()
    as_of = at("31.12").replace(year=2027, month=1, day=30)
    hits = await book.look("P6", as_of)
    assert [(hit.day, hit.facts["spring"]) for hit in hits] == [(january, 1)] * found


async def test_nobody_there_needs_no_briefing(book: Book) -> None:
    book.batch.enrollments = [book.stay(1, FRI)]
    physics(book, "Введение")
    await book.load()
    assert await book.look("P6", AS_OF) == []


# -- P8 --------------------------------------------------------------------------------------------


def load_of(book: Book, hours: int, **said: Any) -> None:
    row = AssignmentRow(TEACHER, MATHS, "5А", "", hours, 0, LAST_DAY)
    book.batch.assignments = [row._replace(**said)]


@pytest.mark.parametrize(
    ("hours", "found"), [(500, []), (400, [400]), (600, [600]), (550, []), (450, []), (100, [100])]
)
async def test_another_number_of_lessons_than_of_hours_is_p8(
    book: Book, hours: int, found: list[int]
) -> None:
    load_of(book, hours)
    await book.load()
    hits = await book.look("P8", AS_OF)
    assert [hit.facts["hours"] for hit in hits] == found
    assert {hit.facts["lessons"] for hit in hits} <= {5}


async def test_a_subject_of_the_load_that_the_timetable_does_not_have_is_p8(book: Book) -> None:
    load_of(book, 500)
    assert book.batch.assignments is not None
    book.batch.assignments.append(AssignmentRow(OTHER, "История", "5А", "", 100, 0, LAST_DAY))
    await book.load()
    assert [hit.facts["lessons"] for hit in await book.look("P8", AS_OF)] == [0]


async def test_without_a_timetable_nothing_is_compared(book: Book) -> None:
    book.batch.slots = None
    load_of(book, 100)
    await book.load()
    assert await book.look("P8", AS_OF) == []


@pytest.mark.parametrize(("as_of", "found"), [("31.08", 0), ("01.09", 1), ("31.12", 1)])
async def test_a_year_that_has_begun_is_looked_at(book: Book, as_of: str, found: int) -> None:
    load_of(book, 100)
    await book.load()
    assert len(await book.look("P8", at(as_of))) == found


async def test_a_year_that_is_over_is_looked_at_as_of_its_last_day(book: Book) -> None:
    load_of(book, 100, last=day("27.12"))
    await book.load()
    assert len(await book.look("P8", at("31.12"))) == 1


async def test_a_moved_working_day_is_no_lesson_of_the_week(book: Book) -> None:
    assert book.batch.slots is not None
    saturday = day("12.09")
    moved = book.batch.slots[0]._replace(weekday=6, first=saturday, last=saturday)
    book.batch.slots.append(moved)
    load_of(book, 500)
    await book.load()
    assert await book.look("P8", at("12.09")) == []


async def test_hours_of_groups_are_compared_group_by_group(book: Book) -> None:
    two_groups(book)
    book.batch.slots = [
        SlotRow("5А", group, weekday, 1, MATHS, TEACHER, None, 0, LAST_DAY)
        for group, days in (("1", 5), ("2", 4))
        for weekday in range(1, days + 1)
    ]
    await book.load()
    [hit] = await book.look("P8", AS_OF)
    assert (hit.study_group != 0, hit.facts["lessons"]) == (True, 4)


@pytest.mark.parametrize("hours", [500, 400])
async def test_parallel_teachers_of_groups_without_names_may_or_may_not_be_added(
    book: Book, hours: int
) -> None:
    book.batch.assignments = [
        AssignmentRow(teacher, MATHS, "5А", "", hours, 0, LAST_DAY) for teacher in (TEACHER, OTHER)
    ]
    await book.load()
    assert await book.look("P8", AS_OF) == []


@pytest.mark.parametrize(
    ("staff", "found"),
    [
        (StaffRow(VACANT, None, None, None, None, None), 1),
        (StaffRow(OTHER, None, None, None, None, day("10.09")), 1),
        (StaffRow(OTHER, None, None, None, None, day("11.09")), 0),
        (StaffRow(OTHER, None, None, None, None, None), 0),
    ],
)
async def test_hours_of_a_vacancy_or_of_somebody_dismissed_have_no_teacher(
    book: Book, staff: StaffRow, found: int
) -> None:
    book.batch.staff = [StaffRow(TEACHER, None, None, None, None, None), staff]
    load_of(book, 500, teacher=staff.name)
    await book.load()
    hits = await book.look("P8", AS_OF)
    assert [(hit.staff, hit.facts["lessons"]) for hit in hits] == [(None, None)] * found


async def test_hours_that_ended_without_a_successor_have_no_teacher(book: Book) -> None:
    load_of(book, 500, last=day(TUE))
    await book.load()
    assert [hit.facts["hours"] for hit in await book.look("P8", at(TUE))] == []
    assert [hit.facts["hours"] for hit in await book.look("P8", at(WED))] == [500]


async def test_a_successor_takes_the_hours_over(book: Book) -> None:
    book.batch.assignments = [
        AssignmentRow(TEACHER, MATHS, "5А", "", 500, 0, day(TUE)),
        AssignmentRow(OTHER, MATHS, "5А", "", 500, day(WED), LAST_DAY),
    ]
    await book.load()
    assert await book.look("P8", AS_OF) == []
