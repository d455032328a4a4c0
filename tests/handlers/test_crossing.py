"""Every handler crossed with every role and every place from which an update can come."""

from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from aiogram import BaseMiddleware, Dispatcher, Router
from aiogram.dispatcher.event.bases import SkipHandler
from aiogram.dispatcher.event.handler import HandlerObject
from aiogram.types import TelegramObject
from teremok import MockBot

from bot.analyses import for_analyses
from bot.collaborators import for_health, for_imports, for_people
from bot.consultation import for_consultation
from bot.decisions import for_decisions
from bot.duties import for_duties
from bot.figures import for_figures
from bot.middlewares import Recognition
from bot.passports import for_passports
from bot.reminding import for_reminding
from handlers import routers
from handlers.commands import COMMANDS
from services.access import TABLE, Capability, NotAllowedError, Role
from services.binding import BoundChat, NotAGroupError
from services.errors import DomainError
from services.ids import ChatId, SchoolId
from services.outgoing import Letter
from services.people import Newcomer, UserId
from storage.database import Database
from tests.conftest import FrozenClock
from tests.handlers.conversation import QUICK, RENDERER, Staff
from tests.handlers.crossing import BOUND, FOREIGN, ROUTES, Place, Route, Scene

USERS = {role: 10 + number for number, role in enumerate(Role)}
REFUSED = (NotAllowedError, NotAGroupError)


@dataclass
class Spy(BaseMiddleware):
    """Which handlers ran to an end that is not a refusal."""

    acted: list[str] = field(default_factory=list)

    async def __call__(
        self,
        handler: Callable[[TelegramObject, dict[str, Any]], Awaitable[Any]],
        event: TelegramObject,
        data: dict[str, Any],
    ) -> Any:
        name = _name(data["handler"])
        try:
            result = await handler(event, data)
        except REFUSED:
            raise
        except (DomainError, SkipHandler):
            self.acted.append(name)
            raise
        self.acted.append(name)
        return result


class Unsent:
    """An outbox whose letters nobody needs here."""

    @property
    def outbox(self) -> "Unsent":
        return self

    async def put(self, letter: Letter) -> None: ...


@asynccontextmanager
async def unsent() -> AsyncIterator[Unsent]:
    yield Unsent()


@dataclass
class Stage:
    database: Database
    clock: FrozenClock
    bot: MockBot
    spy: Spy

    async def people(self) -> None:
        now = self.clock.now()
        async with self.database.unit_of_work() as work:
            school = await work.schools.add(name="Школа", timezone="Europe/Moscow", at=now)
            for role, user in USERS.items():
                if role is not Role.STRANGER:
                    newcomer = Newcomer(user=UserId(user), name=role.value)
                    person = await work.people.admit(newcomer, school=school, staff=None, at=now)
                    await work.people.give(person, role, given_by=None, at=now)

    async def groups(self) -> None:
        """Exactly one of the two groups is bound, whatever the last trial did."""
        bound = BoundChat(
            school=SchoolId(1),
            chat=ChatId(BOUND),
            title="",
            topic=None,
            bound_by=None,
            bound_at=self.clock.now(),
        )
        async with self.database.unit_of_work() as work:
            await work.bound_chats.put(bound)
            await work.bound_chats.drop(ChatId(FOREIGN))

    async def acts(self, name: str, route: Route, scene: Scene) -> bool:
        update = route.trigger(scene)
        if update is None:
            return False
        self.spy.acted.clear()
        if route.state is not None:
            await self.bot.set_state(route.state, scene.user, scene.chat)
            await self.bot.set_data({"role": Role.TEACHER.value}, scene.user, scene.chat)
        with suppress(DomainError):
            await self.bot.dispatch(update)
        await self.bot.fsm(scene.user, scene.chat).clear()
        return name in self.spy.acted


@pytest.fixture
async def stage(database: Database, clock: FrozenClock, staff: Staff, tmp_path: Path) -> Stage:
    provided = for_people(database, clock=clock, staff=staff, hasher=QUICK)
    people = provided["people"]
    provided |= for_health(database, clock=clock)
    provided |= for_consultation(database, clock=clock, renderer=RENDERER)
    provided |= for_figures(database, clock=clock, people=people, renderer=RENDERER)
    provided |= for_analyses(database, clock=clock, people=people, renderer=RENDERER)
    provided |= for_passports(database, clock=clock)
    provided |= for_reminding(database, clock=clock)
    provided |= for_duties(database, clock=clock)
    provided |= for_decisions(
        database, clock=clock, staff=staff, digests=provided["digests"], renderer=RENDERER
    )
    provided |= for_imports(
        database, clock=clock, people=people, data_dir=tmp_path, arrived=lambda: None
    )
    dispatcher = Dispatcher(**provided)
    dispatcher.update.outer_middleware(Recognition(people, RENDERER, unsent))
    spy = Spy()
    for observer in dispatcher.observers.values():
        observer.middleware(spy)
    dispatcher.include_routers(*routers())
    made = Stage(database, clock, MockBot(dispatcher), spy)
    await made.people()
    return made


def test_every_handler_has_a_row_in_the_crossing_table() -> None:
    assert {name for name, _ in handlers()} == set(ROUTES)


@pytest.mark.parametrize("name", ROUTES)
async def test_a_handler_acts_only_for_whom_and_where_its_row_says(name: str, stage: Stage) -> None:
    route = ROUTES[name]
    wrong = []
    acted = True
    for place in Place:
        for role, user in USERS.items():
            if acted:
                await stage.groups()
            acted = await stage.acts(name, route, Scene(user, place))
            if acted != (place in route.places and _may(name, role, route.capability)):
                wrong.append((place.value, role.value, acted))
    assert not wrong


def test_every_command_people_are_shown_has_a_handler() -> None:
    """A row of COMMANDS without a handler would be a promise in /help that nothing keeps."""
    answered = {
        command
        for name, handler in handlers()
        if not name.startswith("questions.")
        for one in handler.filters or ()
        for command in getattr(one.callback, "commands", ())
    }
    assert {command.name for command in COMMANDS} | {"start"} == answered


def _may(name: str, role: Role, capability: Capability | None) -> bool:
    if name == "pin.enter":
        return role is not Role.STRANGER
    return capability is None or role in TABLE[capability]


def handlers() -> Iterator[tuple[str, HandlerObject]]:
    for router in routers():
        for part in _with_children(router):
            for kind, observer in part.observers.items():
                if kind != "error":
                    yield from ((_name(one), one) for one in observer.handlers)


def _with_children(router: Router) -> Iterator[Router]:
    yield router
    for child in router.sub_routers:
        yield from _with_children(child)


def _name(handler: HandlerObject) -> str:
    function = handler.callback
    return f"{function.__module__.removeprefix('handlers.')}.{function.__qualname__}"
