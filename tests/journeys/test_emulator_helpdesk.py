"""A ticket over HTTP, the bot a process of its own and the messenger somebody else's."""

import re
import signal
from pathlib import Path

from tests.journeys.emulated import Shown, Talk, conversation

OWNER, TEACHER = 11, 12
CODE = "setup-code-of-the-test"
FRIDAY = "2026-11-20T13:00:00+03:00"
WORDS, ANSWER, MORE = "Пропал список класса", "Обновите страницу", "Обновил, помогло"
AGAIN = "Снова пропал"


async def test_a_ticket_is_opened_answered_closed_rated_and_opened_again(tmp_path: Path) -> None:
    async with conversation(tmp_path, SETUP_CODE=CODE, NOW=FRIDAY) as (talk, bot):
        await talk.say(OWNER, f"/start {CODE}")
        await talk.say(TEACHER, f"/start {await invited(talk)}")

        categories = await talk.say(TEACHER, "/problem")
        asked = await talk.pressed(TEACHER, categories, "Не тот список")
        number = await talk.send_photo(TEACHER, "shot", WORDS)
        review = await talk.until(lambda one: one.chat == TEACHER and one.reply_to == number)
        before = await talk.press(TEACHER, review, "Отправить")
        card = await seen(talk, OWNER, WORDS, since=before)
        copied = await talk.until(lambda one: one.chat == OWNER and bool(one.photo), since=before)

        await replied(talk, OWNER, card, ANSWER)
        heard = await seen(talk, TEACHER, ANSWER, since=before)
        await replied(talk, TEACHER, heard, MORE)
        added = await seen(talk, OWNER, MORE, since=before)
        latest = await talk.say(OWNER, "/queue 1")
        closing = await talk.press(OWNER, latest, "Закрыть")
        ended = await talk.until(
            lambda one: one.chat == TEACHER and "5" in one.buttons, since=closing
        )
        thanked = await talk.pressed(TEACHER, ended, "5")
        before = len(talk.emulator.shown)
        await replied(talk, TEACHER, heard, AGAIN)
        reopened = await seen(talk, OWNER, "Открыто снова", since=before)
        mine = await talk.say(TEACHER, "/my_data")

        bot.process.send_signal(signal.SIGTERM)
        code, _, log = await bot.ended(15)
    assert "своими словами" in asked.text
    assert "№ 1" in copied.text
    assert ("№ 1" in heard.text, "№ 1" in added.text) == (True, True)
    assert "5 из 5" in thanked.text
    assert AGAIN in reopened.text
    assert "1 ваше обращение" in mine.text
    assert (code, talk.emulator.refused) == (0, [])
    assert not [one for one in (WORDS, ANSWER, MORE, AGAIN) if one in log]


async def test_an_outage_is_told_and_takes_reports_in(tmp_path: Path) -> None:
    async with conversation(tmp_path, SETUP_CODE=CODE, NOW=FRIDAY) as (talk, _):
        await talk.say(OWNER, f"/start {CODE}")
        await talk.say(TEACHER, f"/start {await invited(talk)}")
        root = await talk.say(OWNER, "/outage")
        starts = await talk.pressed(OWNER, root, "Журнал не работает")
        plan = await talk.pressed(OWNER, starts, "Сейчас")
        before = await talk.press(OWNER, plan, "Объявить")
        told = await seen(talk, TEACHER, "Журнал не работает", since=before)
        card = await talk.until(
            lambda one: one.chat == OWNER and "Журнал снова работает" in one.buttons, since=before
        )

        categories = await talk.say(TEACHER, "/problem")
        await talk.pressed(TEACHER, categories, "Журнал не работает")
        review = await talk.say(TEACHER, "Белый экран")
        before = await talk.press(TEACHER, review, "Отправить")
        joined = await seen(talk, TEACHER, "знаем", since=before)
        before = await talk.press(OWNER, card, "Журнал снова работает")
        ended = await seen(talk, TEACHER, "снова работает", since=before)
    assert "20.11 13:0" in told.text
    assert "№ 1" in joined.text
    assert "№ 1 закрыто" in ended.text
    assert talk.emulator.refused == []


async def invited(talk: Talk) -> str:
    roles = await talk.say(OWNER, "/invite")
    people = await talk.pressed(OWNER, roles, "Учитель")
    names = await talk.pressed(OWNER, people, "Нет в списке")
    link = await talk.pressed(OWNER, names, "Без имени")
    found = re.search(r"\?start=([A-Za-z0-9_-]{22,64})\b", link.text)
    assert found is not None
    return found[1]


async def replied(talk: Talk, person: int, shown: Shown, text: str) -> None:
    answered = {"message_id": shown.number, "date": 1, "chat": {"id": person, "type": "private"}}
    await talk.send(person, {"text": text, "reply_to_message": answered | {"text": shown.text}})


async def seen(talk: Talk, person: int, words: str, *, since: int) -> Shown:
    return await talk.until(lambda one: one.chat == person and words in one.text, since=since)
