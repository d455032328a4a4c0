"""C1-C8 on class lists of a few lines; the definitions are RULES.md's."""

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import insert

from services.completeness.finding_store import Hit
from services.completeness.naming import reason
from services.completeness.rules import catalogue
from services.ids import SchoolId
from services.journal.model import (
    FIRST_DAY,
    LAST_DAY,
    AssignmentRow,
    Batch,
    ChangeRow,
    EnrollmentRow,
    StaffRow,
)
from storage.database import Database
from storage.schema.people import people, person_roles
from tests.services.completeness.book import MATHS, OTHER, TEACHER, Book, at, day

NOW = at("20.11")
ORDER = "№ 12 от 01.10.2026"


@pytest.fixture
def book(database: Database) -> Book:
    return Book(database)


def pupil(number: int, **said: Any) -> EnrollmentRow:
    name, row = said.pop("unit", "5А"), EnrollmentRow("5А", number, None, f"к{number}", 0, 0, None)
    return row._replace(first=FIRST_DAY, last=LAST_DAY, class_unit=name)._replace(**said)


def listed(book: Book, *rows: EnrollmentRow) -> None:
    assert book.batch.enrollments is not None
    changed = {(row.class_unit, row.pupil) for row in rows}
    kept = [row for row in book.batch.enrollments if (row.class_unit, row.pupil) not in changed]
    book.batch.enrollments = [*kept, *rows]


async def numbers(book: Book, rule: str) -> list[tuple[str, int | None]]:
    """Class and number of each pupil told."""
    hits = await book.look(rule, NOW)
    async with book.database.reading() as work:
        names = await work.journal.dictionary(SchoolId(1))
    units = {each.id: each.name for each in names.class_units.values()}
    pupils = {each.id: each.number for each in names.pupils.values()}
    return sorted(
        (units[hit.class_unit or 0], None if hit.pupil is None else pupils[hit.pupil])
        for hit in hits
    )


def said(hit: Hit) -> str:
    return reason(catalogue()[hit.rule], hit).msgid


# -- C1 --------------------------------------------------------------------------------------------


async def test_a_pupil_with_marks_and_no_line_of_the_list_is_c1(book: Book) -> None:
    for number in (1, 2, 3, 4):
        book.mark("10.09", number)
    await book.load()
    left = [row for row in book.batch.enrollments or () if row.pupil != 4]
    await book.load(Batch(enrollments=left), "b")
    assert await numbers(book, "C1") == [("5А", 4)]
    [hit] = await book.look("C1", NOW)
    assert "does not have" in said(hit)


async def test_an_absence_is_an_entry_too(book: Book) -> None:
    book.absent("10.09", 4)
    await book.load()
    await book.load(Batch(enrollments=(book.batch.enrollments or [])[:3]), "b")
    assert await numbers(book, "C1") == [("5А", 4)]


async def test_a_class_without_a_list_has_nothing_to_differ_from(book: Book) -> None:
    book.batch.enrollments = None
    book.mark("10.09", 1)
    await book.load()
    assert await numbers(book, "C1") == []


async def test_who_left_by_the_list_is_not_c1(book: Book) -> None:
    listed(book, book.stay(4, last="15.09"))
    book.mark("20.10", 4)
    await book.load()
    assert await numbers(book, "C1") == []


async def test_a_pupil_of_the_list_without_any_entry_is_c1(book: Book) -> None:
    for number in (1, 2, 3):
        book.mark("02.09", number)
        book.mark("19.11", number)
    await book.load()
    assert await numbers(book, "C1") == [("5А", 4)]
    [hit] = await book.look("C1", NOW)
    assert "no entry" in said(hit)


@pytest.mark.parametrize(
    "excuse", ["absent", "term mark", "newcomer", "short file", "most are without", "first grade"]
)
async def test_a_pupil_without_marks_is_not_always_c1(book: Book, excuse: str) -> None:
    if excuse == "first grade":
        book = Book(book.database, class_unit="1А")
    for number in (1, 2, 3):
        if excuse != "most are without" or number == 1:
            book.mark("02.11" if excuse == "short file" else "02.09", number)
            book.mark("19.11", number)
    if excuse == "absent":
        book.absent("10.09", 4)
    if excuse == "term mark":
        book.term_mark(4, 3)
    if excuse == "newcomer":
        listed(book, book.stay(4, first="01.11"))
    await book.load()
    assert await numbers(book, "C1") == []


# -- C2 --------------------------------------------------------------------------------------------


async def test_a_pupil_called_over_after_the_order_is_c2(book: Book) -> None:
    """The last day is a Thursday: Friday is the working day to apply the order in."""
    listed(book, *(pupil(n, last=day("10.09"), order=ORDER) for n in (1, 2)))
    listed(book, pupil(3, last=day("10.09")))
    book.absent("14.09", 1)
    book.absent("11.09", 2)
    book.absent("14.09", 3)
    await book.load()
    assert await numbers(book, "C2") == [("5А", 1)]
    [hit] = await book.look("C2", NOW)
    assert (hit.facts["ordered"], hit.facts["called"]) == (day("10.09"), day("14.09"))
    assert "By the order the last day" in said(hit)


async def test_a_mark_after_the_order_says_so_too_unless_the_pupil_came_back(book: Book) -> None:
    listed(
        book, pupil(1, last=day("10.09"), order=ORDER),
        pupil(2, last=day("10.09"), order=ORDER), pupil(2, first=day("14.09"), order=ORDER),
    )  # fmt: skip
    book.mark("16.09", 1)
    book.mark("16.09", 2)
    await book.load()
    assert await numbers(book, "C2") == [("5А", 1)]


async def test_a_line_that_goes_on_beside_the_ordered_one_is_c2(book: Book) -> None:
    other = Book(book.database, class_unit="5Б")
    book.batch.slots = [*(book.batch.slots or []), *(other.batch.slots or [])]
    listed(
        book, pupil(1, unit="5Б", code="к1", first=day("12.10"), order=ORDER),
        pupil(2, last=day("11.10")),
        pupil(2, unit="5Б", code="к2", first=day("12.10"), order=ORDER),
        pupil(3, unit="5Б", code="к3", first=day("12.10")),
    )  # fmt: skip
    await book.load()
    assert await numbers(book, "C2") == [("5А", 1)]
    [hit] = await book.look("C2", NOW)
    assert "another class" in said(hit)
    assert await book.look("C2", at("12.10")) == [], "a working day is given"


# -- C3 --------------------------------------------------------------------------------------------


async def test_a_change_during_the_year_without_an_order_is_c3(book: Book) -> None:
    listed(
        book, pupil(1, first=day("12.10")), pupil(2, first=day("12.10"), order=ORDER),
        pupil(3, last=day("12.10")), pupil(4, first=day("01.09")),
    )  # fmt: skip
    await book.load()
    assert await numbers(book, "C3") == [("5А", 1), ("5А", 3)]
    came, left = sorted(await book.look("C3", NOW), key=lambda hit: -hit.facts["came"])
    assert ("came" in said(came), "left" in said(left)) == (True, True)


async def test_lists_without_any_order_say_nothing_of_orders(book: Book) -> None:
    listed(book, pupil(1, first=day("12.10")))
    await book.load()
    assert await numbers(book, "C3") == []


async def test_one_order_is_enough_for_both_lines_of_a_move(book: Book) -> None:
    listed(
        book, pupil(1, last=day("11.10"), order=ORDER),
        pupil(1, unit="5Б", code="к1", first=day("12.10")),
        pupil(2, last=day("11.10")),
        pupil(2, unit="5Б", code="к2", first=day("12.10")),
    )  # fmt: skip
    await book.load()
    assert await numbers(book, "C3") == [("5Б", 2)], "a move without orders is told once"


@pytest.mark.parametrize(
    ("order", "told"),
    [
        ("№ 1-к", True),
        ("№ 3 от 02.09.2026", True),
        ("№ 3 от 2.09.26", True),
        ("№ 40 от 10.10.2026", False),
        ("№ 40", False),
        ("№ 40 от 31.02.2026", False),
    ],
)
async def test_the_order_by_which_a_pupil_came_is_none_of_moving(
    book: Book,
    order: str,
    told: bool,  # noqa: FBT001  # a case
) -> None:
    """«№ 1-к» stands at the lines of others, too, who came that day and are still there."""
    came = {"first": day("01.09"), "order": "№ 1-к"}
    listed(
        book, pupil(1, **{**came, "order": order, "last": day("11.10")}),
        pupil(1, unit="5Б", code="к1", first=day("12.10")), pupil(2, **came), pupil(3, **came),
    )  # fmt: skip
    await book.load()
    assert await numbers(book, "C3") == [("5Б", 1)] * told


async def test_a_changed_surname_is_no_movement(book: Book) -> None:
    listed(
        book, pupil(1, last=day("11.10")), pupil(1, name="Новая Яна Ли", first=day("12.10")),
        pupil(2, order=ORDER),
    )  # fmt: skip
    await book.load()
    assert await numbers(book, "C3") == []


async def test_who_comes_after_the_last_term_needs_an_order_and_who_leaves_then_does_not(
    book: Book,
) -> None:
    listed(
        book, pupil(1, first=day("28.12")), pupil(2, last=day("27.12")), pupil(3, order=ORDER),
    )  # fmt: skip
    await book.load()
    hits = await book.look("C3", at("30.12"))
    assert [hit.day for hit in hits] == [day("28.12")]


# -- C4 --------------------------------------------------------------------------------------------


async def test_a_pupil_of_no_subgroup_and_of_two_is_c4(book: Book) -> None:
    book.groups(первая=[1, 2], вторая=[2, 3])
    book.batch.assignments = []
    await book.load()
    assert await numbers(book, "C4") == [("5А", 2), ("5А", 4)]
    assert sorted(said(hit) for hit in await book.look("C4", NOW)) == [
        "The pupil is in several subgroups of the subject: %(places)s.",
        "The subject is divided into subgroups, and the pupil is in none.",
    ]


@pytest.mark.parametrize("reason_of_silence", ["one group", "whole class", "left"])
async def test_who_need_not_be_in_a_subgroup_is_not_c4(book: Book, reason_of_silence: str) -> None:
    book.groups(первая=[1, 2], вторая=[3])
    book.batch.assignments = []
    if reason_of_silence == "one group":
        book.groups(первая=[1, 2])
    if reason_of_silence == "whole class":
        book.batch.assignments = [AssignmentRow(TEACHER, MATHS, "5А", "", 500, 0, LAST_DAY)]
    if reason_of_silence == "left":
        listed(book, book.stay(4, last="01.10"))
    await book.load()
    assert await numbers(book, "C4") == []


# -- C5 --------------------------------------------------------------------------------------------


async def test_one_name_in_one_class_and_one_code_are_c5(book: Book) -> None:
    name = "Королёв Артём Ильич"
    listed(
        book, pupil(1, name=name, code=None), pupil(2, name="Королев Артем Ильич", code=None),
        pupil(3, name="Ким Яна", code="одно"), pupil(1, unit="5Б", name="Ким Яна", code="одно"),
        pupil(2, unit="5Б", name=name, code=None),
    )  # fmt: skip
    await book.load()
    assert await numbers(book, "C5") == [("5А", 2), ("5Б", 1)]
    words = {said(hit): hit.facts for hit in await book.look("C5", NOW)}
    assert name not in str(words)
    assert {each["other"] for each in words.values()} == {1, 3}


async def test_namesakes_with_codes_of_their_own_and_moves_are_not_c5(book: Book) -> None:
    name = "Королёв Артём Ильич"
    listed(
        book, pupil(1, name=name), pupil(2, name=name),
        pupil(3, name="Ким Яна Ли", last=day("11.10")),
        pupil(4, name="Ким Яна Ли", code="к3", first=day("12.10")),
    )  # fmt: skip
    await book.load()
    assert await numbers(book, "C5") == []


# -- C6 --------------------------------------------------------------------------------------------


def staff(name: str, post: str | None = None, **said: Any) -> StaffRow:
    return StaffRow(name, None, post, None, None, None)._replace(**said)


def moment(on: str, hour: int) -> int:
    return int(at(on, hour, 0).timestamp())


async def test_entries_after_the_day_of_dismissal_are_c6_at_their_lessons(book: Book) -> None:
    book.batch.staff = [staff(TEACHER, dismissed=day("10.09")), staff(OTHER)]
    book.batch.period = (day("07.09"), day("20.11"))
    book.lesson("10.09", entered_at=moment("10.09", 21))
    book.lesson("11.09", entered_at=moment("11.09", 9))
    book.lesson("14.09", author=OTHER)
    book.lesson("09.09", entered_at=moment("09.09", 9), modified_at=moment("12.09", 9))
    book.lesson("08.09", author=OTHER)
    book.mark("08.09", 1, author=TEACHER, entered_at=moment("15.09", 9))
    book.batch.changes = [
        ChangeRow(moment("16.09", 9), "5А", "", MATHS, TEACHER, day("08.09"), "", "Изменена тема"),
        ChangeRow(moment("16.09", 9), "5А", "", MATHS, TEACHER, day("08.09"), "", "Просмотр"),
        ChangeRow(moment("17.09", 9), "5А", "", "", TEACHER, None, "", "Изменён список"),
    ]
    await book.load()
    assert await book.says("C6", NOW) == [("", None), ("08.09", 1), ("09.09", 1), ("11.09", 1)]
    hits = {hit.day: hit for hit in await book.look("C6", NOW)}
    twice = hits[day("08.09")]
    assert (twice.facts["entries"], twice.facts["last_at"]) == (2, moment("16.09", 9))
    assert hits[day("09.09")].facts["entries"] == 1
    assert {hit.severity for hit in hits.values()} == {"critical"}
    assert "the last of" in said(twice)


async def test_without_a_moment_an_entry_is_of_its_lesson_s_day(book: Book) -> None:
    book.batch.staff = [staff(TEACHER, dismissed=day("10.09")), staff(OTHER)]
    book.lesson("09.09", entered_at=None)
    book.lesson("11.09", entered_at=None)
    book.mark("10.09", 1, author=TEACHER)
    book.mark("14.09", 1, author=TEACHER)
    await book.load()
    assert await book.says("C6", NOW) == [("11.09", 1), ("14.09", 1)]
    assert {said(hit) for hit in await book.look("C6", NOW)} == {
        "Dismissed on %(day)s, entries here since then: %(entries)s."
    }


async def test_a_lesson_entered_in_time_and_not_changed_is_not_c6(book: Book) -> None:
    book.batch.staff = [staff(TEACHER, dismissed=day("10.09")), staff(OTHER)]
    book.lesson("11.09", entered_at=moment("10.09", 12))
    await book.load()
    assert await book.says("C6", NOW) == []


async def test_who_was_hired_again_may_enter(book: Book) -> None:
    book.batch.staff = [staff(TEACHER, dismissed=day("10.09"), hired=day("11.09"))]
    book.lesson("11.09", entered_at=moment("11.09", 9))
    await book.load()
    assert await book.look("C6", NOW) == []


async def bind(book: Book, name: str | None, role: str, *, open_: bool = True) -> None:
    async with book.database.unit_of_work() as work:
        names = await work.journal.dictionary(SchoolId(1))
        known = {each.name: each.id for each in names.staff.values()}
        row = {
            "school": 1, "user": 7, "name": "Имя", "language": "ru",
            "staff": known[name] if name else None, "created_at": at("01.09"),
        }  # fmt: skip
        added = await work.connection.execute(insert(people).values(row).returning(people.c.id))
        person = added.scalar_one()
        until = None if open_ else at("11.09")
        given = {"school": 1, "person": person, "role": role, "since": at("01.09"), "until": until}
        await work.connection.execute(insert(person_roles).values(given))


@pytest.mark.parametrize("open_", [True, False])
async def test_a_dismissed_person_who_is_still_let_in_is_c6(book: Book, open_: bool) -> None:  # noqa: FBT001  # a case
    book.batch.staff = [staff(TEACHER, dismissed=day("10.09")), staff(OTHER)]
    await book.load()
    await bind(book, TEACHER, "teacher", open_=open_)
    hits = await book.look("C6", NOW)
    assert [(hit.class_unit, hit.staff is not None) for hit in hits] == [(None, True)] * open_
    assert all("may still come in" in said(hit) for hit in hits)
    assert await book.look("C6", at("10.09")) == []


def test_findings_of_no_class_are_told_apart_by_their_person() -> None:
    one = Hit("C6", "critical", None, None, 0, 1, None, None, None, {})
    assert one.identity != one._replace(staff=2).identity


# -- C7 --------------------------------------------------------------------------------------------

LEADERS = [
    "классный руководитель 5А",
    "Учитель математики, кл. рук. 5-а",
    "Классное руководство: 5 «А» класс",
    "кл.рук. 6Б, 5A",
]


@pytest.mark.parametrize("post", LEADERS)
async def test_a_class_that_no_post_names_is_c7(book: Book, post: str) -> None:
    listed(book, pupil(1, unit="5Б"))
    book.batch.staff = [staff(TEACHER, post), staff(OTHER, "учитель 5Б")]
    await book.load()
    assert [unit for unit, _ in await numbers(book, "C7")] == ["5Б"]


async def test_a_dismissed_class_teacher_leaves_the_class_without_one(book: Book) -> None:
    listed(book, pupil(1, unit="5Б"))
    book.batch.staff = [
        staff(TEACHER, LEADERS[0]),
        staff(OTHER, "классный руководитель 5Б", dismissed=day("10.10")),
    ]
    await book.load()
    assert [unit for unit, _ in await numbers(book, "C7")] == ["5Б"]
    assert said((await book.look("C7", NOW))[0])


@pytest.mark.parametrize("untold", ["nobody", "post", "role"])
async def test_nothing_is_said_while_class_teachers_are_not_known(book: Book, untold: str) -> None:
    listed(book, pupil(1, unit="5Б"))
    book.batch.staff = [
        staff(TEACHER, "учитель" if untold == "nobody" else LEADERS[0]),
        staff(OTHER, "классный руководитель" if untold == "post" else None),
    ]
    await book.load()
    if untold == "role":
        await bind(book, OTHER, "class_teacher")
    assert await numbers(book, "C7") == []


# -- C8 --------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("order", "late"),
    [
        ("переведён условно, срок до 01.11.2026", True),
        ("Условно, до 1.11.26", True),
        ("условно до 01.12.2026", False),
        ("условно до 31.02.2026", False),
        ("переведена условно", False),
        ("безусловно до 01.11.2026", False),
        ("№ 12 до 01.11.2026", False),
    ],
)
async def test_a_conditional_transfer_past_its_date_is_c8(
    book: Book,
    order: str,
    late: bool,  # noqa: FBT001  # a case
) -> None:
    listed(book, pupil(1, order=order))
    await book.load()
    assert await numbers(book, "C8") == [("5А", 1)] * late


async def test_without_a_date_it_is_due_by_the_end_of_june(book: Book) -> None:
    listed(book, pupil(1, order="условно"))
    await book.load()
    late = at("20.11") + timedelta(days=223)
    assert (late.month, late.day) == (7, 1)
    [hit] = await book.look("C8", late)
    assert hit.facts["due_day"] == late.toordinal() - 1
    assert await book.look("C8", late - timedelta(days=1)) == []
    assert said(hit)


async def test_a_later_order_settles_it(book: Book) -> None:
    listed(
        book, pupil(1, order="условно до 01.10.2026", last=LAST_DAY),
        pupil(1, first=day("02.10"), order="№ 5: задолженность ликвидирована"),
        pupil(2, order="условно до 01.10.2026", last=day("30.09")),
    )  # fmt: skip
    await book.load()
    assert await numbers(book, "C8") == []


def test_a_school_s_own_deadline_may_lie_in_autumn_and_at_a_short_month_s_end() -> None:
    settle = catalogue()["C8"].settle
    assert settle is not None
    facts = {"said": "условно", "asked": day("20.11"), "year_first": day("01.08"), "date": 31}
    assert settle({**facts, "month": 9}) == {"due_day": day("30.09")}
    assert settle({**facts, "month": 12}) is None
