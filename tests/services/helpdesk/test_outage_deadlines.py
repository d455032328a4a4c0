"""An outage moves the journal's deadlines: a teacher is not late because of it."""

from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta

import pytest

from bot.figures import digests_of
from bot.journal import imports_of
from bot.outage_job import OutageEnds
from bot.outages import outages_of
from bot.schedule import Schedule
from services.access import Actor, NotAllowedError, Role
from services.completeness.days import NEVER, calendar_days
from services.figures import Desk
from services.helpdesk.outage import Outage, OutageNumber
from services.helpdesk.outages import Outages
from services.helpdesk.tickets import Draft, Said, State, TicketNumber
from services.ids import ChatId, ImportId, PersonId, SchoolId
from services.people import Newcomer, UserId
from storage.database import Database
from tests.conftest import FrozenClock
from tests.handlers.conversation import RENDERER
from tests.services.completeness.book import Book, at, day

SCHOOL = SchoolId(1)
MONDAY = "14.09"
MOVED = frozenset({"P1", "P2", "P3", "P4", "P7", "T1", "T2"})
HOUR = 3600
MORNING = (at(MONDAY, 10, 0), at(MONDAY, 12, 0))
EVENING = (at(MONDAY, 21, 0), at(MONDAY, 22, 0))


@dataclass
class Ground:
    """A loaded journal of class 5А and the administrator who declares outages in it."""

    book: Book
    outages: Outages
    clock: FrozenClock
    actor: Actor

    async def open(self) -> dict[str, list[str]]:
        """Days of the findings that are kept, by the rules whose deadlines an outage moves."""
        async with self.book.database.reading() as work:
            living = await work.findings.living(SCHOOL)
        found: dict[str, list[str]] = {}
        for one in living:
            if one.rule not in MOVED:
                continue
            moment = datetime.fromordinal(one.day or 1)
            found.setdefault(one.rule, []).append(f"{moment:%d.%m}")
        return {rule: sorted(days) for rule, days in found.items()}

    async def declare(self, since: datetime, until: datetime | None = None) -> Outage:
        return await self.outages.declare(self.actor, since, until)


@pytest.fixture
async def ground(database: Database, clock: FrozenClock) -> Ground:
    """Tuesday noon; the school has its administrator, the journal is still empty."""
    clock.moment = at("15.09", 12, 0)
    async with database.unit_of_work() as work:
        school = await work.schools.add(name="Школа", timezone="Europe/Moscow", at=clock.now())
        newcomer = Newcomer(user=UserId(1), name="Орлова Анна")
        person = await work.people.admit(newcomer, school=school, staff=None, at=clock.now())
        await work.people.give(person, Role.ADMINISTRATOR, given_by=None, at=clock.now())
    actor = Actor(
        chat=ChatId(1), person=person, school=school, roles=frozenset({Role.ADMINISTRATOR})
    )
    return Ground(Book(database, looked_at=True), outages_of(database, clock), clock, actor)


async def late(ground: Ground) -> None:
    """Monday's lesson was filled at 23:10, three hours and ten minutes after its deadline."""
    ground.book.lessons("07.09", "11.09")
    ground.book.lesson(MONDAY, entered_at=int(at(MONDAY, 23, 10).timestamp()))
    await ground.book.load()


async def test_a_lesson_late_because_of_the_outage_is_not_late(ground: Ground) -> None:
    await late(ground)
    assert await ground.open() == {"T1": [MONDAY]}
    await ground.declare(at(MONDAY, 10, 0), at(MONDAY, 14, 0))
    assert await ground.open() == {}


async def test_a_lesson_later_than_the_outage_was_long_is_late_still(ground: Ground) -> None:
    await late(ground)
    await ground.declare(at(MONDAY, 10, 0), at(MONDAY, 13, 0))
    assert await ground.open() == {"T1": [MONDAY]}
    [hit] = await ground.book.look("T1", at("15.09", 12, 0))
    assert hit.facts["deadline"] == int(at(MONDAY, 23, 0).timestamp())


async def test_taking_it_back_brings_the_finding_back(ground: Ground) -> None:
    await late(ground)
    outage = await ground.declare(at(MONDAY, 10, 0), at(MONDAY, 14, 0))
    await ground.outages.undo(ground.actor, outage.number)
    assert await ground.open() == {"T1": [MONDAY]}


async def test_mending_an_end_moves_the_deadline_again(ground: Ground) -> None:
    await late(ground)
    outage = await ground.declare(at(MONDAY, 10, 0), at(MONDAY, 12, 0))
    assert await ground.open() == {"T1": [MONDAY]}
    await ground.outages.end(ground.actor, outage.number, at(MONDAY, 15, 0))
    assert await ground.open() == {}
    await ground.outages.begin_at(ground.actor, outage.number, at(MONDAY, 14, 0))
    assert await ground.open() == {"T1": [MONDAY]}


async def test_an_empty_lesson_waits_while_the_journal_is_down(ground: Ground) -> None:
    ground.clock.moment = at(MONDAY, 21, 0)
    ground.book.lesson(MONDAY, topic="", homework="", attendance_taken=False)
    await ground.book.load()
    assert await ground.open() == {"P1": [MONDAY], "P2": [MONDAY], "P4": [MONDAY]}
    outage = await ground.declare(at(MONDAY, 19, 0))
    assert await ground.open() == {}
    ground.clock.moment = at(MONDAY, 21, 30)
    await ground.outages.end(ground.actor, outage.number, at(MONDAY, 19, 30))
    assert await ground.open() == {"P1": [MONDAY], "P2": [MONDAY], "P4": [MONDAY]}


async def test_attendance_due_by_the_bells_moves_too(ground: Ground) -> None:
    ground.clock.moment = at(MONDAY, 12, 0)
    ground.book.bells()
    ground.book.lesson(MONDAY, attendance_taken=False)
    await ground.book.load()
    assert await ground.open() == {"P4": [MONDAY]}
    await ground.declare(at(MONDAY, 8, 0), at(MONDAY, 11, 0))
    assert await ground.open() == {}


async def test_an_import_after_the_outage_knows_of_it(ground: Ground) -> None:
    ground.book.lessons("07.09", "11.09")
    await ground.book.load()
    await ground.declare(at(MONDAY, 10, 0), at(MONDAY, 14, 0))
    ground.book.lesson(MONDAY, entered_at=int(at(MONDAY, 23, 10).timestamp()))
    await ground.book.load(name="b")
    assert await ground.open() == {}


async def test_undoing_an_import_does_not_undo_the_outage(ground: Ground) -> None:
    await late(ground)
    ground.book.lesson("15.09", entered_at=int(at("15.09", 11).timestamp()))
    preview = await ground.book.load(name="b")
    await ground.declare(at(MONDAY, 10, 0), at(MONDAY, 14, 0))
    imports = imports_of(ground.book.database, ground.clock)
    await imports.undo(ground.book.actor, ImportId(preview.number))
    assert await ground.open() == {}


async def test_findings_left_behind_by_a_sudden_end_are_looked_at_later(ground: Ground) -> None:
    await late(ground)
    async with ground.book.database.unit_of_work() as work:
        await work.outages.add(
            Outage(
                school=SCHOOL,
                number=OutageNumber(0),
                begins=at(MONDAY, 10, 0),
                ends=at(MONDAY, 14, 0),
                declared_by=PersonId(1),
                declared_at=ground.clock.now(),
                changed_at=ground.clock.now(),
                told_at=ground.clock.now(),
            )
        )
    database = ground.book.database
    schedule = Schedule(
        database=database, clock=ground.clock, jobs=[OutageEnds(database, ground.outages)]
    )
    await schedule.tick()
    assert await ground.open() == {"T1": [MONDAY]}
    ground.clock.move(minutes=2)
    await schedule.tick()
    assert await ground.open() == {}


async def test_outages_of_a_period_are_given_for_its_analysis(ground: Ground) -> None:
    await late(ground)
    first = await ground.declare(at(MONDAY, 10, 0), at(MONDAY, 14, 0))
    going_on = await ground.declare(at("15.09", 9, 0))
    monday = datetime.fromordinal(day(MONDAY)).date()
    during = ground.outages.register.during
    only = await during(ground.actor, monday, monday)
    assert [one.number for one in only] == [first.number]
    week = await during(ground.actor, monday, monday + timedelta(days=6))
    assert [one.number for one in week] == [first.number, going_on.number]
    assert not await during(ground.actor, monday - timedelta(days=7), monday - timedelta(days=1))


async def test_lessons_of_today_that_have_begun_are_offered(ground: Ground) -> None:
    ground.book.bells()
    ground.book.lesson(MONDAY)
    await ground.book.load()
    [start] = await ground.outages.register.starts(ground.actor)
    assert (start.lesson, start.at) == (1, at("15.09", 8, 30))
    ground.clock.moment = at("15.09", 8, 29)
    assert not await ground.outages.register.starts(ground.actor)


async def test_without_a_journal_an_outage_is_declared_too(ground: Ground) -> None:
    outage = await ground.declare(at(MONDAY, 10, 0), at(MONDAY, 14, 0))
    assert outage.number == 1


async def test_only_the_administrator_declares(ground: Ground) -> None:
    ground.actor = Actor(chat=ChatId(2), school=SCHOOL, roles=frozenset({Role.DIRECTOR}))
    with pytest.raises(NotAllowedError):
        await ground.declare(at(MONDAY, 10, 0))


async def test_an_actor_without_a_person_declares_nothing(ground: Ground) -> None:
    ground.actor = Actor(chat=ChatId(2), school=SCHOOL, roles=frozenset({Role.ADMINISTRATOR}))
    with pytest.raises(NotAllowedError):
        await ground.declare(at(MONDAY, 10, 0))


async def test_the_digest_names_the_outages_of_its_week(ground: Ground) -> None:
    await late(ground)
    await ground.declare(at("11.09", 10, 0), at("11.09", 11, 0))
    await ground.declare(at(MONDAY, 10, 0), at(MONDAY, 14, 0))
    await ground.declare(at(MONDAY, 18, 0), at("15.09", 8, 0))
    await ground.declare(at("15.09", 9, 0))
    digests = digests_of(ground.book.database, ground.clock, RENDERER)
    week = await digests.week(SCHOOL)
    assert week is not None
    lines = ["14.09 10:00–14:00", "14.09 18:00 – 15.09 08:00", "с 15.09 09:00"]
    assert (week.outages, week.desk) == (lines, None)


async def test_the_digest_counts_the_tickets_of_seven_days(ground: Ground) -> None:
    await late(ground)
    database = ground.book.database
    said = Said(text="Нет списка")
    async with database.unit_of_work() as work:
        person = PersonId(1)
        draft = Draft(category="other", said=said)
        for days in (8, 3, 2):
            opened = ground.clock.now() - timedelta(days=days)
            await work.tickets.add(SCHOOL, person, draft, opened)
        ticket = await work.tickets.get(SCHOOL, TicketNumber(1))
        assert ticket is not None
        closed = replace(
            ticket, state=State.CLOSED, closed_at=ground.clock.now() - timedelta(days=1), worked=600
        )
        await work.tickets.save(closed, was=State.NEW)
    week = await digests_of(database, ground.clock, RENDERER).week(SCHOOL)
    assert week is not None
    assert week.desk == Desk(opened=2, closed=1, solution=600)


def moved(*breaks: tuple[datetime, datetime]) -> tuple[float, float, float]:
    """Hours by which Monday's deadline and end move, and what ``moved`` says."""
    [plain] = calendar_days((day(MONDAY), day(MONDAY)), "Europe/Moscow", 20 * 60)
    spans = [(int(a.timestamp()), int(b.timestamp())) for a, b in breaks]
    [found] = calendar_days((day(MONDAY), day(MONDAY)), "Europe/Moscow", 20 * 60, spans)
    assert found.begins == plain.begins
    return (
        (found.deadline - plain.deadline) / HOUR,
        (found.ends - plain.ends) / HOUR,
        found.moved / HOUR,
    )


@pytest.mark.parametrize(
    ("breaks", "hours"),
    [
        ([], (0, 0, 0)),
        ([(at(MONDAY, 10, 0), at(MONDAY, 14, 0))], (4, 4, 4)),
        ([(at(MONDAY, 21, 0), at(MONDAY, 22, 0))], (0, 1, 0)),
        ([(at("13.09", 22, 0), at(MONDAY, 6, 0))], (6, 6, 6)),
        ([(at("13.09", 10, 0), at("13.09", 12, 0))], (0, 0, 0)),
        ([(at(MONDAY, 18, 0), at("15.09", 9, 0))], (15, 15, 15)),
        ([(at(MONDAY, 20, 0), at(MONDAY, 21, 0))], (0, 1, 0)),
        ([MORNING, EVENING], (3, 3, 3)),
        ([EVENING, MORNING], (3, 3, 3)),
        ([MORNING, (at(MONDAY, 11, 0), at(MONDAY, 13, 0))], (3, 3, 3)),
        ([MORNING, (at(MONDAY, 11, 0), at(MONDAY, 11, 30))], (2, 2, 2)),
    ],
)
def test_the_clock_of_a_day_stands_while_the_journal_is_down(
    breaks: list[tuple[datetime, datetime]], hours: tuple[float, float, float]
) -> None:
    assert moved(*breaks) == hours


def test_nothing_is_due_in_an_outage_without_an_end() -> None:
    span = (int(at(MONDAY, 10, 0).timestamp()), NEVER)
    days = calendar_days((day(MONDAY) - 1, day(MONDAY) + 1), "Europe/Moscow", 20 * 60, [span])
    assert [one.deadline == NEVER for one in days] == [False, True, True]
    assert datetime.fromtimestamp(NEVER, UTC).year == 9999
