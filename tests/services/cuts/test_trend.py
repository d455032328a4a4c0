"""The indices over the year against the week's own, and what is marked on the line."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from sqlalchemy import insert

from bot.figures import digests_of, for_figures
from bot.render import Renderer
from bot.wording import Wording
from services.access import Actor, Role
from services.completeness.indices import Cell, Tally
from services.completeness.lines import Directory
from services.completeness.naming import Names
from services.cuts.counting import YEARS_KEPT, Counting
from services.cuts.desk import CutDesk
from services.cuts.path import Cut, Level
from services.cuts.places import Places
from services.cuts.trend import Kind, Mark, Occasion, Year, marks_of, monday_of, year_span
from services.decisions.decision import Decision, DecisionNumber, Source, State
from services.digests import Digests
from services.figures import Indices
from services.ids import ChatId
from services.kept_digests import DigestId
from services.people import Newcomer, People, UserId
from services.periods import week_span
from storage.database import Database
from storage.schema.journal import rule_passports
from storage.schema.outages import outages
from tests.conftest import FrozenClock
from tests.filled import FRIDAY, SCHOOL

RENDERER = Renderer()
HEAD = Actor(chat=ChatId(1), school=SCHOOL, roles=frozenset({Role.DIRECTOR}))
NOBODY = Directory(
    names=Names({}, {}, {}, {}, {}), pupil_classes={}, subject_groups={}, staff_groups={}
)
WORDING = Wording(RENDERER, "Europe/Moscow")


@pytest.fixture
def digests(full: Database, clock: FrozenClock) -> Digests:
    return digests_of(full, clock, RENDERER)


async def kept(full: Database, clock: FrozenClock) -> tuple[CutDesk, DigestId]:
    people = People(unit_of_work=full.unit_of_work, reading=full.reading, clock=clock)
    provided = for_figures(full, clock=clock, people=people, renderer=RENDERER)
    found = await provided["digests"].latest(SCHOOL)
    return provided["cuts"], found.id


def parts(indices: Indices, name: str) -> tuple[float, float]:
    index = getattr(indices, name)
    return index.done, index.all


async def test_each_week_of_the_line_is_that_week_s_own_figure(
    full: Database, clock: FrozenClock, digests: Digests
) -> None:
    desk, digest = await kept(full, clock)
    _, trend = await desk.trend(HEAD, digest, Cut())
    assert [date.fromordinal(day).weekday() for day in trend.weeks] == [0] * len(trend.weeks)
    for period in ("2026-W36", "2026-W41", "2026-W46", "2026-W47"):
        indices = trend.indices[trend.weeks.index(week_span(period).first)]
        week = await digests.week(SCHOOL, period, FRIDAY)
        assert week is not None
        for name in ("completeness", "timeliness", "accumulation", "reliability"):
            assert parts(indices, name) == parts(week.indices, name)


async def test_a_class_a_subject_and_a_group_have_lines_of_their_own(
    full: Database, clock: FrozenClock, digests: Digests
) -> None:
    desk, digest = await kept(full, clock)
    week = await digests.week(SCHOOL)
    assert week is not None
    parallel = (await desk.open(HEAD, digest, Cut())).parts[0]
    unit = (await desk.open(HEAD, digest, parallel.cut)).parts[0]
    group = (await desk.open(HEAD, digest, Cut(), Level.SUBJECT_GROUP)).parts[0]
    subject = (await desk.open(HEAD, digest, unit.cut)).parts[0]
    classes = {one.name: one.indices for one in week.classes}
    groups = {one.name: one.indices for one in week.subject_groups}
    for part, known in ((unit, classes), (group, groups)):
        _, trend = await desk.trend(HEAD, digest, part.cut)
        expected = known[part.crumb.name]
        assert parts(trend.indices[-1], "completeness") == parts(expected, "completeness")
        assert trend.title.startswith(part.crumb.name)
    _, trend = await desk.trend(HEAD, digest, subject.cut)
    assert trend.title.startswith(f"{unit.crumb.name}, {subject.crumb.name}: ")


async def test_holidays_break_the_line(full: Database, clock: FrozenClock) -> None:
    desk, digest = await kept(full, clock)
    _, trend = await desk.trend(HEAD, digest, Cut())
    holidays = trend.weeks.index(week_span("2026-W44").first)
    values = [one.completeness.value for one in trend.indices]
    assert values[holidays] is None
    assert all(value is not None for value in values[holidays + 1 :])


async def test_what_happened_is_marked_by_days_of_the_school(
    full: Database, clock: FrozenClock
) -> None:
    desk, digest = await kept(full, clock)
    person = await _person(full, clock)
    late = datetime(2026, 10, 11, 22, 0, tzinfo=UTC)
    async with full.unit_of_work() as work:
        for rule, version, since in (("P3", 1, 0), ("P2", 1, 0), ("P2", 2, _day(2026, 11, 9))):
            row = {
                "school": SCHOOL, "rule": rule, "version": version, "enabled": 1,
                "severity": "minor", "clause": "", "thresholds": "{}", "since": since,
                "changed_at": late,
            }  # fmt: skip
            await work.connection.execute(insert(rule_passports).values(row))
        for number, begins, undone in ((1, late, None), (2, late, late), (3, _YEARS_AGO, None)):
            row = {
                "school": SCHOOL, "number": number, "begins": begins, "declared_by": person,
                "declared_at": late, "changed_at": late, "undone_at": undone, "revision": 1,
                "looked": 1, "ends": begins,
            }  # fmt: skip
            await work.connection.execute(insert(outages).values(row))
    _, trend = await desk.trend(HEAD, digest, Cut())
    assert list(trend.marks) == [
        Mark(_day(2026, 10, 12), "журнал не работал"),
        Mark(_day(2026, 10, 12), "изменены правила: P2, P3"),
        Mark(_day(2026, 11, 9), "изменено правило P2"),
    ]


async def test_a_school_that_has_no_name_is_not_named(full: Database, clock: FrozenClock) -> None:
    desk, digest = await kept(full, clock)
    _, named = await desk.trend(HEAD, digest, Cut())
    _, heat = await desk.heat(HEAD, digest, Cut())
    assert named.caption == "Школа № 12 · данные на 20.11 16:00"
    assert heat.caption == "Школа № 12. Неделя 16.11–22.11, данные на 20.11 16:00"
    async with full.unit_of_work() as work:
        await work.schools.save(replace(await work.schools.get(SCHOOL), name=""))
    _, bare = await desk.trend(HEAD, digest, Cut())
    _, heat = await desk.heat(HEAD, digest, Cut())
    assert bare.caption == "данные на 20.11 16:00"
    assert heat.caption == "Неделя 16.11–22.11, данные на 20.11 16:00"


async def test_counts_are_kept_while_the_data_stands(full: Database, digests: Digests) -> None:
    counting = Counting(digests=digests, reading=full.reading)
    asked = await digests.asked(SCHOOL)
    assert asked is not None
    first = await counting.week(asked)
    assert await counting.week(asked) is first
    year = await counting.year(asked)
    assert await counting.year(asked) is year
    for number in range(YEARS_KEPT):
        await _change(full, number)
        assert await counting.year(asked) is not year
    assert len(counting._years) == YEARS_KEPT


def test_a_week_of_holidays_makes_no_point_and_an_unknown_calendar_does() -> None:
    monday, later = _day(2026, 11, 9), _day(2026, 11, 18)
    cells = {
        Cell(1, 2, 5, 7, monday + 2, 3): Tally(fields_due=1, fields=1),
        Cell(1, 2, 0, 7, monday + 4, 1): Tally(fields_due=2),
        Cell(1, 2, 0, 7, later, 1): Tally(fields_due=4),
        Cell(9, 2, 0, 7, later, 1): Tally(fields_due=8, fields=8),
        Cell(9, 2, 0, 7, None): Tally(fields_due=16),
    }
    days = [
        {"class_unit": 1, "day": monday + 1, "school_days": 5},
        {"class_unit": 1, "day": later, "school_days": 0},
    ]
    places = Places(NOBODY)
    year = Year.of(year_span(later), cells, days)
    weeks, lines = year.lines(Cut(), places)
    assert weeks == [monday, monday_of(later)]
    assert [(one.completeness.done, one.completeness.all) for one in lines] == [(1, 3), (8, 12)]
    teacher = Cut().at(Level.TEACHER, 7)
    first, _ = year.lines(teacher.at(Level.CLASS, 1), places)
    assert first == [monday]
    assert year.lines(Cut().at(Level.TEACHER, 8), places) == ([], [])


def test_a_year_begins_in_the_week_of_the_first_of_august() -> None:
    first, last = (date.fromordinal(day) for day in year_span(_day(2027, 5, 21)))
    assert (first, last) == (date(2026, 7, 27), date(2027, 5, 23))


def test_one_day_s_rules_are_one_mark() -> None:
    one = Occasion(5, Kind.RULE, "P1")
    assert marks_of([one, one], WORDING) == [Mark(5, "изменено правило P1")]


def test_decisions_of_one_day_are_one_mark_by_their_numbers() -> None:
    set_on = [Occasion(5, Kind.DECIDED, number) for number in ("10", "9")]
    closed = Occasion(6, Kind.CLOSED, "9")
    assert marks_of([closed, *set_on], WORDING) == [
        Mark(5, "решение № 9, 10"),
        Mark(6, "закрыто решение № 9"),
    ]


async def test_the_line_has_the_days_on_which_decisions_were_set_and_closed(
    full: Database, clock: FrozenClock
) -> None:
    desk, digest = await kept(full, clock)
    late = datetime(2026, 11, 9, 22, 30, tzinfo=UTC)
    async with full.unit_of_work() as work:
        newcomer = Newcomer(user=UserId(77), name="Имя")
        person = await work.people.admit(newcomer, school=SCHOOL, staff=None, at=late)
        for closed, state in ((None, State.OPEN), (FRIDAY, State.CLOSED), (late, State.WITHDRAWN)):
            decision = Decision(
                school=SCHOOL,
                number=DecisionNumber(0),
                text="Внести КТП",
                source=Source(),
                set_by=person,
                set_at=late,
                changed_at=late,
                due=_day(2026, 11, 20),
                owners=(),
                state=state,
                closed_at=closed,
            )
            await work.decisions.add(decision)
    _, trend = await desk.trend(HEAD, digest, Cut())
    assert list(trend.marks) == [
        Mark(_day(2026, 11, 10), "решение № 1, 2"),
        Mark(_day(2026, 11, 20), "закрыто решение № 2"),
    ]


def _day(year: int, month: int, day: int) -> int:
    return date(year, month, day).toordinal()


_YEARS_AGO = datetime(2020, 1, 1, tzinfo=UTC)


async def _person(full: Database, clock: FrozenClock) -> int:
    async with full.unit_of_work() as work:
        newcomer = Newcomer(user=UserId(1), name="Имя")
        return await work.people.admit(newcomer, school=SCHOOL, staff=None, at=clock.now())


async def _change(full: Database, number: int) -> None:
    row = {
        "school": SCHOOL, "rule": "K2", "version": number + 1, "enabled": 1, "severity": "minor",
        "clause": "", "thresholds": "{}", "since": 0, "changed_at": FRIDAY,
    }  # fmt: skip
    async with full.unit_of_work() as work:
        await work.connection.execute(insert(rule_passports).values(row))
