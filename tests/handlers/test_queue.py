"""The administrators' side: the queue, cards, the life of a ticket, its clock."""

from datetime import UTC, datetime

import pytest
from sqlalchemy import func, select

from services.helpdesk.tickets import State, TicketNumber
from storage.database import Database
from storage.schema.process import job_runs
from tests.conftest import FrozenClock
from tests.handlers.conversation import Conversation
from tests.handlers.desk import (
    COLLEAGUE,
    DEPUTY,
    OWNER,
    SCHOOL,
    SECOND,
    TEACHER,
    Desk,
    Told,
    said,
    to,
)

ONE = TicketNumber(1)
MONDAY = datetime(2026, 11, 16, 6, 0, tzinfo=UTC)
"""9:00 in Moscow."""


@pytest.fixture
async def desk(talk: Conversation, database: Database, clock: FrozenClock) -> Desk:
    clock.moment = MONDAY
    made = Desk(talk, database, clock)
    await made.people()
    return made


async def card(desk: Desk, user: int = TEACHER, text: str = "Нет списка класса") -> Told:
    return said(await desk.opened(user, text), OWNER, text)


async def state(desk: Desk, number: TicketNumber = ONE) -> State | None:
    async with desk.database.reading() as work:
        ticket = await work.tickets.get(SCHOOL, number)
    return None if ticket is None else ticket.state


# -- the card --------------------------------------------------------------------------------------


async def test_each_administrator_has_one_card_that_is_edited(desk: Desk) -> None:
    shown = await card(desk)
    told = await desk.press(OWNER, shown.buttons["Взять"])
    for administrator in (OWNER, SECOND):
        renewed = said(told, administrator, "В работе: Орлова Анна")
        assert renewed.edits is not None
    theirs = said(told, SECOND, "В работе: Орлова Анна")
    assert "Забрать себе" in theirs.buttons


async def test_two_who_take_at_once_are_told_who_was_faster(desk: Desk) -> None:
    shown = await card(desk)
    await desk.press(OWNER, shown.buttons["Взять"])
    told = await desk.press(SECOND, shown.buttons["Взять"])
    assert "№ 1 уже в работе: Орлова Анна." in to(told, None)[-1].text
    told = await desk.press(SECOND, "tk:o:1")
    assert "В работе: Петров Пётр" in said(told, OWNER, "№ 1").text


async def test_two_who_close_at_once_are_told_who_was_faster(desk: Desk) -> None:
    shown = await card(desk)
    first = await desk.press(OWNER, shown.buttons["Закрыть"])
    second = await desk.press(SECOND, shown.buttons["Закрыть"])
    assert "вас опередили (Орлова Анна)" in to(second, None)[-1].text
    assert len([one for one in to(first, TEACHER) if "Как всё прошло" in one.text]) == 1
    assert not to(second, TEACHER)


async def test_the_buttons_move_the_ticket_through_its_life(desk: Desk) -> None:
    shown = await card(desk)
    for label, wanted in (
        ("Жду автора", State.WAITS_AUTHOR),
        ("Жду других", State.WAITS_OTHERS),
        ("Снова в работе", State.TAKEN),
        ("Решено", State.SOLVED),
        ("Закрыть", State.CLOSED),
    ):
        told = await desk.press(OWNER, shown.buttons[label])
        assert await state(desk) is wanted
        shown = said(told, OWNER, "Нет списка")


async def test_a_solved_ticket_asks_its_author(desk: Desk) -> None:
    shown = await card(desk)
    told = await desk.press(OWNER, shown.buttons["Решено"])
    asked = said(told, TEACHER, "всё решено")
    told = await desk.press(TEACHER, asked.buttons["Не решено"])
    assert await state(desk) is State.TAKEN
    told = await desk.press(OWNER, "tk:v:1")
    asked = said(told, TEACHER, "всё решено")
    await desk.press(TEACHER, asked.buttons["Да, закрыть"])
    assert await state(desk) is State.CLOSED


async def test_a_note_stays_among_administrators(desk: Desk) -> None:
    shown = await card(desk)
    [asked] = to(await desk.press(OWNER, shown.buttons["Заметка"]), OWNER)
    assert "не увидит" in asked.text
    told = await desk.tell(OWNER, "Проверить у завуча")
    assert "Проверить у завуча" in said(told, SECOND, "заметка").text
    assert not [one for one in to(told, TEACHER) if "Проверить" in one.text]


async def test_the_history_tells_who_did_what(desk: Desk) -> None:
    shown = await card(desk)
    told = await desk.press(OWNER, shown.buttons["Взять"])
    told = await desk.press(OWNER, said(told, OWNER, "№ 1").buttons["История"])
    history = to(told, OWNER)[0].text
    assert "открыто · Ким Олег" in history
    assert "взято в работу · Орлова Анна" in history


async def test_the_administration_looks_on_without_answering(desk: Desk) -> None:
    await card(desk)
    [shown] = to(await desk.tell(DEPUTY, "/queue 1"), DEPUTY)
    assert "Нет списка" in shown.text
    assert list(shown.buttons) == ["История", "К очереди"]


# -- the queue -------------------------------------------------------------------------------------


async def test_the_queue_has_the_most_pressing_first(desk: Desk) -> None:
    await card(desk)
    desk.clock.move(minutes=5)
    await desk.tell(COLLEAGUE, "/problem")
    await desk.press(COLLEAGUE, "tc:journal_down")
    await desk.tell(COLLEAGUE, "Не открывается")
    await desk.press(COLLEAGUE, "tp:s:-1:1")
    [queue] = to(await desk.tell(OWNER, "/queue"), OWNER)
    assert "2 открытых обращения" in queue.text
    assert list(queue.buttons)[:2] == ["❗ № 2 · Журнал не работает", "№ 1 · Не тот список"]
    told = await desk.press(OWNER, queue.buttons["№ 1 · Не тот список"])
    shown = said(told, OWNER, "Нет списка")
    [back] = to(await desk.press(OWNER, shown.buttons["К очереди"]), OWNER)
    assert back.text == queue.text


async def test_an_empty_queue_says_so(desk: Desk) -> None:
    [queue] = to(await desk.tell(OWNER, "/queue"), OWNER)
    assert "Открытых обращений нет" in queue.text


async def test_a_number_that_is_not_there_is_said(desk: Desk) -> None:
    for words in ("/queue 7", "/queue № 7"):
        [answer] = to(await desk.tell(OWNER, words), OWNER)
        assert answer.text == "Обращения № 7 нет."


# -- merging, ready replies, putting off -----------------------------------------------------------


async def test_merged_tickets_go_on_as_one_and_all_authors_hear(desk: Desk) -> None:
    await card(desk)
    second = await card(desk, COLLEAGUE, "И у нас нет списка")
    await desk.press(OWNER, second.buttons["Объединить"])
    told = await desk.tell(OWNER, "№ 1")
    assert "№ 2 о том же, что № 1" in said(told, COLLEAGUE, "объединены").text
    assert "вашем № 1" in said(told, TEACHER, "ещё один коллега").text
    first = said(told, OWNER, "Нет списка класса")
    assert "Затронуты 2 человека" in first.text
    assert "Вместе с ним: № 2" in first.text

    told = await desk.reply(OWNER, first, "Починили")
    for author in (TEACHER, COLLEAGUE):
        assert "Починили" in said(told, author, "администратор").text
    heard = said(told, COLLEAGUE, "Починили")
    told = await desk.reply(COLLEAGUE, heard, "Ура")
    assert "№ 1" in said(told, OWNER, "Ура").text
    assert not [one for one in to(told, TEACHER) if "Ура" in one.text]
    for number in ("/queue 2", "/queue 1"):
        [one] = to(await desk.tell(OWNER, number), OWNER)
        assert "№ 1" in one.text


@pytest.mark.parametrize("words", ["1", "77", "первое", "9" * 30])
async def test_an_unfit_number_is_refused_and_asked_for_again(desk: Desk, words: str) -> None:
    shown = await card(desk)
    await card(desk, COLLEAGUE, "Другое дело")
    await desk.press(OWNER, shown.buttons["Объединить"])
    [refused] = to(await desk.tell(OWNER, words), OWNER)
    assert "не подходит" in refused.text
    told = await desk.tell(OWNER, "2")
    assert "продолжится в № 2" in said(told, OWNER, "№ 1").text


async def test_a_ready_reply_has_its_fields_filled_and_is_shown_first(desk: Desk) -> None:
    shown = await card(desk)
    [listed] = to(await desk.press(OWNER, shown.buttons["Готовый ответ"]), OWNER)
    [ready] = to(await desk.press(OWNER, listed.buttons["Взяли в работу"]), OWNER)
    assert "№ 1" in ready.text
    assert "до 16.11 13:00" in ready.text
    told = await desk.press(OWNER, ready.buttons["Отправить"])
    assert "Обращение № 1 взял в работу" in said(told, TEACHER, "администратор").text
    assert await state(desk) is State.TAKEN


async def test_a_ready_reply_that_is_gone_is_said(desk: Desk) -> None:
    await card(desk)
    told = await desk.press(OWNER, "tq:1:99:1")
    assert "Готовые ответы изменились" in to(told, None)[-1].text


async def test_a_ticket_put_off_comes_back_in_the_morning(desk: Desk) -> None:
    shown = await card(desk)
    [asked] = to(await desk.press(OWNER, shown.buttons["Отложить"]), OWNER)
    told = await desk.press(OWNER, asked.buttons["До утра рабочего дня"])
    assert "напомню 17.11 08:00" in said(told, OWNER, "напомню").text
    desk.clock.moment = datetime(2026, 11, 17, 4, 59, tzinfo=UTC)
    assert not [one for one in await desk.tick() if "просили напомнить" in one.text]
    desk.clock.moment = datetime(2026, 11, 17, 5, 0, tzinfo=UTC)
    told = await desk.tick()
    assert "Не тот список" in said(told, OWNER, "просили напомнить").text
    assert not [one for one in to(told, SECOND) if "просили напомнить" in one.text]


@pytest.mark.parametrize(
    ("words", "moment"),
    [("25.11", "25.11 08:00"), ("25.11 10:30", "25.11 10:30"), ("01.02.2027 9", "01.02 09:00")],
)
async def test_a_day_may_be_written(desk: Desk, words: str, moment: str) -> None:
    shown = await card(desk)
    await desk.press(OWNER, shown.buttons["Отложить"])
    told = await desk.tell(OWNER, words)
    assert f"напомню {moment}" in said(told, OWNER, "напомню").text


@pytest.mark.parametrize("words", ["завтра", "31.02", "16.11", "01.01.2030", "25.11 30:00"])
async def test_an_unfit_day_is_refused(desk: Desk, words: str) -> None:
    shown = await card(desk)
    await desk.press(OWNER, shown.buttons["Отложить"])
    [refused] = to(await desk.tell(OWNER, words), OWNER)
    assert "25.11" in refused.text
    assert "Не понял день" in refused.text


# -- the clock -------------------------------------------------------------------------------------


async def warned(desk: Desk, words: str) -> dict[int, int]:
    """How often each chat was told such words at a look of the clock."""
    found: dict[int, int] = {}
    for one in await desk.tick():
        if words in one.text and one.chat is not None:
            found[one.chat] = found.get(one.chat, 0) + 1
    return found


async def test_the_first_answer_is_reminded_of_then_reported_once_each(desk: Desk) -> None:
    await card(desk)
    desk.clock.move(hours=2, minutes=50)
    assert await warned(desk, "ждёт первого ответа") == {}
    desk.clock.move(minutes=15)
    assert await warned(desk, "ждёт первого ответа") == {OWNER: 1, SECOND: 1}
    desk.clock.move(minutes=5)
    assert await warned(desk, "ждёт первого ответа") == {}
    desk.clock.move(minutes=55)
    assert await warned(desk, "вовремя не ответили") == {DEPUTY: 1}
    desk.clock.move(minutes=5)
    assert await warned(desk, "вовремя не ответили") == {}


async def test_whoever_took_it_is_reminded_alone(desk: Desk) -> None:
    shown = await card(desk)
    await desk.press(SECOND, shown.buttons["Взять"])
    desk.clock.move(hours=3, minutes=5)
    assert await warned(desk, "ждёт первого ответа") == {SECOND: 1}


async def test_the_clock_stands_while_the_author_is_waited_for(desk: Desk) -> None:
    shown = await card(desk)
    await desk.reply(OWNER, shown, "Какой класс?")
    await desk.press(OWNER, "tk:a:1")
    desk.clock.move(days=21)
    assert await warned(desk, "вовремя не решили") == {}
    await desk.tell(TEACHER, "/tickets")
    await desk.press(TEACHER, "to:a:1:1")
    await desk.tell(TEACHER, "5А")
    assert await state(desk) is State.TAKEN
    desk.clock.move(days=1, hours=1)
    assert await warned(desk, "нужно решить до") == {}
    desk.clock.move(hours=5)
    assert await warned(desk, "нужно решить до") == {OWNER: 1}


async def test_nights_and_days_off_do_not_count(desk: Desk) -> None:
    desk.clock.moment = datetime(2026, 11, 20, 13, 0, tzinfo=UTC)
    await card(desk)
    desk.clock.moment = datetime(2026, 11, 23, 6, 59, tzinfo=UTC)
    assert await warned(desk, "первого ответа") == {}
    desk.clock.moment = datetime(2026, 11, 23, 7, 0, tzinfo=UTC)
    assert await warned(desk, "первого ответа до 23.11 11:00") == {OWNER: 1, SECOND: 1}
    desk.clock.moment = datetime(2026, 11, 23, 8, 0, tzinfo=UTC)
    assert await warned(desk, "вовремя не ответили") == {DEPUTY: 1}


async def test_a_solved_ticket_left_alone_is_closed_and_rated(desk: Desk) -> None:
    shown = await card(desk)
    await desk.press(OWNER, shown.buttons["Решено"])
    desk.clock.move(days=2)
    await desk.tick()
    assert await state(desk) is State.SOLVED
    desk.clock.move(days=1)
    told = await desk.tick()
    assert await state(desk) is State.CLOSED
    assert "Как всё прошло" in said(told, TEACHER, "№ 1").text


async def test_the_ledger_forgets_old_looks(desk: Desk) -> None:

    await card(desk)
    for _ in range(8):
        await desk.tick()
        desk.clock.move(days=1)
    async with desk.database.reading() as work:
        counted = await work.connection.execute(select(func.count()).select_from(job_runs))
        assert counted.scalar_one() <= 3
