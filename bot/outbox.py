"""The sender of letters: the only one through whom anything that matters leaves."""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import timedelta
from typing import Any, Protocol

from aiogram import Bot
from aiogram.exceptions import TelegramMigrateToChat, TelegramNetworkError
from aiogram.methods import GetMe, TelegramMethod
from aiogram.types import Message

from bot.backoff import Backoff, seconds
from bot.limits import Limits
from bot.parcels import Verdict, as_edit, judge, plain, reply_to
from bot.tasks import Batch, Tasks, pause
from bot.throttle import posting
from services.ids import ChatId
from services.outgoing import Letter
from storage.database import Database
from storage.outbox import Posted, Sent
from storage.unit_of_work import StoredWork

log = logging.getLogger(__name__)

AT_ONCE = 64
"""Chats that are sent to at the same time."""
TRIES = 5
"""For a letter that our own code fails on."""
PATIENCE = timedelta(days=2)
"""For a letter that the messenger does not take, however reachable it is."""
LOOK = 5.0
"""Seconds after which the queue is looked at without being rung: letters have hours."""


class Presenter(Protocol):
    async def present(self, letter: Letter) -> Sequence[TelegramMethod[Any]]:
        """The calls that make up the letter, in order; none when it should no longer be sent."""
        ...


Moved = Callable[[StoredWork, ChatId, ChatId], Awaitable[None]]
Closed = Callable[[Letter, str], Awaitable[None]]


async def _nothing(*_: object) -> None:
    return None


@dataclass(slots=True, kw_only=True)
class Sender:
    """Sends letters chat by chat, in order, one in flight a chat.

    ``moved`` joins the transaction that rebinds a group; ``closed`` hears of a destination that
    refuses us, once.
    """

    bot: Bot
    database: Database
    presenter: Presenter
    limits: Limits
    stop: asyncio.Event
    moved: Moved = _nothing
    closed: Closed = _nothing
    pause: float = 1.0
    _tasks: Tasks = field(default_factory=Tasks)
    _books: Tasks = field(default_factory=Tasks)
    _busy: set[int] = field(default_factory=set)
    _alone: bool = False
    _offline: Backoff | None = None
    _done: Batch[Sent] = field(init=False)

    def __post_init__(self) -> None:
        self._done = Batch(self._write_sent, self._books)

    async def run(self) -> None:
        """Send what is due until ``stop``."""
        async with self.database.aside() as work:
            if found := await work.outbox.recover():
                log.warning("letters half sent before a crash", extra={"letters": found})
        while not self.stop.is_set():
            self.database.letters.clear()
            started = await self._guarded_round()
            if not started:
                await _first_of(self.database.letters, self.stop, LOOK)

    async def drain(self, limit: float) -> None:
        """Send what can be sent at once for at most ``limit`` seconds, then let go of the rest."""
        loop = asyncio.get_running_loop()
        deadline = loop.time() + limit
        while loop.time() < deadline and await self._left():
            await self._guarded_round()
            await _first_of(self.database.letters, None, min(0.2, deadline - loop.time()))
            self.database.letters.clear()
        await self._tasks.drain(max(0.0, deadline - loop.time()))
        await self._tasks.cancel()
        await self._books.drain(2.0)

    async def _left(self) -> bool:
        async with self.database.reading() as work:
            return bool(self._busy) or bool(await work.outbox.heads(busy=self._held(), limit=1))

    async def _guarded_round(self) -> int:
        try:
            return await self.round()
        except Exception:
            log.exception("the outbox cannot be read")
            await pause(self.stop, 1.0)
            return 0

    async def round(self) -> int:
        """Start a task for the first letter of each chat that may be sent to; how many."""
        room = AT_ONCE - len(self._busy)
        if self._offline is not None or room <= 0 or (self._alone and self._busy):
            return 0
        if (left := self.limits.held(None)) > 0:
            self._ring_in(left)
            return 0
        async with self.database.reading() as work:
            rows = await work.outbox.heads(
                busy=self._held(), limit=room, in_flight=bool(self._busy)
            )
        if not rows:
            return 0
        async with self.database.aside() as work:
            letters = await work.outbox.lease(rows)
        self._alone = any(posted.suspect for posted in letters)
        for posted in letters:
            self._busy.add(posted.letter.chat)
            self._tasks.start(self._deliver(posted), name="letter")
        return len(rows)

    def _held(self) -> set[int]:
        return self._busy | self.limits.held_chats()

    def _ring_in(self, delay: float) -> None:
        asyncio.get_running_loop().call_later(delay, self.database.letters.set)

    async def _deliver(self, posted: Posted) -> None:
        """One letter from its lease to its end, or back into the queue."""
        chat = posted.letter.chat
        posting.set(True)
        try:
            await self._send(posted)
        except Exception as error:
            log.exception("letter failed", extra={"letter": posted.row, "kind": posted.letter.kind})
            await self._settle(posted, Verdict.BROKEN, error)
        finally:
            self._busy.discard(chat)
            self.database.letters.set()

    async def _send(self, posted: Posted) -> None:
        calls = list(await self.presenter.present(posted.letter))
        if not calls:
            await self._give_up(posted, "dead", "nothing to send")
            return
        for number, call in enumerate(calls[posted.step :], start=posted.step + 1):
            method = reply_to(call, posted.letter.reply_to if number == 1 else None)
            message, verdict = await self._call(posted, as_edit(method, posted.message, number))
            if verdict is Verdict.NEW_CARD and posted.message is not None:
                posted = replace(posted, message=None)
                message, verdict = await self._call(posted, method)
            if verdict is not Verdict.DONE:
                return
            first = message if number == 1 else None
            await self._done.add(
                Sent(
                    row=posted.row,
                    letter=posted.letter,
                    step=number,
                    last=number == len(calls),
                    message=first,
                )
            )

    async def _call(
        self, posted: Posted, method: TelegramMethod[Any]
    ) -> tuple[str | None, Verdict]:
        """One call; what is neither done nor a vanished card has been dealt with on return."""
        try:
            answer = await self.bot(method)
        except Exception as error:  # noqa: BLE001  # judged: nothing may end the sender
            verdict = judge(error)
            if verdict is Verdict.PLAIN and (bare := plain(method)) is not None:
                return await self._call(posted, bare)
            if verdict is not Verdict.NEW_CARD or posted.message is None:
                await self._settle(posted, verdict, error)
            return None, verdict
        return _reference(answer) or posted.message, Verdict.DONE

    async def _settle(self, posted: Posted, verdict: Verdict, error: Exception) -> None:
        name = type(error).__name__
        if isinstance(error, TelegramMigrateToChat):
            await self._move(posted, error.migrate_to_chat_id)
        elif verdict is Verdict.CLOSED:
            await self._close(posted, name)
        elif verdict in {Verdict.NEVER, Verdict.PLAIN, Verdict.NEW_CARD}:
            await self._give_up(posted, "dead", name)
        elif verdict is Verdict.HELD:
            await self._wait(posted)
        else:
            await self._retry(posted, verdict, name)

    async def _wait(self, posted: Posted) -> None:
        """A 429: the limits hold the chat, the letter keeps its place without having failed."""
        async with self.database.aside() as work:
            await work.outbox.untouched([posted.row])
        self._ring_in(self.limits.held(posted.letter.chat))

    async def _retry(self, posted: Posted, verdict: Verdict, error: str) -> None:
        """Once more after a pause; a second doubt about the same message ends it."""
        ambiguous = verdict is Verdict.AMBIGUOUS
        now = self.database.clock.now()
        if ambiguous and posted.ambiguous and posted.letter.card is None:
            await self._give_up(posted, "unknown", error)
        elif now - posted.put_at > PATIENCE or (
            verdict is Verdict.BROKEN and posted.attempts + 1 >= TRIES
        ):
            await self._give_up(posted, "dead", error)
        else:
            delay = seconds(posted.attempts, first=self.pause, limit=60.0)
            async with self.database.aside() as work:
                await work.outbox.again(
                    posted.row,
                    next_try=now + timedelta(seconds=delay),
                    error=error,
                    ambiguous=ambiguous,
                )
            self._ring_in(delay)
        if verdict in {Verdict.AMBIGUOUS, Verdict.UNREACHED}:
            self._go_offline()

    def _go_offline(self) -> None:
        """Nothing more leaves until the messenger answers a harmless question."""
        if self._offline is None:
            self._offline = Backoff(first=self.pause / 2, limit=15.0)
            self._tasks.start(self._probe(self._offline), name="probe")

    async def _probe(self, backoff: Backoff) -> None:
        while not self.stop.is_set():
            try:
                await self.bot(GetMe(), request_timeout=15)
            except TelegramNetworkError:
                await pause(self.stop, backoff.next())
            except Exception:  # noqa: BLE001  # it answered, whatever it said
                break
            else:
                break
        self._offline = None
        self.database.letters.set()

    async def _give_up(self, posted: Posted, state: str, error: str) -> None:
        facts = {"letter": posted.row, "kind": posted.letter.kind, "error": error}
        log.warning("letter given up", extra={**facts, "state": state})
        async with self.database.aside() as work:
            await work.outbox.give_up(posted.row, state=state, error=error)

    async def _close(self, posted: Posted, reason: str) -> None:
        letter = posted.letter
        async with self.database.aside() as work:
            news = await work.outbox.switch(
                letter.chat, on=False, reason=reason, school=letter.school
            )
        if news:
            log.warning("destination off", extra={"letter": posted.row, "reason": reason})
            await self.closed(letter, reason)

    async def _move(self, posted: Posted, new: int) -> None:
        """The group has a new number: everything bound to the old one follows."""
        old = posted.letter.chat
        async with self.database.aside() as work:
            await work.outbox.untouched([posted.row])
            await work.outbox.rebind(old, new)
            await self.moved(work, old, ChatId(new))

    async def _write_sent(self, calls: list[Sent]) -> None:
        async with self.database.aside() as work:
            await work.outbox.sent(calls)


def _reference(answer: object) -> str | None:
    """The first message of an answer, as the outbox keeps it."""
    if isinstance(answer, list) and answer:
        answer = answer[0]
    return str(answer.message_id) if isinstance(answer, Message) else None


async def _first_of(one: asyncio.Event, other: asyncio.Event | None, limit: float) -> None:
    waits = [asyncio.ensure_future(event.wait()) for event in (one, other) if event is not None]
    try:
        await asyncio.wait(waits, timeout=max(0.0, limit), return_when=asyncio.FIRST_COMPLETED)
    finally:
        for wait in waits:
            wait.cancel()
        await asyncio.gather(*waits, return_exceptions=True)
