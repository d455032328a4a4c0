"""A ticket from the first word to the rating, over HTTP, the bot a process of its own."""

import re
import signal
from pathlib import Path

from tests.journeys.emulated import Shown, Talk, conversation

OWNER, TEACHER = 11, 12
CODE = "setup-code-of-the-test"
FRIDAY = "2026-11-20T10:00:00+03:00"
WORDS = "В 5А пропал список класса"


async def test_a_problem_is_told_answered_solved_and_rated(tmp_path: Path) -> None:
    async with conversation(tmp_path, SETUP_CODE=CODE, NOW=FRIDAY) as (talk, bot):
        await talk.say(OWNER, f"/start {CODE}")
        await talk.say(TEACHER, f"/start {await invited(talk)}")
        own, card = await opened(talk)

        receipt = await talk.reply(OWNER, card, "Какой именно список?")
        heard = await heard_by(talk, TEACHER, "Какой именно список?")
        arrived = await talk.until(lambda one: "доставлено" in one.text and one.chat == OWNER)
        passed_on = await talk.reply(TEACHER, heard, "Список на физкультуре")
        await heard_by(talk, OWNER, "Список на физкультуре")

        solved = await talk.press(OWNER, card, "Решено")
        asked = await talk.until(lambda one: "всё решено" in one.text, since=solved)
        closed = await talk.press(TEACHER, asked, "Да, закрыть")
        rating = await talk.until(lambda one: "Как всё прошло" in one.text, since=closed)
        rated = await talk.press(TEACHER, rating, "5")
        thanks = await talk.until(lambda one: "записал: 5 из 5" in one.text, since=rated)
        bot.process.send_signal(signal.SIGTERM)
        code, _, log = await bot.ended(15)
    assert "№ 1" in own.text
    assert "№ 1: отправляется" in receipt.text or "доставлено" in receipt.text
    assert arrived.chat == OWNER
    assert "№ 1: передал администратору" in passed_on.text
    assert thanks.chat == TEACHER
    assert (code, talk.emulator.refused) == (0, [])
    assert "список" not in log.lower()


async def opened(talk: Talk) -> tuple[Shown, Shown]:
    """The author's number and the administrator's card."""
    categories = await talk.say(TEACHER, "/problem")
    await talk.pressed(TEACHER, categories, "Не тот список")
    review = await talk.say(TEACHER, WORDS)
    before = await talk.press(TEACHER, review, "Отправить")
    own = await talk.until(lambda one: "принято" in one.text, since=before)
    card = await talk.until(lambda one: one.chat == OWNER and WORDS in one.text, since=before)
    return own, card


async def heard_by(talk: Talk, person: int, words: str) -> Shown:
    return await talk.until(
        lambda one: one.chat == person and words in one.text and "Взять" not in one.buttons
    )


async def invited(talk: Talk) -> str:
    """The code of a teacher's link."""
    roles = await talk.say(OWNER, "/invite")
    people = await talk.pressed(OWNER, roles, "Учитель")
    unnamed = await talk.pressed(OWNER, people, "Нет в списке")
    link = await talk.pressed(OWNER, unnamed, "Без имени")
    shown = re.search(r"start=([A-Za-z0-9_-]{22,64})\b", link.text)
    assert shown is not None
    return shown[1]
