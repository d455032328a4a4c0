"""Groups, privacy of groups, unread counters, the clock, and HTML of messages."""

from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from aiogram.exceptions import TelegramForbiddenError

from bot.sandbox import view
from bot.sandbox.clock import next_weekday
from bot.sandbox.entities import detect, to_html
from bot.sandbox.errors import ImpossibleDeedError
from bot.sandbox.markup import parse
from bot.sandbox.world import World
from tests.bot.sandbox.stage import CLERK, STRANGER, TEACHER, bot_of, clock

MOSCOW = ZoneInfo("Europe/Moscow")


def group_of(world: World) -> int:
    return next(chat.id for chat in world.chats.values() if not chat.private)


async def test_joining_a_group_tells_the_bot_who_let_it_in(world: World) -> None:
    group, bot = group_of(world), bot_of(world)
    with pytest.raises(TelegramForbiddenError):
        await bot.send_message(group, "рано")
    world.add_to_group(group, by=CLERK)
    change, service = await bot.get_updates()
    assert change.my_chat_member is not None
    assert change.my_chat_member.from_user.id == CLERK
    assert change.my_chat_member.old_chat_member.status == "left"
    assert change.my_chat_member.new_chat_member.status == "member"
    assert service.message is not None
    assert service.message.new_chat_members is not None
    assert (await bot.send_message(group, "пора")).chat.type == "supergroup"


async def test_a_bot_that_was_shown_out_or_left_hears_nothing(world: World) -> None:
    group, bot = group_of(world), bot_of(world)
    world.add_to_group(group, by=CLERK)
    await bot.leave_chat(group)
    world.add_to_group(group, by=CLERK)
    world.add_to_group(group, by=CLERK, status="left")
    seen = len(world.updates)
    world.send_text(CLERK, group, "/week")
    assert len(world.updates) == seen
    with pytest.raises(TelegramForbiddenError):
        await bot.get_chat_administrators(group)


async def test_in_a_group_only_what_is_meant_for_the_bot_reaches_it(world: World) -> None:
    group, bot = group_of(world), bot_of(world)
    world.add_to_group(group, by=CLERK)
    own = await bot.send_message(group, "Сводка")
    world.updates.drop()
    for text in ("между собой", "/week@other_bot", "см. 3/week"):
        world.send_text(TEACHER, group, text)
    for text in ("/week", "/week@yozh_bot 47", "@yozh_bot как дела"):
        world.send_text(TEACHER, group, text)
    world.send_text(TEACHER, group, "спасибо", reply_to=own.message_id)
    heard = [one.message.text for one in await bot.get_updates() if one.message]
    assert heard == ["/week", "/week@yozh_bot 47", "@yozh_bot как дела", "спасибо"]


async def test_an_administrator_bot_hears_all(world: World) -> None:
    group = group_of(world)
    world.add_to_group(group, by=CLERK, status="administrator")
    world.updates.drop()
    world.send_text(TEACHER, group, "между собой")
    assert len(world.updates) == 1


async def test_statuses_of_a_group_are_told(world: World) -> None:
    group, bot = group_of(world), bot_of(world)
    world.add_to_group(group, by=CLERK, status="administrator")
    everybody = [await bot.get_chat_member(group, one) for one in (CLERK, TEACHER, STRANGER)]
    leaders = [one.user.id for one in await bot.get_chat_administrators(group)]
    assert [one.status for one in everybody] == ["creator", "member", "left"]
    assert leaders == [CLERK, bot.id]


async def test_unread_counts_what_others_wrote_since_reading(world: World) -> None:
    group = world.chats[group_of(world)]
    world.send_text(CLERK, group.id, "раз")
    world.send_text(CLERK, group.id, "два")
    assert (group.unread(CLERK), group.unread(TEACHER)) == (0, 2)
    world.read(TEACHER, group.id)
    assert group.unread(TEACHER) == 0


async def test_numbers_of_messages_are_per_group_and_shared_by_private_chats(world: World) -> None:
    group = group_of(world)
    numbers = [
        world.send_text(CLERK, CLERK, "а")["message_id"],
        world.send_text(TEACHER, TEACHER, "б")["message_id"],
        world.send_text(CLERK, group, "в")["message_id"],
    ]
    assert numbers == [1, 2, 1]


async def test_an_edit_by_a_person_is_an_edited_message(world: World) -> None:
    sent = world.send_text(TEACHER, TEACHER, "опечатка")
    world.edit_text(TEACHER, sent, "правка")
    _, edited = await bot_of(world).get_updates()
    assert edited.edited_message is not None
    assert edited.edited_message.text == "правка"
    with pytest.raises(ImpossibleDeedError):
        world.edit_text(CLERK, sent, "чужое")


@pytest.mark.parametrize("text", ["", "  \n", "я" * 4097])
async def test_no_client_sends_an_empty_or_endless_text(world: World, text: str) -> None:
    with pytest.raises(ImpossibleDeedError):
        world.send_text(TEACHER, TEACHER, text)


async def test_a_stranger_is_not_in_the_group(world: World) -> None:
    with pytest.raises(ImpossibleDeedError):
        world.send_text(STRANGER, group_of(world), "привет")


@pytest.mark.parametrize(
    ("now", "friday"),
    [
        ("2026-11-20T10:00", "2026-11-20T13:00"),
        ("2026-11-20T13:00", "2026-11-27T13:00"),
        ("2026-11-21T05:00", "2026-11-27T13:00"),
        ("2026-11-19T22:30", "2026-11-20T13:00"),
    ],
)
def test_friday_is_the_next_one_by_the_schools_zone(now: str, friday: str) -> None:
    moment = datetime.fromisoformat(now).replace(tzinfo=UTC)
    found = next_weekday(moment, weekday=4, at=time(16), zone=MOSCOW)
    assert found == datetime.fromisoformat(friday).replace(tzinfo=UTC)


def test_the_clock_moves_forward_only() -> None:
    moving = clock()
    moving.move_to(datetime(2026, 11, 20, 13, tzinfo=UTC))
    assert moving.now() == datetime(2026, 11, 20, 13, tzinfo=UTC)
    with pytest.raises(ValueError, match="forward"):
        moving.move(timedelta(seconds=-1))


@pytest.mark.parametrize(
    ("source", "shown"),
    [
        ("<b>а <i>б</i></b>", "<b>а <i>б</i></b>"),
        ("<strong>а</strong><del>б</del>", "<b>а</b><s>б</s>"),
        ("&lt;script&gt;alert(1)&lt;/script&gt;", "&lt;script&gt;alert(1)&lt;/script&gt;"),
        ("&lt;img src=x onerror=alert(1)&gt;", "&lt;img src=x onerror=alert(1)&gt;"),
        ('<a href="javascript:alert(1)">а</a>', "а"),
        ('<a href="JaVaScRiPt:alert(1)">а</a>', "а"),
        ('<a href="data:text/html,x">а</a>', "а"),
        (
            '<a href="https://ya.ru/?a&amp;b=%22">а</a>',
            '<a href="https://ya.ru/?a&amp;b=%22" target="_blank" rel="noopener noreferrer">а</a>',
        ),
        ('<b onclick="alert(1)">а</b>', "<b>а</b>"),
        ("🦔 <code>&amp;lt;</code>", "🦔 <code>&amp;lt;</code>"),
        ("<tg-spoiler>а</tg-spoiler>", '<tg-spoiler tabindex="0">а</tg-spoiler>'),
        ("<blockquote expandable>а</blockquote>", "<blockquote>а</blockquote>"),
        ("а\n<blockquote>б\n</blockquote>\n\nв", "а<blockquote>б\n</blockquote>\nв"),
        ("см. /my", 'см. <a class="command" href="#" role="button">/my</a>'),
        ("<code>/my</code> 1/2", "<code>/my</code> 1/2"),
    ],
)
def test_html_of_a_message_is_of_the_allow_list(source: str, shown: str) -> None:
    marked = parse(source).trimmed()
    assert to_html(marked.text, detect(marked.text, marked.entities)) == shown


def test_links_are_measured_in_utf_16() -> None:
    assert detect("🦔 https://ya.ru.") == [{"type": "url", "offset": 3, "length": 13}]


def test_crossing_entities_lose_the_tag_and_no_letter() -> None:
    crossing = [
        {"type": "bold", "offset": 0, "length": 3},
        {"type": "italic", "offset": 2, "length": 3},
    ]
    assert to_html("абвгд", crossing) == "<b>абв</b>гд"


def test_blank_edges_are_cut_with_their_entities() -> None:
    marked = parse("\n <b> а</b>  ").trimmed()
    assert (marked.text, marked.entities) == ("а", [{"type": "bold", "offset": 0, "length": 1}])


async def test_a_message_is_shown_by_plain_facts(world: World) -> None:
    world.send_document(CLERK, CLERK, "Журнал.xlsx", b"12345", caption="вот /my")
    chat = world.chats[CLERK]
    (raw,) = chat.messages.values()
    shown = view.message(chat, raw)
    assert (shown["document"]["name"], shown["document"]["size"]) == ("Журнал.xlsx", 5)
    assert shown["plain"] == "вот /my"
    assert shown["author"] == {"id": CLERK, "name": "Марина Орлова", "bot": False}
