"""/month and /term through the dispatcher: the draft, its way to the director, the decision."""

from dataclasses import replace
from datetime import timedelta
from io import BytesIO
from typing import Any

import pytest
from aiogram.methods import SendDocument, SendPhoto
from docx import Document
from openpyxl import load_workbook
from sqlalchemy import select

from services.access import Role
from services.ids import SchoolId
from services.people import Newcomer, UserId
from storage.database import Database
from storage.schema.analyses import analyses
from tests.conftest import FrozenClock
from tests.handlers.conversation import Conversation, Said, Staff, group
from tests.handlers.loading import Loading, loading_of

OWNER, DIRECTOR, DEPUTY, TEACHER = 1, 2, 3, 4
ALLOWED_LINES = 25
WORDS = "Добавьте вывод по 9 классам"


async def admit(database: Database, clock: FrozenClock, user: int, role: Role) -> None:
    async with database.unit_of_work() as work:
        newcomer = Newcomer(user=UserId(user), name=f"Имя{user}")
        person = await work.people.admit(newcomer, school=SchoolId(1), staff=None, at=clock.now())
        await work.people.give(person, role, given_by=None, at=clock.now())


@pytest.fixture
async def empty_office(full: Database, clock: FrozenClock, staff: Staff) -> Conversation:
    """The generated school with an administrator, a deputy head and a teacher, no director."""
    talk = Conversation(full, clock, staff)
    await talk.set_up(OWNER)
    await admit(full, clock, DEPUTY, Role.ADMINISTRATION)
    await admit(full, clock, TEACHER, Role.TEACHER)
    return talk


@pytest.fixture
async def school(empty_office: Conversation, full: Database, clock: FrozenClock) -> Conversation:
    await admit(full, clock, DIRECTOR, Role.DIRECTOR)
    return empty_office


def files(talk: Conversation, kind: type[Any]) -> list[Any]:
    return [call for call in talk.bot.requests.all if isinstance(call, kind)]


def to(said: list[Said], user: int) -> list[Said]:
    return [one for one in said if one.chat == user]


async def draft(talk: Conversation, command: str = "/month") -> Said:
    [said] = await talk.tell(OWNER, command)
    return said


async def sent(talk: Conversation) -> Said:
    """The director's message with the buttons of the decision."""
    made = await draft(talk)
    [got] = to(await talk.press(OWNER, made.buttons["Отправить директору"]), DIRECTOR)
    return got


async def states(database: Database) -> list[tuple[str, int, str]]:
    table = analyses.c
    wanted = select(table.period, table.version, table.state).order_by(table.id)
    async with database.reading() as work:
        return [tuple(row) for row in (await work.connection.execute(wanted)).all()]


async def test_month_is_a_screen_a_picture_a_workbook_and_a_document(school: Conversation) -> None:
    said = await draft(school)
    assert "Справка: ноябрь 2026 г." in said.text
    assert "данные на 20.11 16:00" in said.text
    assert len(said.text.splitlines()) <= ALLOWED_LINES
    assert said.reply_to is not None
    [picture], [book, document] = files(school, SendPhoto), files(school, SendDocument)
    assert picture.photo.data.startswith(b"\x89PNG")
    assert "Сводка" in load_workbook(BytesIO(book.document.data)).sheetnames
    text = "\n".join(one.text for one in Document(BytesIO(document.document.data)).paragraphs)
    assert "АНАЛИТИЧЕСКАЯ СПРАВКА № 1" in text


async def test_term_is_the_latest_that_has_ended(school: Conversation) -> None:
    said = await draft(school, "/term")
    assert "1 четверть 2026/2027 учебного года" in said.text
    assert "Успеваемость" in said.text


async def test_the_same_data_make_no_second_version(school: Conversation, full: Database) -> None:
    first, second = await draft(school), await draft(school)
    assert first.text == second.text
    assert await states(full) == [("2026-11", 1, "draft")]


async def test_the_period_before_is_a_press_away(school: Conversation) -> None:
    said = await draft(school)
    [october] = await school.press(OWNER, said.buttons["Прошлый период"])
    assert "октябрь 2026 г." in october.text
    [september] = await school.press(OWNER, october.buttons["Прошлый период"])
    [none] = await school.press(OWNER, september.buttons["Прошлый период"])
    assert "нет данных" in none.text


async def test_a_teacher_gets_no_analysis(school: Conversation) -> None:
    [refused] = await school.tell(TEACHER, "/month")
    assert "Справка" not in refused.text
    assert not files(school, SendDocument)


async def test_a_group_gets_no_analysis(school: Conversation) -> None:
    await school.press(OWNER, "bd:b", chat=group())
    [refused] = await school.tell(OWNER, "/term", chat=group())
    assert "Справка:" not in refused.text


async def test_before_any_data_it_says_so(talk: Conversation) -> None:
    await talk.set_up()
    for command in ("/month", "/term"):
        [said] = await talk.tell(OWNER, command)
        assert "пока нет данных" in said.text


async def test_the_director_accepts_and_the_administrator_hears_it(
    school: Conversation, full: Database
) -> None:
    got = await sent(school)
    assert "Справка ждёт вашего решения" in got.text
    said = await school.press(DIRECTOR, got.buttons["Принято"])
    assert any("Принята 20.11" in one.text for one in to(said, DIRECTOR))
    assert any("Принята 20.11" in one.text for one in to(said, OWNER))
    assert await states(full) == [("2026-11", 1, "accepted")]


async def test_an_order_is_drafted_from_what_was_accepted(school: Conversation) -> None:
    got = await sent(school)
    [refused] = await school.press(DIRECTOR, "an:o:1")
    assert "уже у директора" in refused.text
    assert "Проект приказа" not in got.buttons
    said = to(await school.press(DIRECTOR, got.buttons["Принято"]), DIRECTOR)
    accepted = next(one for one in said if "Проект приказа" in one.buttons)
    await school.press(DIRECTOR, accepted.buttons["Проект приказа"])
    order = files(school, SendDocument)[-1].document
    assert order.filename == "Проект приказа.docx"
    words = "\n".join(one.text for one in Document(BytesIO(order.data)).paragraphs)
    assert "на основании: аналитическая справка № 1, ноябрь 2026 г." in words
    assert "1. Принять справку к сведению (замечаний: " in words


async def test_what_was_returned_is_counted_again(school: Conversation, full: Database) -> None:
    got = await sent(school)
    await school.press(DIRECTOR, got.buttons["Вернуть"])
    await school.tell(DIRECTOR, WORDS)
    [returned] = await school.press(OWNER, "an:s:1")
    made = await school.press(OWNER, returned.buttons["Пересчитать"])
    assert any("версия 2" in one.text for one in to(made, OWNER))
    assert await states(full) == [("2026-11", 1, "returned"), ("2026-11", 2, "draft")]


async def test_what_was_accepted_is_not_returned(school: Conversation, full: Database) -> None:
    got = await sent(school)
    await school.press(DIRECTOR, got.buttons["Принято"])
    [refused] = await school.press(DIRECTOR, got.buttons["Вернуть"])
    assert "уже принята и больше не меняется" in refused.text
    assert await states(full) == [("2026-11", 1, "accepted")]


async def test_a_return_takes_words_and_the_next_version_follows(
    school: Conversation, full: Database
) -> None:
    got = await sent(school)
    [asked] = await school.press(DIRECTOR, got.buttons["Вернуть"])
    assert "Что поправить?" in asked.text
    said = await school.tell(DIRECTOR, WORDS)
    assert any(WORDS in one.text for one in to(said, OWNER))
    again = await draft(school)
    assert "версия 2" in again.text
    await school.press(OWNER, again.buttons["Отправить директору"])
    assert await states(full) == [("2026-11", 1, "returned"), ("2026-11", 2, "sent")]


async def test_a_return_may_be_thought_over(school: Conversation, full: Database) -> None:
    got = await sent(school)
    [asked] = await school.press(DIRECTOR, got.buttons["Вернуть"])
    [back] = await school.press(DIRECTOR, asked.buttons["Отмена"])
    assert "Вернуть" in back.buttons
    await school.tell(DIRECTOR, "как войти в журнал?")
    assert await states(full) == [("2026-11", 1, "sent")]


async def test_a_return_with_too_many_words_waits_on(school: Conversation, full: Database) -> None:
    got = await sent(school)
    await school.press(DIRECTOR, got.buttons["Вернуть"])
    [refused] = await school.tell(DIRECTOR, "x" * 1001)
    assert "не длиннее 1000 знаков" in refused.text
    await school.tell(DIRECTOR, WORDS)
    assert await states(full) == [("2026-11", 1, "returned")]


async def test_it_is_sent_once(school: Conversation, full: Database) -> None:
    made = await draft(school)
    await school.press(OWNER, made.buttons["Отправить директору"])
    said = await school.press(OWNER, made.buttons["Отправить директору"])
    assert any("уже у директора" in one.text for one in said)
    assert await states(full) == [("2026-11", 1, "sent")]


async def test_the_administrator_decides_nothing(school: Conversation, full: Database) -> None:
    got = await sent(school)
    await school.press(OWNER, got.buttons["Принято"])
    await school.press(DEPUTY, got.buttons["Принято"])
    assert await states(full) == [("2026-11", 1, "sent")]


async def test_without_a_director_it_cannot_be_sent(
    empty_office: Conversation, full: Database
) -> None:
    made = await draft(empty_office)
    [refused] = await empty_office.press(OWNER, made.buttons["Отправить директору"])
    assert "Отправить некому" in refused.text
    assert await states(full) == [("2026-11", 1, "draft")]


async def test_the_deputy_decides_where_there_is_no_director(
    empty_office: Conversation, full: Database
) -> None:
    made = await draft(empty_office)
    [room] = await empty_office.press(OWNER, made.buttons["Шаблон справки и заместитель"])
    [named] = await empty_office.press(OWNER, room.buttons["Имя3"])
    assert "решает Имя3" in named.text
    [got] = to(await empty_office.press(OWNER, made.buttons["Отправить директору"]), DEPUTY)
    assert "Директора сейчас нет, решает Имя3" in got.text
    await empty_office.press(DEPUTY, got.buttons["Принято"])
    assert await states(full) == [("2026-11", 1, "accepted")]
    [nobody] = await empty_office.press(OWNER, named.buttons["Без заместителя"])
    assert "принять некому" in nobody.text


async def another_version(talk: Conversation, database: Database, clock: FrozenClock) -> list[Said]:
    """The administrator counts again what waits, after the school was renamed."""
    waiting = await draft(talk)
    async with database.unit_of_work() as work:
        known = await work.schools.get(SchoolId(1))
        await work.schools.save(replace(known, name="Лицей № 5"))
    clock.moment += timedelta(minutes=1)
    return await talk.press(OWNER, waiting.buttons["Пересчитать"])


async def test_counting_again_makes_a_version_of_what_waits(
    school: Conversation, full: Database, clock: FrozenClock
) -> None:
    await sent(school)
    said = await another_version(school, full, clock)
    assert any("версия 2" in one.text and "Лицей № 5" in one.text for one in said)
    assert await states(full) == [("2026-11", 1, "sent"), ("2026-11", 2, "draft")]


async def test_an_older_version_is_not_decided_on(
    school: Conversation, full: Database, clock: FrozenClock
) -> None:
    got = await sent(school)
    await another_version(school, full, clock)
    again = await draft(school)
    await school.press(OWNER, again.buttons["Отправить директору"])
    said = await school.press(DIRECTOR, got.buttons["Принято"])
    assert any("более новая версия" in one.text for one in said)
    assert await states(full) == [("2026-11", 1, "sent"), ("2026-11", 2, "sent")]


async def test_our_own_form_is_taken_and_used(school: Conversation, full: Database) -> None:
    desk = loading_of(school, full)
    await _to_form(school)
    [taken] = await desk.lay(form("Лист {{ number }}: {{ period }}"), "форма.docx")
    assert "Шаблон принят" in taken.text
    await draft(school)
    *_, document = files(school, SendDocument)
    [only] = Document(BytesIO(document.document.data)).paragraphs
    assert only.text == "Лист 1: ноябрь 2026 г."


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        ("{{ shcool }}", "поле, которого нет: shcool"),
        ("{{ school", "записано с ошибкой"),
        ("{{ ''.__class__.__mro__ }}", "записано с ошибкой"),
        (None, "не открывается как документ .docx"),
    ],
)
async def test_a_broken_form_is_named_and_not_taken(
    school: Conversation, full: Database, content: str | None, reason: str
) -> None:
    desk = loading_of(school, full)
    await _to_form(school)
    [refused] = await desk.lay(b"PK" if content is None else form(content), "форма.docx")
    assert reason in refused.text
    await draft(school)
    *_, document = files(school, SendDocument)
    assert len(Document(BytesIO(document.document.data)).paragraphs) > 1


async def test_the_usual_form_comes_back(school: Conversation, full: Database) -> None:
    desk: Loading = loading_of(school, full)
    await _to_form(school)
    [taken] = await desk.lay(form("{{ school }}"), "форма.docx")
    [room] = await school.press(OWNER, taken.buttons["Назад"])
    assert "по вашему шаблону" in room.text
    [usual] = await school.press(OWNER, room.buttons["Вернуть обычный шаблон"])
    assert "по обычному шаблону" in usual.text


async def _to_form(talk: Conversation) -> None:
    await talk.press(OWNER, "ar:f")


def form(text: str) -> bytes:
    document, out = Document(), BytesIO()
    document.add_paragraph(text)
    document.save(out)
    return out.getvalue()
