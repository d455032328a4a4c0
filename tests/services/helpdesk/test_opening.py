"""Opening: places from the timetable, limits, repeats, linked findings."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from sqlalchemy import select

from services.access import NotAllowedError, Role
from services.gaps import FindingId, GapGoneError, NoStaffLinkError
from services.helpdesk.beginning import Joined, Opened
from services.helpdesk.errors import TicketEmptyError
from services.helpdesk.opening import Subject
from services.helpdesk.tickets import Draft, Event, Origin, Said
from services.ids import StaffId
from storage.database import Database
from storage.schema.journal import findings, relations
from tests.conftest import FrozenClock
from tests.filled import SCHOOL
from tests.services.helpdesk.setting import Setting, actor_of, file, said, set_up


@pytest.fixture
async def setting(database: Database, clock: FrozenClock) -> Setting:
    return await set_up(database, clock)


@pytest.fixture
async def taught(full: Database, clock: FrozenClock) -> Setting:
    """The generated school with its journal; the teacher is a line of its staff."""
    made = await set_up(full, clock, school=SCHOOL)
    slots = relations["timetable_slots"]
    async with full.reading() as work:
        some = select(slots.c.staff).where(slots.c.staff.is_not(None)).order_by(slots.c.row_id)
        staff = StaffId((await work.connection.execute(some.limit(1))).scalar_one())
    made.actors["teacher"] = replace(made.actors["teacher"], staff=staff)
    return made


async def places(setting: Setting) -> list[Subject]:
    return list(await setting.desk["opening"].places(setting.actors["teacher"]))


async def test_own_classes_come_with_their_latest_days(taught: Setting) -> None:
    found = await places(taught)
    today = taught.clock.now().date().toordinal()
    assert found
    assert all(place.class_unit and place.subject for place in found)
    days = {day for place in found for day in place.days}
    assert days
    assert all(today - 14 <= day <= today + 1 for day in days)
    assert all(list(one.days) == sorted(one.days, reverse=True) for one in found)
    assert date.fromordinal(today) <= date(2026, 11, 20)


async def test_in_the_holidays_the_year_s_classes_are_offered(taught: Setting) -> None:
    taught.clock.moment = datetime(2027, 7, 20, 9, tzinfo=UTC)
    assert all(not place.days for place in await places(taught))


async def test_whoever_teaches_nothing_is_offered_nothing(setting: Setting) -> None:
    assert await places(setting) == []


async def test_a_six_day_week_shows_in_the_timetable(taught: Setting) -> None:
    slots = relations["timetable_slots"]
    async with taught.database.reading() as work:
        days = select(slots.c.weekday).distinct()
        weekdays = set((await work.connection.execute(days)).scalars())
        assert await work.helpdesk.six_days(SCHOOL) == (6 in weekdays)


async def test_holidays_of_every_class_are_closed_days(taught: Setting) -> None:
    autumn = range(date(2026, 10, 20).toordinal(), date(2026, 11, 10).toordinal())
    async with taught.database.reading() as work:
        closed = await work.helpdesk.closed_days(SCHOOL, autumn[0], autumn[-1])
    assert closed
    assert date(2026, 10, 20).toordinal() not in closed


async def test_a_finding_is_linked_once(taught: Setting) -> None:
    async with taught.database.reading() as work:
        own = findings.c.staff == taught.actors["teacher"].staff
        first = select(findings.c.id).where(own).limit(1)
        number = FindingId((await work.connection.execute(first)).scalar_one())
    ticket = await taught.open(finding=number, origin=Origin.FINDING)
    async with taught.database.unit_of_work() as work:
        assert not await work.tickets.link(SCHOOL, ticket, number)
        assert await work.tickets.findings(SCHOOL, ticket) == [number]
    card = await taught.desk["queue"].card(taught.actors["owner"], ticket)
    assert [one.id for one in card.findings] == [number]


async def test_a_finding_of_another_opens_nothing(taught: Setting) -> None:
    async with taught.database.reading() as work:
        others = findings.c.staff != taught.actors["teacher"].staff
        first = select(findings.c.id).where(others).limit(1)
        number = FindingId((await work.connection.execute(first)).scalar_one())
    with pytest.raises(GapGoneError):
        await taught.open(finding=number, origin=Origin.FINDING)
    taught.actors["teacher"] = replace(taught.actors["teacher"], staff=None)
    with pytest.raises(NoStaffLinkError):
        await taught.open(finding=number, origin=Origin.FINDING)


async def test_one_message_opens_one_ticket(setting: Setting) -> None:
    draft = Draft(category="plan", said=said("Беда", 70))
    opening, teacher = setting.desk["opening"], setting.actors["teacher"]
    first = await opening.open(teacher, draft)
    assert (await opening.open(teacher, draft)) == first


async def test_five_closed_ones_in_a_minute_do_not_bar_the_sixth(setting: Setting) -> None:
    for _ in range(5):
        number = await setting.open()
        await setting.desk["life"].close(setting.actors["owner"], number)
    assert await setting.open() == 6


async def test_a_file_twice_in_a_draft_is_carried_once(setting: Setting) -> None:
    draft = Draft(category="plan", said=Said(files=(file("a"), file("a"), file("b"))))
    await setting.desk["opening"].open(setting.actors["teacher"], draft)
    [message] = await setting.messages()
    assert [one.file_id for one in message.files] == ["a", "b"]


async def test_a_draft_that_says_nothing_is_refused(setting: Setting) -> None:
    with pytest.raises(TicketEmptyError):
        await setting.open(text="  ")


async def test_nobody_without_an_admission_opens_one(setting: Setting) -> None:
    nobody = actor_of(5, None, setting.school, Role.TEACHER)
    with pytest.raises(NotAllowedError):
        await setting.desk["opening"].open(nobody, Draft(category="plan", said=Said(text="а")))


async def test_likely_answers_need_a_school(setting: Setting) -> None:
    stranger = replace(setting.actors["teacher"], school=None)
    likely = setting.desk["opening"].answering
    assert await likely.likely(stranger, "как войти") == []
    await likely.settled(stranger, "как войти", "x")
    assert await setting.desk["opening"].likely(setting.actors["teacher"], "  ") == []


async def test_a_finding_among_many_tickets_goes_along_with_the_last(taught: Setting) -> None:
    """The sixth in a minute says nothing but its finding: that is linked, nothing is lost."""
    async with taught.database.reading() as work:
        own = findings.c.staff == taught.actors["teacher"].staff
        first = select(findings.c.id).where(own).limit(1)
        number = FindingId((await work.connection.execute(first)).scalar_one())
    last = [await taught.open(text=f"Беда {at}") for at in range(5)][-1]
    draft = Draft(category="plan", said=Said(), origin=Origin.FINDING, finding=number)
    opened = await taught.desk["opening"].open(taught.actors["teacher"], draft)
    assert opened == Opened(last, Joined.MANY)
    async with taught.database.reading() as work:
        assert await work.tickets.findings(SCHOOL, last) == [number]
        assert (await work.tickets.events(SCHOOL, last))[-1].what is Event.LINKED
