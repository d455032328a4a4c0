from storage.database import Database
from storage.inbox import Arrival, Waiting
from tests.conftest import FrozenClock

BOT = 42


def arrival(number: int, chat: int = 5) -> Arrival:
    return Arrival(update_id=number, chat=chat, raw=f'{{"update_id": {number}}}')


async def take(database: Database, *numbers: int) -> list[int]:
    async with database.aside() as work:
        taken = await work.inbox.take(BOT, [arrival(number) for number in numbers])
    return [waiting.update_id for waiting in taken]


async def waiting(database: Database, *, after: int = 0, limit: int = 500) -> list[Waiting]:
    async with database.reading() as work:
        return await work.inbox.waiting(BOT, after=after, limit=limit)


async def test_a_redelivered_update_is_kept_once(database: Database) -> None:
    assert await take(database, 7, 8) == [7, 8]
    assert await take(database, 8, 7, 9) == [9]


async def test_one_update_a_hundred_times_in_a_batch_is_one(database: Database) -> None:
    assert await take(database, *[7] * 100) == [7]


async def test_order_is_that_of_arrival_and_not_of_numbers(database: Database) -> None:
    assert await take(database, 900, 3, 4) == [900, 3, 4]
    assert [one.update_id for one in await waiting(database)] == [900, 3, 4]


async def test_two_bots_may_use_one_number(database: Database) -> None:
    await take(database, 7)
    async with database.aside() as work:
        assert len(await work.inbox.take(BOT + 1, [arrival(7)])) == 1
    assert len(await waiting(database)) == 1


async def test_a_page_goes_on_where_the_last_one_ended(database: Database) -> None:
    await take(database, 1, 2, 3)
    first = await waiting(database, limit=2)
    rest = await waiting(database, after=first[-1].row)
    assert [one.update_id for one in first + rest] == [1, 2, 3]


async def test_a_handled_update_loses_its_content_and_still_repels_its_copies(
    database: Database,
) -> None:
    await take(database, 7)
    [one] = await waiting(database)
    async with database.aside() as work:
        await work.inbox.finish([one.row])

    assert await waiting(database) == []
    assert await take(database, 7) == []


async def test_an_update_set_aside_is_kept_raw_and_not_handled_again(database: Database) -> None:
    await take(database, 7)
    [one] = await waiting(database)
    async with database.aside() as work:
        await work.inbox.set_aside(one.row, error="ValueError")

    assert await waiting(database) == []
    async with database.reading() as work:
        assert await work.inbox.set_aside_count() == 1


async def test_failed_tries_are_counted(database: Database, clock: FrozenClock) -> None:
    await take(database, 7)
    [one] = await waiting(database)
    async with database.aside() as work:
        await work.inbox.fail(one.row, error="ValueError", next_try=clock.now())

    assert [one.attempts for one in await waiting(database)] == [1]


async def test_handled_rows_go_after_three_days(database: Database, clock: FrozenClock) -> None:
    await take(database, 7, 8)
    first, _ = await waiting(database)
    async with database.aside() as work:
        await work.inbox.finish([first.row])
    clock.move(days=3, seconds=1)
    async with database.aside() as work:
        assert await work.inbox.prune() == 1

    assert [one.update_id for one in await waiting(database)] == [8]
