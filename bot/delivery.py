"""One letter from its lease to its end, or back into the queue."""

import logging
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import timedelta
from typing import Any, NamedTuple, Protocol

from aiogram import Bot
from aiogram.exceptions import TelegramMigrateToChat
from aiogram.methods import TelegramMethod
from aiogram.types import ForumTopic, Message

from bot.backoff import seconds
from bot.parcels import Verdict, as_edit, judge, plain, reply_to
from bot.tasks import Batch, Tasks
from services.ids import ChatId
from services.outgoing import Letter
from storage.database import Database
from storage.letters import Posted, Sent
from storage.unit_of_work import StoredWork

log = logging.getLogger(__name__)

TRIES = 5
"""For a letter that our own code fails on."""
PATIENCE = timedelta(days=2)
"""For a letter that the messenger does not take, however reachable it is."""


class Presenter(Protocol):
    async def present(self, letter: Letter) -> Sequence[TelegramMethod[Any]]:
        """The calls that make up the letter, in order; none when it should no longer be sent."""
        ...


Moved = Callable[[StoredWork, ChatId, ChatId], Awaitable[None]]
Closed = Callable[[Letter, str], Awaitable[None]]
Lost = Callable[[StoredWork, Letter], Awaitable[None]]


class Outcome(NamedTuple):
    """What the messenger made of the letter; its next try is due ``again_in`` seconds, if any."""

    verdict: Verdict
    again_in: float | None = None


class _Answer(NamedTuple):
    verdict: Verdict
    message: str | None = None
    error: Exception | None = None


@dataclass(slots=True, kw_only=True)
class Delivery:
    """Makes the letter's calls and writes down in ``books`` how each of them went."""

    bot: Bot
    database: Database
    presenter: Presenter
    books: Tasks
    moved: Moved
    closed: Closed
    lost: Lost
    pause: float
    _done: Batch[Sent] = field(init=False)

    def __post_init__(self) -> None:
        self._done = Batch(self._write_sent, self.books)

    async def deliver(self, posted: Posted) -> Outcome:
        """The outcome; it is on the disk already."""
        try:
            return await self._send(posted)
        except Exception as error:
            log.exception("letter failed", extra={"letter": posted.row, "kind": posted.letter.kind})
            return await self._settle(posted, Verdict.BROKEN, error)

    async def _send(self, posted: Posted) -> Outcome:
        calls = list(await self.presenter.present(posted.letter))
        if not calls:
            await self._give_up(posted, "dead", "nothing to send")
        for number, call in enumerate(calls[posted.step :], start=posted.step + 1):
            method = reply_to(call, posted.letter.reply_to if number == 1 else None)
            answer = await self._call(as_edit(method, posted.message, number))
            if answer.verdict is Verdict.NEW_CARD and posted.message is not None:
                posted = replace(posted, message=None)
                answer = await self._call(method)
            if answer.error is not None:
                return await self._settle(posted, answer.verdict, answer.error)
            await self._done.add(
                Sent(
                    row=posted.row,
                    letter=posted.letter,
                    step=number,
                    last=number == len(calls),
                    message=(answer.message or posted.message) if number == 1 else None,
                )
            )
        return Outcome(Verdict.DONE)

    async def _call(self, method: TelegramMethod[Any]) -> _Answer:
        """One call, once more without tags where the messenger stumbles over them."""
        try:
            answer = await self.bot(method)
        except Exception as error:  # noqa: BLE001  # judged: nothing may end the sender
            verdict = judge(error)
            if verdict is Verdict.PLAIN and (bare := plain(method)) is not None:
                return await self._call(bare)
            return _Answer(verdict, error=error)
        return _Answer(Verdict.DONE, _reference(answer))

    async def _settle(self, posted: Posted, verdict: Verdict, error: Exception) -> Outcome:
        name = type(error).__name__
        if isinstance(error, TelegramMigrateToChat):
            await self._move(posted, error.migrate_to_chat_id)
        elif verdict is Verdict.CLOSED:
            await self._close(posted, name)
        elif verdict is Verdict.NEW_TOPIC:
            await self._lose(posted, name)
        elif verdict in {Verdict.NEVER, Verdict.PLAIN, Verdict.NEW_CARD}:
            await self._give_up(posted, "dead", name)
        elif verdict is Verdict.HELD:
            await self._untouched(posted)
        else:
            return await self._retry(posted, verdict, name)
        return Outcome(verdict)

    async def _untouched(self, posted: Posted) -> None:
        """A 429: the limits hold the chat, the letter keeps its place without having failed."""
        async with self.database.aside() as work:
            await work.outbox.untouched([posted.row])

    async def _retry(self, posted: Posted, verdict: Verdict, error: str) -> Outcome:
        """Once more after a pause; a second doubt about the same message ends it."""
        ambiguous = verdict is Verdict.AMBIGUOUS
        now = self.database.clock.now()
        if ambiguous and posted.ambiguous and posted.letter.card is None:
            await self._give_up(posted, "unknown", error)
            return Outcome(verdict)
        broken = verdict is Verdict.BROKEN and posted.attempts + 1 >= TRIES
        if broken or now - posted.put_at > PATIENCE:
            await self._give_up(posted, "dead", error)
            return Outcome(verdict)
        delay = seconds(posted.attempts, first=self.pause, limit=60.0)
        next_try = now + timedelta(seconds=delay)
        async with self.database.aside() as work:
            await work.outbox.again(posted.row, next_try=next_try, error=error, ambiguous=ambiguous)
        return Outcome(verdict, delay)

    async def _give_up(self, posted: Posted, state: str, error: str) -> None:
        facts = {"letter": posted.row, "kind": posted.letter.kind, "error": error}
        log.warning("letter given up", extra={**facts, "state": state})
        async with self.database.aside() as work:
            await work.outbox.give_up(posted.row, state=state, error=error)

    async def _lose(self, posted: Posted, error: str) -> None:
        """Whoever the letter belongs to may put another for a topic that is there."""
        facts = {"letter": posted.row, "kind": posted.letter.kind, "error": error}
        log.warning("topic is gone", extra=facts)
        async with self.database.aside() as work:
            await work.outbox.give_up(posted.row, state="dead", error=error)
            await self.lost(work, posted.letter)

    async def _close(self, posted: Posted, reason: str) -> None:
        letter = posted.letter
        async with self.database.aside() as work:
            news = await work.destinations.switch(
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
            await work.destinations.rebind(old, new)
            await self.moved(work, old, ChatId(new))

    async def _write_sent(self, calls: list[Sent]) -> None:
        async with self.database.aside() as work:
            await work.outbox.sent(calls)


def _reference(answer: object) -> str | None:
    """The first message of an answer, or the topic that was made, as the outbox keeps it."""
    if isinstance(answer, list) and answer:
        answer = answer[0]
    if isinstance(answer, ForumTopic):
        return str(answer.message_thread_id)
    return str(answer.message_id) if isinstance(answer, Message) else None
