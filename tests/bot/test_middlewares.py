"""Recognising who writes, before any handler."""

from typing import Any

import pytest
from aiogram import Dispatcher, Router
from aiogram.types import Message, Update
from teremok import MockBot, MockChat, MockMessageText, MockUpdate, MockUser

from bot.collaborators import for_people
from bot.middlewares import Recognition
from bot.render import Renderer
from services.access import Actor, Role
from services.ids import ChatId, SchoolId
from services.people import Newcomer, UserId
from storage.database import Database
from tests.conftest import FrozenClock
from tests.handlers.conversation import Staff

RENDERER = Renderer()


class Seen:
    """A bot whose only handler notes as whom it was called."""

    def __init__(self, database: Database, clock: FrozenClock) -> None:
        self.actors: list[Actor] = []
        self.words: list[str] = []
        routes = Router()
        for observer in (routes.message, routes.edited_message, routes.channel_post):
            observer.register(self.note)
        provided = for_people(database, clock=clock, staff=Staff())
        dispatcher = Dispatcher(**provided)
        dispatcher.update.outer_middleware(
            Recognition(provided["people"], RENDERER, database.unit_of_work)
        )
        dispatcher.include_router(routes)
        self.bot = MockBot(dispatcher)

    async def note(self, _: Message, actor: Actor, say: Any) -> None:
        self.actors.append(actor)
        self.words.append(say("Teacher"))


@pytest.fixture
def seen(database: Database, clock: FrozenClock) -> Seen:
    return Seen(database, clock)


@pytest.fixture
async def admitted(database: Database, clock: FrozenClock) -> None:
    """User 5 teaches in the first school."""
    now = clock.now()
    async with database.unit_of_work() as work:
        school = await work.schools.add(name="", timezone="Europe/Moscow", at=now)
        newcomer = Newcomer(user=UserId(5), name="Ким")
        person = await work.people.admit(newcomer, school=school, staff=None, at=now)
        await work.people.give(person, Role.TEACHER, given_by=None, at=now)


async def test_a_stranger_has_neither_school_nor_roles(seen: Seen) -> None:
    await seen.bot.dispatch(MockMessageText(user=MockUser(9)))

    assert seen.actors == [Actor(chat=ChatId(9))]


@pytest.mark.usefixtures("admitted")
async def test_a_member_has_school_and_roles(seen: Seen) -> None:
    await seen.bot.dispatch(MockMessageText(user=MockUser(5)))

    [actor] = seen.actors
    assert actor.school == SchoolId(1)
    assert actor.roles == {Role.TEACHER}
    assert not actor.in_group


@pytest.mark.usefixtures("admitted")
async def test_an_anonymous_sender_is_nobody(seen: Seen) -> None:
    chat = MockChat(-100, type="supergroup")

    await seen.bot.dispatch(MockMessageText(user=MockUser(5), chat=chat, sender_chat=chat))

    [actor] = seen.actors
    assert actor == Actor(chat=ChatId(-100), in_group=True)


@pytest.mark.usefixtures("admitted")
async def test_the_language_is_the_member_s(seen: Seen, database: Database) -> None:
    async with database.reading() as work:
        person = await work.people.of_user(UserId(5), database.clock.now())
    assert person is not None
    async with database.unit_of_work() as work:
        await work.people.speak(person.id, "en")

    await seen.bot.dispatch(MockMessageText(user=MockUser(5)))
    await seen.bot.dispatch(MockMessageText(user=MockUser(9, language_code="en")))

    assert seen.words == ["Teacher", "Учитель"]


@pytest.mark.parametrize("kind", ["edited_channel_post", "channel_post", "business_message"])
async def test_what_does_not_count_reaches_no_handler(seen: Seen, kind: str) -> None:
    result = await seen.bot.dispatch(MockUpdate(**{kind: MockMessageText(user=MockUser(5))}))

    assert not result.handled
    assert seen.actors == []


async def test_an_update_of_an_unknown_kind_is_let_go(seen: Seen) -> None:
    result = await seen.bot.dispatch(Update(update_id=7))

    assert not result.handled
