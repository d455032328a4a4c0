"""The queue by states, causes, and the report for duty 2.5."""

from datetime import date
from io import BytesIO

import pytest
from aiogram.methods import SendDocument
from aiogram.types import BufferedInputFile
from openpyxl import load_workbook

from services.helpdesk.figures import Period, days_of
from storage.database import Database
from tests.conftest import FrozenClock
from tests.handlers.conversation import Conversation
from tests.handlers.desk import COLLEAGUE, DEPUTY, OWNER, TEACHER, Desk, said, to

WORDS = "Пропал Сидоренко из списка"


@pytest.fixture
async def desk(talk: Conversation, database: Database, clock: FrozenClock) -> Desk:
    """16:00 on Friday the 20th, in Moscow."""
    made = Desk(talk, database, clock)
    await made.people()
    return made


async def month(desk: Desk) -> None:
    """Two tickets of one teacher answered and closed after hours of work, one that is open."""
    for number in (1, 2):
        await desk.opened(TEACHER, WORDS)
        desk.clock.move(minutes=30 * number)
        await desk.press(OWNER, f"tk:r:{number}")
        await desk.tell(OWNER, "Исправили список")
        await desk.press(OWNER, f"tk:c:{number}")
        desk.clock.move(minutes=2)
    await desk.press(TEACHER, "tr:1:5")
    await desk.press(TEACHER, "tr:2:4")
    await desk.tell(TEACHER, "/problem")
    await desk.press(TEACHER, "tc:no_access")
    await desk.tell(TEACHER, "Не пускает")
    await desk.press(TEACHER, "tp:s:-1:1")


async def test_the_report_tells_how_much_how_fast_and_why(desk: Desk) -> None:
    await month(desk)
    await desk.press(OWNER, "tx:1:lists")
    await desk.tell(OWNER, "/outage")
    await desk.press(OWNER, "oj:n:0")
    await desk.tell(OWNER, "15:00")
    await desk.press(OWNER, "oj:e:0")
    await desk.tell(OWNER, "16:00")
    await desk.press(OWNER, "oj:d:0")

    [report] = to(await desk.tell(OWNER, "/queue report"), OWNER)

    assert report.text.splitlines() == [
        "<b>Обращения 01.11–20.11</b>",
        "Новых 3, закрыто 2, открыто сейчас 1",
        "Открыты: меньше суток 1, 1–3 дня 0, 3–7 дней 0, дольше 0",
        "Первый ответ, медиана: 29 мин",
        "Решение, медиана: 29 мин",
        "Оценка: 4,5 из 5 (всего 2)",
        "",
        "<b>О чём</b>",
        "Не тот список: 2 · 29 мин",
        "Нет доступа: 1",
        "",
        "<b>Причины</b>",
        "Списки, нагрузка, расписание: 1",
        "Причина не указана: 2",
        "",
        "Три раза и чаще обращался 1 человек (обращений: 3)",
        "Журнал не работал 1 раз, всего 1 ч",
    ]


async def test_a_report_of_nothing_is_short(desk: Desk) -> None:
    [report] = to(await desk.tell(OWNER, "/queue отчёт"), OWNER)
    assert report.text.splitlines() == [
        "<b>Обращения 01.11–20.11</b>",
        "Новых 0, закрыто 0, открыто сейчас 0",
    ]
    [before] = to(await desk.press(OWNER, report.buttons["Прошлый месяц"]), OWNER)
    assert "01.10–31.10" in before.text
    [year] = to(await desk.press(OWNER, before.buttons["Учебный год"]), OWNER)
    assert "01.08–20.11" in year.text


async def test_the_workbook_names_nobody(desk: Desk) -> None:
    await month(desk)
    told = await desk.press(OWNER, "tf:month:1")
    [sent] = [one.method for one in told if isinstance(one.method, SendDocument)]
    assert isinstance(sent.document, BufferedInputFile)
    assert sent.document.filename == "Обращения 01.11.2026-20.11.2026.xlsx"
    book = load_workbook(BytesIO(sent.document.data))
    cells = [
        str(cell) for sheet in book for row in sheet.iter_rows(values_only=True) for cell in row
    ]
    assert not [one for one in cells if "Сидоренко" in one or "Ким" in one]
    rows = list(book["Обращения"].iter_rows(values_only=True))
    assert [row[0] for row in rows[1:]] == [1, 2, 3]
    assert rows[1][5] == "Закрыто"
    assert rows[3][5] == "Новые"
    assert list(book["О чём"].iter_rows(values_only=True))[1] == ("Не тот список", 2, 2, 0.5)
    assert ("Средняя оценка", "4,5") in set(book["Показатели"].iter_rows(values_only=True))


async def test_a_merged_ticket_is_said_to_be_so(desk: Desk) -> None:
    await desk.opened()
    await desk.opened(COLLEAGUE)
    await desk.press(OWNER, "tk:m:2")
    await desk.tell(OWNER, "1")
    told = await desk.press(OWNER, "tf:month:1")
    [sent] = [one.method for one in told if isinstance(one.method, SendDocument)]
    assert isinstance(sent.document, BufferedInputFile)
    rows = load_workbook(BytesIO(sent.document.data))["Обращения"].iter_rows(values_only=True)
    assert "Объединено с № 1" in [row[5] for row in rows]


async def test_the_queue_is_counted_by_state_and_each_has_its_list(desk: Desk) -> None:
    await desk.opened()
    await desk.opened(COLLEAGUE)
    await desk.press(OWNER, "tk:t:2")
    await desk.opened(DEPUTY)
    await desk.press(OWNER, "tk:v:3")
    [queue] = to(await desk.tell(OWNER, "/queue"), OWNER)
    [counts] = to(await desk.press(OWNER, queue.buttons["По состояниям"]), OWNER)
    assert list(counts.buttons) == [
        "Новые: 1",
        "В работе: 1",
        "Решены, не закрыты: 1",
        "К очереди",
    ]
    [report] = to(await desk.tell(OWNER, "/queue report"), OWNER)
    assert "открыто сейчас 2" in report.text
    [taken] = to(await desk.press(OWNER, counts.buttons["В работе: 1"]), OWNER)
    assert "1 обращение" in taken.text
    assert "№ 2 · Не тот список" in taken.buttons
    [card] = to(await desk.press(OWNER, taken.buttons["№ 2 · Не тот список"]), OWNER)
    assert "№ 2" in card.text


async def test_an_empty_queue_has_no_states(desk: Desk) -> None:
    [counts] = to(await desk.press(OWNER, "ts::1"), OWNER)
    assert "Открытых обращений нет" in counts.text
    told = await desk.press(OWNER, "ts:nonsense:1")
    assert "По состояниям" not in told[-1].text


async def test_the_cause_is_marked_and_can_be_changed(desk: Desk) -> None:
    await desk.opened()
    [card] = to(await desk.press(OWNER, "tk:s:1"), OWNER)
    [asked] = to(await desk.press(OWNER, card.buttons["Причина"]), OWNER)
    assert "Не знали, как сделать" in asked.buttons
    await desk.press(OWNER, asked.buttons["Не знали, как сделать"])
    await desk.press(OWNER, asked.buttons["Ошибка при заполнении"])
    [again] = to(await desk.press(OWNER, card.buttons["Причина"]), OWNER)
    assert "✓ Ошибка при заполнении" in again.buttons
    assert "Не знали, как сделать" in again.buttons
    told = await desk.press(OWNER, "tx:1:nonsense")
    assert "Причина" not in told[-1].text


async def test_a_report_of_an_outage_has_its_cause_at_once(desk: Desk) -> None:
    await desk.tell(TEACHER, "/problem")
    await desk.press(TEACHER, "tc:journal_down")
    await desk.tell(TEACHER, "Не открывается")
    await desk.press(TEACHER, "tp:s:-1:1")
    await desk.press(OWNER, "oj:n:0")
    await desk.press(OWNER, "os:0")
    await desk.press(OWNER, "oj:d:0")
    desk.clock.move(minutes=5)
    await desk.press(OWNER, "oj:x:1")
    [report] = to(await desk.tell(OWNER, "/queue report"), OWNER)
    assert "Сбой журнала: 1" in report.text


async def test_the_administration_reads_the_report_but_names_no_causes(desk: Desk) -> None:
    await desk.opened()
    assert "Новых 1" in said(await desk.tell(DEPUTY, "/queue report"), DEPUTY, "Обращения").text
    told = await desk.press(DEPUTY, "tx:1:slip")
    assert "Ошибка" not in told[-1].text


@pytest.mark.parametrize(
    ("period", "today", "days"),
    [
        (Period.MONTH, date(2026, 11, 20), (date(2026, 11, 1), date(2026, 11, 20))),
        (Period.LAST_MONTH, date(2026, 1, 3), (date(2025, 12, 1), date(2025, 12, 31))),
        (Period.YEAR, date(2026, 7, 31), (date(2025, 8, 1), date(2026, 7, 31))),
        (Period.YEAR, date(2026, 8, 1), (date(2026, 8, 1), date(2026, 8, 1))),
    ],
)
def test_periods_are_those_of_the_calendar(
    period: Period, today: date, days: tuple[date, date]
) -> None:
    assert days_of(period, today) == days
