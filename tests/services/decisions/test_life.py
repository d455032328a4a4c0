"""What a decision refuses, whoever asks; the journey itself is in ``tests/handlers``."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime

import pytest

from bot.decisions import for_decisions
from bot.figures import for_figures
from services.access import Actor, NotAllowedError, Role
from services.decisions.decision import (
    TEXT_LIMIT,
    Decision,
    DecisionDayError,
    DecisionGoneError,
    DecisionNumber,
    DecisionStepError,
    DecisionWordsError,
    Owner,
    OwnerState,
    Source,
    State,
    restored,
    snapshot,
)
from services.decisions.desk import Decisions
from services.decisions.due import DueDecisions
from services.decisions.register import Which
from services.decisions.scenarios import Planned
from services.decisions.setting import Draft
from services.errors import DomainError
from services.helpdesk.tickets import Said
from services.ids import ChatId, PersonId, SchoolId, StaffId
from services.people import Newcomer, People, StaffMember, UserId
from storage.database import Database
from tests.conftest import FrozenClock
from tests.handlers.conversation import RENDERER, Staff

SCHOOL, FIRST = SchoolId(1), DecisionNumber(1)
NOW = datetime(2026, 11, 20, 13, 0, tzinfo=UTC)
DUE = date(2026, 11, 27).toordinal()
SPOKEN = Said(text="Болею")


@dataclass(frozen=True)
class Team:
    desk: Decisions
    deputy: Actor
    teacher: Actor
    colleague: Actor

    async def assigned(self) -> Decision:
        draft = Draft(text="Сделать", owners=(person(self.teacher),), due=DUE)
        return await self.desk.setting.set(self.deputy, draft)


def person(actor: Actor) -> PersonId:
    assert actor.person is not None
    return actor.person


@pytest.fixture
async def team(database: Database, clock: FrozenClock) -> Team:
    people = People(unit_of_work=database.unit_of_work, reading=database.reading, clock=clock)
    roles = (Role.ADMINISTRATION, Role.TEACHER, Role.CLASS_TEACHER)
    async with database.unit_of_work() as work:
        school = await work.schools.add(name="Школа", timezone="Europe/Moscow", at=NOW)
        for user, role in enumerate(roles, 1):
            newcomer = Newcomer(user=UserId(user), name=f"Имя{user}")
            staff = StaffId(1) if user == 2 else None
            one = await work.people.admit(newcomer, school=school, staff=staff, at=NOW)
            await work.people.give(one, role, given_by=None, at=NOW)
    figures = for_figures(database, clock=clock, people=people, renderer=RENDERER)
    made = for_decisions(
        database,
        clock=clock,
        staff=Staff([StaffMember(StaffId(1), "Ёлкина Мария Петровна")]),
        digests=figures["digests"],
        renderer=RENDERER,
    )
    deputy, teacher, colleague = [
        (await people.recognise(user=UserId(user), chat=ChatId(user))).actor for user in (1, 2, 3)
    ]
    return Team(made["decisions"], deputy, teacher, colleague)


async def refused(awaited: Awaitable[object], kind: type[DomainError], why: str) -> None:
    with pytest.raises(kind) as caught:
        await awaited
    assert caught.value.facts.get("why") == why


async def test_people_are_found_by_the_name_of_the_staff_list(team: Team) -> None:
    found = await team.desk.setting.candidates(team.deputy, "елкина м")
    assert [one.name for one in found] == ["Ёлкина Мария Петровна"]
    assert len(await team.desk.setting.candidates(team.deputy)) == 3


async def test_words_are_demanded_where_they_matter(team: Team) -> None:
    await team.assigned()
    life = team.desk.life
    await refused(life.cannot(team.teacher, FIRST, Said(), None), DecisionWordsError, "empty")
    await refused(life.note(team.teacher, FIRST, Said(text=" ")), DecisionWordsError, "empty")
    long = Said(text="а" * (TEXT_LIMIT + 1))
    await refused(life.note(team.teacher, FIRST, long), DecisionWordsError, "long")
    await refused(life.cannot(team.teacher, FIRST, SPOKEN, DUE - 30), DecisionDayError, "past")


@pytest.mark.parametrize(
    ("change", "kind", "why"),
    [
        ({"text": " "}, DecisionWordsError, "empty"),
        ({"owners": ()}, DecisionWordsError, "owners"),
        ({"owners": (PersonId(99),)}, DecisionWordsError, "owners"),
        ({"due": DUE - 30}, DecisionDayError, "past"),
        ({"due": DUE + 400}, DecisionDayError, "far"),
    ],
)
async def test_a_draft_that_is_not_whole_is_refused(
    team: Team, change: dict[str, object], kind: type[DomainError], why: str
) -> None:
    draft = Draft(text="Сделать", owners=(person(team.teacher),), due=DUE)
    await refused(team.desk.setting.set(team.deputy, replace(draft, **change)), kind, why)  # type: ignore[arg-type]
    assert await team.desk.register.everything(team.deputy) == []


async def test_only_an_owner_says_that_it_is_done(team: Team) -> None:
    await team.assigned()
    await refused(team.desk.life.done(team.deputy, FIRST), DecisionStepError, "owner")
    with pytest.raises(DecisionGoneError):
        await team.desk.life.done(team.colleague, FIRST)
    with pytest.raises(NotAllowedError):
        await team.desk.life.close(team.teacher, FIRST)


async def test_the_same_word_twice_is_one_step(team: Team) -> None:
    await team.assigned()
    await team.desk.life.accept(team.teacher, FIRST)
    await team.desk.life.accept(team.teacher, FIRST)
    card = await team.desk.register.card(team.teacher, FIRST)
    assert [one.event.what.value for one in card.steps] == ["set", "accepted"]


async def test_what_is_closed_stands_still(team: Team) -> None:
    await team.assigned()
    life = team.desk.life
    await life.close(team.deputy, FIRST)
    await refused(life.accept(team.teacher, FIRST), DecisionStepError, "state")
    await refused(life.note(team.teacher, FIRST, SPOKEN), DecisionStepError, "state")
    await refused(life.move(team.deputy, FIRST, DUE), DecisionStepError, "state")
    await refused(life.close(team.deputy, FIRST), DecisionStepError, "state")
    await life.reopen(team.deputy, FIRST)
    await refused(life.reopen(team.deputy, FIRST), DecisionStepError, "state")


async def test_an_owner_is_added_once(team: Team) -> None:
    await team.assigned()
    life = team.desk.life
    for again in (person(team.teacher), PersonId(99)):
        await refused(life.add_owner(team.deputy, FIRST, again), DecisionStepError, "owner")
    added = await life.add_owner(team.deputy, FIRST, person(team.colleague))
    assert [one.person for one in added.active] == [2, 3]


async def test_the_day_is_kept_only_where_another_was_asked_for(team: Team) -> None:
    await team.assigned()
    await refused(team.desk.life.keep_due(team.deputy, FIRST), DecisionStepError, "state")


async def test_reopening_sends_those_who_had_done_it_on(team: Team) -> None:
    await team.assigned()
    await team.desk.life.done(team.teacher, FIRST)
    opened = await team.desk.life.reopen(team.deputy, FIRST)
    assert opened.state is State.OPEN
    assert [one.state for one in opened.owners] == [OwnerState.ACCEPTED]


async def test_undoing_brings_back_exactly_what_was(team: Team) -> None:
    await team.assigned()
    life = team.desk.life
    steps: list[Callable[[], Awaitable[Decision]]] = [
        lambda: life.accept(team.teacher, FIRST),
        lambda: life.cannot(team.teacher, FIRST, SPOKEN, DUE + 3),
        lambda: life.done(team.teacher, FIRST, SPOKEN),
    ]
    for step in steps:
        before = snapshot((await team.desk.register.card(team.deputy, FIRST)).decision)
        assert snapshot(await step()) != before
        assert snapshot(await life.undo(team.teacher, FIRST)) == before
        await step()
    closed = await life.close(team.deputy, FIRST)
    assert closed.closed_at == NOW
    assert (await life.undo(team.deputy, FIRST)).closed_at is None
    await refused(life.undo(team.deputy, FIRST), DecisionStepError, "undo")


def test_undoing_does_not_bring_back_who_left() -> None:
    before = Decision(
        school=SCHOOL,
        number=FIRST,
        text="",
        source=Source(),
        set_by=PersonId(1),
        set_at=NOW,
        changed_at=NOW,
        due=DUE,
        owners=(Owner(person=PersonId(2)),),
    )
    left = replace(before, owners=(Owner(person=PersonId(2), state=OwnerState.GONE),))
    assert restored(left, snapshot(before), NOW).active == ()


async def test_a_decision_that_was_never_there_is_gone(team: Team) -> None:
    with pytest.raises(DecisionGoneError):
        await team.desk.register.card(team.deputy, DecisionNumber(7))
    with pytest.raises(DecisionGoneError):
        await team.desk.life.undo(team.deputy, DecisionNumber(7))


async def test_overdue_ones_have_a_list_and_a_count(team: Team, clock: FrozenClock) -> None:
    await team.assigned()
    clock.move(days=8)
    [line] = await team.desk.register.lines(team.deputy, Which.OVERDUE)
    assert line.overdue
    assert (await team.desk.register.counts(team.deputy))[Which.OVERDUE] == 1
    await team.desk.life.close(team.deputy, FIRST)
    assert await team.desk.register.lines(team.deputy, Which.OVERDUE) == []
    assert len(await team.desk.register.lines(team.deputy, Which.CLOSED)) == 1


async def test_a_stranger_of_the_school_has_none(team: Team) -> None:
    nobody = replace(team.teacher, person=None)
    with pytest.raises(NotAllowedError):
        await team.desk.life.accept(nobody, FIRST)


async def test_a_scenario_watches_an_index_or_a_rule(team: Team) -> None:
    planned = Planned(text="а", touches="б", hours="в", risks="г", watch="", due=DUE)
    await refused(team.desk.scenarios.keep(team.deputy, planned), DecisionWordsError, "empty")
    kept = await team.desk.scenarios.keep(team.deputy, replace(planned, watch="P1"))
    assert kept.scenario is not None
    assert kept.scenario.before is None
    assert kept.owners[0].person == team.deputy.person
    assert await team.desk.scenarios.rules(team.deputy) == []


async def test_forgetting_takes_the_words_and_leaves_what_was_decided(
    team: Team, database: Database
) -> None:
    await team.assigned()
    await team.desk.life.note(team.teacher, FIRST, SPOKEN)
    async with database.unit_of_work() as work:
        assert await work.decisions.said_by(SCHOOL, person(team.teacher)) == ["Болею"]
        assert await work.decisions.said_by(SCHOOL, person(team.deputy)) == ["Сделать"]
        await work.personal.erase(person(team.teacher))
        assert await work.decisions.said_by(SCHOOL, person(team.teacher)) == []
    card = await team.desk.register.card(team.deputy, FIRST)
    assert card.decision.text == "Сделать"
    assert [one.event.words for one in card.steps] == ["", ""]


async def test_open_decisions_are_told_on_the_day_they_are_due(
    team: Team, database: Database
) -> None:
    await team.assigned()
    due = DueDecisions(database.reading)
    assert await due.due(SCHOOL, DUE - 7, DUE) == ["27.11 · № 1 · Сделать"]
    assert await due.due(SCHOOL, DUE + 1, DUE + 30) == []


async def test_a_long_decision_is_told_shortly(team: Team, database: Database) -> None:
    draft = Draft(text="Проверить журнал. " * 20, owners=(person(team.teacher),), due=DUE)
    await team.desk.setting.set(team.deputy, draft)
    [line] = await DueDecisions(database.reading).due(SCHOOL, DUE, DUE)
    assert line.endswith("…")
    assert len(line) < 140
