"""T3 by two snapshots of the journal, where no file tells when an entry was changed."""

from copy import deepcopy
from dataclasses import replace
from typing import Any

import pytest

from bot.journal import imports_of
from services.completeness.rules import catalogue
from services.ids import SchoolId
from services.journal.model import Batch, TermMarkRow
from storage.database import Database
from tests.conftest import FrozenClock
from tests.services.completeness.book import MATHS, Book, at, day

MON, TUE = "07.09", "08.09"
LATE = at("20.11")


class Months:
    """One class's journal, sent again and again: ``send`` is one file as of a day's noon."""

    def __init__(self, database: Database, clock: FrozenClock) -> None:
        self.book, self.clock, self.sent = Book(database), clock, 0

    async def send(self, on: str, **changes: Any) -> None:
        self.clock.moment = at(on, 12, 0)
        batch = replace(deepcopy(self.book.batch), **changes) if changes else self.book.batch
        self.sent += 1
        await self.book.load(deepcopy(batch), str(self.sent))

    async def found(self) -> list[tuple[str, int | None]]:
        return await self.book.says("T3", LATE)


@pytest.fixture
def months(database: Database, clock: FrozenClock) -> Months:
    made = Months(database, clock)
    made.book.lesson(MON, entered_at=None, author=None)
    made.book.lesson(TUE, entered_at=None, author=None)
    made.book.mark(MON, 1, 3)
    made.book.mark(MON, 2, None, code=".", raw=".")
    made.book.mark(TUE, 3, 5)
    made.book.batch.term_marks = [TermMarkRow("5А", MATHS, 1, "четверть", 1, 3, "", None)]
    return made


def marks(months: Months, pupil: int, value: int) -> list[Any]:
    return [
        row._replace(value=value, code="", raw=str(value)) if row.pupil == pupil else row
        for row in months.book.batch.marks or ()
    ]


async def test_a_mark_that_was_another_when_it_was_too_late_to_change_is_t3(
    months: Months,
) -> None:
    await months.send("20.09")
    await months.send("27.09", marks=marks(months, 1, 4))
    assert await months.found() == [(MON, 1)]
    [hit] = await months.book.look("T3", LATE)
    said = catalogue()["T3"].why(hit.facts)
    assert said.facts == {
        "seen": ("moment", int(at("20.09", 12, 0).timestamp())),
        "found": ("moment", int(at("27.09", 12, 0).timestamp())),
    }


async def test_a_mark_that_may_have_been_changed_in_time_is_not_t3(months: Months) -> None:
    """Seen on the 9th and then on the 27th: who knows when it was changed between."""
    await months.send("09.09")
    await months.send("27.09", marks=marks(months, 1, 4))
    assert await months.found() == []


async def test_the_value_before_is_seen_by_every_file_that_shows_it(months: Months) -> None:
    await months.send("09.09")
    months.book.lesson("21.09")
    await months.send("22.09")
    await months.send("27.09", marks=marks(months, 1, 4))
    assert await months.found() == [(MON, 1)]


async def test_a_file_of_other_days_does_not_see_it(months: Months) -> None:
    await months.send("09.09")
    other = Book(months.book.database)
    other.lesson("21.09")
    other.mark("21.09", 1, 5)
    months.clock.moment = at("22.09", 12, 0)
    await other.load(Batch(lessons=other.batch.lessons, marks=other.batch.marks), "other")
    await months.send("27.09", marks=marks(months, 1, 4))
    assert await months.found() == []


async def test_what_was_empty_or_a_dot_is_filled_and_not_changed(months: Months) -> None:
    first = [row._replace(homework="", topic="") for row in months.book.batch.lessons or ()]
    await months.send("20.09", lessons=first)
    await months.send("27.09", marks=marks(months, 2, 4))
    assert await months.found() == []


@pytest.mark.parametrize("column", ["topic", "homework"])
async def test_the_words_of_a_lesson_are_entries_too(months: Months, column: str) -> None:
    await months.send("20.09")
    other: dict[str, Any] = {column: "Совсем другое"}
    changed = [row._replace(**other) for row in months.book.batch.lessons or ()]
    await months.send("27.09", lessons=[changed[0], *(months.book.batch.lessons or [])[1:]])
    assert await months.found() == [(MON, 1)]


async def test_a_lesson_that_says_when_it_was_changed_is_taken_at_its_word(months: Months) -> None:
    await months.send("20.09")
    in_time = int(at(TUE, 12).timestamp())
    changed = [
        row._replace(topic="Другая тема", modified_at=in_time)
        for row in months.book.batch.lessons or ()
    ]
    await months.send("27.09", lessons=changed)
    assert await months.found() == []


async def test_a_period_mark_that_was_another_after_closing_is_critical(months: Months) -> None:
    await months.send("26.10")
    row = TermMarkRow("5А", MATHS, 1, "четверть", 1, 4, "", None)
    await months.send("03.11", term_marks=[row])
    [hit] = await months.book.look("T3", LATE)
    assert (hit.day, hit.severity) == (day("25.10"), "critical")
    assert hit.pupil is not None
    assert hit.facts["found_at"] == int(at("03.11", 12, 0).timestamp())


async def test_a_period_mark_changed_before_closing_may_be_changed(months: Months) -> None:
    await months.send("22.10")
    row = TermMarkRow("5А", MATHS, 1, "четверть", 1, 4, "", None)
    await months.send("24.10", term_marks=[row])
    assert await months.found() == []


async def test_an_edit_that_went_with_its_import_is_no_edit(months: Months) -> None:
    await months.send("20.09")
    await months.send("27.09", marks=marks(months, 1, 4))
    async with months.book.database.reading() as work:
        current = await work.journal.current_import(SchoolId(1))
    assert current is not None
    imports = imports_of(months.book.database, months.clock)
    await imports.undo(months.book.actor, current.id)
    assert await months.found() == []


async def test_a_look_back_does_not_know_what_came_later(months: Months) -> None:
    await months.send("20.09")
    await months.send("27.09", marks=marks(months, 1, 4))
    assert await months.book.says("T3", at("26.09")) == []
