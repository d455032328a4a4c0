"""Analyses by a clock that is moved: drafts once, one reminder, a re-check of the same findings."""

import json
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Any

import pytest
from aiogram.methods import SendDocument, SendMessage
from sqlalchemy import select, update

from bot.analyses import analysis_schedule, for_analyses
from bot.analysis_job import analysis_jobs
from bot.analysis_messages import AnalysisMessages
from bot.render import NBSP, Reader, Renderer
from bot.schedule import Due, Schedule
from services.access import Actor, NotAllowedError, Role
from services.analyses.kept import as_text, checksum
from services.analyses.life import (
    AnalysisGoneError,
    AnalysisId,
    AnalysisStepError,
    NobodyDecidesError,
    State,
)
from services.analyses.period import Kind
from services.ids import ChatId, PersonId, SchoolId, StaffId
from services.outgoing import Letter
from services.people import Newcomer, People, UserId
from services.reminding.silence import Covered, Silence, SilenceNumber
from storage.database import Database
from storage.letters import Sent
from storage.schema.analyses import analyses
from storage.schema.process import outbox
from tests.conftest import FrozenClock
from tests.filled import SCHOOL, UNTIL, generated, load

if TYPE_CHECKING:
    from services.analyses.desk import AnalysisDesk

RENDERER = Renderer()
ADMINISTRATOR, DIRECTOR, DEPUTY = UserId(1), UserId(2), UserId(3)
ROLES = {
    ADMINISTRATOR: Role.ADMINISTRATOR,
    DIRECTOR: Role.DIRECTOR,
    DEPUTY: Role.ADMINISTRATION,
}


class Stage:
    """A school's schedule with what it wrote to the outbox."""

    def __init__(self, database: Database, clock: FrozenClock) -> None:
        self.database, self.clock = database, clock
        self.people = People(
            unit_of_work=database.unit_of_work, reading=database.reading, clock=clock
        )
        provided = for_analyses(database, clock=clock, people=self.people, renderer=RENDERER)
        self.desk: AnalysisDesk = provided["analyses"]
        self.room = provided["analysis_room"]
        self.messages = AnalysisMessages(self.desk, RENDERER)
        jobs = analysis_jobs(analysis_schedule(database, self.desk))
        self.schedule = Schedule(database=database, clock=clock, jobs=[*jobs], pause=0.0)

    async def admit(self) -> None:
        for user, role in ROLES.items():
            async with self.database.unit_of_work() as work:
                now, newcomer = self.clock.now(), Newcomer(user=user, name=f"Имя{user}")
                staff = StaffId(1) if role is Role.DIRECTOR else None
                person = await work.people.admit(newcomer, school=SCHOOL, staff=staff, at=now)
                await work.people.give(person, role, given_by=None, at=now)

    async def actor(self, user: UserId) -> Actor:
        return (await self.people.recognise(user=user, chat=ChatId(user))).actor

    async def at(self, moment: str, *, ticks: int = 2) -> None:
        """The clock shows a moment in Moscow."""
        self.clock.moment = datetime.fromisoformat(f"{moment}+03:00").astimezone(UTC)
        for _ in range(ticks):
            await self.schedule.tick()

    async def written(self, kind: str | None = None) -> Sequence[Letter]:
        async with self.database.reading() as work:
            found = (await work.connection.execute(select(outbox).order_by(outbox.c.id))).all()
        return [
            Letter(
                school=SchoolId(row.school),
                chat=ChatId(row.chat),
                kind=row.kind,
                view=json.loads(row.view),
                card=row.card,
            )
            for row in found
            if kind in (None, row.kind)
        ]

    async def kinds(self) -> Counter[tuple[int, str]]:
        return Counter((letter.chat, letter.kind) for letter in await self.written())

    async def calls(self, letter: Letter) -> Sequence[Any]:
        return await self.messages.kinds[letter.kind](letter, Reader())

    async def sent(self) -> AnalysisId:
        """November's analysis, with the director."""
        kept = await self.desk.versions.latest(SCHOOL, Kind.MONTH, "2026-11")
        assert kept is not None
        await self.desk.send(await self.actor(ADMINISTRATOR), kept.id)
        return kept.id


@pytest.fixture
async def stage(full: Database, clock: FrozenClock) -> Stage:
    made = Stage(full, clock)
    await made.admit()
    return made


def message_of(calls: Sequence[Any]) -> str:
    [message] = [call for call in calls if isinstance(call, SendMessage)]
    return message.text.replace(NBSP, " ")


async def test_a_month_s_draft_comes_once_on_the_third(stage: Stage) -> None:
    await stage.at("2026-11-20 16:00")
    before = len(await stage.written("analyses/analysis"))
    await stage.at("2026-12-03 09:59")
    assert len(await stage.written("analyses/analysis")) == before
    await stage.at("2026-12-03 10:00")
    await stage.at("2026-12-04 23:00")
    [*_, letter] = await stage.written("analyses/analysis")
    assert len(await stage.written("analyses/analysis")) == before + 1
    assert letter.chat == ChatId(ADMINISTRATOR)
    assert "ноябрь 2026 г." in message_of(await stage.calls(letter))


async def test_what_came_due_lately_is_caught_up_once(stage: Stage) -> None:
    await stage.at("2026-11-20 16:00")
    await stage.at("2026-11-25 16:00")
    texts = [message_of(await stage.calls(one)) for one in await stage.written()]
    assert ["октябрь 2026 г." in text for text in texts] == [True, False]
    assert ["1 четверть" in text for text in texts] == [False, True]
    assert await stage.kinds() == {(ADMINISTRATOR, "analyses/analysis"): 2}


async def test_a_month_without_data_is_passed_in_silence(stage: Stage, full: Database) -> None:
    await stage.at("2027-01-03 12:00")
    [term] = await stage.written()
    assert "2 четверть" in message_of(await stage.calls(term))
    async with full.reading() as work:
        assert await work.job_runs.done("analysis drafts", SCHOOL, "2026-12")


async def test_what_is_with_the_director_is_drafted_by_nobody(stage: Stage) -> None:
    await stage.sent()
    await stage.at("2026-12-03 12:00")
    [letter] = await stage.written("analyses/analysis")
    assert letter.chat == ChatId(DIRECTOR)


async def test_a_year_s_draft_comes_with_the_last_term_s(stage: Stage) -> None:
    last = stage.schedule.jobs[0]
    due = [one.period for one in await last.due(datetime(2027, 6, 10, 9, tzinfo=UTC))]
    assert due == ["2027-05", "2026-T4", "2026-Y"]


async def test_the_director_is_reminded_once_after_two_working_days(stage: Stage) -> None:
    await stage.sent()
    await stage.at("2026-11-24 09:59")
    assert not await stage.written("analyses/reminder")
    await stage.at("2026-11-24 10:00")
    await stage.at("2026-11-30 10:00")
    [letter] = await stage.written("analyses/reminder")
    assert letter.chat == ChatId(DIRECTOR)
    assert "ждёт вашего решения с 20.11 16:00" in message_of(await stage.calls(letter))


async def test_what_was_decided_meanwhile_is_not_reminded_of(stage: Stage) -> None:
    analysis = await stage.sent()
    await stage.at("2026-11-24 10:00")
    [letter] = await stage.written("analyses/reminder")
    await stage.desk.accept(await stage.actor(DIRECTOR), analysis)
    assert await stage.calls(letter) == []
    await stage.at("2026-11-26 10:00")
    assert len(await stage.written("analyses/reminder")) == 1


async def test_the_re_check_tells_the_same_people_what_is_left(stage: Stage) -> None:
    analysis = await stage.sent()
    opened = await stage.desk.open(await stage.actor(DIRECTOR), analysis)
    await stage.at("2026-11-27 09:59")
    assert not await stage.written("analyses/rechecked")
    await stage.at("2026-11-27 10:00")
    await stage.at("2026-11-28 10:00")
    letters = await stage.written("analyses/rechecked")
    assert {one.chat for one in letters} == {ChatId(DIRECTOR), ChatId(ADMINISTRATOR)}
    assert len(letters) == 2
    calls = await stage.calls(letters[0])
    found = opened.kept.analysis.findings
    assert f"устранено 0 из {found}" in message_of(calls)
    assert any(isinstance(call, SendDocument) for call in calls)


async def test_a_re_check_counts_what_the_next_import_mended(
    stage: Stage, full: Database, clock: FrozenClock
) -> None:
    analysis = await stage.sent()
    kept = (await stage.desk.open(await stage.actor(DIRECTOR), analysis)).kept
    empty = [
        line for line in kept.analysis.figures.findings if line.rule in ("P2", "P4") and line.lesson
    ]
    assert empty
    batch = generated().batch
    places = {(line.class_unit, line.date, line.lesson) for line in empty}
    mended = [
        row._replace(topic=row.topic and "Повторение изученного", attendance_taken=True)
        if (row.class_unit, _date(row.day), str(row.number)) in places
        else row
        for row in batch.lessons or []
    ]
    clock.move(days=1)
    await load(full, clock, replace(batch, lessons=mended), name="b")
    await stage.at("2026-11-27 10:00")
    outcome = await stage.desk.outcome(analysis)
    assert outcome is not None
    assert outcome.mended >= 1
    assert outcome.mended + len(outcome.left) == outcome.all == kept.analysis.findings
    assert set(outcome.left) < set(kept.analysis.identities)


def _date(day: int) -> str:
    return f"{date.fromordinal(day):%d.%m.%Y}"


async def test_a_re_check_without_data_any_more_says_nothing(stage: Stage, full: Database) -> None:
    await stage.sent()
    async with full.unit_of_work() as work:
        await work.connection.execute(update(analyses).values(period="2026-11"))
        content = (await work.connection.execute(select(analyses.c.content))).scalar_one()
        text = content.replace('"period": "2026-11"', '"period": "2025-11"')
        await work.connection.execute(update(analyses).values(content=text))
    await stage.at("2026-11-27 10:00")
    assert not await stage.written("analyses/rechecked")


async def test_an_accepted_analysis_keeps_its_checksum(stage: Stage, full: Database) -> None:
    analysis = await stage.sent()
    accepted = (await stage.desk.accept(await stage.actor(DIRECTOR), analysis)).kept
    assert accepted.state is State.ACCEPTED
    assert accepted.checksum == checksum(as_text(accepted.analysis))
    async with full.reading() as work:
        entries = await work.audit.list(SCHOOL)
        kept = await work.analyses.get(analysis)
    assert kept is not None
    assert as_text(kept.analysis) == as_text(accepted.analysis)
    assert any(one.facts.get("checksum") == accepted.checksum for one in entries)


async def test_an_accepted_analysis_of_an_ended_period_stays_whatever_is_loaded(
    stage: Stage, full: Database, clock: FrozenClock
) -> None:
    versions = stage.desk.versions
    kept = await versions.latest(SCHOOL, Kind.MONTH, "2026-10")
    assert kept is not None
    await stage.desk.send(await stage.actor(ADMINISTRATOR), kept.id)
    await stage.desk.accept(await stage.actor(DIRECTOR), kept.id)
    clock.move(days=1)
    await load(full, clock, generated().batch, name="b")
    again = await versions.latest(SCHOOL, Kind.MONTH, "2026-10")
    assert again is not None
    assert (again.id, again.state) == (kept.id, State.ACCEPTED)


async def test_an_accepted_analysis_of_a_running_month_gives_way(
    stage: Stage, full: Database, clock: FrozenClock
) -> None:
    analysis = await stage.sent()
    await stage.desk.accept(await stage.actor(DIRECTOR), analysis)
    clock.move(days=1)
    await load(full, clock, generated().before, name="b")
    again = await stage.desk.versions.latest(SCHOOL, Kind.MONTH, "2026-11")
    assert again is not None
    assert (again.version, again.state) == (2, State.DRAFT)


async def test_a_draft_on_older_data_is_counted_again(
    stage: Stage, full: Database, clock: FrozenClock
) -> None:
    first = await stage.desk.versions.latest(SCHOOL, Kind.MONTH, "2026-11")
    clock.move(days=1)
    await load(full, clock, generated().before, name="b")
    second = await stage.desk.versions.latest(SCHOOL, Kind.MONTH, "2026-11")
    assert first is not None
    assert second is not None
    assert (second.id, second.version) == (first.id, 1)
    assert second.as_of > first.as_of


async def test_a_silenced_director_is_away(stage: Stage, full: Database) -> None:
    async with full.unit_of_work() as work:
        await work.silences.add(
            Silence(
                school=SCHOOL,
                number=SilenceNumber(1),
                covered=Covered(staff=1),
                until=UNTIL.toordinal() + 7,
                reason="отпуск",
                set_by=PersonId(1),
                set_at=stage.clock.now(),
            )
        )
    kept = await stage.desk.versions.latest(SCHOOL, Kind.MONTH, "2026-11")
    assert kept is not None
    administrator = await stage.actor(ADMINISTRATOR)
    with pytest.raises(NobodyDecidesError):
        await stage.desk.send(administrator, kept.id)
    await stage.room.name_deputy(administrator, (await stage.actor(DEPUTY)).person)
    opened = await stage.desk.send(administrator, kept.id)
    assert opened.deputy == "Имя3"
    [letter] = await stage.written("analyses/analysis")
    assert letter.chat == ChatId(DEPUTY)


async def test_nobody_gets_it_after_losing_the_role(stage: Stage, full: Database) -> None:
    await stage.sent()
    director = (await stage.actor(DIRECTOR)).person
    assert director is not None
    async with full.unit_of_work() as work:
        await work.people.revoke(SCHOOL, director, stage.clock.now())
    [letter] = await stage.written("analyses/analysis")
    assert await stage.calls(letter) == []


async def test_a_school_younger_than_the_hour_gets_no_draft(stage: Stage, full: Database) -> None:
    async with full.unit_of_work() as work:
        now = datetime(2026, 12, 10, tzinfo=UTC)
        await work.schools.add(name="Вторая", timezone="Europe/Moscow", at=now)
    [drafts, *_] = stage.schedule.jobs
    due = await drafts.due(datetime(2026, 12, 11, tzinfo=UTC))
    assert [(one.school, one.period) for one in due] == [(SCHOOL, "2026-11")]


async def test_a_job_claimed_by_another_process_does_nothing(stage: Stage, full: Database) -> None:
    analysis = await stage.sent()
    async with full.unit_of_work() as work:
        assert await work.job_runs.claim("analysis reminders", SCHOOL, str(analysis))
    [_, reminders, _] = stage.schedule.jobs
    await reminders.run(Due(SCHOOL, str(analysis)))
    assert not await stage.written("analyses/reminder")


async def test_what_was_accepted_for_good_is_not_counted_again(stage: Stage) -> None:
    kept = await stage.desk.versions.latest(SCHOOL, Kind.MONTH, "2026-10")
    assert kept is not None
    administrator = await stage.actor(ADMINISTRATOR)
    await stage.desk.send(administrator, kept.id)
    await stage.desk.accept(await stage.actor(DIRECTOR), kept.id)
    with pytest.raises(AnalysisStepError):
        await stage.desk.renew(administrator, kept.id)


async def test_what_has_no_data_any_more_is_not_counted_again(stage: Stage, full: Database) -> None:
    analysis = await stage.sent()
    async with full.unit_of_work() as work:
        content = (await work.connection.execute(select(analyses.c.content))).scalar_one()
        text = content.replace('"period": "2026-11"', '"period": "2025-11"')
        await work.connection.execute(update(analyses).values(content=text))
    with pytest.raises(AnalysisGoneError):
        await stage.desk.renew(await stage.actor(ADMINISTRATOR), analysis)


async def test_an_unknown_analysis_is_gone(stage: Stage) -> None:
    with pytest.raises(AnalysisGoneError):
        await stage.desk.open(await stage.actor(DIRECTOR), AnalysisId(99))


async def test_who_decides_and_prepares_is_not_told_of_the_own_decision(
    stage: Stage, full: Database
) -> None:
    administrator = await stage.actor(ADMINISTRATOR)
    assert administrator.person is not None
    async with full.unit_of_work() as work:
        now = stage.clock.now()
        await work.people.give(administrator.person, Role.DIRECTOR, given_by=None, at=now)
    analysis = await stage.sent()
    await stage.desk.accept(await stage.actor(ADMINISTRATOR), analysis)
    assert not await stage.written("analyses/decided")


async def test_only_the_administration_can_be_the_deputy(stage: Stage) -> None:
    administrator = await stage.actor(ADMINISTRATOR)
    with pytest.raises(NotAllowedError):
        await stage.room.name_deputy(administrator, (await stage.actor(DIRECTOR)).person)


async def test_words_of_a_return_are_the_director_s_own_data(stage: Stage, full: Database) -> None:
    analysis = await stage.sent()
    director = await stage.actor(DIRECTOR)
    await stage.desk.give_back(director, analysis, "Мало о девятых классах")
    assert director.person is not None
    async with full.unit_of_work() as work:
        kept = await work.personal.kept(SCHOOL, director.person)
        assert kept.returns == ["Мало о девятых классах"]
        await work.personal.erase(director.person)
    async with full.reading() as work:
        found = await work.analyses.get(analysis)
    assert found is not None
    assert found.words == ""


async def test_a_decision_is_shown_wherever_the_analysis_stands(stage: Stage) -> None:
    analysis = await stage.sent()
    [letter] = await stage.written("analyses/analysis")
    async with stage.database.aside() as work:
        await work.outbox.sent([Sent(row=1, letter=letter, step=1, last=False, message="77")])
    await stage.desk.accept(await stage.actor(DIRECTOR), analysis)
    [card] = await stage.written("analyses/card")
    assert (card.chat, card.card) == (letter.chat, letter.card)
    assert "Принята 20.11 16:00" in message_of(await stage.calls(card))
