"""The main journey over HTTP, the bot a process of its own and the messenger somebody else's."""

import re
import signal
from collections.abc import Iterator
from datetime import date
from functools import partial
from io import BytesIO
from pathlib import Path

import pytest

from services.generator import GeneratedSchool, Options, generate
from services.journal.writers.f12 import write_workbook
from services.journal.writers.local_time import LocalTime
from tests.journeys.emulated import Shown, Talk, conversation

OWNER, TEACHER, GROUP = 11, 12, -1001
CODE = "setup-code-of-the-test"
FRIDAY = "2026-11-20T13:00:00+03:00"
FIGURES = ("Полнота", "Своевременность", "Накопляемость", "Достоверность")
LINES = 25


@pytest.fixture(scope="module")
def school() -> GeneratedSchool:
    return generate(Options(seed=11, classes=2, until=date(2026, 11, 19).toordinal()))


def workbook(school: GeneratedSchool) -> bytes:
    content = BytesIO()
    write_workbook(school.batch, content, local=LocalTime(school.options.zone))
    return content.getvalue()


async def test_a_school_is_founded_filled_and_shown(
    tmp_path: Path, school: GeneratedSchool
) -> None:
    async with conversation(tmp_path, SETUP_CODE=CODE, NOW=FRIDAY) as (talk, bot):
        welcome = await talk.say(OWNER, f"/start {CODE}")
        empty = await talk.say(OWNER, "/status")
        await load(talk, workbook(school))
        status = await talk.say(OWNER, "/status")
        link = await invite(talk, school)
        entered = await talk.say(TEACHER, f"/start {link}")
        gaps = await talk.say(TEACHER, "/my")
        digest = await week(talk, OWNER)
        again = await talk.say(OWNER + 100, f"/start {CODE}")
        bot.process.send_signal(signal.SIGTERM)
        code, _, log = await bot.ended(15)
    assert "администратор журнала" in welcome.text
    assert ("нет данных" in empty.text.lower(), "%" in empty.text) == (True, False)
    assert [name for name in FIGURES if name in status.text] == list(FIGURES)
    assert "данные на 20.11 13:0" in status.text
    assert "Учитель" in entered.text
    assert re.search(r"\b\d\d\.\d\d\b", gaps.text)
    assert len(digest.text.splitlines()) <= LINES
    assert "администратор журнала" not in again.text
    assert (code, talk.emulator.refused) == (0, [])
    assert not names_in(log, school)


async def test_the_group_is_bound_and_gets_the_week(
    tmp_path: Path, school: GeneratedSchool
) -> None:
    async with conversation(tmp_path, SETUP_CODE=CODE, NOW=FRIDAY) as (talk, _):
        await talk.say(OWNER, f"/start {CODE}")
        refused = await talk.say(OWNER, "/week", chat=GROUP)
        offer = await talk.say(OWNER, "/bind", chat=GROUP)
        bound = await talk.pressed(OWNER, offer, only_button(offer))
        await load(talk, workbook(school))
        digest = await week(talk, OWNER, chat=GROUP)
    assert "%" not in refused.text
    assert "20.11 в 16:00" in bound.text
    assert len(digest.text.splitlines()) <= LINES
    assert talk.emulator.refused == []


async def load(talk: Talk, content: bytes) -> None:
    """A document in the private chat, its preview, «Применить», «применено»."""
    number = await talk.send_file(OWNER, "journal.xlsx", content)
    preview = await talk.until(
        lambda shown: shown.reply_to == number and "Применить" in shown.buttons
    )
    assert set(preview.buttons) >= {"Применить", "Отмена"}
    before = await talk.press(OWNER, preview, "Применить")
    await talk.until(lambda shown: "применено" in shown.text.lower(), since=before)


async def invite(talk: Talk, school: GeneratedSchool) -> str:
    """The code of the link for the teacher with most findings."""
    found = [one.teacher for one in school.truth if one.teacher and one.rule[0] == "P"]
    teacher = max(sorted(set(found)), key=found.count)
    roles = await talk.say(OWNER, "/invite")
    people = await talk.pressed(OWNER, roles, "Учитель")
    link = await talk.pressed(OWNER, await page_with(talk, people, teacher), teacher)
    shown = re.search(r"https://t\.me/yozh_bot\?start=([A-Za-z0-9_-]{22,64})\b", link.text)
    assert shown is not None
    return shown[1]


async def page_with(talk: Talk, people: Shown, teacher: str) -> Shown:
    """Where the list is long, by the first letter of the surname."""
    while teacher not in people.buttons:
        letter = teacher[0] if teacher[0] in people.buttons else "›"
        people = await talk.pressed(OWNER, people, letter)
    return people


async def week(talk: Talk, person: int, *, chat: int | None = None) -> Shown:
    """The digest's message; its picture and its workbook have come after it."""
    before = len(talk.emulator.shown)
    place = person if chat is None else chat
    digest = await talk.say(person, "/week", chat=chat)
    for name in ("2026-W47.png", "digest-2026-W47.xlsx"):
        await talk.until(partial(brings, name=name, chat=place), since=before)
    return digest


def brings(shown: Shown, *, name: str, chat: int) -> bool:
    return (shown.chat, shown.file) == (chat, name)


def only_button(shown: Shown) -> str:
    [label] = shown.buttons
    return label


def names_in(log: str, school: GeneratedSchool) -> list[str]:
    people = [row.name for row in school.batch.staff or []]
    people += [row.name or "" for row in school.batch.enrollments or []]
    return list(_found(log, {one for one in people if one}))


def _found(log: str, names: set[str]) -> Iterator[str]:
    return (name for name in sorted(names) if name in log)
