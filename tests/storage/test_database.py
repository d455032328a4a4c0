import asyncio
from contextlib import suppress
from pathlib import Path

import pytest
from sqlalchemy import Column, Integer, MetaData, Table, func, insert, select, text
from sqlalchemy.exc import IntegrityError, OperationalError

from services.ids import ChatId, SchoolId
from services.outgoing import Letter
from storage.database import BrokenReferencesError, DamagedDatabaseError, Database, unavailable
from storage.inbox import Arrival, Receipt, handling
from storage.unit_of_work import StoredWork
from tests.conftest import FrozenClock

numbers = Table("numbers", MetaData(), Column("n", Integer, primary_key=True))
SLOW = text(
    "WITH RECURSIVE c(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM c WHERE n < 400000)"
    " INSERT INTO numbers SELECT n + 1000 FROM c"
)
HELLO = Letter(school=None, chat=ChatId(5), kind="help")


@pytest.fixture
async def counted(database: Database) -> Database:
    async with database.aside() as work:
        await work.connection.run_sync(numbers.create)
    return database


async def write(work: StoredWork, *values: int) -> None:
    await work.connection.execute(insert(numbers), [{"n": value} for value in values])


async def count(database: Database) -> int:
    async with database.reading() as work:
        statement = select(func.count()).select_from(numbers)
        return (await work.connection.execute(statement)).scalar_one()


async def pragma(work: StoredWork, name: str) -> object:
    return (await work.connection.execute(text(f"PRAGMA {name}"))).scalar()


async def test_a_block_that_ends_is_committed(counted: Database) -> None:
    async with counted.unit_of_work() as work:
        await write(work, 1)

    assert await count(counted) == 1


async def test_an_exception_undoes_the_block(counted: Database) -> None:
    with suppress(ZeroDivisionError):
        async with counted.unit_of_work() as work:
            await write(work, 1)
            raise ZeroDivisionError

    assert await count(counted) == 0


async def test_a_commit_that_fails_leaves_the_writer_free(counted: Database) -> None:
    """SQLite keeps the transaction open then; a reference that leads nowhere is one such case."""
    orphan = "INSERT INTO person_roles (school, person, role, since) VALUES (9, 9, 'x', 0)"
    refused = None
    try:
        async with counted.unit_of_work() as work:
            await write(work, 1)
            await work.connection.execute(text("PRAGMA defer_foreign_keys=ON"))
            await work.connection.execute(text(orphan))
    except IntegrityError as error:
        refused = error
    async with counted.unit_of_work() as work:
        await write(work, 2)

    assert refused is not None
    assert await count(counted) == 1


async def test_the_writer_syncs_every_commit_and_keeps_references(database: Database) -> None:
    async with database.unit_of_work() as work:
        found = [await pragma(work, name) for name in ("journal_mode", "synchronous")]
        assert [*found, await pragma(work, "foreign_keys")] == ["wal", 2, 1]


async def test_a_bulk_block_is_not_synced_and_the_next_one_is(counted: Database) -> None:
    async with counted.bulk() as work:
        await write(work, 1)
        assert await pragma(work, "synchronous") == 1
    with suppress(ZeroDivisionError):
        async with counted.bulk():
            raise ZeroDivisionError
    async with counted.unit_of_work() as work:
        assert await pragma(work, "synchronous") == 2
    assert await count(counted) == 1


async def test_remodelling_refuses_to_leave_broken_references(database: Database) -> None:
    async def remodel() -> None:
        async with database.remodelling() as connection:
            await connection.execute(text("CREATE TABLE a (n INTEGER PRIMARY KEY)"))
            await connection.execute(text("CREATE TABLE b (a INTEGER REFERENCES a (n))"))
            await connection.execute(text("INSERT INTO b VALUES (7)"))

    with pytest.raises(BrokenReferencesError):
        await remodel()
    async with database.reading() as work:
        assert await pragma(work, "foreign_keys") == 1


async def test_writers_take_turns_in_the_order_they_came(counted: Database) -> None:
    seen: list[int] = []

    async def one(number: int) -> None:
        async with counted.unit_of_work() as work:
            await write(work, number)
            seen.append(number)

    await asyncio.gather(*(one(number) for number in range(20)))
    assert seen == list(range(20))


async def test_a_reader_neither_waits_nor_sees_what_is_not_committed(counted: Database) -> None:
    async with counted.unit_of_work() as work:
        await write(work, 1)
        assert await asyncio.wait_for(count(counted), 2) == 0


async def test_a_reader_cannot_write(counted: Database) -> None:
    async with counted.reading() as work:
        with pytest.raises(OperationalError):
            await write(work, 1)


async def test_a_cancelled_statement_leaves_nothing_and_frees_the_writer(
    counted: Database,
) -> None:
    async def slow() -> None:
        async with counted.unit_of_work() as work:
            await write(work, 1)
            await work.connection.execute(SLOW)

    task = asyncio.ensure_future(slow())
    for _ in range(300):
        await asyncio.sleep(0)
    task.cancel()
    with suppress(asyncio.CancelledError):
        await task
    assert task.cancelled()

    async with counted.unit_of_work() as work:
        await write(work, 2)
    assert await count(counted) == 1


@pytest.mark.parametrize("turns", range(1, 600, 15))
async def test_a_cancellation_at_any_moment_is_all_or_nothing(
    counted: Database, turns: int
) -> None:
    async def two() -> None:
        async with counted.unit_of_work() as work:
            await write(work, 1, 2)
            await work.outbox.put(HELLO)

    task = asyncio.ensure_future(two())
    for _ in range(turns):
        await asyncio.sleep(0)
    task.cancel()
    task.cancel()
    with suppress(asyncio.CancelledError):
        await task

    rung = counted.letters.is_set()
    async with counted.unit_of_work() as work:
        await write(work, 3)
    assert await count(counted) == (3 if rung else 1)


async def test_letters_ring_only_after_the_commit(database: Database) -> None:
    with suppress(ZeroDivisionError):
        async with database.unit_of_work() as work:
            await work.outbox.put(HELLO)
            raise ZeroDivisionError
    assert not database.letters.is_set()

    async with database.unit_of_work() as work:
        await work.outbox.put(HELLO)
        assert not database.letters.is_set()
    assert database.letters.is_set()


async def update_of(database: Database) -> int:
    async with database.aside() as work:
        [row] = await work.inbox.take(1, [Arrival(update_id=7, chat=5, raw="{}")])
    return row.row


async def unhandled(database: Database) -> int:
    async with database.reading() as work:
        return len(await work.inbox.waiting(1))


async def test_a_change_is_noted_on_the_update_in_its_own_transaction(database: Database) -> None:
    receipt = Receipt(await update_of(database))
    handling.set(receipt)
    async with database.unit_of_work() as work:
        await work.job_runs.claim("weekly", SchoolId(1), "2026-W47")

    assert (receipt.changed, receipt.done) == (True, False)
    async with database.reading() as work:
        assert [waiting.changed for waiting in await work.inbox.waiting(1)] == [True]


async def test_a_letter_ends_the_update_in_its_own_transaction(database: Database) -> None:
    receipt = Receipt(await update_of(database))
    handling.set(receipt)
    async with database.unit_of_work() as work:
        await work.outbox.put(HELLO)

    assert (receipt.done, await unhandled(database)) == (True, 0)


async def test_looking_ends_no_update(database: Database) -> None:
    receipt = Receipt(await update_of(database))
    handling.set(receipt)
    async with database.unit_of_work() as work:
        await work.job_runs.done("weekly", SchoolId(1), "2026-W47")

    assert (receipt.done, await unhandled(database)) == (False, 1)


async def test_an_undone_change_ends_no_update(database: Database) -> None:
    receipt = Receipt(await update_of(database))
    handling.set(receipt)
    with suppress(ZeroDivisionError):
        async with database.unit_of_work() as work:
            await work.outbox.put(HELLO)
            raise ZeroDivisionError

    assert (receipt.done, await unhandled(database)) == (False, 1)


async def test_a_healthy_file_passes_the_check(database: Database) -> None:
    await database.check()


async def test_a_file_that_is_no_database_is_refused(tmp_path: Path, clock: FrozenClock) -> None:
    file = tmp_path / "other.db"
    file.write_bytes(b"not a database" * 500)
    database = Database.open(f"sqlite+aiosqlite:///{file}", clock=clock)
    with pytest.raises(DamagedDatabaseError):
        await database.check()
    await database.close()


async def test_a_broken_page_is_found(counted: Database) -> None:
    async with counted.unit_of_work() as work:
        await write(work, *range(5000))
    await counted.close()
    file = counted.file
    assert file is not None
    content = bytearray(file.read_bytes())
    content[-4096 * 3 : -4096 * 2] = b"\xff" * 4096
    file.write_bytes(content)
    with pytest.raises(DamagedDatabaseError):
        await counted.check()


async def test_a_lock_held_by_another_program_counts_as_unavailable(counted: Database) -> None:
    other = Database.open(counted.url, clock=counted.clock)
    async with other.writer.connect() as connection:
        await connection.execute(text("PRAGMA busy_timeout=10"))
        await connection.rollback()
        async with counted.unit_of_work() as work:
            await write(work, 1)
            with pytest.raises(OperationalError) as refusal:
                await connection.begin()
    await other.close()
    assert unavailable(refusal.value)


async def test_a_missing_table_is_not_a_question_of_time(database: Database) -> None:
    async with database.unit_of_work() as work:
        with pytest.raises(OperationalError) as refusal:
            await write(work, 1)
    assert not unavailable(refusal.value)
