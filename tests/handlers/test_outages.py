"""/outage: declared, ended, corrected and taken back; what colleagues and authors hear."""

import pytest

from bot.outage_job import OutageEnds
from bot.outages import outages_of
from bot.schedule import Schedule
from services.helpdesk.tickets import State, TicketNumber
from services.people import UserId
from storage.database import Database
from tests.conftest import FrozenClock
from tests.handlers.conversation import Conversation
from tests.handlers.desk import (
    COLLEAGUE,
    DEPUTY,
    NAMES,
    OWNER,
    SCHOOL,
    SECOND,
    TEACHER,
    Desk,
    Told,
    said,
    to,
)

DOWN = "journal_down"


@pytest.fixture
async def desk(talk: Conversation, database: Database, clock: FrozenClock) -> Desk:
    """16:00 on Friday the 20th, in Moscow."""
    made = Desk(talk, database, clock)
    await made.people()
    return made


async def declared(desk: Desk, since: str = "15:00", until: str = "") -> list[Told]:
    """By the administrator; what came of the last press."""
    await desk.tell(OWNER, "/outage")
    await desk.press(OWNER, "oj:n:0")
    [plan] = to(await desk.tell(OWNER, since), OWNER)
    if until:
        await desk.press(OWNER, plan.buttons["Указать конец"])
        [plan] = to(await desk.tell(OWNER, until), OWNER)
    return await desk.press(OWNER, plan.buttons["Объявить"])


async def reported(desk: Desk, user: int = TEACHER, category: str = DOWN) -> list[Told]:
    await desk.tell(user, "/problem")
    await desk.press(user, f"tc:{category}")
    await desk.tell(user, "Не открывается")
    return await desk.press(user, "tp:s:-1:1")


async def test_declaring_takes_three_steps_and_tells_everybody_once(desk: Desk) -> None:
    [root] = to(await desk.tell(OWNER, "/outage"), OWNER)
    assert "Журнал работает." in root.text
    [asked] = to(await desk.press(OWNER, root.buttons["Журнал не работает"]), OWNER)
    assert "С какого времени" in asked.text

    [plan] = to(await desk.press(OWNER, asked.buttons["Сейчас"]), OWNER)
    assert "с 20.11 16:00" in plan.text
    assert "Сообщу 4 коллегам" in plan.text

    told = await desk.press(OWNER, plan.buttons["Объявить"])
    for person in (SECOND, TEACHER, COLLEAGUE, DEPUTY):
        [news] = to(told, person)
        assert "Журнал не работает: с 20.11 16:00" in news.text
        assert "напишу, когда журнал заработает" in news.text
    [card] = to(told, OWNER)
    assert "Коллеги знают" in card.text
    assert "Журнал снова работает" in card.buttons


async def test_the_end_is_told_once(desk: Desk) -> None:
    [card] = to(await declared(desk), OWNER)
    desk.clock.move(minutes=30)

    told = await desk.press(OWNER, card.buttons["Журнал снова работает"])

    for person in (SECOND, TEACHER, COLLEAGUE, DEPUTY):
        [news] = to(told, person)
        assert "Журнал снова работает" in news.text
        assert "20.11 15:00–16:30 (1 ч 30 мин)" in news.text
        assert not news.buttons
    [card] = to(told, OWNER)
    assert "Журнал не работал" in card.text
    again = await desk.press(OWNER, "oj:x:1")
    assert not to(again, TEACHER)


async def test_the_end_that_was_named_comes_by_the_clock(desk: Desk) -> None:
    await declared(desk, until="17:00")
    job = OutageEnds(desk.database, outages_of(desk.database, desk.clock))
    schedule = Schedule(database=desk.database, clock=desk.clock, jobs=[job])
    await schedule.tick()
    await desk.deliver()
    before = len(desk.told)
    desk.clock.move(hours=1)

    await schedule.tick()
    await schedule.tick()
    await desk.deliver()

    told = desk.told[before:]
    assert len(told) == len(NAMES)

    assert {one.chat for one in told} == {OWNER, SECOND, TEACHER, COLLEAGUE, DEPUTY}
    assert all("снова работает" in one.text for one in told)


async def test_one_that_is_over_already_is_told_of_in_one_message(desk: Desk) -> None:
    told = await declared(desk, "10:00", "14:30")
    [news] = to(told, TEACHER)
    assert "Журнал не работал: 20.11 10:00–14:30" in news.text


async def test_a_report_of_it_joins_and_is_closed_with_it(desk: Desk) -> None:
    [card] = to(await declared(desk), OWNER)
    told = await reported(desk)
    assert (
        "№ 1: знаем, журнал не работает с 20.11 15:00; работаем"
        in said(told, TEACHER, "знаем").text
    )
    await reported(desk, COLLEAGUE, "other")

    told = await desk.press(OWNER, card.buttons["Журнал снова работает"])

    news = said(told, TEACHER, "снова работает")
    assert "Ваше обращение № 1 закрыто" in news.text
    assert "Ваше обращение" not in said(told, COLLEAGUE, "снова работает").text
    async with desk.database.reading() as work:
        first = await work.tickets.get(SCHOOL, TicketNumber(1))
        other = await work.tickets.get(SCHOOL, TicketNumber(2))
    assert first is not None
    assert other is not None
    assert (first.state, other.state) == (State.CLOSED, State.NEW)

    told = await desk.press(TEACHER, news.buttons["№ 1: не решено"])
    async with desk.database.reading() as work:
        again = await work.tickets.get(SCHOOL, TicketNumber(1))
    assert again is not None
    assert again.state is State.NEW


async def test_reports_from_before_the_word_join_too(desk: Desk) -> None:
    await reported(desk)
    desk.clock.move(minutes=10)
    await desk.tell(OWNER, "/outage")
    await desk.press(OWNER, "oj:n:0")
    [plan] = to(await desk.tell(OWNER, "15:30"), OWNER)
    assert "Присоединю 1 открытое обращение" in plan.text
    told = await desk.press(OWNER, plan.buttons["Объявить"])
    assert "№ 1: знаем" in said(told, TEACHER, "знаем").text
    [history] = to(await desk.press(OWNER, "tk:h:1"), OWNER)
    assert "присоединено к сбою журнала" in history.text


async def test_a_solved_report_stays_as_it_is(desk: Desk) -> None:
    [card] = to(await declared(desk), OWNER)
    await reported(desk)
    await desk.press(OWNER, "tk:c:1")
    told = await desk.press(OWNER, card.buttons["Журнал снова работает"])
    assert "закрыто" not in said(told, TEACHER, "снова работает").text


async def test_taking_it_back_tells_everybody_and_frees_its_tickets(desk: Desk) -> None:
    [card] = to(await declared(desk), OWNER)
    await reported(desk)
    [asked] = to(await desk.press(OWNER, card.buttons["Объявили по ошибке"]), OWNER)
    assert "Отменить сбой с 20.11 15:00?" in asked.text

    told = await desk.press(OWNER, asked.buttons["Да, отменить"])

    assert "было ошибкой" in said(told, TEACHER, "Журнал работает").text
    async with desk.database.reading() as work:
        ticket = await work.tickets.get(SCHOOL, TicketNumber(1))
    assert ticket is not None
    assert ticket.state is State.NEW
    [gone] = await desk.press(OWNER, "oj:s:1")
    assert "сбоя уже нет" in gone.text
    [root] = to(await desk.tell(OWNER, "/outage"), OWNER)
    assert list(root.buttons) == ["Журнал не работает"]


async def test_both_ends_can_be_mended_by_words(desk: Desk) -> None:
    [card] = to(await declared(desk, "10:00", "14:30"), OWNER)
    await desk.press(OWNER, card.buttons["Исправить начало"])
    told = await desk.tell(OWNER, "9:30")
    assert "09:30–14:30 (5 ч)" in to(told, OWNER)[-1].text
    assert not to(told, TEACHER)
    await desk.press(OWNER, "oj:f:1")
    told = await desk.tell(OWNER, "20.11 14:00")
    assert "09:30–14:00 (4 ч 30 мин)" in to(told, OWNER)[-1].text


async def test_a_message_that_was_told_is_mended_in_place(desk: Desk) -> None:
    [card] = to(await declared(desk), OWNER)
    await desk.press(OWNER, card.buttons["Исправить начало"])
    told = await desk.tell(OWNER, "15:20")
    [mended] = to(told, TEACHER)
    assert "с 20.11 15:20" in mended.text
    assert mended.reply_to is None
    await desk.press(OWNER, card.buttons["Указать конец"])
    [mended] = to(await desk.tell(OWNER, "18:00"), TEACHER)
    assert "20.11 15:20–18:00" in mended.text


async def test_one_that_lies_ahead_is_announced(desk: Desk) -> None:
    told = await declared(desk, "21.11 18:00", "22.11 06:00")
    [news] = to(told, TEACHER)
    assert "Журнал не будет работать: 21.11 18:00 – 22.11 06:00" in news.text
    [card] = to(told, OWNER)
    assert "Журнал снова работает" not in card.buttons
    told = await reported(desk)
    assert not [one for one in told if "знаем" in one.text]


@pytest.mark.parametrize(
    ("words", "answer"),
    [
        ("в десять", "Не понял время"),
        ("25:70", "Не понял время"),
        ("31.02 10:00", "Не понял время"),
        ("01.08 10:00", "Слишком далеко"),
        ("31.12.2026 10:00", "Слишком далеко"),
        ("<b>", "Не понял время"),
    ],
)
async def test_a_moment_that_does_not_fit_is_asked_for_again(
    desk: Desk, words: str, answer: str
) -> None:
    await desk.tell(OWNER, "/outage")
    await desk.press(OWNER, "oj:n:0")
    [refused] = to(await desk.tell(OWNER, words), OWNER)
    assert answer in refused.text
    [plan] = to(await desk.tell(OWNER, "10:00"), OWNER)
    assert "с 20.11 10:00" in plan.text


async def test_an_end_before_the_start_is_asked_for_again(desk: Desk) -> None:
    await desk.tell(OWNER, "/outage")
    await desk.press(OWNER, "oj:n:0")
    [plan] = to(await desk.tell(OWNER, "10:00"), OWNER)
    await desk.press(OWNER, plan.buttons["Указать конец"])
    [refused] = to(await desk.tell(OWNER, "09:00"), OWNER)
    assert "позже начала" in refused.text
    [plan] = to(await desk.press(OWNER, "oj:p:0"), OWNER)
    assert "с 20.11 10:00" in plan.text


async def test_two_outages_do_not_overlap(desk: Desk) -> None:
    await declared(desk, "10:00", "14:30")
    await desk.press(OWNER, "oj:n:0")
    [refused] = to(await desk.tell(OWNER, "14:00"), OWNER)
    assert "уже объявлен" in refused.text


async def test_of_two_administrators_the_second_is_told(desk: Desk) -> None:
    for person in (OWNER, SECOND):
        await desk.tell(person, "/outage")
        await desk.press(person, "oj:n:0")
        await desk.press(person, "os:0")
    await desk.press(OWNER, "oj:d:0")
    told = await desk.press(SECOND, "oj:d:0")
    assert "уже объявлен" in told[-1].text


async def test_one_that_is_over_does_not_go_on(desk: Desk) -> None:
    await declared(desk, "10:00", "14:30")
    await desk.press(OWNER, "oj:f:1")
    [refused] = to(await desk.tell(OWNER, "18:00"), OWNER)
    assert "объявите новый" in refused.text


async def test_a_button_without_what_it_was_about_says_so(desk: Desk) -> None:
    for data in ("oj:d:0", "oj:e:0", "oj:p:0"):
        told = await desk.press(OWNER, data)
        assert "Эта кнопка" in told[-1].text


async def test_a_button_of_another_time_is_too_far(desk: Desk) -> None:
    for minute in (1, 10**15):
        told = await desk.press(OWNER, f"os:{minute}")
        assert "Слишком далеко" in told[-1].text


async def test_a_teacher_declares_nothing(desk: Desk) -> None:
    [refused] = to(await desk.tell(TEACHER, "/outage"), TEACHER)
    assert "Журнал" not in refused.text


async def test_no_target_of_a_ticket_runs_while_the_journal_is_down(desk: Desk) -> None:
    await reported(desk, category="no_access")
    [card] = to(await declared(desk), OWNER)
    [shown] = to(await desk.tell(OWNER, "/queue 1"), OWNER)
    assert "Ответить до" not in shown.text
    desk.clock.move(minutes=55)
    assert not to(await desk.tick(), OWNER)

    await desk.press(OWNER, card.buttons["Журнал снова работает"])

    [shown] = to(await desk.tell(OWNER, "/queue 1"), OWNER)
    assert "Ответить до 23.11 08:55" in shown.text
    desk.clock.move(minutes=5)
    assert not to(await desk.tick(), OWNER)


async def test_a_report_joins_once_however_often_the_start_is_mended(desk: Desk) -> None:
    await reported(desk)
    await declared(desk)
    await desk.press(OWNER, "oj:b:1")
    told = await desk.tell(OWNER, "14:50")
    assert not [one for one in told if "знаем" in one.text]


async def test_who_has_left_the_school_is_told_nothing(desk: Desk) -> None:
    await reported(desk)
    async with desk.database.unit_of_work() as work:
        teacher = await work.people.of_user(UserId(TEACHER), desk.clock.now())
        assert teacher is not None
        await work.people.revoke(SCHOOL, teacher.id, at=desk.clock.now())
    told = await declared(desk)
    assert not to(told, TEACHER)
    assert to(told, COLLEAGUE)
