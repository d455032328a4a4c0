"""/status, /week and what is behind the digest's buttons, in private and in the group."""

import re
from io import BytesIO
from typing import Any

import pytest
from aiogram.methods import AnswerCallbackQuery, SendDocument, SendPhoto
from aiogram.types import BufferedInputFile
from openpyxl import load_workbook

from bot.render import NBSP
from services.access import Role
from services.ids import ChatId, SchoolId
from services.people import Newcomer, UserId
from storage.database import Database
from tests.conftest import FrozenClock
from tests.filled import generated
from tests.handlers.conversation import Conversation, Said, Staff, group

OWNER, DIRECTOR, TEACHER = 1, 2, 3
ALLOWED_LINES = 25


@pytest.fixture
async def school(full: Database, clock: FrozenClock, staff: Staff) -> Conversation:
    """The generated school with an administrator, a director and a bound group."""
    talk = Conversation(full, clock, staff)
    await talk.set_up(OWNER)
    await admit(full, clock, DIRECTOR, Role.DIRECTOR)
    await talk.press(OWNER, "bd:b", chat=group())
    return talk


async def admit(database: Database, clock: FrozenClock, user: int, role: Role) -> None:
    async with database.unit_of_work() as work:
        newcomer = Newcomer(user=UserId(user), name=f"Имя{user}")
        person = await work.people.admit(newcomer, school=SchoolId(1), staff=None, at=clock.now())
        await work.people.give(person, role, given_by=None, at=clock.now())


def files(talk: Conversation, kind: type[Any]) -> list[Any]:
    return [call for call in talk.bot.requests.all if isinstance(call, kind)]


async def week(talk: Conversation, user: int = OWNER, **where: Any) -> Said:
    [said] = await talk.tell(user, "/week", **where)
    return said


async def test_before_any_data_status_names_no_figure(talk: Conversation) -> None:
    await talk.set_up()
    [said] = await talk.tell(OWNER, "/status")
    assert "нет данных" in said.text
    assert not re.search(r"\d", said.text)


async def test_before_any_data_week_says_what_to_send(talk: Conversation) -> None:
    await talk.set_up()
    said = await week(talk)
    assert "нет данных" in said.text
    assert "«Уроки»" in said.text
    assert said.reply_to is not None


async def test_status_shows_four_indices_and_the_moment(school: Conversation) -> None:
    [said] = await school.tell(OWNER, "/status")
    assert len(re.findall(r"\d+,\d %", said.text.replace(NBSP, " "))) == 4
    assert "данные на 20.11 16:00" in said.text


@pytest.mark.parametrize("chat", [None, group()], ids=["private", "group"])
async def test_week_is_a_screen_a_picture_and_a_workbook(school: Conversation, chat: Any) -> None:
    said = await week(school, chat=chat)
    assert len(said.text.splitlines()) <= ALLOWED_LINES
    assert "неделя 16.11–22.11" in said.text
    [picture], [book] = files(school, SendPhoto), files(school, SendDocument)
    assert isinstance(picture.photo, BufferedInputFile)
    assert picture.photo.data.startswith(b"\x89PNG")
    assert book.document.filename.endswith(".xlsx")


async def test_week_comes_as_often_as_it_is_asked_for(school: Conversation) -> None:
    first, second = await week(school), await week(school)
    assert first.text == second.text
    assert len(files(school, SendDocument)) == 2


async def test_no_pupil_is_named_in_the_message_or_the_workbook(school: Conversation) -> None:
    said = await week(school)
    [call] = files(school, SendDocument)
    book = load_workbook(BytesIO(call.document.data))
    cells = {
        str(cell) for sheet in book for row in sheet.iter_rows(values_only=True) for cell in row
    }
    names = {row.name for row in generated().batch.enrollments or [] if row.name}
    assert names
    assert not [name for name in names if name in said.text or any(name in one for one in cells)]
    assert any(re.fullmatch(r"\d+[А-Я] №\d+", cell) for cell in cells)


async def test_by_class_goes_down_to_a_class_and_back(school: Conversation) -> None:
    digest = await week(school)
    [classes] = await school.press(OWNER, digest.buttons["По классам"])
    assert all(name in classes.text for name in ("2А", "5А", "9А"))
    [one] = await school.press(OWNER, classes.buttons["5А"])
    assert "Класс 5А" in one.text
    [again] = await school.press(OWNER, one.buttons["Назад"])
    [home] = await school.press(OWNER, again.buttons["Назад"])
    assert home.text == digest.text
    assert home.buttons == digest.buttons


async def test_by_teacher_is_for_private_chats_only(school: Conversation) -> None:
    private, shared = await week(school), await week(school, chat=group())
    assert "По учителям" not in shared.buttons
    [teachers] = await school.press(OWNER, private.buttons["По учителям"])
    name = next(iter(teachers.buttons))
    [one] = await school.press(OWNER, teachers.buttons[name])
    assert name in one.text
    [refused] = await school.press(OWNER, private.buttons["По учителям"], chat=group())
    assert refused.chat is None


async def test_every_number_opens_its_list(school: Conversation) -> None:
    digest = await week(school)
    [rules] = await school.press(OWNER, digest.buttons["Замечания"])
    opened = {label: data for label, data in rules.buttons.items() if label != "Назад"}
    assert opened
    for label, data in opened.items():
        [found] = await school.press(OWNER, data)
        count = label.rpartition("· ")[2]
        assert f"{count} замечани" in found.text
        assert "Назад" in found.buttons


async def test_a_class_s_number_is_that_of_its_list(school: Conversation) -> None:
    digest = await week(school)
    [classes] = await school.press(OWNER, digest.buttons["По классам"])
    numbers = dict(re.findall(r"^(\S+): .*?(?:· (\d+) замечан\S+)?$", classes.text, re.MULTILINE))
    assert any(numbers.values())
    for name, number in numbers.items():
        [one] = await school.press(OWNER, classes.buttons[name])
        assert (f"<b>{number} замечан" if number else "Замечаний нет") in one.text


async def test_a_long_list_turns_its_pages(school: Conversation) -> None:
    digest = await week(school)
    [rules] = await school.press(OWNER, digest.buttons["Замечания"])
    number = digest.buttons["Замечания"].split(":")[1]
    [page] = await school.press(OWNER, f"dg:{number}:l:0:99")
    assert len(page.text) <= 4000
    assert rules.chat == page.chat


async def test_accepting_is_told_with_name_and_moment_wherever_the_digest_stands(
    school: Conversation,
) -> None:
    digest = await week(school, DIRECTOR)
    accept = digest.buttons["Принято"]
    [mine, *_] = await school.press(DIRECTOR, accept)
    assert "Приняли: 1" in mine.text
    assert "Имя2 20.11 16:00" in mine.text
    [second, *_] = await school.press(OWNER, accept)
    assert "Приняли: 2" in second.text
    [again, *_] = await school.press(OWNER, accept)
    assert "Приняли: 2" in again.text
    assert len(again.text.splitlines()) <= ALLOWED_LINES


async def test_every_press_under_the_digest_is_answered(school: Conversation) -> None:
    digest = await week(school)
    for data in digest.buttons.values():
        before = len(files(school, AnswerCallbackQuery))
        await school.press(OWNER, data)
        assert len(files(school, AnswerCallbackQuery)) == before + 1


@pytest.mark.parametrize("data", ["dg:99:h:0:1", "dg:1:k:77:1", "dg:1:l:-1:1"])
async def test_a_made_up_button_is_refused(school: Conversation, data: str) -> None:
    await week(school)
    [said] = await school.press(OWNER, data)
    assert "уже не открыть" in said.text


async def test_a_group_unbound_meanwhile_gets_nothing(school: Conversation) -> None:
    await week(school, chat=group())
    digests = school.provided["digests"]
    assert await digests.to_send(ChatId(-100), 1) is not None
    await school.press(OWNER, "bd:u", chat=group())
    assert await digests.to_send(ChatId(-100), 1) is None


async def test_a_person_whose_role_ended_gets_nothing(
    school: Conversation, full: Database, clock: FrozenClock
) -> None:
    await week(school, DIRECTOR)
    digests = school.provided["digests"]
    assert await digests.to_send(ChatId(DIRECTOR), 1) is not None
    async with full.unit_of_work() as work:
        person = await work.people.of_user(UserId(DIRECTOR), clock.now())
        assert person is not None
        await work.people.revoke(SchoolId(1), person.id, clock.now())
    assert await digests.to_send(ChatId(DIRECTOR), 1) is None
