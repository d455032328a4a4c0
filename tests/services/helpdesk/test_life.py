"""The life of a ticket where the buttons of a chat do not lead."""

from dataclasses import replace

import pytest
from sqlalchemy import select

from services.access import NotAllowedError
from services.consultation.backlog_desk import BacklogDesk
from services.consultation.passing import PassedOn
from services.helpdesk.changing import write
from services.helpdesk.errors import (
    TicketGoneError,
    TicketSettledError,
    UnfitMergeError,
    UnfitMomentError,
)
from services.helpdesk.passed import PassedQuestions
from services.helpdesk.settings import DeskSettings
from services.helpdesk.tickets import Event, State, TicketNumber
from storage.database import Database
from storage.schema.process import outbox
from tests.conftest import FrozenClock
from tests.services.helpdesk.setting import ONE, Setting, set_up

TWO, THREE = TicketNumber(2), TicketNumber(3)


@pytest.fixture
async def setting(database: Database, clock: FrozenClock) -> Setting:
    return await set_up(database, clock)


async def test_a_change_over_a_newer_state_is_not_written(setting: Setting) -> None:
    await setting.open()
    seen = await setting.ticket()
    await setting.desk["life"].close(setting.actors["owner"], ONE)
    async with setting.database.unit_of_work() as work:
        with pytest.raises(TicketSettledError) as refused:
            await write(work, seen, replace(seen, state=State.TAKEN), Event.TAKEN, by=None)
    assert refused.value.facts == {"number": 1, "state": "closed", "by": "Имя owner"}


async def test_what_the_program_ended_was_ended_by_nobody(setting: Setting) -> None:
    await setting.open()
    seen = await setting.ticket()
    async with setting.database.unit_of_work() as work:
        after = replace(seen, state=State.SOLVED)
        await write(work, seen, after, Event.SOLVED, by=None)
    with pytest.raises(TicketSettledError) as refused:
        await setting.desk["life"].take(setting.actors["owner"], ONE)
    assert refused.value.facts["by"] == ""


@pytest.mark.parametrize("stars", [0, 6, -1])
async def test_no_other_marks_than_one_to_five(setting: Setting, stars: int) -> None:
    await setting.open()
    with pytest.raises(NotAllowedError):
        await setting.desk["life"].rate(setting.actors["teacher"], ONE, stars)


async def test_what_is_not_finished_is_not_rated(setting: Setting) -> None:
    await setting.open()
    with pytest.raises(TicketSettledError):
        await setting.desk["life"].rate(setting.actors["teacher"], ONE, 5)


async def test_an_author_closes_once(setting: Setting) -> None:
    await setting.open()
    life, teacher = setting.desk["life"], setting.actors["teacher"]
    await life.close_own(teacher, ONE)
    with pytest.raises(TicketSettledError):
        await life.close_own(teacher, ONE)


async def test_one_that_is_open_is_not_opened_again(setting: Setting) -> None:
    await setting.open()
    before = await setting.ticket()
    assert await setting.desk["life"].reopen(setting.actors["teacher"], ONE) == before


async def test_one_that_nobody_took_is_new_again(setting: Setting) -> None:
    await setting.open()
    life, teacher = setting.desk["life"], setting.actors["teacher"]
    await life.close_own(teacher, ONE)
    assert (await life.reopen(teacher, ONE)).state is State.NEW


async def test_the_administration_does_not_close_its_own(setting: Setting) -> None:
    await setting.open("deputy")
    with pytest.raises(NotAllowedError):
        await setting.desk["life"].close_own(setting.actors["deputy"], ONE)


async def test_the_clock_counts_what_was_worked_and_stops_at_the_end(setting: Setting) -> None:
    await setting.open()
    life, owner = setting.desk["life"], setting.actors["owner"]
    setting.clock.move(minutes=30)
    await life.wait(owner, ONE, State.WAITS_AUTHOR)
    setting.clock.move(minutes=10)
    await life.wait(owner, ONE, State.TAKEN)
    setting.clock.move(minutes=5)
    ticket = await life.close(owner, ONE)
    assert (ticket.worked, ticket.running_since) == (35 * 60, None)
    again = await life.reopen(setting.actors["teacher"], ONE)
    assert (again.worked, again.solved_at, again.closed_at) == (35 * 60, None, None)


async def test_tickets_merged_one_after_another_all_lead_to_the_last(setting: Setting) -> None:
    for who in ("teacher", "colleague", "deputy"):
        await setting.open(who)
    merging, owner = setting.desk["merging"], setting.actors["owner"]
    await merging.merge(owner, ONE, TWO)
    await merging.merge(owner, TWO, THREE)
    queue = setting.desk["queue"]
    for number in (ONE, TWO, THREE):
        card = await queue.card(owner, number)
        assert card.line.ticket.number == THREE
    assert (card.line.people, list(card.merged)) == (3, [ONE, TWO])
    own = await queue.own(setting.actors["teacher"], ONE)
    assert (own.ticket.number, own.messages) == (THREE, [])


async def test_one_author_s_two_tickets_become_one(setting: Setting) -> None:
    await setting.open(text="Беда")
    setting.clock.move(minutes=5)
    two = await setting.open(text="Та же беда")
    stays = await setting.desk["merging"].merge(setting.actors["owner"], two, ONE)
    assert stays.number == ONE
    assert (await setting.ticket(two)).merged_into == ONE


async def test_nothing_is_merged_into_what_is_finished(setting: Setting) -> None:
    await setting.open()
    await setting.open("colleague")
    await setting.desk["life"].close(setting.actors["owner"], TWO)
    with pytest.raises(UnfitMergeError):
        await setting.desk["merging"].merge(setting.actors["owner"], ONE, TWO)
    with pytest.raises(TicketSettledError):
        await setting.desk["merging"].merge(setting.actors["owner"], TWO, ONE)


@pytest.mark.parametrize("days", [-1, 367])
async def test_nothing_is_put_off_for_longer_than_a_year(setting: Setting, days: int) -> None:
    await setting.open()
    with pytest.raises(UnfitMomentError):
        await setting.desk["putting_off"].ahead(setting.actors["owner"], ONE, days)


async def test_a_ticket_in_hand_stays_there_when_it_is_put_off(setting: Setting) -> None:
    await setting.open()
    await setting.desk["life"].take(setting.actors["second"], ONE)
    putting_off = setting.desk["putting_off"]
    ticket = await putting_off.ahead(setting.actors["owner"], ONE, 3)
    assert ticket.taken_by == setting.actors["second"].person
    assert f"{ticket.postponed_until:%d.%m %H:%M}" == "23.11 08:00"


async def test_a_day_without_a_year_is_the_next_such_day(setting: Setting) -> None:
    await setting.open()
    ticket = await setting.desk["putting_off"].written(setting.actors["owner"], ONE, "12.01")
    assert f"{ticket.postponed_until:%d.%m.%Y}" == "12.01.2027"


async def test_settings_that_were_changed_hold(setting: Setting) -> None:
    async with setting.database.unit_of_work() as work:
        shipped = await work.helpdesk.settings(setting.school)
        only = [replace(shipped.categories[0], title="Вход")]
        await work.helpdesk.set(setting.school, replace(shipped, categories=only, replies=()))
        assert (await work.helpdesk.settings(setting.school)) != DeskSettings()
    [category] = await setting.desk["opening"].categories(setting.actors["teacher"])
    assert category.title == "Вход"


async def test_numbers_of_another_school_are_not_there(
    setting: Setting, clock: FrozenClock
) -> None:
    await setting.open()
    other = await set_up(setting.database, clock)
    with pytest.raises(TicketGoneError):
        await setting.desk["queue"].card(other.actors["owner"], ONE)
    assert await other.open() == ONE


async def test_an_author_who_left_is_told_of_nothing(setting: Setting) -> None:
    await setting.open()
    await setting.open("colleague")
    left = setting.actors["teacher"].person
    assert left is not None
    async with setting.database.unit_of_work() as work:
        await work.people.revoke(setting.school, left, setting.clock.now())
        before = await work.outbox.counts()
    await setting.desk["life"].solve(setting.actors["owner"], ONE)
    await setting.desk["life"].reopen(setting.actors["teacher"], ONE)
    await setting.desk["merging"].merge(setting.actors["owner"], ONE, TWO)
    async with setting.database.reading() as work:
        chats = select(outbox.c.chat).where(outbox.c.kind == "helpdesk/news")
        told = set((await work.connection.execute(chats)).scalars())
    assert before
    assert 5 not in told


async def test_only_the_same_call_is_the_same_ticket(setting: Setting) -> None:
    passed = PassedQuestions(setting.clock, BacklogDesk(setting.clock))
    await setting.open()
    numbers = []
    for text in ("как войти", "где ключ", "как войти"):
        called = PassedOn(
            school=setting.school,
            person=setting.actors["teacher"].person,
            text=text,
            plain=text,
            called=True,
        )
        async with setting.database.unit_of_work() as work:
            numbers.append(await passed.open_from_question(work, called))
    assert numbers == [2, 3, 2]
