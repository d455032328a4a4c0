from dataclasses import replace
from datetime import timedelta

from sqlalchemy import update

from services.ids import ChatId, SchoolId
from services.outgoing import Letter
from storage.database import Database
from storage.letters import SUSPECTED, Posted, Sent
from storage.outbox import CRASHES
from storage.schema.process import outbox
from tests.conftest import FrozenClock

IRINA, GROUP = ChatId(5), ChatId(-100)
HELLO = Letter(school=SchoolId(1), chat=IRINA, kind="hello", view={"n": 1, "words": ["а"]})


async def put(database: Database, *letters: Letter) -> None:
    async with database.unit_of_work() as work:
        for letter in letters:
            await work.outbox.put(letter)


async def leased(database: Database, *busy: int) -> list[Posted]:
    async with database.aside() as work:
        rows = await work.outbox.heads(busy=busy, limit=100)
        return await work.outbox.lease(rows)


async def kinds(database: Database, *busy: int) -> list[str]:
    return [posted.letter.kind for posted in await leased(database, *busy)]


async def send(database: Database, posted: Posted, message: str | None = "9") -> None:
    call = Sent(row=posted.row, letter=posted.letter, step=1, last=True, message=message)
    async with database.aside() as work:
        await work.outbox.sent([call])


async def counts(database: Database) -> dict[str, int]:
    async with database.reading() as work:
        return dict(await work.outbox.counts())


async def test_a_letter_comes_out_as_it_was_put(database: Database) -> None:
    await put(database, HELLO)
    [posted] = await leased(database)
    assert posted.letter == HELLO


async def test_a_chat_gives_its_first_letter_and_then_the_next(database: Database) -> None:
    await put(database, HELLO, replace(HELLO, kind="second"), replace(HELLO, chat=GROUP))
    first = await leased(database)
    assert [posted.letter.chat for posted in first] == [IRINA, GROUP]
    await send(database, first[0])
    assert await kinds(database) == ["second"]


async def test_a_busy_chat_gives_nothing(database: Database) -> None:
    await put(database, HELLO)
    assert await kinds(database, IRINA) == []


async def test_a_letter_is_leased_once(database: Database) -> None:
    await put(database, HELLO)
    assert await kinds(database) == ["hello"]
    assert await kinds(database) == []


async def test_the_same_key_is_put_once_a_chat(database: Database) -> None:
    weekly = replace(HELLO, dedupe="weekly:2026-W47")
    await put(database, weekly, weekly, replace(weekly, chat=GROUP))
    assert len(await leased(database)) == 2


async def test_a_sent_letter_still_repels_its_key_and_forgets_its_words(
    database: Database,
) -> None:
    weekly = replace(HELLO, dedupe="weekly:2026-W47")
    await put(database, weekly)
    [posted] = await leased(database)
    await send(database, posted)
    await put(database, weekly)
    assert await counts(database) == {"sent": 1}


async def test_a_letter_waits_for_its_hour_and_lets_others_pass(
    database: Database, clock: FrozenClock
) -> None:
    later = replace(HELLO, kind="later", not_before=clock.now() + timedelta(hours=1))
    await put(database, later, HELLO)
    assert await kinds(database) == ["hello"]
    clock.move(hours=1)
    assert await kinds(database) == ["later"]


async def test_a_stale_letter_is_not_sent(database: Database, clock: FrozenClock) -> None:
    await put(database, replace(HELLO, expires_at=clock.now() + timedelta(hours=1)))
    clock.move(hours=2)
    assert await kinds(database) == []
    assert await counts(database) == {"dead": 1}


async def test_a_failed_letter_keeps_its_place(database: Database, clock: FrozenClock) -> None:
    await put(database, HELLO, replace(HELLO, kind="second"))
    [posted] = await leased(database)
    async with database.aside() as work:
        later = clock.now() + timedelta(seconds=10)
        await work.outbox.again(posted.row, next_try=later, error="TelegramServerError")
    assert await kinds(database) == []
    clock.move(seconds=10)
    [again] = await leased(database)
    assert (again.letter.kind, again.attempts) == ("hello", 1)


async def test_a_card_knows_its_message(database: Database) -> None:
    card = replace(HELLO, card="import:3")
    await put(database, card)
    [posted] = await leased(database)
    assert posted.message is None
    await send(database, posted, "77")
    await put(database, card)
    [posted] = await leased(database)
    assert posted.message == "77"


async def test_a_newer_state_of_a_card_replaces_the_one_that_waits(database: Database) -> None:
    card = replace(HELLO, card="import:3")
    await put(database, card, replace(card, kind="newer"), replace(HELLO, kind="other"))
    assert await counts(database) == {"dead": 1, "new": 2}
    assert await kinds(database) == ["newer"]


async def test_a_repeated_card_replaces_nothing(database: Database) -> None:
    card = replace(HELLO, card="import:3", dedupe="import:3:applied")
    await put(database, card, card)
    assert await counts(database) == {"new": 1}


async def test_a_letter_half_sent_before_a_crash_is_sent_again_a_few_times(
    database: Database,
) -> None:
    await put(database, HELLO)
    for _ in range(CRASHES):
        assert await kinds(database) == ["hello"]
        async with database.aside() as work:
            await work.outbox.recover()
    assert await kinds(database) == ["hello"]
    async with database.aside() as work:
        await work.outbox.recover()
    assert await counts(database) == {"unknown": 1}


async def test_a_letter_suspected_of_crashes_goes_first_and_alone(database: Database) -> None:
    async with database.aside() as work:
        await work.outbox.put(replace(HELLO, kind="older"))
        await work.outbox.put(replace(HELLO, chat=ChatId(6), kind="suspect"))
        mine = outbox.c.kind == "suspect"
        suspected = update(outbox).where(mine).values(crashes=SUSPECTED)
        await work.connection.execute(suspected)
        assert await work.outbox.heads(busy=(), limit=9, in_flight=True) == []
        [alone] = await work.outbox.heads(busy=(), limit=9)
        [posted] = await work.outbox.lease([alone])
    assert (posted.letter.kind, posted.suspect) == ("suspect", True)


async def test_a_closed_destination_gets_nothing_until_it_shows_life(database: Database) -> None:
    await put(database, HELLO)
    async with database.aside() as work:
        assert await work.destinations.switch(IRINA, on=False, reason="TelegramForbiddenError")
        assert not await work.destinations.switch(IRINA, on=False, reason="TelegramForbiddenError")
    await put(database, HELLO)
    assert await kinds(database) == []
    assert await counts(database) == {"dead": 2}

    async with database.aside() as work:
        assert await work.destinations.switch(IRINA, on=True)
    await put(database, HELLO)
    assert await kinds(database) == ["hello"]


async def test_a_moved_group_takes_its_queue_along(database: Database) -> None:
    new = ChatId(-100200)
    letter = replace(HELLO, chat=GROUP, card="week", dedupe="a")
    await put(database, letter)
    [posted] = await leased(database)
    await send(database, posted, "77")
    await put(database, replace(letter, dedupe="b"), replace(letter, card=None, dedupe="c"))
    await put(database, replace(letter, chat=new, card=None, dedupe="c"))
    async with database.aside() as work:
        await work.destinations.rebind(GROUP, new)

    [posted] = await leased(database)
    assert (posted.letter.chat, posted.letter.dedupe, posted.message) == (new, "b", None)
    assert await counts(database) == {"dead": 1, "new": 1, "sending": 1, "sent": 1}


async def test_old_letters_go(database: Database, clock: FrozenClock) -> None:
    await put(database, HELLO)
    [posted] = await leased(database)
    await send(database, posted)
    clock.move(days=31)
    async with database.aside() as work:
        assert await work.outbox.prune() == 1
