"""«Глубже»: from the school to a lesson and back, lists, tables and pictures."""

import re
from io import BytesIO
from typing import Any

import pytest
from aiogram.methods import AnswerCallbackQuery, EditMessageMedia, SendDocument, SendPhoto
from openpyxl import load_workbook
from teremok import MockChat, MockMessagePhoto

from services.access import Role
from storage.database import Database
from tests.conftest import FrozenClock
from tests.filled import SCHOOL, generated
from tests.handlers.conversation import BOT, Conversation, Said, Staff, group
from tests.handlers.test_digests import admit

OWNER, TEACHER = 1, 3
DEEPER = "Глубже"


@pytest.fixture
async def school(full: Database, clock: FrozenClock, staff: Staff) -> Conversation:
    talk = Conversation(full, clock, staff)
    await talk.set_up(OWNER)
    await admit(full, clock, TEACHER, Role.TEACHER)
    await talk.press(OWNER, "bd:b", chat=group())
    return talk


async def opened(talk: Conversation, **where: Any) -> Said:
    [status] = await talk.tell(OWNER, "/status", **where)
    [cut] = await talk.press(OWNER, status.buttons[DEEPER], **where)
    return cut


def calls(talk: Conversation, kind: type[Any]) -> list[Any]:
    return [call for call in talk.bot.requests.all if isinstance(call, kind)]


def inwards(said: Said) -> list[str]:
    """The data of the buttons that lead further."""
    return [data for data in said.buttons.values() if re.match(r"cu:\d+:[on]:.+:.*:1$", data)]


async def test_the_way_leads_from_the_school_to_a_lesson_and_back(school: Conversation) -> None:
    whole = await opened(school)
    assert whole.text.startswith("<b>Школа</b>")
    assert all(name in whole.text for name in ("2 классы", "5 классы", "9 классы"))
    [parallel] = await school.press(OWNER, whole.buttons["5 классы"])
    [unit] = await school.press(OWNER, parallel.buttons["5А"])
    assert "Школа › 5 классы › 5А" in unit.text
    [subject] = await school.press(OWNER, unit.buttons["Математика"])
    assert "› 5А › Математика" in subject.text
    lesson = next(label for label in subject.buttons if ", урок " in label)
    [one] = await school.press(OWNER, subject.buttons[lesson])
    assert f"› Математика › {lesson}" in one.text
    assert "тема «" in one.text
    for expected in (subject, unit, parallel, whole):
        [one] = await school.press(OWNER, one.buttons["Назад"])
        assert one.text == expected.text
        assert one.buttons == expected.buttons
    [digest] = await school.press(OWNER, one.buttons["К сводке"])
    assert "неделя 16.11–22.11" in digest.text


async def test_every_step_shows_the_four_indices_and_the_moment(school: Conversation) -> None:
    said = await opened(school)
    for _ in range(3):
        names = ("Полнота", "Своевременность", "Накопляемость", "Достоверность")
        assert all(name in said.text for name in names)
        assert "неделя 16.11–22.11 · данные на 20.11 16:00" in said.text
        [said] = await school.press(OWNER, inwards(said)[0])


async def test_the_school_is_cut_by_subject_groups_and_teachers_too(school: Conversation) -> None:
    whole = await opened(school)
    for way in ("По МО", "По учителям"):
        [found] = await school.press(OWNER, whole.buttons[way])
        assert "По параллелям" in found.buttons
        [first] = await school.press(OWNER, inwards(found)[0])
        [second] = await school.press(OWNER, inwards(first)[0])
        [third] = await school.press(OWNER, inwards(second)[0])
        for before in (second, first, found):
            [third] = await school.press(OWNER, third.buttons["Назад"])
            assert third.text == before.text


async def test_a_group_never_sees_teachers(school: Conversation) -> None:
    private = await opened(school)
    shared = await opened(school, chat=group())
    assert "По МО" in shared.buttons
    assert "По учителям" not in shared.buttons
    [refused] = await school.press(OWNER, private.buttons["По учителям"], chat=group())
    assert refused.chat is None
    [teachers] = await school.press(OWNER, private.buttons["По учителям"])
    for part in "onrlxhd":
        data = re.sub(r"^cu:(\d+):\w", rf"cu:\1:{part}", inwards(teachers)[0])
        [refused] = await school.press(OWNER, data, chat=group())
        assert refused.chat is None


async def test_a_teacher_may_not_open_a_cut(school: Conversation) -> None:
    whole = await opened(school)
    [refused] = await school.press(TEACHER, next(iter(whole.buttons.values())))
    assert refused.chat is None


async def test_every_number_opens_its_list(school: Conversation) -> None:
    said = await opened(school)
    for _ in range(3):
        label, data = next(pair for pair in said.buttons.items() if "Замечания: " in pair[0])
        total = int(label.rpartition(" ")[2])
        [rules] = await school.press(OWNER, data)
        counted = 0
        for rule, press in rules.buttons.items():
            if " · " in rule:
                [found] = await school.press(OWNER, press)
                count = int(rule.rpartition("· ")[2])
                assert f"{count} замечани" in found.text
                counted += count
        assert counted == total
        [everything] = await school.press(OWNER, rules.buttons["Все замечания"])
        assert f"{total} замечани" in everything.text
        [said] = await school.press(OWNER, inwards(said)[0])


async def test_a_long_list_turns_its_pages_and_goes_back(school: Conversation) -> None:
    whole = await opened(school)
    [rules] = await school.press(OWNER, _named(whole, "Замечания"))
    [first] = await school.press(OWNER, rules.buttons["Все замечания"])
    [second] = await school.press(OWNER, first.buttons["›"])
    assert "страница 2 из" in second.text
    [back] = await school.press(OWNER, second.buttons["Назад"])
    assert back.text == rules.text


async def test_a_table_holds_the_list_and_names_no_pupil(school: Conversation) -> None:
    whole = await opened(school)
    [parallel] = await school.press(OWNER, whole.buttons["5 классы"])
    [unit] = await school.press(OWNER, parallel.buttons["5А"])
    label, data = next(pair for pair in unit.buttons.items() if "Замечания" in pair[0])
    [rules] = await school.press(OWNER, data)
    await school.press(OWNER, rules.buttons["Таблицей"])
    [sent] = calls(school, SendDocument)
    assert sent.document.filename == "Замечания 5 5А 2026-W47.xlsx"
    [sheet] = load_workbook(BytesIO(sent.document.data)).worksheets
    rows = list(sheet.iter_rows(min_row=2, values_only=True))
    assert len(rows) == int(label.rpartition(" ")[2])
    assert {row[2] for row in rows} == {"5А"}
    names = {row.name for row in generated().batch.enrollments or [] if row.name}
    assert not names & {str(cell) for row in rows for cell in row}


async def test_the_audit_remembers_a_table(school: Conversation, full: Database) -> None:
    whole = await opened(school)
    [rules] = await school.press(OWNER, _named(whole, "Замечания"))
    await school.press(OWNER, rules.buttons["Таблицей"])
    async with full.reading() as work:
        said = [one for one in await work.audit.list(SCHOOL) if one.what == "findings exported"]
    assert [one.facts["cut"] for one in said] == [""]


async def test_in_a_group_a_table_names_no_teacher(school: Conversation) -> None:
    shared = await opened(school, chat=group())
    [rules] = await school.press(OWNER, _named(shared, "Замечания"), chat=group())
    await school.press(OWNER, rules.buttons["Таблицей"], chat=group())
    [sent] = calls(school, SendDocument)
    [sheet] = load_workbook(BytesIO(sent.document.data)).worksheets
    assert {row[5] for row in sheet.iter_rows(min_row=2, values_only=True)} == {None}


async def test_a_picture_comes_beside_the_text_and_then_changes_in_place(
    school: Conversation,
) -> None:
    whole = await opened(school)
    assert await school.press(OWNER, whole.buttons["Карта недели"]) == []
    [sent] = calls(school, SendPhoto)
    assert sent.photo.data.startswith(b"\x89PNG")
    assert "данные на 20.11 16:00" in sent.caption
    shown = MockMessagePhoto(user=BOT, chat=MockChat(OWNER))
    for label in ("За год", "5 классы"):
        data = _under(sent)[label]
        await school.press(OWNER, data, message=shown)
    changed = calls(school, EditMessageMedia)
    assert len(changed) == 2
    assert len({call.media.media.data for call in changed} | {sent.photo.data}) == 3
    assert calls(school, SendPhoto) == [sent]


async def test_a_picture_that_cannot_change_comes_anew(school: Conversation) -> None:
    whole = await opened(school)
    shown = MockMessagePhoto(user=BOT, chat=MockChat(OWNER))
    school.bot.add_result(
        EditMessageMedia, ok=False, error_code=400, description="Bad Request: message not found"
    )
    await school.press(OWNER, whole.buttons["За год"], message=shown)
    assert len(calls(school, SendPhoto)) == 1


async def test_every_press_is_answered_once(school: Conversation) -> None:
    whole = await opened(school)
    for data in whole.buttons.values():
        before = len(calls(school, AnswerCallbackQuery))
        await school.press(OWNER, data)
        assert len(calls(school, AnswerCallbackQuery)) == before + 1


MADE_UP = (
    "c1::1", "g5.g6::1", "g77::1", "g5.c999::1", "m1::1", "?::1", ":s:1", ":?:1",
)  # fmt: skip


async def test_a_made_up_button_is_refused(school: Conversation) -> None:
    await opened(school)
    others = ("cu:1:n:g5::1", "cu:1:l::Z9:1", "cu:1:d:g5.c1.s1.l1::1", "cu:1:n:g5.c1.s1.l1::1")
    for data in (*(f"cu:1:o:{one}" for one in MADE_UP), *others):
        [said] = await school.press(OWNER, data)
        assert "больше нет" in said.text, data


async def test_a_cut_of_an_unknown_digest_is_refused(school: Conversation) -> None:
    await opened(school)
    [said] = await school.press(OWNER, "cu:99:o:::1")
    assert "уже не открыть" in said.text


def _named(said: Said, part: str) -> str:
    return next(data for label, data in said.buttons.items() if part in label)


def _under(call: Any) -> dict[str, str]:
    rows = call.reply_markup.inline_keyboard
    return {one.text: one.callback_data for row in rows for one in row}
