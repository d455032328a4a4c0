"""The door: a code in a link is tried as the setup code, then as an invitation."""

from collections.abc import Callable
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Protocol

from services import invitations, setup
from services.access import Actor, Role
from services.clock import Clock
from services.errors import DomainError
from services.ids import ChatId
from services.invitations import Invitations, hash_code
from services.people import Newcomer, People, UserId
from services.setup import Setup

GUESSES = 10
WINDOW = timedelta(hours=1)


class CodeRefusedError(DomainError):
    """Wrong, used or expired: which of them is not said."""

    key = "errors/code-refused"


class TooManyGuessesError(DomainError):
    """No code is looked at before ``until``, an aware moment."""

    key = "errors/too-many-guesses"


class Guesses(Protocol):
    """Wrong codes of one account, counted from the first of them for WINDOW."""

    async def since(self, user: UserId, moment: datetime) -> tuple[int, datetime]:
        """How many fell into a window begun after ``moment``, and when it began."""
        ...

    async def add(self, user: UserId, *, at: datetime, window: timedelta) -> None: ...


class Work(setup.Work, invitations.Work, Protocol):
    @property
    def guesses(self) -> Guesses: ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Welcome:
    """Who came in; ``first`` marks the owner, whom the school's name is asked next."""

    role: Role
    name: str
    school: str
    first: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Entrance:
    unit_of_work: Callable[[], AbstractAsyncContextManager[Work]]
    clock: Clock
    setup: Setup
    invitations: Invitations
    people: People

    async def enter(self, code: str, newcomer: Newcomer) -> Welcome:
        """Admit by a code, or count the guess and refuse."""
        now = self.clock.now()
        async with self.unit_of_work() as work:
            count, began = await work.guesses.since(newcomer.user, now - WINDOW)
            if count >= GUESSES:
                raise TooManyGuessesError(until=began + WINDOW)
            welcome = await self._redeem(work, hash_code(code), newcomer)
            if welcome is None:
                await work.guesses.add(newcomer.user, at=now, window=WINDOW)
        if welcome is None:
            raise CodeRefusedError
        return welcome

    async def admitted(self, newcomer: Newcomer) -> Actor:
        """Who was let in, as they may act in their private chat from now on."""
        chat = ChatId(newcomer.user)
        return (await self.people.recognise(user=newcomer.user, chat=chat)).actor

    async def _redeem(self, work: Work, code_hash: str, newcomer: Newcomer) -> Welcome | None:
        opened = await self.setup.redeem(work, code_hash, newcomer)
        if opened is not None:
            return Welcome(
                role=Role.ADMINISTRATOR, name=newcomer.name, school=opened.name, first=True
            )
        invited = await self.invitations.redeem(work, code_hash, newcomer)
        if invited is None:
            return None
        school = await work.schools.get(invited.school)
        return Welcome(role=invited.role, name=invited.name or newcomer.name, school=school.name)
