"""/my_data and /forget: what is kept of a person, and how it goes."""

import re

import pytest
from aiogram.methods import SendDocument
from aiogram.types import BufferedInputFile
from sqlalchemy import select, update

from services.access import Role
from services.helpdesk.tickets import State, TicketNumber
from services.ids import SchoolId
from services.people import Newcomer, UserId
from storage.database import Database
from storage.schema.consultation import unanswered_questions
from storage.schema.consultation_editing import consultation_suggestions
from storage.schema.people import people
from tests.conftest import FrozenClock
from tests.handlers.conversation import CODE, Conversation
from tests.handlers.desk import (
    COLLEAGUE,
    DEPUTY,
    OWNER,
    SCHOOL,
    SECOND,
    STRANGER,
    TEACHER,
    Desk,
    Told,
    said,
    to,
)
from tests.handlers.steps import rows

ONE, TWO = TicketNumber(1), TicketNumber(2)
PLACES = ("outbox", "inbox", "conversations", "job_runs")
"""Books of the process: they are emptied by themselves within a month."""


@pytest.fixture
async def desk(talk: Conversation, database: Database, clock: FrozenClock) -> Desk:
    made = Desk(talk, database, clock)
    await made.people()
    return made


async def lived(desk: Desk) -> None:
    """Words of the teacher's in every place that keeps any."""
    await desk.opened(TEACHER, "Пропал Сидоренко")
    await desk.press(TEACHER, "to:a:1:1")
    await desk.photo(TEACHER, "b", caption="Снимок Сидоренко")
    await desk.press(OWNER, "tk:r:1")
    await desk.tell(OWNER, "Сидоренко вернули")
    await desk.tell(TEACHER, "почему фиолетовые бегемоты Сидоренко летают")
    await desk.tell(TEACHER, "/ask")
    await desk.press(TEACHER, "fs:n:0")
    await desk.tell(TEACHER, "Где искать Сидоренко?")
    await desk.tell(TEACHER, "В архиве Сидоренко")


async def forgotten(desk: Desk, user: int = TEACHER) -> list[Told]:
    [asked] = to(await desk.tell(user, "/forget"), user)
    return await desk.press(user, asked.buttons["Забыть навсегда"])


async def kept(desk: Desk) -> dict[str, str]:
    """All rows of each table, as text."""
    async with desk.database.reading() as work:
        found = await work.connection.run_sync(rows)
    return {table: repr(lines) for table, lines in found.items() if table not in PLACES}


async def test_my_data_is_told_in_short_and_given_in_full(desk: Desk) -> None:
    await lived(desk)
    [mine] = to(await desk.tell(TEACHER, "/my_data"), TEACHER)
    assert "Имя: Ким Олег" in mine.text
    assert "Школа: Школа № 12" in mine.text
    assert "Учитель с " in mine.text
    assert "1 ваше обращение" in mine.text
    assert "1 вопрос ждёт ответа" in mine.text
    assert "1 предложение" in mine.text

    told = await desk.press(TEACHER, mine.buttons["Всё файлом"])
    [sent] = [one.method for one in told if isinstance(one.method, SendDocument)]
    assert isinstance(sent.document, BufferedInputFile)
    assert sent.document.filename == "Мои данные.txt"
    text = sent.document.data.decode()
    for words in ("Пропал Сидоренко", "Снимок Сидоренко", "бегемоты", "В архиве Сидоренко"):
        assert words in text
    assert "Сидоренко вернули" not in text
    assert str(TEACHER) in text


async def test_the_file_is_plain_text(desk: Desk) -> None:
    await desk.opened(TEACHER, "5 < 6 & <b>жирно</b>")
    told = await desk.press(TEACHER, "pm:f")
    [sent] = [one.method for one in told if isinstance(one.method, SendDocument)]
    assert isinstance(sent.document, BufferedInputFile)
    assert "5 < 6 & <b>жирно</b>" in sent.document.data.decode()


async def test_an_administrator_reads_how_many_answers_were_given(desk: Desk) -> None:
    await lived(desk)
    told = await desk.press(OWNER, "pm:f")
    [sent] = [one.method for one in told if isinstance(one.method, SendDocument)]
    assert isinstance(sent.document, BufferedInputFile)
    assert "1 ответ или заметка" in sent.document.data.decode()


async def test_nothing_of_a_forgotten_person_is_kept(desk: Desk) -> None:
    await lived(desk)
    before = await kept(desk)
    assert any("Сидоренко" in lines for lines in before.values())
    told = await forgotten(desk)

    assert "всё, что я о вас хранил, стёрто" in said(told, TEACHER, "Готово").text
    after = await kept(desk)
    assert not [name for name, lines in after.items() if "Сидоренко" in lines and name != LOG]
    assert not [name for name, lines in after.items() if "Ким Олег" in lines]
    account = re.compile(rf"'(user|chat|source_chat|used_by)': {TEACHER}\b")
    assert not [name for name, lines in after.items() if account.search(lines)]


LOG = "consultations"
"""The log of questions never knew who asked, and loses its words by itself."""


async def test_the_figures_of_the_tickets_stay(desk: Desk) -> None:
    await lived(desk)
    await forgotten(desk)
    async with desk.database.reading() as work:
        ticket = await work.tickets.get(SCHOOL, ONE)
        events = await work.tickets.events(SCHOOL, ONE)
    assert ticket is not None
    assert ticket.state is State.CLOSED
    assert ticket.answered_at is not None
    assert [one.what.value for one in events][-2:] == ["closed", "erased"]
    [card] = to(await desk.tell(OWNER, "/queue 1"), OWNER)
    assert "бывший коллега" in card.text
    assert "Тексты и файлы стёрты" in card.text
    [report] = to(await desk.tell(OWNER, "/queue report"), OWNER)
    assert "Новых 1, закрыто 1" in report.text


async def test_a_forgotten_person_is_a_stranger_and_may_be_invited_anew(desk: Desk) -> None:
    await forgotten(desk)
    told = await desk.tell(TEACHER, "/my_data")
    assert "недоступно" in to(told, TEACHER)[-1].text
    [listed] = to(await desk.tell(OWNER, "/people"), OWNER)
    assert "Ким" not in listed.text + "".join(listed.buttons)
    async with desk.database.unit_of_work() as work:
        again = Newcomer(user=UserId(TEACHER), name="Ким Олег")
        person = await work.people.admit(again, school=SCHOOL, staff=None, at=desk.clock.now())
        await work.people.give(person, Role.TEACHER, given_by=None, at=desk.clock.now())
    [mine] = to(await desk.tell(TEACHER, "/my_data"), TEACHER)
    assert "0 ваших обращений" in mine.text


async def test_words_of_others_in_a_shared_ticket_stay(desk: Desk) -> None:
    await desk.opened(TEACHER, "Моя беда")
    desk.clock.move(minutes=5)
    await desk.opened(COLLEAGUE, "Наша общая беда")
    await desk.press(OWNER, "tk:m:2")
    await desk.tell(OWNER, "1")
    await desk.press(OWNER, "tk:r:1")
    await desk.tell(OWNER, "Чиним")
    await forgotten(desk)
    async with desk.database.reading() as work:
        ticket = await work.tickets.get(SCHOOL, ONE)
        texts = [one.text for one in await work.ticket_messages.list(SCHOOL, ONE)]
        other = [one.text for one in await work.ticket_messages.list(SCHOOL, TWO)]
    assert ticket is not None
    assert ticket.state is not State.CLOSED
    assert texts == ["", "Чиним"]
    assert other == ["Наша общая беда"]
    told = await desk.press(OWNER, "tk:c:1")
    assert said(told, COLLEAGUE, "№ 1 закрыто")
    assert not to(told, TEACHER)


async def test_a_question_that_others_wait_for_stays(desk: Desk) -> None:
    question = "почему фиолетовые бегемоты летают"
    for user in (TEACHER, COLLEAGUE):
        await desk.tell(user, question)
    await desk.tell(TEACHER, "зачем зелёному слону квадратные колёса")
    await forgotten(desk)
    async with desk.database.reading() as work:
        left = await work.connection.execute(select(unanswered_questions.c.text))
        assert list(left.scalars()) == [question]


async def test_a_settled_suggestion_loses_its_words_too(desk: Desk) -> None:
    await lived(desk)
    async with desk.database.unit_of_work() as work:
        values = {"state": "approved", "words": "Сидоренко"}
        await work.connection.execute(update(consultation_suggestions).values(values))
    await forgotten(desk)
    async with desk.database.reading() as work:
        [row] = (await work.connection.execute(select(consultation_suggestions))).all()
    assert (row.question, row.answer, row.words, row.state) == ("", "", "", "approved")


async def test_the_last_owner_does_not_go(desk: Desk) -> None:
    await forgotten(desk, SECOND)
    [refused] = to(await desk.tell(OWNER, "/forget"), OWNER)
    assert "пригласите другого администратора" in refused.text
    for data in ("pm:a", "pm:y"):
        told = await desk.press(OWNER, data)
        assert "пригласите другого" in to(told, None)[-1].text
    async with desk.database.reading() as work:
        assert await work.people.of_user(UserId(OWNER), desk.clock.now())


async def test_each_step_can_be_left(desk: Desk) -> None:
    [mine] = to(await desk.tell(DEPUTY, "/my_data"), DEPUTY)
    [asked] = to(await desk.press(DEPUTY, mine.buttons["Забыть меня"]), DEPUTY)
    [left] = to(await desk.press(DEPUTY, asked.buttons["Отмена"]), DEPUTY)
    assert "как было" in left.text
    assert "Имя: Завучева Вера" in to(await desk.tell(DEPUTY, "/my_data"), DEPUTY)[-1].text


async def test_a_person_is_forgotten_in_every_school(desk: Desk) -> None:
    other = await desk.people(school="Лицей", names={TEACHER: ("Ким О.", Role.TEACHER)})
    assert other != SCHOOL
    await forgotten(desk)
    async with desk.database.reading() as work:
        found = await work.connection.execute(select(people.c.name).where(people.c.user < 0))
        assert list(found.scalars()) == ["", ""]
        assert await work.people.list(SchoolId(other), desk.clock.now()) == []


async def test_a_letter_that_waited_for_a_forgotten_person_is_not_sent(desk: Desk) -> None:
    await desk.opened(TEACHER, "Беда")
    desk.refuses[TEACHER] = "Too Many"
    await desk.press(OWNER, "tk:r:1")
    await desk.tell(OWNER, "Ответ")
    desk.refuses.clear()
    await forgotten(desk)
    async with desk.database.reading() as work:
        assert not await work.ticket_messages.ended()


async def test_a_stranger_has_nothing_to_see(desk: Desk) -> None:
    for words in ("/my_data", "/forget"):
        assert "недоступно" in to(await desk.tell(STRANGER, words), STRANGER)[-1].text


async def test_who_came_in_by_the_setup_code_is_forgotten_as_well(
    talk: Conversation, database: Database, clock: FrozenClock
) -> None:
    made = Desk(talk, database, clock)
    await talk.set_up()
    await talk.press(OWNER, "cn")
    director = {SECOND: ("Директор", Role.DIRECTOR)}
    await made.people(into=SCHOOL, names=director)
    await made.deliver()
    await forgotten(made, OWNER)
    assert f"'used_by': {OWNER}" not in (await kept(made))["setup"]
    again = await made.tell(OWNER, f"/start {CODE}")
    assert "Код не подошёл" in again[-1].text
