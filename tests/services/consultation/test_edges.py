"""What the desk of questions does where something is not there."""

from io import BytesIO
from typing import Any

import pytest
from openpyxl import Workbook

from bot.consultation import for_consultation
from bot.render import Renderer
from services.access import Actor, NotAllowedError, Role
from services.consultation.desk import EntryGoneError, Questions
from services.consultation.keeping import ConsultationId
from services.consultation.notation import read
from services.consultation.table import NotABaseError, read_file
from services.consultation.table_child import entries_of, sheet_of
from services.consultation.verdict import Band
from services.ids import ChatId, SchoolId
from storage.database import Database
from tests.conftest import FrozenClock

STRANGE = "почему фиолетовые бегемоты летают"
STRANGER = Actor(chat=ChatId(9))


@pytest.fixture
def questions(database: Database, clock: FrozenClock) -> Questions:
    made: dict[str, Any] = for_consultation(database, clock=clock, renderer=Renderer())
    desk = made["consultation"]
    assert isinstance(desk, Questions)
    return desk


@pytest.fixture
async def teacher(database: Database, clock: FrozenClock) -> Actor:
    async with database.unit_of_work() as work:
        school = await work.schools.add(name="", timezone="Europe/Moscow", at=clock.now())
    return Actor(chat=ChatId(5), school=SchoolId(school), roles=frozenset({Role.TEACHER}))


async def test_a_question_that_is_no_longer_kept_offers_nothing(
    questions: Questions, teacher: Actor
) -> None:
    reply = await questions.not_helped(teacher, ConsultationId(99))
    assert (reply.band, list(reply.choices)) == (Band.PASS, [])


async def test_not_helped_said_twice_counts_once(
    questions: Questions, teacher: Actor, database: Database
) -> None:
    asked = await questions.ask(teacher, STRANGE)
    assert asked.number is not None
    for _ in range(2):
        assert list((await questions.not_helped(teacher, asked.number)).choices) == []
    async with database.reading() as work:
        assert teacher.school is not None
        assert [one.count for one in await work.backlog.waiting(teacher.school)] == [2]


async def test_a_section_that_is_not_there_is_said(questions: Questions, teacher: Actor) -> None:
    with pytest.raises(EntryGoneError):
        await questions.section(teacher, "no such section")


async def test_before_there_is_a_school_there_are_no_answers(questions: Questions) -> None:
    with pytest.raises(EntryGoneError):
        await questions.sections(STRANGER)


async def test_whoever_has_no_role_at_all_asks_nothing(questions: Questions) -> None:
    nobody = Actor(chat=ChatId(9), roles=frozenset())
    with pytest.raises(NotAllowedError):
        await questions.sections(nobody)


def test_references_in_a_file_are_refused_by_the_reader_itself() -> None:
    with pytest.raises(NotABaseError):
        read("- {Вопрос: &а [x], Ответ: *а}".encode())


async def test_an_old_workbook_is_no_base_of_answers() -> None:
    with pytest.raises(NotABaseError):
        await read_file(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600)


def test_a_workbook_is_read_cell_by_cell() -> None:
    book, content = Workbook(), BytesIO()
    sheet = book.active
    assert sheet is not None
    sheet.append(["Вопрос", "Ответ"])
    sheet.append(["Где ключ", 7])
    book.save(content)
    assert sheet_of(content.getvalue()) == [["Вопрос", "Ответ"], ["Где ключ", "7"]]


def test_entries_are_read_with_their_lines() -> None:
    found = entries_of("- Вопрос: Где ключ\n  Ответ: Здесь\n".encode())
    assert found == [(1, {"Вопрос": "Где ключ", "Ответ": "Здесь"})]
