import pytest

from services.ids import StaffId
from services.people import StaffMember
from storage.database import Database
from tests.conftest import FrozenClock
from tests.handlers.conversation import Conversation, Staff
from tests.handlers.loading import OWNER, Loading, loading_of

MEMBERS = [
    StaffMember(StaffId(1), "Иванова Мария Петровна", "МО математики"),
    StaffMember(StaffId(2), "Ким Олег Викторович"),
    StaffMember(StaffId(3), "Уволенный Пётр Ильич", dismissed=True),
]


@pytest.fixture
def staff() -> Staff:
    return Staff(list(MEMBERS))


@pytest.fixture
def talk(database: Database, clock: FrozenClock, staff: Staff) -> Conversation:
    return Conversation(database, clock, staff)


@pytest.fixture
async def loading(talk: Conversation, database: Database) -> Loading:
    await talk.set_up()
    await talk.press(OWNER, "cn")
    return loading_of(talk, database)
