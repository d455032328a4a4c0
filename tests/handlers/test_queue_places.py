"""The queue in a bound group: one card a ticket, a topic where the group has topics."""

from collections.abc import Awaitable, Callable
from typing import Any

import pytest
from aiogram import Bot
from aiogram.exceptions import TelegramBadRequest
from aiogram.methods import (
    CloseForumTopic,
    CreateForumTopic,
    EditMessageText,
    GetChat,
    ReopenForumTopic,
    SendMessage,
    TelegramMethod,
)
from aiogram.types import AcceptedGiftTypes, ChatFullInfo, ForumTopic

from services.binding import BoundChat
from services.ids import ChatId
from storage.database import Database
from tests.conftest import FrozenClock
from tests.handlers.conversation import Conversation
from tests.handlers.desk import DEPUTY, OWNER, SCHOOL, TEACHER, Desk, said, to

GROUP, THREAD = -100, 77
WORDS = "Пропал Сидоренко"


class Forum:
    """A group that may have topics, and may not let the bot make any.

    Topics are numbered from ``THREAD``; ``gone`` ones were deleted by somebody.
    """

    def __init__(self, *, topics: bool = True, refuses: bool = False) -> None:
        self.topics, self.refuses = topics, refuses
        self.made, self.closed, self.gone = 0, set[int](), set[int]()

    async def __call__(
        self,
        make_request: Callable[[Bot, TelegramMethod[Any]], Awaitable[Any]],
        bot: Bot,
        method: TelegramMethod[Any],
    ) -> Any:
        if isinstance(method, GetChat):
            if not self.topics:
                raise TelegramBadRequest(method=method, message="Bad Request: chat not found")
            return ChatFullInfo(
                id=GROUP,
                type="supergroup",
                accent_color_id=0,
                max_reaction_count=0,
                accepted_gift_types=AcceptedGiftTypes(
                    unlimited_gifts=False,
                    limited_gifts=False,
                    unique_gifts=False,
                    premium_subscription=False,
                    gifts_from_channels=False,
                ),
                is_forum=True,
            )
        if isinstance(method, CreateForumTopic):
            if self.refuses:
                words = "Bad Request: not enough rights to create a topic"
                raise TelegramBadRequest(method=method, message=words)
            self.made += 1
            thread = THREAD + self.made - 1
            return ForumTopic(message_thread_id=thread, name=method.name, icon_color=0)
        self._look(method)
        return await make_request(bot, method)

    def _look(self, method: TelegramMethod[Any]) -> None:
        """The messenger's own words for topics that are gone, or are as asked already."""
        thread = getattr(method, "message_thread_id", None)
        if isinstance(method, SendMessage) and thread in self.gone:
            raise TelegramBadRequest(method=method, message="Bad Request: message thread not found")
        if isinstance(method, EditMessageText) and self.gone and method.chat_id == GROUP:
            raise TelegramBadRequest(
                method=method, message="Bad Request: message to edit not found"
            )
        if isinstance(method, CloseForumTopic | ReopenForumTopic):
            if thread in self.gone:
                raise TelegramBadRequest(method=method, message="Bad Request: TOPIC_ID_INVALID")
            change = self.closed.add if isinstance(method, CloseForumTopic) else self.closed.remove
            change(method.message_thread_id)


@pytest.fixture
async def desk(talk: Conversation, database: Database, clock: FrozenClock) -> Desk:
    made = Desk(talk, database, clock)
    await made.people()
    await bound(database, clock)
    return made


async def bound(database: Database, clock: FrozenClock, topic: int | None = None) -> None:
    async with database.unit_of_work() as work:
        group = BoundChat(
            school=SCHOOL,
            chat=ChatId(GROUP),
            title="Администрация",
            topic=topic,
            bound_by=None,
            bound_at=clock.now(),
        )
        await work.bound_chats.put(group)


async def chosen(desk: Desk, forum: Forum) -> str:
    """What the administrator reads after choosing the group."""
    desk.talk.bot.session.middleware(forum)
    [queue] = to(await desk.tell(OWNER, "/queue"), OWNER)
    [asked] = to(await desk.press(OWNER, queue.buttons["Показывать в группе"]), OWNER)
    [done] = to(await desk.press(OWNER, asked.buttons["Администрация"]), OWNER)
    assert "✓ Администрация" in done.buttons
    return done.text


def calls(desk: Desk, kind: type[TelegramMethod[Any]]) -> list[Any]:
    found = [one.method for one in desk.told if isinstance(one.method, kind)]
    return [one for one in found if getattr(one, "chat_id", None) == GROUP]


def in_group(desk: Desk) -> list[TelegramMethod[Any]]:
    """What was posted or made there."""
    found = [one.method for one in desk.told if one.chat == GROUP]
    return [one for one in found if not isinstance(one, GetChat)]


async def test_nothing_stands_in_a_group_until_it_is_chosen(desk: Desk) -> None:
    await desk.opened()
    assert not in_group(desk)


async def test_a_ticket_gets_a_topic_with_a_card_that_is_edited(desk: Desk) -> None:
    assert "своя тема" in await chosen(desk, Forum())
    await desk.opened(TEACHER, WORDS)

    [topic] = calls(desk, CreateForumTopic)
    assert topic.name == "№ 1 · Не тот список"
    [card] = calls(desk, SendMessage)
    assert card.message_thread_id == THREAD
    assert card.text.splitlines() == ["<b>№ 1</b> · Не тот список · новое"]

    await desk.press(OWNER, "tk:t:1")
    assert len(calls(desk, SendMessage)) == 1
    assert "В работе: Орлова Анна" in calls(desk, EditMessageText)[-1].text
    assert len(calls(desk, CreateForumTopic)) == 1


async def test_the_topic_ends_with_the_ticket(desk: Desk) -> None:
    await chosen(desk, Forum())
    await desk.opened()
    await desk.press(OWNER, "tk:c:1")
    [ended] = calls(desk, CloseForumTopic)
    assert ended.message_thread_id == THREAD
    await desk.press(TEACHER, "tr:1:5")
    assert len(calls(desk, CloseForumTopic)) == 1


async def test_a_ticket_opened_again_opens_its_topic(desk: Desk) -> None:
    forum = Forum()
    await chosen(desk, forum)
    await desk.opened()
    await desk.press(OWNER, "tk:c:1")
    assert forum.closed == {THREAD}
    desk.clock.move(days=13)
    told = await desk.press(TEACHER, "to:r:1:1")
    assert not forum.closed
    [again] = calls(desk, ReopenForumTopic)
    assert again.message_thread_id == THREAD
    assert "Открыто снова" in calls(desk, EditMessageText)[-1].text
    assert any("Открыто снова" in one.text for one in told if one.chat == OWNER)

    await desk.press(OWNER, "tk:v:1")
    await desk.press(TEACHER, "to:r:1:1")
    assert len(calls(desk, ReopenForumTopic)) == 1


async def test_a_word_of_the_author_opens_the_topic_as_well(desk: Desk) -> None:
    forum = Forum()
    await chosen(desk, forum)
    opened = await desk.opened()
    for _ in range(2):
        desk.clock.move(minutes=1)
        await desk.press(OWNER, "tk:c:1")
        assert forum.closed == {THREAD}
        await desk.reply(TEACHER, said(opened, TEACHER, "№ 1"), "Опять пропал")
        assert not forum.closed
    await desk.press(OWNER, "tk:c:1")
    assert "Открыто снова" not in calls(desk, EditMessageText)[-1].text


async def test_a_topic_that_is_gone_is_made_anew_when_the_ticket_is_opened_again(
    desk: Desk,
) -> None:
    forum = Forum()
    await chosen(desk, forum)
    await desk.opened()
    await desk.press(OWNER, "tk:c:1")
    forum.gone.add(THREAD)
    await desk.press(TEACHER, "to:r:1:1")
    assert forum.made == 2
    cards = calls(desk, SendMessage)
    assert [one.message_thread_id for one in cards] == [THREAD, THREAD + 1]
    forum.gone.clear()
    desk.clock.move(minutes=1)
    await desk.press(OWNER, "tk:c:1")
    assert forum.closed == {THREAD, THREAD + 1}


async def test_a_topic_deleted_under_an_open_ticket_is_made_anew(desk: Desk) -> None:
    forum = Forum()
    await chosen(desk, forum)
    await desk.opened()
    forum.gone.add(THREAD)
    await desk.press(OWNER, "tk:t:1")
    assert forum.made == 2
    assert calls(desk, SendMessage)[-1].message_thread_id == THREAD + 1
    assert "Орлова" in calls(desk, SendMessage)[-1].text


async def test_a_topic_deleted_after_its_ticket_stays_gone(desk: Desk) -> None:
    forum = Forum()
    await chosen(desk, forum)
    await desk.opened()
    await desk.press(OWNER, "tk:c:1")
    forum.gone.add(THREAD)
    await desk.press(TEACHER, "tr:1:5")
    assert forum.made == 1


async def test_neither_the_author_nor_a_word_stands_in_the_group(desk: Desk) -> None:
    await chosen(desk, Forum())
    await desk.opened(TEACHER, WORDS)
    await desk.press(OWNER, "tk:r:1")
    await desk.tell(OWNER, "Сидоренко вернули")
    posted = [str(one) for one in in_group(desk)]
    assert posted
    assert not [one for one in posted if "Сидоренко" in one or "Ким" in one]


async def test_a_group_without_topics_has_plain_cards(desk: Desk) -> None:
    assert "своя карточка" in await chosen(desk, Forum(topics=False))
    await desk.opened()
    assert not calls(desk, CreateForumTopic)
    [card] = calls(desk, SendMessage)
    assert card.message_thread_id is None
    await desk.press(OWNER, "tk:c:1")
    assert not calls(desk, CloseForumTopic)


async def test_where_no_topic_can_be_made_the_card_stands_in_the_common_one(
    desk: Desk, clock: FrozenClock
) -> None:
    await bound(desk.database, clock, topic=5)
    await chosen(desk, Forum(refuses=True))
    await desk.opened()
    [card] = calls(desk, SendMessage)
    assert card.message_thread_id == 5
    await desk.press(OWNER, "tk:c:1")
    assert not calls(desk, CloseForumTopic)


async def test_the_queue_leaves_the_group_by_a_press(desk: Desk) -> None:
    await chosen(desk, Forum())
    told = await desk.press(OWNER, "th:0")
    assert "В какой группе" in to(told, OWNER)[-1].text
    await desk.opened()
    assert not in_group(desk)


async def test_a_card_that_waits_is_not_sent_to_a_group_that_was_left(desk: Desk) -> None:
    await chosen(desk, Forum())
    async with desk.database.unit_of_work() as work:
        await work.bound_chats.drop(ChatId(GROUP))
    await desk.opened()
    assert not in_group(desk)


async def test_a_foreign_group_is_not_chosen(desk: Desk) -> None:
    told = await desk.press(OWNER, "th:-999")
    assert "не привязана" in told[-1].text
    told = await desk.press(DEPUTY, "th:-100")
    assert "Администрация" not in told[-1].text


async def test_without_a_group_the_way_to_one_is_told(desk: Desk) -> None:
    async with desk.database.unit_of_work() as work:
        await work.bound_chats.drop(ChatId(GROUP))
    [asked] = to(await desk.press(OWNER, "tj"), OWNER)
    assert "/bind" in asked.text
    assert list(asked.buttons) == ["К очереди"]


async def test_a_group_that_became_a_supergroup_keeps_the_queue(desk: Desk) -> None:
    await chosen(desk, Forum(topics=False))
    await desk.talk.provided["binding"].moved(ChatId(GROUP), ChatId(-200))
    await desk.opened()
    assert [
        one.chat for one in desk.told if "Не тот список" in one.text and (one.chat or 0) < 0
    ] == [-200]
