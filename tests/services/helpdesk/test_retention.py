"""Words and files of closed tickets are not kept for ever; their figures are."""

from datetime import UTC, datetime

import pytest
from sqlalchemy import select

from bot.helpdesk_job import ForgetTickets
from services.helpdesk.settings import PERIODS, DeskSettings, from_plain, to_plain
from services.helpdesk.tickets import Event, Said, Side, TicketNumber
from storage.database import Database
from storage.schema.helpdesk import ticket_copies, ticket_files, ticket_messages
from storage.schema.process import cards
from tests.conftest import FrozenClock
from tests.services.helpdesk.setting import ONE, Setting, file, said, set_up

MORNING = datetime(2026, 11, 20, 9, 0, tzinfo=UTC)


@pytest.fixture
async def setting(database: Database, clock: FrozenClock) -> Setting:
    clock.moment = MORNING
    return await set_up(database, clock)


async def lived(setting: Setting) -> None:
    """A ticket with words of everybody, a file and a rating, closed."""
    teacher, owner, desk = setting.actors["teacher"], setting.actors["owner"], setting.desk
    await setting.open(text="Пропал Сидоренко")
    await desk["relay"].add(teacher, ONE, Said(text="Вот", files=(file("a"),)))
    await desk["relay"].answer(owner, ONE, said("Сидоренко вернули", 7, chat=1))
    await desk["relay"].note(owner, ONE, "Звонил Сидоренко")
    await desk["causes"].name(owner, ONE, "device")
    await desk["life"].close(owner, ONE)
    await desk["life"].rate(teacher, ONE, 5)
    await desk["life"].comment(teacher, ONE, "Спасибо Сидоренко")


async def night(setting: Setting) -> None:
    job = ForgetTickets(setting.database)
    for due in await job.due(setting.clock.now()):
        await job.run(due)


async def kept(setting: Setting) -> str:
    """All that the tables of tickets hold in words."""
    async with setting.database.reading() as work:
        found = list(await work.ticket_messages.list(setting.school, ONE))
        ticket = await work.tickets.get(setting.school, ONE)
    assert ticket is not None
    return " ".join([*(one.text for one in found), ticket.rating_words]).strip()


async def test_words_and_files_go_after_a_year_and_figures_stay(setting: Setting) -> None:
    await lived(setting)
    before = await setting.ticket()
    setting.clock.move(days=364)
    await night(setting)
    assert "Сидоренко" in await kept(setting)
    setting.clock.move(days=2)
    await night(setting)

    assert not await kept(setting)
    after = await setting.ticket()
    assert (after.rating, after.category, after.closed_at, after.answer_worked) == (
        5, before.category, before.closed_at, before.answer_worked,
    )  # fmt: skip
    assert [one.side for one in await setting.messages()] == [
        Side.AUTHOR, Side.AUTHOR, Side.ADMINISTRATOR, Side.NOTE,
    ]  # fmt: skip
    async with setting.database.reading() as work:
        for table in (ticket_files, ticket_copies):
            assert not (await work.connection.execute(select(table))).all()
        sources = select(ticket_messages.c.source_chat)
        assert not [one for one in (await work.connection.execute(sources)).scalars() if one]
        assert await work.ticket_causes.of(setting.school, [ONE]) == {ONE: "device"}
        events = await work.tickets.events(setting.school, ONE)
        named = (await work.connection.execute(select(cards.c.card))).scalars().all()
    assert [one.what for one in events].count(Event.ERASED) == 1
    assert not [one for one in named if one.startswith("ticket-copy")]


async def test_each_ticket_is_erased_once(setting: Setting) -> None:
    await lived(setting)
    setting.clock.move(days=400)
    for _ in range(3):
        await night(setting)
        setting.clock.move(days=1)
    async with setting.database.reading() as work:
        events = await work.tickets.events(setting.school, ONE)
    assert [one.what for one in events].count(Event.ERASED) == 1


async def test_an_open_ticket_is_kept_however_old(setting: Setting) -> None:
    await setting.open(text="Давняя беда")
    setting.clock.move(days=2000)
    await night(setting)
    assert await kept(setting) == "Давняя беда"


async def test_the_school_says_for_how_long(setting: Setting) -> None:
    await lived(setting)
    await setting.desk["arranging"].keep(setting.actors["owner"], 90)
    setting.clock.move(days=91)
    await night(setting)
    assert not await kept(setting)


async def test_another_school_s_period_changes_nothing_here(
    setting: Setting, clock: FrozenClock
) -> None:
    await lived(setting)
    other = await set_up(setting.database, clock)
    await other.desk["arranging"].keep(other.actors["owner"], 90)
    setting.clock.move(days=91)
    await night(setting)
    assert "Сидоренко" in await kept(setting)


async def test_a_merged_ticket_loses_its_words_as_well(setting: Setting) -> None:
    await setting.open(text="Первое")
    setting.clock.move(minutes=5)
    two = await setting.open("colleague", text="То же")
    owner = setting.actors["owner"]
    await setting.desk["merging"].merge(owner, two, ONE)
    await setting.desk["life"].close(owner, ONE)
    setting.clock.move(days=366)
    await night(setting)
    for number in (ONE, TicketNumber(2)):
        assert not "".join(one.text for one in await setting.messages(number))


async def test_the_card_says_that_words_are_gone(setting: Setting) -> None:
    await lived(setting)
    owner, teacher = setting.actors["owner"], setting.actors["teacher"]
    assert not (await setting.desk["queue"].card(owner, ONE)).erased
    setting.clock.move(days=366)
    await night(setting)
    assert (await setting.desk["queue"].card(owner, ONE)).erased
    assert (await setting.desk["queue"].own(teacher, ONE)).erased


def test_settings_written_before_there_was_a_period_keep_for_a_year() -> None:
    plain = to_plain(DeskSettings(kept=PERIODS[0]))
    assert from_plain(plain).kept == PERIODS[0]
    del plain["kept"]
    assert from_plain(plain).kept == 365
