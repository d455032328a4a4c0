"""Tickets in a rush: a hundred at once, an album in pieces, two who close the same one."""

import asyncio
import random
from collections.abc import Callable
from itertools import count
from typing import Any

import pytest
from aiogram.methods import EditMessageText, SendMessage, TelegramMethod

from bot.helpdesk import receipts_of
from bot.helpdesk_job import ReceiptKeeper
from bot.intake import Intake
from bot.outbox import Sender
from services.access import Actor, Role
from services.helpdesk.errors import TicketSettledError
from services.helpdesk.tickets import Draft, Event, Said, State, TicketNumber
from services.ids import ChatId, SchoolId
from services.people import Newcomer, UserId
from storage.database import Database
from tests.bot.servers import eventually
from tests.bot.wire import FAST, Wire, bot_over
from tests.conftest import FrozenClock
from tests.faults.messenger import written
from tests.handlers.conversation import Conversation, Staff

Record = Callable[[str, object], None]
SCHOOL = SchoolId(1)
OWNER, SECOND = 1, 2
TEACHERS = range(100, 200)
PARTS = 10


class Rush:
    """The bot from its intake to the wire, and the moments at which chats were written to."""

    def __init__(self, database: Database, clock: FrozenClock) -> None:
        self.database, self.clock = database, clock
        self.wire = Wire()
        talk = Conversation(database, clock, Staff())
        bot = bot_over(self.wire, FAST)
        self.wire.now = asyncio.get_running_loop().time
        self.stop = asyncio.Event()
        self.life = talk.provided["life"]
        self.opening = talk.provided["opening"]
        self.intake = Intake(bot=bot, dispatcher=talk.bot.dp, database=database, stop=self.stop)
        self.sender = Sender(
            bot=bot,
            database=database,
            presenter=talk.presenters,
            limits=FAST,
            stop=self.stop,
            ended=ReceiptKeeper(receipts_of(database, clock)),
        )
        self.numbers = count(1)

    async def people(self, roles: dict[int, Role]) -> None:
        now = self.clock.now()
        async with self.database.unit_of_work() as work:
            await work.schools.add(name="Школа", timezone="Europe/Moscow", at=now)
            for user, role in roles.items():
                newcomer = Newcomer(user=UserId(user), name=f"Имя {user}")
                person = await work.people.admit(newcomer, school=SCHOOL, staff=None, at=now)
                await work.people.give(person, role, given_by=None, at=now)

    def text(self, user: int, words: str, **more: Any) -> dict[str, Any]:
        update = written(next(self.numbers), user, words)
        update["message"] |= more
        if words.startswith("/"):
            entity = {"type": "bot_command", "offset": 0, "length": len(words)}
            update["message"]["entities"] = [entity]
        return update

    def photo(self, user: int, name: str, **more: Any) -> dict[str, Any]:
        size = {"file_id": name, "file_unique_id": f"u{name}", "width": 9, "height": 9}
        update = self.text(user, "", photo=[size], **more)
        del update["message"]["text"]
        return update

    def press(self, user: int, data: str) -> dict[str, Any]:
        shown = written(next(self.numbers), user, "…")["message"]
        query = {"id": "1", "from": shown["from"], "chat_instance": "1", "data": data}
        return {"update_id": shown["message_id"], "callback_query": {**query, "message": shown}}

    async def feed(self, updates: list[dict[str, Any]]) -> None:
        await self.intake.keep(updates)
        await self.intake._tasks.drain(60.0)

    def reached(self, words: str) -> dict[int, float]:
        """The first moment at which each chat read these words."""
        found: dict[int, float] = {}
        for call in self.wire.calls:
            method = call.method
            if words in _words(method) and isinstance(method, SendMessage | EditMessageText):
                found.setdefault(int(method.chat_id or 0), call.at)
        return found


def _words(method: TelegramMethod[Any]) -> str:
    return getattr(method, "text", None) or getattr(method, "caption", None) or ""


@pytest.fixture
async def rush(database: Database, clock: FrozenClock) -> Rush:
    return Rush(database, clock)


async def test_a_hundred_teachers_at_once_get_a_number_each(
    rush: Rush, record_property: Record
) -> None:
    await rush.people({OWNER: Role.ADMINISTRATOR, **dict.fromkeys(TEACHERS, Role.TEACHER)})
    sending = asyncio.ensure_future(rush.sender.run())
    await rush.feed([rush.text(user, "/problem") for user in TEACHERS])
    await rush.feed([rush.press(user, "tc:journal_down") for user in TEACHERS])
    await rush.feed([rush.text(user, f"Не открывается {user}") for user in TEACHERS])

    began = rush.wire.now()
    await rush.feed([rush.press(user, "tp:s:-1:1") for user in TEACHERS])
    await eventually(lambda: len(rush.reached("· принято").keys() & set(TEACHERS)) == 100, 60)
    rush.stop.set()
    await sending
    await rush.sender.drain(30.0)

    moments = sorted(rush.reached("· принято").values())
    record_property("figures", f"tickets 100, p95 {moments[94] - began:.1f} s, lost 0")
    async with rush.database.reading() as work:
        tickets = await work.tickets.list(SCHOOL, list(State))
        people = {one.id: one.user for one in await work.people.list(SCHOOL, rush.clock.now())}
        texts = [(await work.ticket_messages.list(SCHOOL, one.number))[0].text for one in tickets]
    assert [one.number for one in tickets] == list(range(1, 101))
    assert {people[one.author] for one in tickets} == set(TEACHERS)
    assert sorted(texts) == [f"Не открывается {user}" for user in TEACHERS]


@pytest.mark.parametrize("seed", range(4))
async def test_an_album_in_late_and_doubled_parts_is_one_ticket(
    rush: Rush, seed: int, record_property: Record
) -> None:
    """Some parts before the ticket is sent, some after it, each twice and in any order."""
    await rush.people({OWNER: Role.ADMINISTRATOR, TEACHERS[0]: Role.TEACHER})
    teacher, random_ = TEACHERS[0], random.Random(seed)  # noqa: S311  # a shuffle to repeat
    parts = [rush.photo(teacher, f"p{number}", media_group_id="77") for number in range(PARTS)]
    parts[0]["message"]["caption"] = "Десять снимков"
    random_.shuffle(parts)
    doubled = [_again(rush, one) for one in parts]
    arriving = sorted([*parts, *doubled], key=lambda _: random_.random())
    cut = random_.randrange(1, len(arriving))
    if not any("caption" in one["message"] for one in arriving[:cut]):
        arriving.insert(0, rush.text(teacher, "Десять снимков"))

    await rush.feed([rush.text(teacher, "/problem"), rush.press(teacher, "tc:mark_topic")])
    await rush.feed(arriving[: cut + 1])
    await rush.feed([rush.press(teacher, "tp:s:-1:1")])
    await rush.feed(arriving[cut + 1 :])

    async with rush.database.reading() as work:
        [ticket] = await work.tickets.list(SCHOOL, list(State))
        [message] = await work.ticket_messages.list(SCHOOL, ticket.number)
        copies = await work.ticket_messages.copies(message.id)
    assert sorted(one.file_id for one in message.files) == [f"p{one}" for one in range(PARTS)]
    assert "Десять снимков" in message.text
    assert sorted(copy.part for copy in copies) == list(range(1, PARTS + 1))
    record_property("figures", f"parts {len(arriving)}, tickets 1, files {len(message.files)}")


async def test_of_two_who_close_at_once_one_wins_and_the_other_is_told(
    rush: Rush, record_property: Record
) -> None:
    users = {OWNER: Role.ADMINISTRATOR, SECOND: Role.ADMINISTRATOR, TEACHERS[0]: Role.TEACHER}
    await rush.people(users)
    async with rush.database.reading() as work:
        known = await work.people.list(SCHOOL, rush.clock.now())
    owner, second, teacher = (
        Actor(chat=ChatId(one.user), person=one.id, school=SCHOOL, roles=one.roles) for one in known
    )
    doubles = 0
    for number in range(1, 101):
        rush.clock.move(minutes=2)
        await rush.opening.open(teacher, Draft(category="plan", said=Said(text=f"{number}")))
        ended = await asyncio.gather(
            *(rush.life.close(one, TicketNumber(number)) for one in (owner, second)),
            return_exceptions=True,
        )
        told = [one for one in ended if isinstance(one, TicketSettledError)]
        async with rush.database.reading() as work:
            events = await work.tickets.events(SCHOOL, TicketNumber(number))
        doubles += [one.what for one in events].count(Event.CLOSED) - 1
        assert [one.facts["by"] for one in told] in (["Имя 1"], ["Имя 2"])
    assert doubles == 0
    record_property("figures", f"pairs 100, doubles {doubles}")


def _again(rush: Rush, part: dict[str, Any]) -> dict[str, Any]:
    """The messenger brings a part once more, under another update's number."""
    return {"update_id": next(rush.numbers) + 10_000, "message": dict(part["message"])}
