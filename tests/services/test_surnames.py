"""A teacher who changed the surname goes everywhere by the one of the moment asked about."""

import pytest

from bot.figures import digests_of
from bot.render import Renderer
from services.ids import SchoolId
from services.journal.model import Batch, StaffRow
from storage.database import Database
from storage.staff import StoredStaff
from tests.conftest import FrozenClock
from tests.services.completeness.book import Book, at

MARRIED = "Белова Ирина Ивановна"
MAIDEN = "Иванова Ирина Ивановна"


def line(name: str) -> StaffRow:
    return StaffRow(name, "С1", None, None, None, None)


@pytest.fixture
async def book(database: Database, clock: FrozenClock) -> Book:
    """Loaded on the 9th of November under the maiden name, on the 16th under another."""
    book = Book(database)
    book.batch.staff = [line(MAIDEN)]
    book.lesson("09.11", topic="")
    clock.moment = at("09.11")
    await book.load()
    clock.moment = at("16.11")
    await book.load(Batch(staff=[line(MARRIED)]), name="b")
    return book


@pytest.mark.usefixtures("book")
async def test_the_digest_calls_a_teacher_by_the_name_of_its_moment(
    database: Database, clock: FrozenClock
) -> None:
    digests = digests_of(database, clock, Renderer())

    for moment, name in ((at("16.11"), MARRIED), (at("10.11"), MAIDEN)):
        week = await digests.week(SchoolId(1), "2026-W46", moment)
        assert week is not None
        assert [one.name for one in week.teachers] == [name]
        assert {line.teacher for line in week.findings} == {name}


@pytest.mark.usefixtures("book")
async def test_before_all_data_the_first_list_is_the_one_known(database: Database) -> None:
    async with database.reading() as work:
        directory = await work.measures.directory(SchoolId(1), at("01.09"))
        assert list(directory.names.staff.values()) == [MAIDEN]
        assert list((await work.measures.directory(SchoolId(1))).names.staff.values()) == [MARRIED]


@pytest.mark.usefixtures("book")
async def test_an_invitation_offers_the_present_name(database: Database) -> None:
    assert [one.name for one in await StoredStaff(database).list(SchoolId(1))] == [MARRIED]


async def test_lines_of_the_old_name_are_still_the_same_teacher_s(
    book: Book, database: Database
) -> None:
    book.lesson("10.11")
    preview = await book.load(Batch(lessons=book.batch.lessons), name="c")

    assert not preview.unknown
    assert len(await StoredStaff(database).list(SchoolId(1))) == 1
