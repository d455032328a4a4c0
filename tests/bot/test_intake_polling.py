import asyncio
from collections.abc import Callable
from typing import Any

import pytest
from aiogram.exceptions import (
    ClientDecodeError,
    TelegramConflictError,
    TelegramNetworkError,
    TelegramRetryAfter,
    TelegramServerError,
    TelegramUnauthorizedError,
)
from aiogram.methods import TelegramMethod

from bot.errors import AnotherPollerError, RefusedTokenError
from bot.polling import QUIET, GetRawUpdates, Poller
from tests.bot.virtual import virtually
from tests.bot.wire import Wire, bot_over

Method = TelegramMethod[Any]


class Queue(Wire):
    """A messenger with a script: each poll takes the next entry; after the last it stops."""

    def __init__(self, *script: object) -> None:
        super().__init__(self._next)
        self.script = list(script)
        self.now = lambda: asyncio.get_running_loop().time()
        self.poller: Poller | None = None
        self.kept: list[Any] = []

    def _next(self, method: Method) -> object:
        if not self.script:
            assert self.poller is not None
            self.poller.stop.set()
            return []
        made = self.script.pop(0)
        return made(method) if callable(made) else made

    async def keep(self, batch: list[Any]) -> None:
        self.kept.extend(batch)

    async def poll(self, keep: Callable[[list[Any]], Any] | None = None) -> None:
        self.poller = Poller(
            bot=bot_over(self),
            keep=keep or self.keep,
            stop=asyncio.Event(),
            kinds=["message"],
        )
        await self.poller.run()

    def offsets(self) -> list[int | None]:
        return [c.method.offset for c in self.calls if isinstance(c.method, GetRawUpdates)]

    def times(self) -> list[float]:
        return [call.at for call in self.calls]


def updates(*numbers: int) -> list[dict[str, int]]:
    return [{"update_id": number} for number in numbers]


def conflict(method: Method) -> TelegramConflictError:
    return TelegramConflictError(method=method, message="Conflict: terminated by other getUpdates")


def unauthorized(method: Method) -> TelegramUnauthorizedError:
    return TelegramUnauthorizedError(method=method, message="Unauthorized")


def test_what_was_kept_is_confirmed_by_the_next_question() -> None:
    queue = Queue(updates(7, 8), updates(9))
    virtually(queue.poll())
    assert queue.offsets() == [None, 9, 10]
    assert queue.kept == updates(7, 8, 9)


def test_what_could_not_be_kept_is_not_confirmed() -> None:
    queue = Queue(updates(7), updates(7))
    failures = [OSError(28, "No space left on device")]

    async def keep(batch: list[Any]) -> None:
        if failures:
            raise failures.pop()
        queue.kept.extend(batch)

    virtually(queue.poll(keep))
    assert queue.offsets() == [None, None, 8]
    assert queue.kept == updates(7)


@pytest.mark.parametrize(
    "failure",
    [
        lambda method: TelegramServerError(method=method, message="Bad Gateway"),
        lambda method: TelegramNetworkError(method=method, message="Request timeout error"),
        lambda _method: ClientDecodeError("Failed to decode object", ValueError(), "<html>"),
        lambda _method: RuntimeError(),
    ],
)
def test_a_failure_is_waited_out_with_growing_pauses(failure: Callable[[Method], object]) -> None:
    queue = Queue(*[failure] * 8, updates(7))
    virtually(queue.poll())
    pauses = [b - a for a, b in zip(queue.times(), queue.times()[1:], strict=False)]
    assert queue.kept == updates(7)
    assert pauses[0] < 1 < pauses[7] <= 30


class Broken(Queue):
    """A messenger with updates 7-9 of which the second breaks every answer that holds it."""

    def _next(self, method: Method) -> object:
        assert isinstance(method, GetRawUpdates)
        left = [number for number in (7, 8, 9) if number >= (method.offset or 0)][: method.limit]
        if 8 in left:
            body = f'{{"ok":true,"result":[{{"update_id": {left[0]}, "message": \\x'
            return ClientDecodeError("Failed to decode object", ValueError(), body)
        if not left:
            self.script.clear()
            return super()._next(method)
        return updates(*left)


def test_an_update_that_breaks_every_answer_is_kept_as_text_and_got_past() -> None:
    queue = Broken()
    virtually(queue.poll())
    assert [one["update_id"] for one in queue.kept] == [7, 8, 9]
    assert queue.kept[1]["message"].endswith("\\x")
    assert queue.times()[-1] < 60


def test_an_update_that_breaks_every_answer_waits_for_the_disk() -> None:
    queue = Broken()
    failures = [OSError(28, "No space left on device")] * 3

    async def keep(batch: list[Any]) -> None:
        if batch[0]["update_id"] == 8 and failures:
            raise failures.pop()
        queue.kept.extend(batch)

    virtually(queue.poll(keep))
    assert [one["update_id"] for one in queue.kept] == [7, 8, 9]


def test_a_page_of_a_proxy_is_no_update() -> None:
    page = ClientDecodeError("Failed to decode object", ValueError(), "<html>502</html>")
    queue = Queue(*[page] * 30, updates(7))
    virtually(queue.poll())
    assert (queue.offsets()[-2:], queue.kept) == ([None, 8], updates(7))


def test_a_refused_question_is_repeated_not_earlier_than_told() -> None:
    queue = Queue(lambda m: TelegramRetryAfter(method=m, message="flood", retry_after=5), [])
    virtually(queue.poll())
    assert queue.times()[1] >= 5


def test_a_refused_token_is_asked_about_once() -> None:
    queue = Queue(unauthorized)
    with pytest.raises(RefusedTokenError):
        virtually(queue.poll())
    assert len(queue.calls) == 1


def test_another_poller_is_told_within_half_a_minute() -> None:
    queue = Queue(*[conflict] * 99)
    with pytest.raises(AnotherPollerError):
        virtually(queue.poll())
    assert queue.times()[-1] < 30


def test_two_pollers_taking_turns_are_told_too() -> None:
    queue = Queue(conflict, updates(1), conflict, updates(2), conflict)
    with pytest.raises(AnotherPollerError):
        virtually(queue.poll())


def test_a_conflict_that_ends_is_forgotten() -> None:
    queue = Queue(conflict, conflict, updates(7))
    virtually(queue.poll())
    assert queue.kept == updates(7)


def test_numbers_that_start_anew_lower_are_taken_and_confirmed() -> None:
    queue = Queue(updates(900), updates(3, 4))
    virtually(queue.poll())
    assert queue.offsets() == [None, 901, 5]


def test_after_a_long_silence_the_offset_is_forgotten() -> None:
    queue = Queue(updates(900), [])
    asked: list[int | None] = []

    async def scene() -> None:
        polling = asyncio.ensure_future(queue.poll())
        await polling
        assert queue.poller is not None
        queue.poller.stop.clear()
        await asyncio.sleep(QUIET + 1)
        await queue.poller.run()
        asked.extend(queue.offsets())

    virtually(scene())
    assert asked[:3] == [None, 901, 901]
    assert asked[-1] is None


def test_a_batch_without_numbers_does_not_spin() -> None:
    queue = Queue(*[[{"message": {}}]] * 5, updates(7))
    virtually(queue.poll())
    assert queue.times()[5] > 2
    assert queue.kept[-1] == {"update_id": 7}


def test_a_stop_leaves_a_long_question_at_once() -> None:
    queue = Queue()

    async def scene() -> float:
        stop = asyncio.Event()

        async def forever(*_: object, **__: object) -> object:
            return await asyncio.Event().wait()

        queue.make_request = forever  # type: ignore[method-assign]
        poller = Poller(bot=bot_over(queue), keep=queue.keep, stop=stop, kinds=[])
        asyncio.get_running_loop().call_later(3, stop.set)
        await poller.run()
        return asyncio.get_running_loop().time()

    assert virtually(scene()) < 4
