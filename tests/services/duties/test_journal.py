"""What each duty demanded and what shows it: an empty school, a busy month, one of holidays."""

from collections.abc import Awaitable
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import Table, insert, select, update

from bot.backups import NightlyBackup
from bot.duties import duty_reminders, journal_of
from bot.watch import WHOLE_PROCESS
from services.access import Actor, NotAllowedError, Role
from services.decisions.decision import Decision, DecisionNumber, Scenario, Source
from services.decisions.decision import State as Decided
from services.digest_schedule import JOB as WEEKLY
from services.duties.duty import (
    CLAUSES,
    Duty,
    DutyDayError,
    DutyGoneError,
    DutyWordsError,
    Entry,
    Proof,
    State,
    Trace,
    What,
)
from services.duties.entering import written
from services.duties.journal import Drafted, DutyJournal, MonthView
from services.errors import DomainError
from services.forecasts.notice import AHEAD
from services.ids import ChatId, PersonId, SchoolId
from services.people import Newcomer, UserId
from storage.database import Database
from storage.schema.analyses import analyses
from storage.schema.consultation import consultation_edits, consultation_entries, consultations
from storage.schema.consultation import consultation_sections as sections
from storage.schema.digests import digest_acknowledgements, digests
from storage.schema.helpdesk import tickets
from storage.schema.journal import imports, relations, rule_passports
from storage.schema.people import bound_chats, schools
from storage.schema.process import cards, job_runs, outbox
from storage.schema.queue import ticket_causes
from tests.conftest import FrozenClock
from tests.filled import FRIDAY, SCHOOL

LATER = datetime(2026, 12, 7, 9, 0, tzinfo=UTC)
"""A Monday: everything of November is due."""
GROUP = -100


@dataclass(frozen=True)
class Office:
    """The journal of a school, and its administrator."""

    database: Database
    clock: FrozenClock
    journal: DutyJournal
    actor: Actor

    @property
    def person(self) -> PersonId:
        assert self.actor.person is not None
        return self.actor.person

    async def put(self, table: Table, *rows: dict[str, Any]) -> None:
        async with self.database.unit_of_work() as work:
            await work.connection.execute(insert(table), list(rows))

    async def ran(self, job: str, period: str, at: datetime, *, school: int = SCHOOL) -> None:
        await self.put(job_runs, {"job": job, "school": school, "period": period, "at": at})

    async def month(self, name: str = "2026-11") -> MonthView:
        return await self.journal.month(self.actor, name)

    async def duty(self, clause: str, period: str = "2026-11", month: str = "2026-11") -> Duty:
        found = (await self.month(month)).of(clause)
        [one] = [duty for duty in found if duty.demand.name == period]
        return one

    async def add(self, clause: str, day: date, *, month: str = "2026-11") -> Entry:
        drafted = Drafted(clause=clause, month=month, text="Сделано", day=day.toordinal())
        return await self.journal.add(self.actor, drafted)


@pytest.fixture
async def office(full: Database, clock: FrozenClock) -> Office:
    async with full.unit_of_work() as work:
        newcomer = Newcomer(user=UserId(1), name="Орлова Анна")
        person = await work.people.admit(newcomer, school=SCHOOL, staff=None, at=FRIDAY)
        await work.people.give(person, Role.ADMINISTRATOR, given_by=None, at=FRIDAY)
    clock.moment = LATER
    return Office(full, clock, journal_of(full, clock), administrator(SCHOOL, person))


def administrator(school: SchoolId, person: PersonId | None) -> Actor:
    roles = frozenset({Role.ADMINISTRATOR})
    return Actor(chat=ChatId(1), person=person, school=school, roles=roles)


def at(day: int, hour: int = 12, month: int = 11) -> datetime:
    return datetime(2026, month, day, hour, 0, tzinfo=UTC)


def on(day: int, month: int = 11) -> int:
    return date(2026, month, day).toordinal()


def traces(duty: Duty) -> list[Trace]:
    return [one.shown for one in duty.proofs if isinstance(one.shown, Trace)]


def digest(number: int, period: str, made: datetime) -> dict[str, Any]:
    return {
        "id": number, "school": SCHOOL, "period": period, "state": f"{number}", "as_of": made,
        "week": "{}", "made_at": made,
    }  # fmt: skip


def analysis(version: int, state: str, sent: datetime | None, **more: Any) -> dict[str, Any]:
    row = {
        "school": SCHOOL, "period": "2026-11", "number": 4, "version": version, "state": state,
        "rests_on": "", "as_of": LATER, "content": "{}", "checksum": "", "made_at": LATER,
        "sent_at": sent, "words": "", "recheck": 0,
    }  # fmt: skip
    return row | more


def decision(office: Office, **more: Any) -> Decision:
    made = Decision(
        school=SCHOOL,
        number=DecisionNumber(0),
        text="Внести КТП",
        source=Source(),
        set_by=office.person,
        set_at=at(10, month=9),
        changed_at=at(10, month=9),
        due=on(16),
        owners=(),
    )
    return replace(made, **more)


async def test_a_school_without_a_calendar_is_asked_for_nothing(
    database: Database, clock: FrozenClock
) -> None:
    async with database.unit_of_work() as work:
        school = await work.schools.add(name="", timezone="Asia/Omsk", at=FRIDAY)
        newcomer = Newcomer(user=UserId(1), name="Анна")
        person = await work.people.admit(newcomer, school=school, staff=None, at=FRIDAY)
    clock.moment = LATER
    office = Office(database, clock, journal_of(database, clock), administrator(school, person))
    view = await office.month("")
    assert (view.known, view.month, list(view.duties)) == (False, "2026-12", [])
    entry = await office.add("2.9", date(2026, 12, 1), month="2026-12")
    assert list((await office.month("")).loose) == [entry]
    reminders = duty_reminders(database, clock)
    await reminders.send(school, "2026-W50")
    assert await reminders.overdue(school) == []


async def test_a_month_asks_for_its_weeks_itself_and_the_terms_that_end_in_it(
    office: Office,
) -> None:
    view = await office.month("2026-10")
    names = {code: [one.demand.name for one in view.of(code)] for code in CLAUSES}
    assert names["2.1"] == ["2026-W40", "2026-W41", "2026-W42", "2026-W43"]
    assert names["2.2"] == ["2026-10", "2026-T1"]
    assert names["2.6"] == names["2.7"] == names["2.11"] == names["2.13"] == ["2026-T1"]
    assert names["2.8"] == names["3"] == ["2026-10"]
    assert names["1.2"] == names["2.4"] == []
    [month, term] = view.of("2.2")
    assert month.demand.due == on(5)
    assert term.demand.due == term.demand.span.last + 5
    # the school began its journal in August, before the first bell
    [opened] = (await office.month("2026-08")).duties
    assert (opened.demand.clause, opened.demand.due) == ("2.4", on(31, 8))


async def test_the_year_s_end_asks_for_the_year_s_analysis(office: Office) -> None:
    office.clock.moment = datetime(2027, 7, 20, 9, 0, tzinfo=UTC)
    view = await office.month("2027-05")
    assert [one.demand.name for one in view.of("2.2")] == ["2027-05", "2026-T4", "2026-Y"]
    assert [one.demand.name for one in view.of("2.7")] == ["2026-T4"]


async def test_a_month_of_holidays_asks_for_nothing(office: Office) -> None:
    office.clock.moment = datetime(2027, 7, 20, 9, 0, tzinfo=UTC)
    view = await office.month("2027-07")
    assert (view.known, list(view.duties)) == (True, [])


async def test_what_was_due_before_the_school_came_is_not_asked(office: Office) -> None:
    async with office.database.unit_of_work() as work:
        late = update(schools).where(schools.c.id == SCHOOL).values(created_at=at(12))
        await work.connection.execute(late)
    weeks = [one.demand.name for one in (await office.month()).of("2.1")]
    assert weeks == ["2026-W46", "2026-W47", "2026-W48"]
    view = await office.month("2026-12")
    assert (view.earlier, view.later) == ("2026-11", "")
    assert {one.demand.name for one in view.late} >= {"2026-W46", "2026-11"}


@pytest.mark.parametrize(("weekday", "due"), [(4, on(13)), (3, on(12)), (0, on(16)), (6, on(15))])
async def test_a_week_is_due_on_the_day_of_its_digest(
    office: Office, weekday: int, due: int
) -> None:
    async with office.database.unit_of_work() as work:
        found = await work.schools.get(SCHOOL)
        await work.schools.save(replace(found, digest=replace(found.digest, weekday=weekday)))
    assert (await office.duty("2.1", "2026-W46")).demand.due == due


async def test_without_a_timetable_open_days_are_days_of_lessons(office: Office) -> None:
    bare = {
        "timetable_slots": {"died": 0},
        "class_days": {"school_day": 0},
    }
    async with office.database.unit_of_work() as work:
        for name, values in bare.items():
            await work.connection.execute(update(relations[name]).values(values))
    assert [one.demand.name for one in (await office.month()).of("2.1")] == [
        "2026-W45", "2026-W46", "2026-W47", "2026-W48",
    ]  # fmt: skip


async def test_a_weekly_analysis_is_a_digest_that_reached_the_administration(
    office: Office,
) -> None:
    await office.put(
        digests,
        digest(1, "2026-W45", at(6)),
        digest(2, "2026-W46", at(16)),
        digest(3, "2026-W47", at(23)),
        digest(4, "2026-W48", at(27)),
    )
    await office.ran(WEEKLY, "2026-W45", at(6, 13))
    await office.ran(WEEKLY, "2026-W46", at(13, 13))
    read = {"person": office.person, "at": at(24)}
    await office.put(digest_acknowledgements, {"digest": 1, **read}, {"digest": 3, **read})
    in_time, unsent, read_later, nobody = (await office.month()).of("2.1")
    assert (in_time.state, in_time.done) == (State.DONE, on(6))
    assert traces(in_time) == [Trace(what=What.DIGEST, at=at(6, 13), count=1, name="2026-W45")]
    assert (unsent.state, unsent.done) == (State.OVERDUE, None)
    assert (read_later.state, read_later.done) == (State.DONE, on(24))
    assert nobody.state is State.OVERDUE
    group = {
        "school": SCHOOL, "chat": GROUP, "title": "", "bound_at": FRIDAY, "active": True,
    }  # fmt: skip
    await office.put(bound_chats, group)
    shown = {"school": SCHOOL, "message": "1"}
    await office.put(
        cards,
        {"card": "digest:2:message", "chat": GROUP, **shown},
        {"card": "digest:4", "chat": 777, **shown},
    )
    _, unsent, _, nobody = (await office.month()).of("2.1")
    assert (unsent.state, unsent.done) == (State.DONE, on(16))
    assert nobody.state is State.OVERDUE


async def test_an_analysis_counts_when_the_director_has_it_after_the_period(
    office: Office,
) -> None:
    assert (await office.duty("2.2")).state is State.OVERDUE
    await office.put(analyses, analysis(1, "accepted", at(20)), analysis(2, "draft", None))
    assert (await office.duty("2.2")).state is State.OVERDUE
    await office.put(analyses, analysis(3, "returned", at(2, month=12)))
    assert (await office.duty("2.2")).state is State.OVERDUE
    await office.put(analyses, analysis(4, "sent", at(4, month=12)))
    duty = await office.duty("2.2")
    assert (duty.state, duty.done) == (State.DONE, on(4, 12))
    assert [(one.count, one.name, one.number) for one in traces(duty)] == [
        (1, "accepted", 4), (3, "returned", 4), (4, "sent", 4),
    ]  # fmt: skip


async def test_imports_show_lists_and_checks_while_they_stand(office: Office) -> None:
    lists, checks = await office.duty("2.3"), await office.duty("2.10")
    assert (lists.done, checks.done) == (on(20), on(20))
    assert [one.what for one in traces(lists)] == [What.LISTS]
    async with office.database.unit_of_work() as work:
        other = '{"sheets": [{"sheet": "Уроки", "taken": 1}]}'
        await work.connection.execute(update(imports).values(summary=other))
    assert (await office.duty("2.3")).state is State.OVERDUE
    assert (await office.duty("2.10")).state is State.DONE
    async with office.database.unit_of_work() as work:
        await work.connection.execute(update(imports).values(state="undone"))
    assert (await office.duty("2.10")).state is State.OVERDUE


async def test_tickets_ask_for_their_causes(office: Office) -> None:
    assert (await office.duty("2.5")).state is State.FREE
    await office.put(tickets, *(ticket(office, number, at(3 + number)) for number in (1, 2)))
    duty = await office.duty("2.5")
    assert (duty.state, duty.done) == (State.OVERDUE, None)
    await office.put(ticket_causes, {"school": SCHOOL, "number": 1, "cause": "slip"})
    duty = await office.duty("2.5")
    assert (duty.state, duty.done) == (State.DONE, on(24))
    assert {one.what: one.count for one in traces(duty)} == {What.TICKETS: 2, What.CAUSES: 1}


async def test_forecasts_scenarios_and_passports_prove_a_term(office: Office) -> None:
    term = ("2026-T1", "2026-10")
    for clause in ("2.6", "2.7"):
        assert (await office.duty(clause, *term)).state is State.OVERDUE
    await office.ran(AHEAD, "739913:14", at(12, month=10))
    plan = Scenario(touches="5-е", hours="2", risks="нет", watch="P1")
    async with office.database.unit_of_work() as work:
        await work.decisions.add(decision(office, scenario=plan, due=on(20, 12)))
        gone = decision(office, scenario=plan, state=Decided.WITHDRAWN)
        await work.decisions.add(gone)
    await office.put(
        rule_passports,
        *(passport(office, rule, at(day, month=9)) for rule, day in (("P2", 20), ("P1", 14))),
        passport(office, "P3", at(8, month=9)) | {"by_person": None},
    )
    foreseen = await office.duty("2.6", *term)
    assert (foreseen.state, foreseen.done) == (State.DONE, on(10, 9))
    assert {one.what: one.name for one in traces(foreseen)} == {
        What.SCENARIO: "№ 1", What.FORECAST: "",
    }  # fmt: skip
    [changed] = traces(await office.duty("2.7", *term))
    assert (changed.name, changed.count, changed.at) == ("P1, P2", 2, at(20, month=9))


async def test_a_decision_that_is_overdue_leaves_control_undone(office: Office) -> None:
    async with office.database.unit_of_work() as work:
        await work.decisions.add(decision(office))
        closed = decision(office, state=Decided.CLOSED, closed_at=at(18))
        await work.decisions.add(closed)
    duty = await office.duty("2.10")
    assert duty.state is State.OVERDUE
    late, done, _ = duty.proofs
    assert (late.date, late.shown) == (
        date(2026, 11, 16), Trace(what=What.LATE_DECISION, at=at(16, 9), number=1),
    )  # fmt: skip
    assert (done.day, traces(duty)[1].name) == (on(18), "№ 2")
    office.clock.moment = at(16)
    assert (await office.duty("2.10")).state is State.DONE


async def test_questions_ask_for_answers(office: Office) -> None:
    assert (await office.duty("2.12")).state is State.FREE
    asked = {"school": SCHOOL, "text": "", "entry": None, "helped": None}
    await office.put(consultations, {**asked, "at": at(9), "band": "pass"})
    assert (await office.duty("2.12")).state is State.OVERDUE
    await office.put(consultations, {**asked, "at": at(11), "band": "choices"})
    answered = await office.duty("2.12")
    assert (answered.state, answered.done) == (State.DONE, on(11))
    assert {one.what: one.count for one in traces(answered)} == {
        What.QUESTIONS: 2, What.ANSWERS: 1,
    }  # fmt: skip


async def test_a_change_of_the_base_of_answers_is_a_consultation_too(office: Office) -> None:
    entry = {"school": SCHOOL, "section": "own", "audience": "staff", "question": "?"}
    more = {"answer": "!", "rules": "[]", "origin": None, "changed": False, "hidden": False}
    await office.put(sections, {"school": SCHOOL, "id": "own", "title": "", "position": 1})
    await office.put(consultation_entries, {**entry, **more, "id": "one", "position": 1})
    edit = {"school": SCHOOL, "entry": "one", "at": at(9), "content": "{}"}
    await office.put(
        consultation_edits,
        {**edit, "number": 1, "person": None},
        {**edit, "number": 2, "person": office.person},
    )
    duty = await office.duty("2.12")
    # nobody asked, but it was done
    assert (duty.state, duty.done) == (State.DONE, on(9))
    assert [(one.what, one.count) for one in traces(duty)] == [(What.EDITS, 1)]


async def test_copies_of_the_data_prove_that_they_are_kept_safe(office: Office) -> None:
    assert (await office.duty("3")).state is State.OVERDUE
    for day in (9, 10):
        name = str(NightlyBackup.__dataclass_fields__["name"].default)
        await office.ran(name, f"2026-11-{day:02d}", at(day), school=WHOLE_PROCESS)
    [copies] = traces(await office.duty("3"))
    assert (copies.what, copies.count, copies.at) == (What.BACKUP, 2, at(10))


async def test_what_happened_at_night_belongs_to_the_school_s_day(office: Office) -> None:
    await office.ran("backup", "2026-11-01", at(31, 21, month=10), school=WHOLE_PROCESS)
    assert (await office.duty("3")).done == on(1)


async def test_an_entry_proves_the_period_of_its_day_or_the_first_one_that_waits(
    office: Office,
) -> None:
    assert (await office.add("2.1", date(2026, 11, 12))).period == "2026-W46"
    assert (await office.add("2.1", date(2026, 12, 2))).period == "2026-W45"
    assert (await office.add("2.8", date(2026, 12, 3))).period == "2026-11"
    assert (await office.duty("2.8")).done == on(3, 12)
    assert (await office.add("2.8", date(2026, 12, 4))).period == "2026-11"


async def test_an_entry_of_a_month_in_a_term_proves_the_term(office: Office) -> None:
    entry = await office.add("2.7", date(2026, 9, 15), month="2026-09")
    assert (entry.period, list((await office.month("2026-09")).loose)) == ("2026-09", [entry])
    duty = await office.duty("2.7", "2026-T1", "2026-10")
    assert (duty.state, list(duty.proofs)) == (State.DONE, [Proof(entry.day, entry)])
    assert list((await office.month("2026-10")).loose) == []
    # a month's own analysis is not the term's
    await office.add("2.2", date(2026, 9, 15), month="2026-09")
    assert (await office.duty("2.2", "2026-T1", "2026-10")).state is State.OVERDUE


async def test_an_entry_is_withdrawn_once_by_the_school_it_belongs_to(office: Office) -> None:
    entry = await office.add("2.8", date(2026, 11, 12))
    other = administrator(SchoolId(2), office.person)
    await refused(office.journal.withdraw(other, entry.number), DutyGoneError)
    assert await office.journal.entry(office.actor, entry.number) == entry
    await office.journal.withdraw(office.actor, entry.number)
    await refused(office.journal.withdraw(office.actor, entry.number), DutyGoneError)
    await refused(office.journal.entry(office.actor, entry.number), DutyGoneError)
    assert (await office.duty("2.8")).state is State.OVERDUE
    async with office.database.reading() as work:
        told = [one.what for one in await work.audit.list(SCHOOL)]
    assert told[-2:] == ["duty entered", "duty entry withdrawn"]


async def test_only_an_administrator_who_is_somebody_writes(office: Office) -> None:
    director = replace(office.actor, roles=frozenset({Role.DIRECTOR}))
    assert (await office.journal.month(director, "2026-11")).month == "2026-11"
    for actor in (director, administrator(SCHOOL, None)):
        await refused(office.journal.ensure_keeps(actor, "2.8"), NotAllowedError)
        await refused(office.journal.withdraw(actor, 1), NotAllowedError)
    await refused(office.journal.ensure_keeps(office.actor, "2.99"), DutyGoneError)
    assert await office.journal.ensure_keeps(office.actor, "2.8") == on(7, 12)


@pytest.mark.parametrize(
    ("words", "day"),
    [
        ("24.11", date(2026, 11, 24)),
        ("25.12", date(2025, 12, 25)),
        ("7/12", date(2026, 12, 7)),
        ("1.9.26 г.", date(2026, 9, 1)),
        ("01.09.2026", date(2026, 9, 1)),
    ],
)
def test_a_day_is_the_last_one_of_that_name(words: str, day: date) -> None:
    today = date(2026, 12, 7).toordinal()
    if day.year == 2025:
        assert why(words, today) == "early"
    else:
        assert written(words, today) == day.toordinal()


@pytest.mark.parametrize(
    ("words", "reason"),
    [
        ("вчера", "unread"),
        ("31.02", "unread"),
        ("31.02.2026", "unread"),
        ("29.02", "early"),
        ("08.12.2026", "ahead"),
        ("31.07.2026", "early"),
    ],
)
def test_a_day_that_fits_nothing_is_refused(words: str, reason: str) -> None:
    assert why(words, date(2026, 12, 7).toordinal()) == reason


@pytest.mark.parametrize(
    ("changed", "kind", "reason"),
    [
        ({"text": " \n "}, DutyWordsError, "empty"),
        ({"text": "а" * 501}, DutyWordsError, "long"),
        ({"proof": "а" * 301}, DutyWordsError, "long"),
        ({"day": on(8, 12)}, DutyDayError, "ahead"),
        ({"clause": ""}, DutyGoneError, None),
        ({"month": "2027-01"}, DutyGoneError, None),
    ],
)
async def test_an_entry_that_does_not_fit_is_not_kept(
    office: Office, changed: dict[str, Any], kind: type[DomainError], reason: str | None
) -> None:
    drafted = Drafted(clause="2.8", month="2026-11", text="Сделано", day=on(12))
    await refused(office.journal.add(office.actor, replace(drafted, **changed)), kind, reason)
    assert (await office.duty("2.8")).proofs == []


async def test_a_reminder_is_put_once_a_week_and_only_where_something_is_overdue(
    office: Office,
) -> None:
    reminders = duty_reminders(office.database, office.clock)
    await reminders.send(SCHOOL, "2026-W50")
    await reminders.send(SCHOOL, "2026-W50")
    assert await letters(office) == ["duties/overdue"]
    async with office.database.unit_of_work() as work:
        fresh = update(schools).where(schools.c.id == SCHOOL).values(created_at=LATER)
        await work.connection.execute(fresh)
    await reminders.send(SCHOOL, "2026-W51")
    assert await letters(office) == ["duties/overdue"]
    office.clock.move(days=1)
    assert [one.id for one, _ in await reminders.schools()] == [SCHOOL]


async def letters(office: Office) -> list[str]:
    async with office.database.reading() as work:
        found = await work.connection.execute(select(outbox.c.kind).order_by(outbox.c.id))
        return list(found.scalars())


async def refused(
    awaited: Awaitable[object], kind: type[DomainError], why: str | None = None
) -> None:
    with pytest.raises(kind) as caught:
        await awaited
    assert caught.value.facts.get("why") == why


def why(words: str, today: int) -> object:
    with pytest.raises(DutyDayError) as caught:
        written(words, today)
    return caught.value.facts["why"]


def ticket(office: Office, number: int, opened: datetime) -> dict[str, Any]:
    return {
        "school": SCHOOL, "number": number, "author": office.person, "category": "other",
        "origin": "form", "state": "closed", "class_unit": "", "subject": "",
        "opened_at": opened, "changed_at": opened + timedelta(days=20), "worked": 0,
        "rating_words": "",
    }  # fmt: skip


def passport(office: Office, rule: str, changed: datetime) -> dict[str, Any]:
    return {
        "school": SCHOOL, "rule": rule, "version": 90, "enabled": 1, "severity": "minor",
        "clause": "", "thresholds": "{}", "changed_at": changed, "by_person": office.person,
    }  # fmt: skip
