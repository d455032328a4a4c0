import asyncio
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from typing import Any

import pytest
from aiogram.exceptions import (
    ClientDecodeError,
    TelegramAPIError,
    TelegramBadRequest,
    TelegramForbiddenError,
    TelegramMigrateToChat,
    TelegramNetworkError,
    TelegramRetryAfter,
    TelegramServerError,
)
from aiogram.methods import (
    EditMessageText,
    GetMe,
    SendDocument,
    SendMessage,
    SendPhoto,
    TelegramMethod,
)
from aiogram.types import BufferedInputFile
from aiohttp import ClientConnectorError
from aiohttp.client_reqrep import ConnectionKey
from sqlalchemy import update

from bot.delivery import TRIES
from bot.limits import Limits
from bot.outbox import Sender
from bot.parcels import Verdict, judge
from services.ids import ChatId
from services.outgoing import Letter
from storage.database import Database
from storage.letters import SUSPECTED
from storage.schema.process import outbox
from storage.unit_of_work import StoredWork
from tests.bot.wire import Wire, bot_over

IRINA, OLEG, GROUP = ChatId(5), ChatId(6), ChatId(-100)
HELLO = Letter(school=None, chat=IRINA, kind="hello")
QUIET = Limits(all=(30, 0), chat=(1, 0), group=(20, 0))
Method = TelegramMethod[Any]


@dataclass(slots=True)
class Telling:
    """Every letter is its kind in bold, a letter of the kind «week» brings two files with it."""

    fails: int = 0
    seen: list[Letter] = field(default_factory=list)

    async def present(self, letter: Letter) -> Sequence[Method]:
        self.seen.append(letter)
        if self.fails:
            self.fails -= 1
            raise ZeroDivisionError
        if letter.kind == "revoked":
            return []
        text = SendMessage(chat_id=letter.chat, text=f"<b>{letter.kind}</b>", parse_mode="HTML")
        if letter.kind != "week":
            return [text]
        file = BufferedInputFile(b"1", "a.png")
        return [
            text,
            SendPhoto(chat_id=letter.chat, photo=file),
            SendDocument(chat_id=letter.chat, document=file),
        ]


def plan(*answers: object) -> Callable[[Method], object]:
    """Answers in turn to everything but getMe, then politeness."""
    left = list(answers)

    def answer(method: Method) -> object:
        if isinstance(method, GetMe) or not left:
            return None
        made = left.pop(0)
        return made(method) if callable(made) else made

    return answer


def bad(words: str) -> Callable[[Method], TelegramBadRequest]:
    return lambda method: TelegramBadRequest(method=method, message=f"Bad Request: {words}")


def silence(method: Method) -> TelegramNetworkError:
    return TelegramNetworkError(method=method, message="Request timeout error")


def no_line(method: Method) -> TelegramNetworkError:
    error = TelegramNetworkError(method=method, message="ClientConnectorError")
    key = ConnectionKey("h", 1, False, True, None, None, None)  # noqa: FBT003
    error.__cause__ = ClientConnectorError(key, OSError())
    return error


@asynccontextmanager
async def sending(
    database: Database, wire: Wire, presenter: Telling | None = None, **more: Any
) -> AsyncIterator[Sender]:
    sender = Sender(
        bot=bot_over(wire, Limits(all=(30, 0), chat=(1, 0), group=(20, 0))),
        database=database,
        presenter=presenter or Telling(),
        limits=QUIET,
        stop=asyncio.Event(),
        pause=0.0,
        **more,
    )
    running = asyncio.ensure_future(sender.run())
    try:
        yield sender
    finally:
        sender.stop.set()
        await running
        await sender.drain(1)


async def put(database: Database, *letters: Letter) -> None:
    async with database.unit_of_work() as work:
        for letter in letters:
            await work.outbox.put(letter)


async def settled(database: Database) -> dict[str, int]:
    """The states of the letters once none of them is on its way."""
    async with asyncio.timeout(10):
        while True:
            async with database.reading() as work:
                counts = dict(await work.outbox.counts())
            if not counts.keys() & {"new", "sending"}:
                return counts
            await asyncio.sleep(0.01)


async def outcome(
    database: Database, wire: Wire, *letters: Letter, presenter: Telling | None = None, **more: Any
) -> dict[str, int]:
    await put(database, *letters)
    async with sending(database, wire, presenter, **more):
        return await settled(database)


async def test_a_letter_put_while_it_runs_leaves_at_once(database: Database) -> None:
    wire = Wire()
    async with sending(database, wire):
        await put(database, HELLO)
        assert await settled(database) == {"sent": 1}
    assert wire.sent() == ["<b>hello</b>"]


async def test_a_chat_keeps_its_order(database: Database) -> None:
    wire = Wire()
    await outcome(database, wire, *(replace(HELLO, kind=str(number)) for number in range(9)))
    assert wire.sent() == [f"<b>{number}</b>" for number in range(9)]


async def test_one_letter_a_chat_is_in_flight(database: Database) -> None:
    wire, together, most = Wire(), {IRINA: 0, OLEG: 0}, []
    polite = wire.make_request

    async def slow(bot: Any, method: Method, timeout: Any = None) -> Any:
        chat = getattr(method, "chat_id", IRINA)
        together[chat] += 1
        most.append(together[chat])
        await asyncio.sleep(0.005)
        together[chat] -= 1
        return await polite(bot, method, timeout)

    wire.make_request = slow  # type: ignore[method-assign]
    letters = [replace(HELLO, chat=chat) for chat in (IRINA, OLEG) for _ in range(4)]
    await outcome(database, wire, *letters)
    assert (max(most), len(most)) == (1, 8)


@pytest.mark.parametrize(
    "failure",
    [
        lambda method: TelegramServerError(method=method, message="Internal Server Error"),
        lambda method: TelegramAPIError(method=method, message="Too Many Requests"),
        lambda _method: ClientDecodeError("Failed to decode object", ValueError(), "<html>"),
        lambda method: TelegramRetryAfter(method=method, message="flood", retry_after=0.01),  # type: ignore[arg-type]
        no_line,
    ],
)
async def test_what_was_not_taken_is_sent_again_before_the_next(
    database: Database, failure: Callable[[Method], Exception]
) -> None:
    wire = Wire(plan(failure, failure))
    letters = (HELLO, replace(HELLO, kind="second"))
    assert await outcome(database, wire, *letters) == {"sent": 2}
    assert wire.sent() == ["<b>hello</b>"] * 3 + ["<b>second</b>"]


async def test_a_silent_line_may_double_a_message_once_and_no_more(database: Database) -> None:
    wire = Wire(plan(silence, silence))
    letters = (HELLO, replace(HELLO, kind="second"))
    assert await outcome(database, wire, *letters) == {"unknown": 1, "sent": 1}
    assert wire.sent() == ["<b>hello</b>"] * 2 + ["<b>second</b>"]


async def test_after_a_silence_nothing_leaves_before_a_harmless_question_is_answered(
    database: Database,
) -> None:
    down = 3

    def answer(method: Method) -> object:
        nonlocal down
        if isinstance(method, GetMe):
            down -= 1
            return silence(method) if down else None
        return silence(method) if down else None

    wire = Wire(answer)
    assert await outcome(database, wire, HELLO) == {"sent": 1}
    assert [call.name for call in wire.calls] == ["sendMessage", *["getMe"] * 3, "sendMessage"]


async def test_words_that_cannot_be_parsed_go_out_plain(database: Database) -> None:
    wire = Wire(plan(bad("can't parse entities: Unsupported start tag")))
    assert await outcome(database, wire, HELLO) == {"sent": 1}
    last = wire.calls[-1].method
    assert isinstance(last, SendMessage)
    assert (last.text, last.parse_mode) == ("hello", None)


async def test_a_request_that_is_wrong_is_not_repeated(database: Database) -> None:
    wire = Wire(plan(bad("message is too long")))
    assert await outcome(database, wire, HELLO) == {"dead": 1}
    assert len(wire.calls) == 1


@pytest.mark.parametrize(
    "refusal",
    [
        lambda method: TelegramForbiddenError(method=method, message="bot was blocked by the user"),
        bad("chat not found"),
        bad("PEER_ID_INVALID"),
    ],
)
async def test_a_destination_that_refuses_us_is_closed_with_one_notice(
    database: Database, refusal: Callable[[Method], Exception]
) -> None:
    told = []

    async def closed(letter: Letter, reason: str) -> None:
        told.append((letter.chat, reason))

    wire = Wire(plan(refusal))
    letters = (HELLO, HELLO, HELLO, replace(HELLO, chat=OLEG))
    assert await outcome(database, wire, *letters, closed=closed) == {"dead": 3, "sent": 1}
    assert len(told) == 1
    assert len(wire.calls) == 2


async def test_a_moved_group_gets_its_letters_under_its_new_number(database: Database) -> None:
    def answer(method: Method) -> object:
        if getattr(method, "chat_id", None) != GROUP:
            return None
        return TelegramMigrateToChat(method=method, message="upgraded", migrate_to_chat_id=-1001)

    followed = []

    async def moved(_work: StoredWork, old: ChatId, new: ChatId) -> None:
        followed.append((old, new))

    wire = Wire(answer)
    letters = (replace(HELLO, chat=GROUP), replace(HELLO, chat=GROUP, kind="second"))
    assert await outcome(database, wire, *letters, moved=moved) == {"sent": 2}
    assert wire.sent() == ["<b>hello</b>", "<b>hello</b>", "<b>second</b>"]
    assert followed == [(-100, -1001)]


async def test_a_card_is_edited_where_it_is_shown(database: Database) -> None:
    wire = Wire()
    card = replace(HELLO, card="import:3")
    async with sending(database, wire):
        await put(database, card)
        await settled(database)
        await put(database, replace(card, kind="newer"))
        await settled(database)
    first, second = (call.method for call in wire.calls)
    assert isinstance(first, SendMessage)
    assert isinstance(second, EditMessageText)
    assert (second.message_id, second.text) == (101, "<b>newer</b>")


async def test_a_card_whose_message_is_gone_is_shown_anew_and_edited_there(
    database: Database,
) -> None:
    wire = Wire(plan(None, bad("message to edit not found")))
    card = replace(HELLO, card="import:3")
    async with sending(database, wire):
        for kind in ("one", "two", "three"):
            await put(database, replace(card, kind=kind))
            await settled(database)
    names = [call.name for call in wire.calls]
    assert names == ["sendMessage", "editMessageText", "sendMessage", "editMessageText"]
    assert getattr(wire.calls[-1].method, "message_id", None) == 103


async def test_a_card_that_shows_it_already_is_done(database: Database) -> None:
    wire = Wire(plan(None, bad("message is not modified: same content")))
    card = replace(HELLO, card="import:3")
    async with sending(database, wire):
        for _ in range(2):
            await put(database, card)
            assert "dead" not in await settled(database)
    assert len(wire.calls) == 2


async def test_an_answer_names_what_it_answers_even_when_that_is_gone(database: Database) -> None:
    wire = Wire()
    await outcome(database, wire, replace(HELLO, reply_to=33))
    [call] = wire.calls
    assert isinstance(call.method, SendMessage)
    reply = call.method.reply_parameters
    assert reply is not None
    assert (reply.message_id, reply.allow_sending_without_reply) == (33, True)


async def test_files_follow_their_text_and_a_failure_does_not_repeat_what_arrived(
    database: Database,
) -> None:
    failure = [lambda m: TelegramServerError(method=m, message="Bad Gateway")]
    wire = Wire(plan(None, None, *failure))
    assert await outcome(database, wire, replace(HELLO, kind="week")) == {"sent": 1}
    names = [call.name for call in wire.calls]
    assert names == ["sendMessage", "sendPhoto", "sendDocument", "sendDocument"]


async def test_a_letter_whose_right_is_gone_is_not_sent(database: Database) -> None:
    wire = Wire()
    assert await outcome(database, wire, replace(HELLO, kind="revoked")) == {"dead": 1}
    assert wire.calls == []


async def test_a_presenter_s_bug_is_tried_five_times_and_costs_others_nothing(
    database: Database,
) -> None:
    presenter = Telling(fails=TRIES)
    letters = (HELLO, replace(HELLO, kind="second"))
    assert await outcome(database, Wire(), *letters, presenter=presenter) == {"dead": 1, "sent": 1}
    assert len(presenter.seen) == TRIES + 1


async def test_a_letter_left_half_sent_is_sent_by_the_next_process(database: Database) -> None:
    await put(database, HELLO)
    async with database.aside() as work:
        await work.outbox.lease(await work.outbox.heads(busy=(), limit=9))
    wire = Wire()
    async with sending(database, wire):
        assert await settled(database) == {"sent": 1}


async def test_while_a_suspect_of_crashes_is_in_flight_nobody_else_leaves(
    database: Database,
) -> None:
    await put(database, HELLO, replace(HELLO, chat=OLEG, kind="suspect"))
    async with database.aside() as work:
        mine = outbox.c.kind == "suspect"
        await work.connection.execute(update(outbox).where(mine).values(crashes=SUSPECTED))
    wire = Wire()
    async with sending(database, wire):
        assert await settled(database) == {"sent": 2}
    assert wire.sent() == ["<b>suspect</b>", "<b>hello</b>"]


async def test_draining_sends_what_is_due(database: Database) -> None:
    wire = Wire()
    sender = Sender(
        bot=bot_over(wire),
        database=database,
        presenter=Telling(),
        limits=QUIET,
        stop=asyncio.Event(),
    )
    await put(database, *(replace(HELLO, kind=str(number)) for number in range(5)))
    sender.stop.set()
    await sender.drain(5)
    assert len(wire.calls) == 5


def test_a_bug_of_ours_is_told_from_a_failure_of_theirs() -> None:
    assert judge(KeyError()) is Verdict.BROKEN
