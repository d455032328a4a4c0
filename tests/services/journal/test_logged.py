"""The journal's own log is imported as any other file: once, undone exactly, in any order."""

from typing import Any

import pytest

from bot.journal import imports_of
from services.ids import ImportId, SchoolId
from services.journal.imports import Source
from services.journal.model import Batch, ChangeRow
from services.journal.previews import Preview
from services.journal.relations import CHANGES, COVERAGE, Row
from storage.database import Database
from tests.services.completeness.book import MATHS, OTHER, TEACHER, Book, at, day

MON, FRI = "07.09", "11.09"


@pytest.fixture
async def book(database: Database) -> Book:
    made = Book(database)
    await made.load(name="lists")
    return made


def line(hour: int, **said: Any) -> ChangeRow:
    moment = int(at(MON, hour, 0).timestamp())
    row = ChangeRow(moment, "5А", "", MATHS, TEACHER, day(MON), "1 четверть", "Добавлена тема")
    return row._replace(**said)


async def send(book: Book, name: str, *lines: ChangeRow) -> Preview:
    imports = imports_of(book.database, book.database.clock)
    batch = Batch(changes=list(lines), period=(day(MON), day(FRI)))
    preview = await imports.preview(book.actor, [Source(f"{name}.xls", name, "F3", batch)])
    await imports.apply(book.actor, ImportId(preview.number))
    return preview


async def kept(book: Book) -> list[Row]:
    async with book.database.reading() as work:
        rows = await work.journal.load(CHANGES, SchoolId(1))
    return sorted((row for _, row in rows), key=repr)


async def actions(book: Book) -> list[str]:
    at_ = CHANGES.columns.index("action")
    return sorted(row[at_] for row in await kept(book))


async def test_a_preview_counts_the_lines_and_names_the_days(book: Book) -> None:
    preview = await send(book, "a", line(9), line(10, subject="", day=None), line(11))
    [sheet] = [one for one in preview.sheets if one.sheet == "Изменения"]
    assert (sheet.taken, sheet.new, preview.taken) == (3, 3, 3)
    [file] = preview.files
    assert (file.scope["from"], file.scope["to"]) == ("2026-09-07", "2026-09-11")
    assert (file.scope["classes"], file.scope["subjects"]) == (["5А"], [MATHS])


async def test_the_same_lines_in_another_order_change_nothing(book: Book) -> None:
    await send(book, "a", line(9), line(9), line(10))
    before = await kept(book)
    again = await send(book, "b", line(10), line(9), line(9))
    assert again.touched == 0
    assert await kept(book) == before
    assert len(before) == 3, "two lines that say the same are two"


async def test_an_undone_log_is_gone_and_the_one_before_is_back(book: Book) -> None:
    await send(book, "a", line(9, action="а"), line(11, action="б"))
    before = await kept(book)
    latest = await send(book, "b", line(9, action="в"), line(11, action="г"))
    assert await actions(book) == ["в", "г"]
    imports = imports_of(book.database, book.database.clock)
    await imports.undo(book.actor, ImportId(latest.number))
    assert await kept(book) == before


@pytest.mark.parametrize(
    ("lines", "left"),
    [
        ([line(10, action="новая")], ["б", "новая", "первая"]),
        ([line(9, action="н"), line(12, author=OTHER, action="н")], ["н", "н"]),
        ([line(9, action="н"), line(12, action="н")], ["б", "н", "н"]),
        ([line(9, subject="Физика"), line(12, subject="Физика", author=OTHER)], None),
    ],
    ids=["within its own time", "of its places", "of its only user", "not of other subjects"],
)
async def test_a_log_replaces_only_what_it_speaks_of(
    book: Book, lines: list[ChangeRow], left: list[str] | None
) -> None:
    await send(book, "a", line(9, action="первая"), line(11, author=OTHER, action="б"))
    await send(book, "b", *lines)
    found = await actions(book)
    assert found == (left or sorted(["первая", "б", *(one.action for one in lines)]))


async def test_an_unknown_class_is_refused_and_can_be_let_in(book: Book) -> None:
    preview = await send(book, "a", line(9), line(10, class_unit="5Ъ"))
    assert (preview.taken, preview.refused) == (1, 1)
    assert preview.unknown == [("class", "5Ъ", 1)]


async def test_periods_are_kept_by_one_name_and_groups_only_by_the_journal_s_own(
    book: Book,
) -> None:
    book.groups(первая=[1, 2], вторая=[3])
    await book.load(name="groups")
    await send(
        book, "c", line(9, period="I четверть", study_group="Первая"),
        line(10, period="за лето", study_group="третья"), line(11, period="год"),
    )  # fmt: skip
    named = [dict(zip(CHANGES.columns, row, strict=True)) for row in await kept(book)]
    found = sorted((row["changed_at"], row["period"], row["study_group"] != 0) for row in named)
    assert [one[1:] for one in found] == [("1 четверть", True), ("за лето", False), ("год", False)]


async def test_what_the_log_tells_of_is_covered(book: Book) -> None:
    await send(book, "a", line(9))
    async with book.database.reading() as work:
        rows = [row for _, row in await work.journal.load(COVERAGE, SchoolId(1))]
    assert [row[4:] for row in rows if row[0] == "changes"] == [(day(MON), day(FRI))]
