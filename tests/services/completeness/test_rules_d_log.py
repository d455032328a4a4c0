"""T1, T3, R4 and A6 by the journal's own log; the definitions are RULES.md's."""

from typing import Any

import pytest

from services.completeness.rules import catalogue
from services.journal.model import ChangeRow, TermMarkRow
from storage.database import Database
from tests.services.completeness.book import MATHS, OTHER, TEACHER, Book, at, day

MON, TUE, WED, THU, FRI = "07.09", "08.09", "09.09", "10.09", "11.09"
LATE = at("20.11")


@pytest.fixture
def book(database: Database) -> Book:
    made = Book(database)
    made.batch.period = (day(MON), day("20.11"))
    return made


def moment(on: str, hour: int, minute: int = 0) -> int:
    return int(at(on, hour, minute).timestamp())


def logged(book: Book, on: str | None, moment: int, **said: Any) -> None:
    book.batch.changes = book.batch.changes or []
    lesson = day(on) if on else None
    row = ChangeRow(moment, "5А", "", MATHS, TEACHER, lesson, "1 четверть", "Добавлена тема урока")
    book.batch.changes.append(row._replace(**said))


async def told(book: Book, rule: str) -> list[str]:
    """The English of each finding's reason."""
    return sorted(catalogue()[rule].why(hit.facts).msgid for hit in await book.look(rule, LATE))


# -- T1 --------------------------------------------------------------------------------------------


async def test_the_first_line_of_the_log_tells_when_a_lesson_was_filled(book: Book) -> None:
    book.lesson(MON, entered_at=None)
    book.lesson(TUE, entered_at=None)
    book.lesson(WED, entered_at=None)
    book.lesson(THU)
    logged(book, MON, moment(MON, 20, 1))
    logged(book, MON, moment(TUE, 9))
    logged(book, TUE, moment(TUE, 19))
    logged(book, TUE, moment(THU, 9))
    logged(book, THU, moment(FRI, 9))
    await book.load()
    assert await book.says("T1", LATE) == [(MON, 1)]
    [hit] = await book.look("T1", LATE)
    assert hit.facts["entered_at"] == moment(MON, 20, 1)


async def test_a_log_that_begins_later_tells_nothing_of_the_first_entry(book: Book) -> None:
    book.batch.period = (day(TUE), day("20.11"))
    book.lesson(MON, entered_at=None)
    logged(book, MON, moment(WED, 9))
    await book.load()
    assert await book.says("T1", LATE) == []


async def test_a_log_that_says_no_period_tells_of_no_lateness(book: Book) -> None:
    book.batch.period = None
    book.lesson(MON, entered_at=None)
    logged(book, MON, moment(WED, 9))
    await book.load()
    assert await book.says("T1", LATE) == []


async def test_whoever_only_looked_into_the_journal_has_filled_nothing(book: Book) -> None:
    book.lesson(MON, entered_at=None)
    logged(book, MON, moment(MON, 12), action="Просмотр")
    logged(book, MON, moment(TUE, 9))
    await book.load()
    assert await book.says("T1", LATE) == [(MON, 1)]


# -- T3 --------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("action", "found"),
    [
        ("Изменена отметка с 3 на 4", [(MON, 1)]),
        ("Удалена отметка", [(MON, 1)]),
        ("Выставлена отметка", []),
        ("", [(MON, 1)]),
        ("Просмотр", []),
    ],
)
async def test_a_late_line_of_the_log_that_changes_something_is_t3(
    book: Book, action: str, found: list[tuple[str, int]]
) -> None:
    """The seventh school day after Monday 7 September is Wednesday the 16th."""
    book.lesson(MON, author=None)
    logged(book, MON, moment(MON, 12))
    logged(book, MON, moment("17.09", 12), action=action)
    logged(book, MON, moment("16.09", 12), action="Изменена тема")
    await book.load()
    assert await book.says("T3", LATE) == found


async def test_a_first_entry_is_no_edit_however_late(book: Book) -> None:
    book.lesson(MON, entered_at=None)
    logged(book, MON, moment("21.09", 12), action="")
    logged(book, MON, moment("21.09", 13), action="")
    await book.load()
    assert await book.says("T3", LATE) == []


async def test_a_lesson_with_its_own_time_of_change_does_not_need_the_log(book: Book) -> None:
    book.lesson(MON, modified_at=moment(TUE, 9))
    logged(book, MON, moment("21.09", 12), action="Изменена тема")
    await book.load()
    assert await book.says("T3", LATE) == []


async def test_the_log_names_the_lesson_only_where_there_is_one(book: Book) -> None:
    book.lesson(MON)
    book.lesson(MON, number=2)
    logged(book, MON, moment("21.09", 12), action="Изменена тема")
    await book.load()
    assert await book.says("T3", LATE) == [(MON, None)]


async def test_ten_changes_in_an_hour_are_critical(book: Book) -> None:
    for minute in range(10):
        logged(book, MON, moment("21.09", 12, minute), action="Изменена отметка")
    book.lesson(MON)
    await book.load()
    [hit] = await book.look("T3", LATE)
    assert hit.severity == "critical"


async def test_a_period_mark_changed_after_closing_is_critical_by_the_log_too(book: Book) -> None:
    logged(book, None, moment("26.10", 9), action="Изменена итоговая отметка", period="I четверть")
    logged(book, None, moment("25.10", 9), action="Изменена итоговая отметка")
    logged(book, None, moment("18.11", 9), action="Просмотр")
    logged(book, None, moment("18.11", 9), action="Изменена", period="за лето")
    await book.load()
    [hit] = await book.look("T3", LATE)
    assert (hit.day, hit.pupil, hit.severity) == (day("25.10"), None, "critical")
    assert hit.facts["changed_at"] == moment("26.10", 9)


async def test_period_marks_with_their_own_times_do_not_need_the_log(book: Book) -> None:
    row = TermMarkRow("5А", MATHS, 1, "четверть", 1, 4, "", moment("24.10", 9))
    book.batch.term_marks = [row]
    logged(book, None, moment("26.10", 9), action="Изменена итоговая отметка")
    await book.load()
    assert await book.says("T3", LATE) == []


# -- R4 --------------------------------------------------------------------------------------------


async def test_a_stranger_in_the_log_is_r4(book: Book) -> None:
    book.lesson(MON)
    book.lesson(TUE, teacher=OTHER, instead_of=TEACHER)
    book.lesson(WED)
    logged(book, MON, moment(MON, 12), author=OTHER)
    logged(book, TUE, moment(TUE, 12), author=OTHER)
    logged(book, WED, moment(WED, 12), author=OTHER, action="Просмотр")
    logged(book, WED, moment(WED, 12), author="ivanova_ii")
    logged(book, WED, moment(WED, 12), author=None)
    await book.load()
    assert await book.says("R4", LATE) == [(MON, 1)]


async def test_initials_that_fit_several_accuse_nobody(book: Book) -> None:
    book.lesson(MON, teacher="Петрова Анна Ильинична")
    book.lesson(TUE, teacher="Петрова Алла Игоревна")
    logged(book, MON, moment(MON, 12), author="Петрова А.И.")
    await book.load()
    assert await book.says("R4", LATE) == []


# -- A6 --------------------------------------------------------------------------------------------


def entered_at_night(book: Book, entries: int, hour: int = 23) -> None:
    for number in range(entries):
        at_ = moment("20.09", hour) if hour >= 23 else moment("21.09", hour)
        book.mark(MON, 1, number=number + 1, entered_at=at_ + number, author=TEACHER)


async def test_thirty_entries_of_one_author_in_a_night_are_a6(book: Book) -> None:
    entered_at_night(book, 29)
    book.lesson(MON, entered_at=moment("21.09", 5, 59))
    book.lesson(TUE, entered_at=moment("21.09", 6))
    await book.load()
    [hit] = await book.look("A6", LATE)
    assert (hit.class_unit, hit.day, hit.facts["entries"]) == (None, day("20.09"), 30)
    assert hit.facts["first_at"] == moment("20.09", 23)
    assert hit.facts["last_at"] == moment("21.09", 5, 59)
    assert await told(book, "A6") == [
        "Entries of one author in one night: %(entries)s, from %(first)s to %(last)s."
    ]


@pytest.mark.parametrize("case", ["few", "two authors", "evening", "two nights"])
async def test_what_is_no_mass_edit_at_night_is_not_a6(book: Book, case: str) -> None:
    entered_at_night(book, 29, hour=22 if case == "evening" else 23)
    author = OTHER if case == "two authors" else TEACHER
    night = "22.09" if case == "two nights" else "20.09"
    if case != "few":
        book.lesson(MON, entered_at=moment(night, 23), author=author)
    await book.load()
    assert await book.look("A6", LATE) == []


@pytest.mark.parametrize(("hour", "stands"), [(0, "21.09"), (5, "21.09"), (23, "20.09")])
async def test_a_night_stands_on_the_day_of_its_first_entry(
    book: Book, hour: int, stands: str
) -> None:
    entered_at_night(book, 30, hour=hour)
    await book.load()
    [hit] = await book.look("A6", LATE)
    assert hit.day == day(stands)


async def test_two_nights_that_begin_on_one_day_are_told_together(book: Book) -> None:
    entered_at_night(book, 30, hour=0)
    for number in range(31):
        at_ = moment("21.09", 23) + number
        book.mark(TUE, 1, number=number + 1, entered_at=at_, author=TEACHER)
    await book.load()
    [hit] = await book.look("A6", LATE)
    assert (hit.day, hit.facts["entries"]) == (day("21.09"), 61)
    assert (hit.facts["first_at"], hit.facts["last_at"]) == (
        moment("21.09", 0), moment("21.09", 23) + 30,
    )  # fmt: skip


async def test_the_log_counts_every_line_but_not_beside_the_journal_s_own_times(
    book: Book,
) -> None:
    for minute in range(20):
        logged(book, MON, moment("21.09", 0, minute), action="Выставлена отметка")
        book.mark(MON, 1, number=minute + 1, entered_at=moment("21.09", 0, 1), author=TEACHER)
    await book.load()
    assert await book.look("A6", LATE) == []
    for _ in range(10):
        logged(book, MON, moment("21.09", 0, 30), action="Выставлена отметка")
    await book.load(name="b")
    [hit] = await book.look("A6", LATE)
    assert hit.facts["entries"] == 30


async def test_a_change_of_a_lesson_at_night_is_an_entry(book: Book) -> None:
    entered_at_night(book, 29)
    book.lesson(MON, modified_at=moment("21.09", 1))
    await book.load()
    assert len(await book.look("A6", LATE)) == 1
