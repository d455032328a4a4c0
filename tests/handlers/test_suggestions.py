"""A teacher suggests an answer; the administrator accepts it or says why not."""

import pytest

from storage.database import Database
from tests.handlers.conversation import Conversation, Said
from tests.handlers.faq_steps import ANSWER, COLLEAGUE, KEY, OWNER, TEACHER, Base, base_of

GONE = "По этому предложению уже решили, или автор его отозвал."


@pytest.fixture
async def base(talk: Conversation, database: Database) -> Base:
    return await base_of(talk, database)


async def suggest(base: Base, question: str = KEY) -> tuple[Said, Said]:
    """What the author and the administrator see."""
    [topics] = await base.talk.tell(TEACHER, "/ask")
    [asked] = await base.talk.press(TEACHER, topics.buttons["Предложить ответ"])
    assert "На какой вопрос" in asked.text
    [asked] = await base.talk.tell(TEACHER, question)
    assert f"<b>{question}</b>" in asked.text
    said = await base.talk.tell(TEACHER, ANSWER)
    return (
        next(one for one in said if one.chat == TEACHER),
        next(one for one in said if one.chat == OWNER),
    )


async def test_an_accepted_suggestion_answers_and_its_author_is_told(base: Base) -> None:
    sent, card = await suggest(base)
    assert "Расскажу, что он решит" in sent.text
    assert "Предлагает Ким Олег Викторович" in card.text
    assert ANSWER in card.text

    said = await base.talk.press(OWNER, card.buttons["Принять"])

    assert f"теперь в базе: «{KEY}»" in next(one.text for one in said if one.chat == TEACHER)
    assert "К списку" in next(one for one in said if one.chat == OWNER).buttons
    assert ANSWER in (await base.ask(KEY, user=COLLEAGUE)).text


async def test_a_refused_one_comes_back_with_the_reason(base: Base) -> None:
    _, card = await suggest(base)
    [asked] = await base.talk.press(OWNER, card.buttons["Отказать"])
    assert "Ким Олег Викторович" in asked.text
    said = await base.talk.tell(OWNER, "Ключ теперь <b>у завхоза</b>.")
    told = next(one.text for one in said if one.chat == TEACHER)
    assert f"не взял ваш ответ на вопрос «{KEY}»" in told
    assert "Ключ теперь &lt;b&gt;у завхоза&lt;/b&gt;." in told
    assert ANSWER not in (await base.ask(KEY)).text


async def test_a_refusal_can_be_left(base: Base) -> None:
    _, card = await suggest(base)
    [asked] = await base.talk.press(OWNER, card.buttons["Отказать"])
    [back] = await base.talk.press(OWNER, asked.buttons["Отмена"])
    assert list(back.buttons) == ["Принять", "Отказать"]


async def test_its_author_takes_it_back(base: Base) -> None:
    sent, card = await suggest(base)
    said = await base.talk.press(TEACHER, sent.buttons["Отозвать"])
    assert "отозвано автором" in next(one.text for one in said if one.chat == OWNER)
    for label in card.buttons:
        [refused] = await base.talk.press(OWNER, card.buttons[label])
        assert refused.text == GONE
    [refused] = await base.talk.press(TEACHER, sent.buttons["Отозвать"])
    assert refused.text == GONE


async def test_nobody_takes_back_another_s(base: Base) -> None:
    sent, _ = await suggest(base)
    [refused] = await base.talk.press(COLLEAGUE, sent.buttons["Отозвать"])
    assert refused.text == GONE


async def test_suggestions_wait_in_the_list(base: Base) -> None:
    await suggest(base)
    await suggest(base, "как открыть окно в кабинете")
    await base.type("/faq")
    listed = await base.press("Предложено: 2")
    assert "2 предложения ждут" in listed.text
    card = await base.press(KEY)
    assert "Предлагает Ким Олег Викторович" in card.text
    await base.press("Принять")
    await base.type("/faq")
    await base.press("Предложено: 1", "как открыть", "Принять")
    [empty] = await base.talk.press(OWNER, "fq:u:1")
    assert "Новых предложений нет" in empty.text


async def test_at_most_ten_of_one_author_wait(base: Base) -> None:
    for number in range(10):
        await suggest(base, f"вопрос под номером {number}")
    [topics] = await base.talk.tell(TEACHER, "/ask")
    await base.talk.press(TEACHER, topics.buttons["Предложить ответ"])
    await base.talk.tell(TEACHER, KEY)
    [said] = await base.talk.tell(TEACHER, ANSWER)
    assert "Уже ждут 10 ваших предложений" in said.text


def _of(name: str, shown: Said) -> str:
    return next(data for text, data in shown.buttons.items() if text.startswith(name))


async def test_an_author_who_left_is_told_nothing(base: Base) -> None:
    _, card = await suggest(base)
    [people] = await base.talk.tell(OWNER, "/people")
    [person] = await base.talk.press(OWNER, _of("Ким", people))
    [sure] = await base.talk.press(OWNER, person.buttons["Закрыть доступ"])
    await base.talk.press(OWNER, sure.buttons["Да, закрыть"])
    base.at = card
    said = await base.talk.press(OWNER, card.buttons["Принять"])
    assert {one.chat for one in said} == {OWNER}


@pytest.mark.parametrize("text", ["🙂", "ок", "слово " * 60])
async def test_an_unfit_question_is_refused_and_asked_for_again(base: Base, text: str) -> None:
    [topics] = await base.talk.tell(TEACHER, "/ask")
    await base.talk.press(TEACHER, topics.buttons["Предложить ответ"])
    [refused] = await base.talk.tell(TEACHER, text)
    assert not refused.buttons
    [asked] = await base.talk.tell(TEACHER, KEY)
    assert f"<b>{KEY}</b>" in asked.text


async def test_a_suggestion_is_left_by_its_button_or_a_command(base: Base) -> None:
    for leave in ("cn", ""):
        [topics] = await base.talk.tell(TEACHER, "/ask")
        await base.talk.press(TEACHER, topics.buttons["Предложить ответ"])
        if leave:
            [said] = await base.talk.press(TEACHER, leave)
            assert "ничего не отправил" in said.text
        else:
            await base.talk.tell(TEACHER, "/help")
        assert "А каков ответ" not in (await base.ask(KEY)).text
