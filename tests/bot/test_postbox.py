"""Answers of one moment share a commit and nothing else."""

import asyncio
from contextlib import suppress
from dataclasses import replace

import pytest
from sqlalchemy import select

from bot.postbox import CardInPostboxError, Postbox
from services.ids import ChatId
from services.outgoing import Letter
from storage.database import Database
from storage.inbox import Arrival, Receipt, handling
from storage.schema.process import inbox, outbox

HELLO = Letter(school=None, chat=ChatId(5), kind="hello", view={"n": 1})


async def letters(database: Database) -> list[tuple[int, str]]:
    async with database.reading() as work:
        rows = await work.connection.execute(select(outbox).order_by(outbox.c.id))
        return [(row.chat, row.kind) for row in rows]


async def states(database: Database) -> list[str]:
    async with database.reading() as work:
        return list((await work.connection.execute(select(inbox.c.state))).scalars())


async def receipts(database: Database, count: int) -> list[Receipt]:
    arrivals = [Arrival(update_id=n, chat=n, raw="{}") for n in range(count)]
    async with database.aside() as work:
        return [Receipt(one.row) for one in await work.inbox.take(42, arrivals)]


async def answer(postbox: Postbox, letter: Letter, receipt: Receipt | None = None) -> None:
    token = handling.set(receipt)
    try:
        async with postbox.unit_of_work() as work:
            await work.outbox.put(letter)
    finally:
        handling.reset(token)


async def test_a_letter_is_on_the_disk_and_its_update_has_ended(database: Database) -> None:
    [receipt] = await receipts(database, 1)
    await answer(Postbox(database), HELLO, receipt)
    assert (await letters(database), await states(database)) == ([(5, "hello")], ["done"])
    assert receipt.done


async def test_answers_of_one_moment_are_one_commit(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    commits = 0
    aside = Database.aside

    def counted(self: Database) -> object:
        nonlocal commits
        commits += 1
        return aside(self)

    found = await receipts(database, 20)
    monkeypatch.setattr(Database, "aside", counted)
    postbox = Postbox(database)
    chats = [replace(HELLO, chat=ChatId(n)) for n in range(20)]
    await asyncio.gather(
        *(answer(postbox, one, receipt) for one, receipt in zip(chats, found, strict=True))
    )
    assert commits <= 2
    assert sorted(await letters(database)) == [(n, "hello") for n in range(20)]
    assert set(await states(database)) == {"done"}


async def test_a_block_that_fails_puts_nothing_and_ends_nothing(database: Database) -> None:
    [receipt] = await receipts(database, 1)
    postbox = Postbox(database)
    token = handling.set(receipt)
    with suppress(ZeroDivisionError):
        async with postbox.unit_of_work() as work:
            await work.outbox.put(HELLO)
            raise ZeroDivisionError
    handling.reset(token)
    assert (await letters(database), receipt.done) == ([], False)


@pytest.mark.parametrize(
    ("spoiled", "refusal"),
    [
        (replace(HELLO, view={"n": object()}), TypeError),
        (replace(HELLO, card="c"), CardInPostboxError),
    ],
)
async def test_a_letter_that_cannot_be_kept_costs_the_others_nothing(
    database: Database, spoiled: Letter, refusal: type[Exception]
) -> None:
    postbox = Postbox(database)
    found = await asyncio.gather(
        answer(postbox, HELLO), answer(postbox, spoiled), return_exceptions=True
    )
    assert [type(one) for one in found] == [type(None), refusal]
    assert await letters(database) == [(5, "hello")]


async def test_a_commit_that_fails_is_told_to_all_who_wait(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(self: Database) -> object:
        raise OSError(28, f"No space left on device {self.url}")

    [receipt] = await receipts(database, 1)
    monkeypatch.setattr(Database, "aside", full)
    postbox = Postbox(database)
    found = await asyncio.gather(
        answer(postbox, HELLO, receipt), answer(postbox, HELLO), return_exceptions=True
    )
    assert [type(one) for one in found] == [OSError, OSError]
    assert not receipt.done


async def test_a_cancelled_handler_s_letter_is_still_written(database: Database) -> None:
    [receipt] = await receipts(database, 1)
    postbox = Postbox(database)
    handler = asyncio.ensure_future(answer(postbox, HELLO, receipt))
    while not postbox.tasks.running:  # noqa: ASYNC110  # the moment before the commit
        await asyncio.sleep(0)
    handler.cancel()
    await postbox.drain(5)
    assert (await letters(database), await states(database)) == ([(5, "hello")], ["done"])
