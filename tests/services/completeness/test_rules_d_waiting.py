"""T5: what is still open after its re-check date."""

from dataclasses import replace
from typing import Any

import pytest
from sqlalchemy import select

from bot.journal import completeness_of
from services.claims.claim import Claim, Kind, State
from services.completeness.finding_store import Living
from services.completeness.passport_changes import Change, Turn
from services.completeness.passports import PassportDesk
from services.completeness.rules import catalogue
from services.ids import FindingId, SchoolId
from services.people import Newcomer, UserId
from storage.database import Database
from storage.schema.journal import findings
from tests.conftest import FrozenClock
from tests.services.completeness.book import Book, at, day

MON = "07.09"


class Weeks:
    """A school whose every import is looked at by the whole catalogue."""

    def __init__(self, database: Database, clock: FrozenClock) -> None:
        self.database, self.clock, self.sent = database, clock, 0
        self.book = Book(database, looked_at=True)

    async def send(self, on: str, hour: int = 13) -> None:
        self.clock.moment = at(on, hour, 0)
        self.sent += 1
        await self.book.load(replace(self.book.batch), str(self.sent))

    async def open(self, rule: str) -> list[Living]:
        async with self.database.reading() as work:
            return [one for one in await work.findings.living(SchoolId(1)) if one.rule == rule]


@pytest.fixture
def weeks(database: Database, clock: FrozenClock) -> Weeks:
    made = Weeks(database, clock)
    made.book.lessons("07.09", "11.09")
    lessons = made.book.batch.lessons or []
    lessons[0] = lessons[0]._replace(topic="")
    return made


def filled(weeks: Weeks) -> None:
    weeks.book.batch.lessons = [
        row._replace(topic="Дроби") for row in weeks.book.batch.lessons or ()
    ]


async def test_a_finding_that_is_open_after_a_week_is_told_once(weeks: Weeks) -> None:
    await weeks.send("11.09")
    await weeks.send("18.09", hour=14)
    assert await weeks.open("T5") == [], "the re-check date is not over"
    await weeks.send("19.09")
    [one] = await weeks.open("T5")
    assert one.identity.startswith("T5:")
    assert '"code": "P1"' in one.facts
    assert '"rules": 2' in one.facts, "P1 and P2 speak of one lesson"
    await weeks.send("09.10")
    assert [each.identity for each in await weeks.open("T5")][:1] == [one.identity]
    assert all("T5" not in each.facts for each in await weeks.open("T5"))


async def test_it_ends_with_the_very_import_that_mends_the_finding(weeks: Weeks) -> None:
    await weeks.send("11.09")
    await weeks.send("21.09")
    assert await weeks.open("T5")
    filled(weeks)
    await weeks.send("22.09")
    assert (await weeks.open("P2"), await weeks.open("T5")) == ([], [])


async def test_it_does_not_begin_with_the_import_that_mends_the_finding(weeks: Weeks) -> None:
    await weeks.send("11.09")
    filled(weeks)
    await weeks.send("21.09")
    assert await weeks.open("T5") == []


async def test_what_cannot_be_mended_and_advice_are_not_asked_for(weeks: Weeks) -> None:
    filled(weeks)
    late = int(at("10.09", 9).timestamp())
    lessons = weeks.book.batch.lessons or []
    lessons[0] = lessons[0]._replace(entered_at=late)
    await weeks.send("11.09")
    await weeks.send("21.09")
    assert len(await weeks.open("T1")) == 1
    assert [one for one in await weeks.open("T5") if str(lessons[0].day) in one.identity] == []


async def test_a_change_of_another_rule_s_passport_ends_it_too(weeks: Weeks) -> None:
    await weeks.send("11.09")
    await weeks.send("21.09")
    database, clock = weeks.database, weeks.clock
    passports = PassportDesk(
        completeness=completeness_of(database, clock), unit_of_work=database.unit_of_work,
        reading=database.reading, clock=clock,
    )  # fmt: skip
    for code in ("P1", "P2"):
        await passports.change(weeks.book.actor, code, Change(Turn.SWITCH, 0, 0), version=0)
    assert await weeks.open("T5") == []


async def claim(
    weeks: Weeks, rule: str, kind: Kind, state: State, until: str | None = None
) -> None:
    """Somebody's word of the finding of a rule."""
    async with weeks.database.unit_of_work() as work:
        now, colleague = weeks.clock.now(), UserId(7)
        known = await work.people.of_user(colleague, now)
        newcomer = Newcomer(user=colleague, name="Коллега")
        person = known.id if known else await work.people.admit(
            newcomer, school=SchoolId(1), staff=None, at=now
        )  # fmt: skip
        query = select(findings.c.id).where(findings.c.rule == rule)
        [finding] = (await work.connection.execute(query)).scalars()
        said = Claim(
            school=SchoolId(1), finding=FindingId(finding), person=person, kind=kind,
            state=state, said_at=now, said_in=1, until=None if until is None else day(until),
        )  # fmt: skip
        await work.claims.add(said)


async def test_what_was_waived_is_not_asked_for_nor_what_goes_along(weeks: Weeks) -> None:
    await weeks.send("11.09")
    await claim(weeks, "P1", Kind.DISPUTED, State.WAIVED)
    await weeks.send("21.09")
    assert {rule for rule in ("P1", "P2") if await weeks.open(rule)} == {"P1", "P2"}
    assert await weeks.open("T5") == []


async def test_one_waived_rule_leaves_the_others_of_the_place(weeks: Weeks) -> None:
    await weeks.send("11.09")
    await claim(weeks, "P2", Kind.DISPUTED, State.WAIVED)
    await weeks.send("21.09")
    [one] = await weeks.open("T5")
    assert '"code": "P1"' in one.facts
    assert '"rules": 1' in one.facts


async def test_a_waiver_taken_back_is_asked_for_again(weeks: Weeks) -> None:
    await weeks.send("11.09")
    await claim(weeks, "P1", Kind.DISPUTED, State.WAIVED)
    await claim(weeks, "P1", Kind.DISPUTED, State.RESTORED)
    await weeks.send("21.09")
    assert len(await weeks.open("T5")) == 1


@pytest.mark.parametrize("state", [State.WAITING, State.WITHDRAWN])
async def test_a_postponed_finding_is_due_by_the_day_of_the_delay(
    weeks: Weeks, state: State
) -> None:
    await weeks.send("11.09")
    for rule in ("P1", "P2"):
        await claim(weeks, rule, Kind.POSTPONED, state, "25.09")
    await weeks.send("25.09")
    open_ = await weeks.open("T5")
    assert [f'"due_day": {day("18.09")}' in one.facts for one in open_] == [True] * (
        state is State.WITHDRAWN
    )
    await weeks.send("26.09")
    due = "25.09" if state is State.WAITING else "18.09"
    assert f'"due_day": {day(due)}' in (await weeks.open("T5"))[0].facts


def test_the_reason_names_one_rule_or_counts_them() -> None:
    why = catalogue()["T5"].why
    facts: dict[str, Any] = {"rules": 1, "code": "P2", "due_day": 739_575}
    assert "still open, it was" in why(facts).msgid
    assert "Findings still open" in why({**facts, "rules": 3}).msgid
