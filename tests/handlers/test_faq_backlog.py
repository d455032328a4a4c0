"""/faq: questions without an answer, grouped, answered once for all who asked."""

import pytest

from services.consultation.unanswered import ANSWERED
from services.ids import ChatId, SchoolId
from services.outgoing import Letter
from storage.database import Database
from tests.conftest import FrozenClock
from tests.handlers.conversation import Conversation
from tests.handlers.faq_steps import (
    ANSWER,
    COLLEAGUE,
    KEY,
    OWNER,
    STRANGER,
    TEACHER,
    Base,
    base_of,
)

SCHOOL = SchoolId(1)
OTHER_WORDS = "у кого ключ от спортзала"
ELEPHANT = "почём нынче слоны"
SAVE, SAME, ASIDE = "Ответить и сохранить", "Это то же, что…", "Ответ не нужен"


@pytest.fixture
async def base(talk: Conversation, database: Database) -> Base:
    return await base_of(talk, database)


@pytest.fixture
async def asked(base: Base) -> Base:
    """Two teachers want the key, one of them twice; one wants an elephant."""
    await base.ask(KEY)
    await base.ask(KEY)
    await base.ask(OTHER_WORDS, user=COLLEAGUE)
    await base.ask(ELEPHANT)
    await base.type("/faq")
    return base


async def test_questions_that_ask_the_same_stand_together_with_their_number(asked: Base) -> None:
    listed = await asked.press("Без ответа: 3")
    assert "<b>2 вопроса без ответа</b>" in listed.text
    assert list(listed.buttons)[:2] == [f"3 · {KEY}", f"1 · {ELEPHANT}"]
    group = await asked.press("3 · ")
    assert f"<b>{KEY}</b> (2 раза)" in group.text
    assert f"<b>{OTHER_WORDS}</b>" in group.text
    assert "Ким" not in group.text


async def test_one_answer_reaches_all_who_asked_and_stays(asked: Base) -> None:
    await asked.press("Без ответа", "3 · ", SAVE)
    said = await asked.talk.tell(OWNER, ANSWER)

    by_chat = {one.chat: one.text for one in said}
    assert set(by_chat) == {OWNER, TEACHER, COLLEAGUE}
    assert "его получат 2 коллеги" in by_chat[OWNER]
    assert f"Вы спрашивали: «{KEY}»" in by_chat[TEACHER]
    assert f"Вы спрашивали: «{OTHER_WORDS}»" in by_chat[COLLEAGUE]
    assert ANSWER in by_chat[TEACHER]
    assert ANSWER in (await asked.ask(OTHER_WORDS)).text
    assert "Без ответа: 1" in (await asked.type("/faq")).buttons


async def test_the_answered_entry_is_at_hand_and_found_by_all_its_wordings(asked: Base) -> None:
    await asked.press("Без ответа", "3 · ", SAVE)
    await asked.type(ANSWER)
    card = await asked.press("Открыть статью")
    assert f"<b>{KEY}</b>" in card.text
    assert f"✕ {OTHER_WORDS}" in (await asked.press("Синонимы")).buttons


async def test_it_is_the_same_as_an_entry(asked: Base) -> None:
    await asked.press("Без ответа", "3 · ")
    offered = await asked.press(SAME)
    assert "Какая статья на это отвечает?" in offered.text
    offered = await asked.type("поставить отметку за прошедшую дату")
    question = "Как поставить отметку за прошедшую дату?"
    said = await asked.pressed(question)

    assert {one.chat for one in said} == {OWNER, TEACHER, COLLEAGUE}
    [told] = [one for one in said if one.chat == TEACHER]
    assert f"<b>{question}</b>" in told.text
    assert f"<b>{question}</b>" in (await asked.ask(OTHER_WORDS)).text


async def test_one_wording_is_answered_without_those_like_it(asked: Base) -> None:
    await asked.press("Без ответа", "3 · ", f"Только: {OTHER_WORDS}")
    await asked.press(SAVE)
    said = await asked.talk.tell(OWNER, ANSWER)
    assert {one.chat for one in said} == {OWNER, COLLEAGUE}
    assert "Без ответа: 2" in (await asked.type("/faq")).buttons


async def test_what_needs_no_answer_is_put_aside_and_comes_back(asked: Base) -> None:
    await asked.press("Без ответа", "1 · ")
    assert "больше не покажу" in (await asked.press(ASIDE)).text
    await asked.ask(ELEPHANT)
    assert "Без ответа: 2" in (await asked.type("/faq")).buttons
    await asked.press("Без ответа", "3 · ", ASIDE)
    back = await asked.press("Вернуть")
    assert next(iter(back.buttons)) == f"3 · {KEY}"
    assert f"2 · {ELEPHANT}" not in back.buttons


async def test_nobody_is_told_twice(asked: Base) -> None:
    await asked.ask(OTHER_WORDS)
    await asked.type("/faq")
    await asked.press("Без ответа", "4 · ", SAVE)
    said = await asked.talk.tell(OWNER, ANSWER)
    assert [one.chat for one in said].count(TEACHER) == 1


async def test_the_administrator_is_not_told_their_own_answer(base: Base) -> None:
    await base.type(KEY)
    await base.type("/faq")
    await base.press("Без ответа", "1 · ", SAVE)
    [said] = await base.talk.tell(OWNER, ANSWER)
    assert "Отправил ответ" not in said.text


async def test_whoever_left_the_school_is_not_told(
    asked: Base, database: Database, clock: FrozenClock
) -> None:
    async with database.unit_of_work() as work:
        [gone] = [one for one in await work.people.list(SCHOOL, clock.now()) if one.user == TEACHER]
        await work.people.revoke(SCHOOL, gone.id, clock.now())
    await asked.press("Без ответа", "3 · ", SAVE)
    said = await asked.talk.tell(OWNER, ANSWER)
    assert {one.chat for one in said} == {OWNER, COLLEAGUE}


async def test_rights_are_asked_again_when_the_answer_leaves(
    asked: Base,
) -> None:
    """What the administrator hides before it is sent does not arrive."""
    await asked.press("Без ответа", "1 · ", SAVE)
    unanswered = asked.talk.provided["unanswered"]
    actor = (await asked.talk.provided["people"].recognise(user=OWNER, chat=OWNER)).actor
    [group, *_] = [g for g in await unanswered.groups(actor) if g.lead.text == ELEPHANT]
    done = await unanswered.answer(actor, group.lead.id, ANSWER)
    await asked.talk.provided["editing"].withdraw(actor, done.entry)
    assert await asked.talk.deliver() == []


async def test_whoever_moved_to_another_school_gets_no_answer_of_this_one(
    base: Base, database: Database, clock: FrozenClock
) -> None:
    async with database.unit_of_work() as work:
        other = await work.schools.add(name="", timezone="Europe/Moscow", at=clock.now())
        await work.outbox.put(
            Letter(
                school=other,
                chat=ChatId(TEACHER),
                kind=ANSWERED,
                view={"asked": KEY, "entry": "public-access"},
            )
        )
    assert await base.talk.deliver() == []


async def test_a_stranger_s_question_waits_too_but_nobody_is_told(base: Base) -> None:
    await base.ask(KEY, user=STRANGER)
    await base.type("/faq")
    await base.press("Без ответа: 1", "1 · ", SAVE)
    said = await base.talk.tell(OWNER, ANSWER)
    assert {one.chat for one in said} == {OWNER}


async def test_a_question_answered_meanwhile_is_gone(asked: Base) -> None:
    group = await asked.press("Без ответа", "1 · ")
    await asked.press(SAVE)
    await asked.type(ANSWER)
    for label in (SAVE, SAME, ASIDE):
        [said] = await asked.talk.press(OWNER, group.buttons[label])
        assert "уже не ждёт" in said.text
    [said] = await asked.talk.press(OWNER, "fb:r:3:0")
    assert "уже не ждёт" in said.text


async def test_a_withdrawn_entry_is_no_answer(asked: Base) -> None:
    group = await asked.press("Без ответа", "3 · ")
    number = group.buttons[SAME].split(":")[2]
    await asked.talk.press(OWNER, "fe:w:marks-past-date")
    for entry in ("marks-past-date", "nosuch"):
        [said] = await asked.talk.press(OWNER, f"fc:{number}:{entry}:0")
        assert said.text == "Этой статьи больше нет."


async def test_words_of_an_entry_become_no_alias_twice(asked: Base) -> None:
    group = await asked.press("Без ответа", "1 · ")
    number = group.buttons[SAME].split(":")[2]
    await asked.open("Как поставить отметку за прошедшую дату?")
    await asked.press("Синонимы", "Добавить синоним")
    await asked.type(ELEPHANT)
    said = await asked.talk.press(OWNER, f"fc:{number}:marks-past-date:0")
    assert any("Сохранено" in one.text for one in said)


async def test_the_card_of_the_day_leads_to_the_questions(base: Base) -> None:
    said = await base.talk.tell(TEACHER, KEY)
    [card] = [one for one in said if one.chat == OWNER]
    base.at = card
    assert "<b>1 вопрос без ответа</b>" in (await base.press("Вопросы без ответа")).text


async def test_a_long_question_is_answered_by_its_beginning(base: Base) -> None:
    await base.ask(f"{KEY} {'и ещё расскажите про погоду ' * 40}")
    await base.type("/faq")
    await base.press("Без ответа: 1", "1 · ", SAVE)
    await base.type(ANSWER)
    assert f"<b>{KEY} и ещё" in (await base.press("Открыть статью")).text


async def test_an_empty_backlog_says_so(base: Base) -> None:
    await base.type("/faq")
    [said] = await base.talk.press(OWNER, "fq:b:1")
    assert "На все вопросы есть ответы" in said.text


async def test_an_unfit_answer_is_asked_for_again(asked: Base) -> None:
    await asked.press("Без ответа", "1 · ", SAVE)
    assert "Не вижу здесь слов" in (await asked.type("!!!")).text
    assert "Сохранено" in (await asked.type(ANSWER)).text
