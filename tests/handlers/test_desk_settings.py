"""The help desk's settings in conversation."""

import pytest

from services.helpdesk.arranging import MOST
from storage.database import Database
from tests.conftest import FrozenClock
from tests.handlers.conversation import Conversation
from tests.handlers.desk import OWNER, SCHOOL, TEACHER, Desk, Told, said, to


@pytest.fixture
async def desk(talk: Conversation, database: Database, clock: FrozenClock) -> Desk:
    made = Desk(talk, database, clock)
    await made.people()
    return made


async def settings(desk: Desk) -> Told:
    [queue] = to(await desk.tell(OWNER, "/queue"), OWNER)
    [shown] = to(await desk.press(OWNER, queue.buttons["Настройки"]), OWNER)
    return shown


async def through(desk: Desk, *labels: str) -> Told:
    """One button after the other, from the settings on."""
    shown = await settings(desk)
    for label in labels:
        [shown] = to(await desk.press(OWNER, shown.buttons[label]), OWNER)
    return shown


async def typed(desk: Desk, words: str) -> Told:
    [shown] = to(await desk.tell(OWNER, words), OWNER)
    return shown


async def test_hours_are_written_and_follow_the_timetable_again(desk: Desk) -> None:
    assert "пн-пт 8:00-17:00" in (await settings(desk)).text
    await through(desk, "Рабочие часы")
    assert "Не понял часы" in (await typed(desk, "когда как")).text
    assert "пн-сб 9:00-15:00" in (await typed(desk, "пн-сб 9-15")).text
    assert "пн-пт 8:00-17:00" in (await through(desk, "Рабочие часы", "По расписанию")).text


async def test_targets_and_urgency_of_a_category_change(desk: Desk) -> None:
    shown = await through(desk, "Категории и сроки", "Не тот список")
    assert "Первый ответ за 4 ч рабочего времени, решение за 18 ч" in shown.text
    await through(desk, "Категории и сроки", "Не тот список", "Сроки")
    assert "Не понял сроки" in (await typed(desk, "быстро")).text
    assert "Первый ответ за 30 мин" in (await typed(desk, "30 мин / 2 ч")).text
    shown = await through(desk, "Категории и сроки", "Не тот список", "Срочность")
    assert "Срочность: высокая" in shown.text
    shown = await through(desk, "Категории и сроки", "Не тот список", "Срочность")
    assert "Срочность: низкая" in shown.text


async def test_a_category_is_taken_away_and_offered_again(desk: Desk) -> None:
    shown = await through(desk, "Категории и сроки", "КТП", "Не предлагать")
    assert "не предлагается" in shown.text
    [offered] = to(await desk.tell(TEACHER, "/problem"), TEACHER)
    assert "КТП" not in offered.buttons
    await through(desk, "Категории и сроки", "КТП", "Предлагать")
    [offered] = to(await desk.tell(TEACHER, "/problem"), TEACHER)
    assert "КТП" in offered.buttons


async def test_something_else_is_always_offered(desk: Desk) -> None:
    shown = await through(desk, "Категории и сроки", "Другое")
    assert "Не предлагать" not in shown.buttons
    told = await desk.press(OWNER, "tg:o:other")
    assert "предлагается всегда" in to(told, None)[-1].text


async def test_a_category_of_one_s_own_is_offered_and_named(desk: Desk) -> None:
    await through(desk, "Категории и сроки", "Новая категория")
    assert "от 1 до 40" in (await typed(desk, "а" * 41)).text
    shown = await typed(desk, "Печать <А4>")
    assert "Печать &lt;А4&gt;" in shown.text
    [offered] = to(await desk.tell(TEACHER, "/problem"), TEACHER)
    await desk.press(TEACHER, offered.buttons["Печать <А4>"])
    await desk.tell(TEACHER, "Принтер молчит")
    told = await desk.press(TEACHER, "tp:s:-1:1")
    assert "Печать &lt;А4&gt;" in said(told, OWNER, "Принтер").text


async def test_there_is_an_end_to_categories_and_replies(desk: Desk) -> None:
    async with desk.database.reading() as work:
        shipped = await work.helpdesk.settings(SCHOOL)
    for number in range(MOST - len(shipped.categories)):
        await through(desk, "Категории и сроки", "Новая категория")
        await typed(desk, f"Своя {number}")
    await through(desk, "Категории и сроки", "Новая категория")
    assert "не поместится" in (await typed(desk, "Лишняя")).text
    for number in range(MOST - len(shipped.replies)):
        await through(desk, "Готовый ответ", "Новый ответ")
        await typed(desk, f"Ответ {number}\nТекст")
    await through(desk, "Готовый ответ", "Новый ответ")
    assert "не поместится" in (await typed(desk, "Лишний\nТекст")).text


async def test_a_ready_reply_is_written_and_taken_away(desk: Desk) -> None:
    await through(desk, "Готовый ответ", "Новый ответ")
    assert "в первой строке" in (await typed(desk, "Без текста")).text
    shown = await typed(desk, "Проверил\nОбращение № {номер} проверил")
    assert "Проверил" in shown.buttons
    shown = await through(desk, "Готовый ответ", "Проверил")
    assert "№ {номер}" in shown.text
    [left] = to(await desk.press(OWNER, shown.buttons["Убрать"]), OWNER)
    assert "Проверил" not in left.buttons
    assert "изменились" in said(await desk.press(OWNER, "ty:99:0"), OWNER, "ответы").text
    await desk.press(OWNER, "ty:99:1")
    assert len((await through(desk, "Готовый ответ")).buttons) == len(left.buttons)


async def test_a_category_that_is_gone_is_said(desk: Desk) -> None:
    for data in ("tg:s:gone", "tg:t:gone", "tg:p:gone"):
        told = await desk.press(OWNER, data)
        assert "больше нет" in to(told, None)[-1].text


async def test_a_change_is_in_the_audit(desk: Desk) -> None:
    await through(desk, "Категории и сроки", "КТП", "Не предлагать")
    async with desk.database.reading() as work:
        assert (await work.audit.list(SCHOOL))[0].facts == {"setting": "helpdesk"}


async def test_how_long_words_are_kept_is_chosen(desk: Desk) -> None:
    shown = await through(desk, "Сколько хранить тексты")
    assert "через такой срок: год" in shown.text
    assert "✓ год" in shown.buttons
    shown = await through(desk, "Сколько хранить тексты", "3 месяца")
    assert "✓ 3 месяца" in shown.buttons
    async with desk.database.reading() as work:
        assert (await work.helpdesk.settings(SCHOOL)).kept == 90
    for refused in (await desk.press(OWNER, "tv:1"), await desk.press(TEACHER, "tv:180")):
        assert "недоступно" in to(refused, None)[-1].text
    async with desk.database.reading() as work:
        assert (await work.helpdesk.settings(SCHOOL)).kept == 90
