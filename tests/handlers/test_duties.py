"""/plan: the month's duties, what shows them, own entries, the journal as files, the reminder."""

from datetime import UTC, datetime
from io import BytesIO

import pytest
from aiogram.methods import SendDocument
from aiogram.types import BufferedInputFile
from docx import Document
from openpyxl import load_workbook
from sqlalchemy import select, update

from bot.duties import OverdueDuties, duty_reminders
from services.access import Role
from services.people import UserId
from storage.database import Database
from storage.schema.people import audit, schools
from tests.conftest import FrozenClock
from tests.filled import SCHOOL
from tests.handlers.conversation import Conversation, Staff
from tests.handlers.desk import DEPUTY, NAMES, OWNER, TEACHER, Desk, Told, to

DIRECTOR = 8
PEOPLE = {**NAMES, DIRECTOR: ("Главная Ольга", Role.DIRECTOR)}
MONDAY = datetime(2026, 11, 23, 6, 0, tzinfo=UTC)
"""9:00 in Moscow."""


@pytest.fixture
async def desk(full: Database, clock: FrozenClock, staff: Staff) -> Desk:
    """A generated school on Friday the 20th of November, 16:00; nothing was ever sent."""
    made = Desk(Conversation(full, clock, staff), full, clock)
    await made.people(names=PEOPLE, into=SCHOOL)
    return made


async def tick(desk: Desk) -> list[Told]:
    start = len(desk.told)
    job = OverdueDuties(duty_reminders(desk.database, desk.clock))
    for due in await job.due(desk.clock.now()):
        async with desk.database.reading() as work:
            if await work.job_runs.done(job.name, due.school, due.period):
                continue
        await job.run(due)
    await desk.deliver()
    return desk.told[start:]


async def entered(
    desk: Desk, clause: str, *, month: str = "2026-11", day: str = "18.11", proof: str = ""
) -> Told:
    """The clause's page after an entry about it."""
    await desk.press(OWNER, f"ue:{month}:{clause}")
    await desk.tell(OWNER, "Совещание с МО")
    await desk.tell(OWNER, day)
    told = await (desk.tell(OWNER, proof) if proof else desk.press(OWNER, "ub"))
    return to(told, OWNER)[-1]


def content(told: list[Told]) -> BytesIO:
    [method] = [one.method for one in told if isinstance(one.method, SendDocument)]
    assert isinstance(method.document, BufferedInputFile)
    return BytesIO(method.document.data)


def _cell(day: int) -> datetime:
    return datetime(2026, 11, day)  # noqa: DTZ001  # a spreadsheet's day has no zone


async def test_the_month_is_one_screen_with_each_duty_s_state(desk: Desk) -> None:
    [page] = to(await desk.tell(OWNER, "/plan"), OWNER)
    assert "ноябрь 2026 г." in page.text
    assert "Просрочены 2 обязанности." in page.text
    assert "❗ 2.1 Анализ за неделю: сделано 0 из 4, просрочено, срок 06.11" in page.text
    assert "2.2 Справки директору: ждёт до 05.12" in page.text
    assert "✓ 2.3 Списки по приказам: сделано 20.11" in page.text
    assert "2.5 Разбор проблем: не требовалось" in page.text
    assert "С прошлого месяца просрочено: 2.1, 2.2, 2.3, 2.6" in page.text
    assert len(page.text.splitlines()) <= 25
    assert list(page.buttons)[:3] == ["❗ 2.1", "2.2", "✓ 2.3"]
    [week] = to(await desk.press(OWNER, page.buttons["❗ 2.1"]), OWNER)
    assert "<b>02.11–08.11</b>: просрочено, срок 06.11" in week.text
    assert "<b>16.11–22.11</b>: ждёт до 20.11" in week.text
    [lists] = to(await desk.press(OWNER, page.buttons["✓ 2.3"]), OWNER)
    assert "20.11: загрузки со списками: 1" in lists.text
    [back] = to(await desk.press(OWNER, lists.buttons["Назад"]), OWNER)
    assert back.text == page.text


async def test_earlier_months_are_a_press_away_and_end_where_the_school_began(desk: Desk) -> None:
    [page] = to(await desk.tell(OWNER, "/plan"), OWNER)
    assert not [name for name in page.buttons if "›" in name]
    for name in ("октябрь", "сентябрь", "август"):
        [page] = to(await desk.press(OWNER, page.buttons[f"‹ {name} 2026 г."]), OWNER)
        assert f"{name} 2026 г." in page.text
        assert "С прошлого месяца" not in page.text
    assert "❗ 2.4 Закрытие и открытие года: просрочено, срок 31.08" in page.text
    assert not [name for name in page.buttons if "‹" in name]
    assert "сентябрь 2026 г. ›" in page.buttons
    for press in ("um:2026-07", "um:2026-12", "uc:2026-11:9.9"):
        [window] = [one for one in await desk.press(OWNER, press) if one.text]
        assert "Такого в журнале обязанностей нет" in window.text


async def test_an_entry_says_what_when_and_by_what_it_shows(desk: Desk) -> None:
    [page] = to(await desk.tell(OWNER, "/plan"), OWNER)
    [which] = to(await desk.press(OWNER, page.buttons["Добавить запись"]), OWNER)
    asked = await desk.press(OWNER, which.buttons["2.8 Координация участников"])
    assert "Что сделано?" in to(asked, OWNER)[0].text
    [day] = to(await desk.tell(OWNER, "  Совещание\nс МО "), OWNER)
    assert list(day.buttons) == ["Сегодня", "Вчера", "Отмена"]
    assert "ещё не наступил" in to(await desk.tell(OWNER, "21.11.2026"), OWNER)[0].text
    assert "Не понимаю день" in to(await desk.tell(OWNER, "позавчера"), OWNER)[0].text
    assert "раньше нынешнего" in to(await desk.tell(OWNER, "31.07.2026"), OWNER)[0].text
    [proof] = to(await desk.press(OWNER, day.buttons["Вчера"]), OWNER)
    assert "Чем это подтвердить?" in proof.text

    [kept] = to(await desk.tell(OWNER, "протокол № 5"), OWNER)

    assert "✓ <b>ноябрь 2026 г.</b>: сделано 19.11" in kept.text
    assert "19.11: Совещание с МО (протокол № 5)" in kept.text
    async with desk.database.reading() as work:
        written = (await work.connection.execute(select(audit.c.what))).scalars().all()
    assert "duty entered" in written
    [mine] = to(await desk.press(OWNER, "pm:f"), OWNER)
    assert isinstance(mine.method, SendDocument)
    assert isinstance(mine.method.document, BufferedInputFile)
    assert "Совещание с МО · протокол № 5" in mine.method.document.data.decode()


async def test_an_entry_can_be_withdrawn(desk: Desk) -> None:
    page = await entered(desk, "2.8")
    assert "сделано 18.11" in page.text
    [sure] = to(await desk.press(OWNER, page.buttons["Убрать запись № 1"]), OWNER)
    assert "Совещание с МО" in sure.text
    [page] = to(await desk.press(OWNER, sure.buttons["Да, убрать"]), OWNER)
    assert "ждёт до 30.11" in page.text
    assert "Убрать" not in "".join(page.buttons)
    again = await desk.press(OWNER, sure.buttons["Да, убрать"])
    assert "Такого в журнале обязанностей нет" in next(one for one in again if one.text).text
    assert "Убрать запись № 2" in (await entered(desk, "2.8")).buttons


async def test_an_entry_about_a_week_belongs_to_the_week_of_its_day(desk: Desk) -> None:
    page = await entered(desk, "2.1", day="10.11")
    assert "✓ <b>09.11–15.11</b>: сделано 10.11" in page.text
    assert "❗ <b>02.11–08.11</b>: просрочено, срок 06.11" in page.text
    late = await entered(desk, "2.2", month="2026-10", day="18.11")
    assert "✓ <b>октябрь 2026 г.</b>: ждёт" not in late.text
    assert "18.11: Совещание с МО" in late.text
    assert "сделано 18.11" in late.text


async def test_what_a_month_does_not_ask_for_may_be_written_down_too(desk: Desk) -> None:
    page = await entered(desk, "2.7", proof="приказ № 3")
    assert "В этом месяце не требуется." in page.text
    assert "18.11: Совещание с МО (приказ № 3)" in page.text
    [month] = to(await desk.press(OWNER, page.buttons["Назад"]), OWNER)
    assert "2.7 Требования и обучение: есть записи" in month.text
    assert "2.7" in month.buttons


async def test_words_too_long_or_none_are_refused(desk: Desk) -> None:
    await desk.press(OWNER, "ue:2026-11:2.8")
    assert "не больше 500" in to(await desk.tell(OWNER, "а" * 501), OWNER)[0].text
    await desk.tell(OWNER, "Сделано")
    await desk.press(OWNER, "ut:739940")
    assert "не больше 300" in to(await desk.tell(OWNER, "а" * 301), OWNER)[0].text
    [kept] = to(await desk.tell(OWNER, "а" * 300), OWNER)
    assert "20.11: Сделано (ааа" in kept.text
    assert "…" in kept.text


async def test_only_the_last_entries_of_many_are_shown_in_the_chat(desk: Desk) -> None:
    for _ in range(6):
        page = await entered(desk, "2.8")
    assert page.text.count("Совещание") == 5
    assert "Остальное в таблице." in page.text


async def test_the_director_reads_and_nobody_else(desk: Desk) -> None:
    [page] = to(await desk.tell(DIRECTOR, "/plan"), DIRECTOR)
    assert "Обязанности администратора журнала" in page.text
    assert "Добавить запись" not in page.buttons
    [clause] = to(await desk.press(DIRECTOR, page.buttons["2.8"]), DIRECTOR)
    assert list(clause.buttons) == ["Назад"]
    for user in (DEPUTY, TEACHER):
        [refused] = to(await desk.tell(user, "/plan"), user)
        assert "Обязанности" not in refused.text


async def test_the_journal_is_printed_as_a_table_and_a_document(desk: Desk) -> None:
    await entered(desk, "2.8", proof="=протокол")
    await entered(desk, "2.7")
    book = load_workbook(content(await desk.press(OWNER, "uf:2026-11:x")))
    rows = [list(row) for row in book["Обязанности"].iter_rows(values_only=True)]
    assert rows[0] == [
        "Пункт", "Что требовалось", "Период", "Срок", "Сделано", "Чем подтверждается",
    ]  # fmt: skip
    [own] = [row for row in rows if row[0] == "2.8"]
    assert own[2:] == [
        "ноябрь 2026 г.", _cell(30), _cell(18),
        "18.11: Совещание с МО (=протокол)",
    ]  # fmt: skip
    [first, *_] = [row for row in rows if row[0] == "2.1"]
    assert first[2:] == ["02.11–08.11", _cell(6), None, None]
    assert [row[5] for row in rows if row[0] == "2.5"] == ["Не требовалось."]
    assert rows[-1][0] == "2.7"

    document = Document(content(await desk.press(OWNER, "uf:2026-11:d")))
    told = [paragraph.text for paragraph in document.paragraphs]
    assert told[:3] == [
        "Школа № 12",
        "Журнал исполнения обязанностей администратора электронного журнала",
        "ноябрь 2026 г.",
    ]
    assert told[-1].startswith("Директор")
    [table] = document.tables
    cells = [[cell.text for cell in row.cells] for row in table.rows]
    assert cells[0] == ["Пункт", "Что требовалось", "Срок", "Сделано", "Чем подтверждается"]
    assert len(cells) == len(rows)
    [paper] = [row for row in cells if row[0] == "2.8"]
    assert paper[2:] == ["30.11.2026", "18.11.2026", "18.11: Совещание с МО (=протокол)"]


async def test_what_is_overdue_is_told_on_monday_once(desk: Desk) -> None:
    desk.clock.moment = MONDAY
    told = await tick(desk)
    [letter] = to(told, OWNER)
    assert "2.1 Анализ за неделю, 02.11–08.11: просрочено, срок 06.11" in letter.text
    assert "2.8 Координация участников, октябрь 2026 г.: просрочено, срок 31.10" in letter.text
    assert to(told, DIRECTOR) == to(told, DEPUTY) == []
    [page] = to(await desk.press(OWNER, letter.buttons["К обязанностям"]), OWNER)
    assert "ноябрь 2026 г." in page.text
    desk.clock.move(days=2)
    assert await tick(desk) == []
    desk.clock.move(days=5)
    assert to(await tick(desk), OWNER)


async def test_before_monday_s_hour_it_is_the_week_before_that_is_due(desk: Desk) -> None:
    desk.clock.moment = MONDAY
    desk.clock.move(minutes=-1)
    job = OverdueDuties(duty_reminders(desk.database, desk.clock))
    assert [one.period for one in await job.due(desk.clock.now())] == ["2026-W47"]
    desk.clock.move(minutes=1)
    assert [one.period for one in await job.due(desk.clock.now())] == ["2026-W48"]


async def test_in_holidays_nobody_is_reminded(desk: Desk) -> None:
    desk.clock.moment = datetime(2026, 10, 26, 6, 0, tzinfo=UTC)
    assert await tick(desk) == []


async def test_a_letter_that_has_nothing_to_tell_any_more_does_not_leave(desk: Desk) -> None:
    desk.clock.moment = MONDAY
    reminders = duty_reminders(desk.database, desk.clock)
    await reminders.send(SCHOOL, "2026-W48")
    async with desk.database.unit_of_work() as work:
        late = {"created_at": MONDAY}
        await work.connection.execute(update(schools).where(schools.c.id == SCHOOL).values(late))
    await desk.deliver()
    assert to(desk.told, OWNER) == []


async def test_whoever_is_no_administrator_any_more_gets_no_letter(desk: Desk) -> None:
    desk.clock.moment = MONDAY
    await duty_reminders(desk.database, desk.clock).send(SCHOOL, "2026-W48")
    async with desk.database.unit_of_work() as work:
        person = await work.people.of_user(UserId(OWNER), MONDAY)
        assert person is not None
        await work.people.revoke(SCHOOL, person.id, MONDAY)
    desk.clock.move(minutes=1)
    await desk.deliver()
    assert to(desk.told, OWNER) == []


async def test_everybody_may_read_what_is_kept(desk: Desk) -> None:
    [page] = to(await desk.tell(99, "/privacy"), 99)
    assert (
        "Вопросы храню 90 дн., вопросы без ответа – 365 дн., свои сообщения – 30 дн." in page.text
    )
    assert "закрытых обращений" not in page.text
    assert page.buttons == {}
    [page] = to(await desk.tell(TEACHER, "/privacy"), TEACHER)
    assert "Тексты закрытых обращений храню 365 дн." in page.text
    [mine] = to(await desk.press(TEACHER, page.buttons["Что вы обо мне храните"]), TEACHER)
    assert "Имя: Ким Олег" in mine.text
    [asked] = to(await desk.press(TEACHER, page.buttons["Забыть меня"]), TEACHER)
    assert "Забыть вас?" in asked.text
