"""What people send instead of a question: always one answer, never a guess or a traceback."""

from datetime import UTC, datetime

import pytest
from aiogram.types import MessageOriginUser
from teremok import MockMessagePhoto, MockMessageVoice, MockUser

from services.ids import SchoolId
from storage.database import Database
from tests.handlers.conversation import Conversation, written
from tests.handlers.faq_steps import OWNER, TEACHER, Base, base_of

SCHOOL = SchoolId(1)
PAST = "как поставить отметку за прошлую дату"
FOUND = "<b>Как поставить отметку за прошедшую дату?</b>"
ORIGIN = MessageOriginUser(date=datetime(2026, 11, 1, tzinfo=UTC), sender_user=MockUser(6))


@pytest.fixture
async def base(talk: Conversation, database: Database) -> Base:
    return await base_of(talk, database)


@pytest.mark.parametrize(
    "text",
    [" ", "\u200b", "\n\n", "а", "7", "?", "💡🙂👍", "🇷🇺"],
    ids=["blank", "unseen", "lines", "letter", "digit", "sign", "emoji", "flag"],
)
async def test_what_asks_nothing_is_answered_and_kept_nowhere(
    base: Base, database: Database, text: str
) -> None:
    message = written(text, MockUser(TEACHER))
    [said] = await base.talk.send(message)
    assert said.reply_to == message.message_id
    assert "своими словами" in said.text
    async with database.reading() as work:
        assert await work.backlog.waiting(SCHOOL) == []


@pytest.mark.parametrize(
    "text",
    [
        "'; DROP TABLE consultation_entries; --",
        '"отметка" AND NEAR(дата, 2) OR * NOT {x}: ^',
        "<script>alert(1)</script> <a href='x'>&amp;</b>",
        "{{ 7 * 7 }} {% include 'x' %} %(count)s %s {0}",
        "отметка\x00дата",
        "слово " * 660,
        "а" * 4000,
        "<b>" * 1333,
        "\u202eатад яаншорп",
    ],
    ids=["sql", "fts", "html", "template", "nul", "long", "one word", "tags", "backwards"],
)
async def test_a_strange_text_is_answered_like_any_other(base: Base, text: str) -> None:
    message = written(text, MockUser(TEACHER))
    said = await base.talk.send(message)
    [mine] = [one for one in said if one.chat == TEACHER]
    assert mine.reply_to == message.message_id
    assert all(len(one.text) <= 4000 for one in said)
    assert FOUND in (await base.ask(PAST)).text


async def test_markup_in_a_question_is_shown_to_the_administrator_as_text(base: Base) -> None:
    said = await base.talk.tell(TEACHER, "почём <b>слоны</b> & <script>")
    [card] = [one for one in said if one.chat == OWNER]
    assert "почём &lt;b&gt;слоны&lt;/b&gt; &amp; &lt;script&gt;" in card.text
    await base.type("/faq")
    await base.press("Без ответа")
    assert "&lt;b&gt;слоны" in (await base.press("1 · ")).text


async def test_a_picture_s_caption_is_its_question(base: Base) -> None:
    photo = MockMessagePhoto(user=MockUser(TEACHER)).model_copy(update={"caption": PAST})
    [said] = await base.talk.send(photo)
    assert FOUND in said.text


async def test_a_forwarded_question_is_answered_with_what_to_do(base: Base) -> None:
    message = written(PAST, MockUser(TEACHER), forward_origin=ORIGIN)
    [said] = await base.talk.send(message)
    assert said.reply_to == message.message_id
    assert "своими словами" in said.text


async def test_a_forwarded_text_edits_nothing(base: Base) -> None:
    await base.open("Как поставить отметку за прошедшую дату?")
    await base.press("Ответ")
    [said] = await base.talk.tell(OWNER, "чужой ответ", forward_origin=ORIGIN)
    assert "пересланное" in said.text
    assert "чужой ответ" not in (await base.ask(PAST)).text


async def test_a_voice_message_is_told_what_to_do(base: Base) -> None:
    for user in (OWNER, TEACHER, 9):
        message = MockMessageVoice(user=MockUser(user))
        [said] = await base.talk.send(message)
        assert said.reply_to == message.message_id
        assert "Голосовые сообщения слушать не умею" in said.text
        assert "микрофон на клавиатуре" in said.text
        assert "файлом" not in said.text


async def test_a_voice_message_is_no_answer_for_the_base(base: Base) -> None:
    await base.type("/faq")
    await base.press("Новая статья")
    [said] = await base.talk.send(MockMessageVoice(user=MockUser(OWNER)))
    assert "Голосовые" in said.text
    assert "Теперь напишите ответ" in (await base.type("где взять ключ")).text
