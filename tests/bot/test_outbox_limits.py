import asyncio
from itertools import pairwise
from typing import Any

import pytest
from aiogram.exceptions import TelegramRetryAfter
from aiogram.methods import AnswerCallbackQuery, SendChatAction, SendMessage, TelegramMethod

from bot.limits import Limits
from bot.throttle import posting
from tests.bot.virtual import virtually
from tests.bot.wire import Wire, bot_over

ROUND_TRIP = 0.12


async def sending(limits: Limits, chats: list[int]) -> list[float]:
    """When the server took each message."""
    taken = []

    async def one(chat: int) -> None:
        async with limits.slot(chat):
            await asyncio.sleep(ROUND_TRIP / 2)
            taken.append(asyncio.get_running_loop().time())
            await asyncio.sleep(ROUND_TRIP / 2)

    await asyncio.gather(*(one(chat) for chat in chats))
    return taken


def most_within(taken: list[float], window: float) -> int:
    """The largest number of messages that any half-open window of that length saw."""
    return max(sum(start <= at < start + window for at in taken) for start in taken)


def test_all_chats_together_never_exceed_thirty_in_any_second() -> None:
    taken = virtually(sending(Limits(), list(range(1, 301))))
    assert most_within(taken, 1.0) <= 30
    assert max(taken) < 300 / 30 / 0.88 + 1


def test_one_chat_gets_one_a_second() -> None:
    taken = virtually(sending(Limits(), [5] * 5))
    assert min(b - a for a, b in pairwise(taken)) >= 1.0


def test_a_group_gets_twenty_a_minute() -> None:
    taken = virtually(sending(Limits(), [-100] * 45))
    assert most_within(taken, 60.0) <= 20


def test_a_waiting_chat_takes_no_slot_from_the_others() -> None:
    async def scene() -> float:
        limits = Limits(all=(1, 1.0))
        limits.refuse(5, 100)
        waiting = asyncio.ensure_future(sending(limits, [5]))
        await asyncio.sleep(0)
        [taken] = await sending(limits, [6])
        waiting.cancel()
        return taken

    assert virtually(scene()) < 1


def test_idle_chats_are_forgotten() -> None:
    async def scene() -> int:
        limits = Limits(all=(9999, 0.0))
        for chat in range(1, 4500):
            async with limits.slot(chat):
                pass
            await asyncio.sleep(2)
        return len(limits._chats)

    assert virtually(scene()) <= 2000


class Refusing(Wire):
    """Refuses the first call to each of ``chats`` (None: a call without a chat)."""

    def __init__(self, seconds: int, *chats: int | None) -> None:
        super().__init__(self._refuse)
        self.now = lambda: asyncio.get_running_loop().time()
        self._left, self._seconds = list(chats), seconds

    def _refuse(self, method: TelegramMethod[object]) -> object:
        chat = getattr(method, "chat_id", None)
        if chat not in self._left:
            return None
        self._left.remove(chat)
        return TelegramRetryAfter(method=method, message="flood", retry_after=self._seconds)

    def times(self, chat: int) -> list[float]:
        return [c.at for c in self.calls if getattr(c.method, "chat_id", None) == chat]


def words(chat: int) -> SendMessage:
    return SendMessage(chat_id=chat, text="…")


def test_a_refused_chat_waits_and_the_others_do_not() -> None:
    wire = Refusing(7, 5)

    async def scene() -> None:
        bot = bot_over(wire, Limits())
        await asyncio.gather(bot(words(5)), bot(words(6)))

    virtually(scene())
    assert wire.times(5)[1] - wire.times(5)[0] >= 7
    assert wire.times(6) == [0.0]


@pytest.mark.parametrize("chats", [[None], [5, 6, 7]])
def test_a_refusal_without_a_chat_or_of_three_chats_holds_all(chats: list[int | None]) -> None:
    wire = Refusing(7, *chats)

    async def scene() -> None:
        bot = bot_over(wire, Limits())
        for chat in chats:
            first: TelegramMethod[Any] = AnswerCallbackQuery(callback_query_id="1")
            if chat is not None:
                first = words(chat)
            posting.set(True)
            with pytest.raises(TelegramRetryAfter):
                await bot(first)
        await bot(words(8))

    virtually(scene())
    assert wire.times(8)[0] >= 7


def test_two_refused_chats_hold_nobody_else() -> None:
    wire = Refusing(7, 5, 6)

    async def scene() -> None:
        bot = bot_over(wire, Limits())
        posting.set(True)
        for chat in (5, 6):
            with pytest.raises(TelegramRetryAfter):
                await bot(words(chat))
        await bot(words(8))

    virtually(scene())
    assert wire.times(8) == [0.0]


def test_signs_of_life_take_no_slot() -> None:
    wire = Refusing(7)

    async def scene() -> None:
        bot = bot_over(wire, Limits())
        for _ in range(5):
            await bot(SendChatAction(chat_id=5, action="typing"))

    virtually(scene())
    assert wire.times(5) == [0.0] * 5


def test_a_handler_s_call_is_repeated_after_the_hold() -> None:
    wire = Refusing(3, 5, 5)

    async def scene() -> None:
        await bot_over(wire, Limits())(words(5))

    virtually(scene())
    assert len(wire.calls) == 3
