import pytest
from aiogram.fsm.state import State, StatesGroup
from aiogram.fsm.storage.base import StorageKey
from sqlalchemy import func, select

from storage.database import Database
from storage.fsm import StoredConversations
from storage.inbox import Receipt, handling
from storage.schema.process import conversations
from tests.conftest import FrozenClock


class Naming(StatesGroup):
    school = State()


IRINA = StorageKey(bot_id=42, chat_id=-100, user_id=5)
OLEG = StorageKey(bot_id=42, chat_id=-100, user_id=6)


@pytest.fixture
def storage(database: Database) -> StoredConversations:
    return StoredConversations(database)


async def rows(database: Database) -> int:
    async with database.reading() as work:
        statement = select(func.count()).select_from(conversations)
        return (await work.connection.execute(statement)).scalar_one()


async def test_nobody_is_anywhere_at_first(storage: StoredConversations) -> None:
    assert (await storage.get_state(IRINA), await storage.get_data(IRINA)) == (None, {})


async def test_state_and_data_are_kept_side_by_side(storage: StoredConversations) -> None:
    await storage.set_data(IRINA, {"class": "5А", "pages": [1, 2]})
    await storage.set_state(IRINA, Naming.school)
    assert await storage.get_state(IRINA) == "Naming:school"
    assert await storage.get_data(IRINA) == {"class": "5А", "pages": [1, 2]}


async def test_update_adds_to_the_data(storage: StoredConversations) -> None:
    await storage.set_data(IRINA, {"a": 1})
    assert await storage.update_data(IRINA, {"b": 2}) == {"a": 1, "b": 2}
    assert await storage.get_value(IRINA, "b") == 2


async def test_people_of_one_group_do_not_meet(storage: StoredConversations) -> None:
    await storage.set_state(IRINA, "naming")
    assert await storage.get_state(OLEG) is None


async def test_a_restart_forgets_nothing(storage: StoredConversations) -> None:
    await storage.set_state(IRINA, "naming")
    assert await StoredConversations(storage.database).get_state(IRINA) == "naming"


async def test_a_cleared_dialogue_leaves_no_row(storage: StoredConversations) -> None:
    await storage.set_state(IRINA, "naming")
    await storage.set_data(IRINA, {"a": 1})
    await storage.set_state(IRINA, None)
    await storage.set_data(IRINA, {})
    assert await rows(storage.database) == 0


async def test_a_dialogue_left_for_a_day_is_forgotten(
    storage: StoredConversations, clock: FrozenClock
) -> None:
    await storage.set_state(IRINA, "naming")
    await storage.set_data(IRINA, {"a": 1})
    clock.move(days=1, seconds=1)
    assert (await storage.get_state(IRINA), await storage.get_data(IRINA)) == (None, {})
    assert await storage.prune() == 1


async def test_a_state_ends_no_update(storage: StoredConversations) -> None:
    receipt = Receipt(1)
    handling.set(receipt)
    await storage.set_state(IRINA, "naming")
    assert not receipt.changed
