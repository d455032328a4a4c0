"""What users of such systems complained about (the end of RULES.md), each as a test of alerts."""

from datetime import UTC

import pytest
from sqlalchemy import update

from services.claims.claim import Claim, Kind
from services.ids import FindingId
from services.journal.model import AssignmentRow
from storage.database import Database
from storage.schema.process import outbox
from tests.conftest import FrozenClock
from tests.services.completeness.book import MATHS, OTHER, TEACHER, at, day
from tests.services.reminding.stage import (
    ADMINISTRATOR,
    HEAD,
    IVANOVA,
    PETROV,
    SCHOOL,
    Stage,
)


@pytest.fixture
def stage(database: Database, clock: FrozenClock) -> Stage:
    return Stage(database, clock)


async def test_an_alert_for_an_empty_class(stage: Stage) -> None:
    """Everybody has left by the 15th; the lessons of the 16th and of today lack everything."""
    stage.book.bells()
    stage.book.batch.enrollments = [stage.book.stay(one, last="15.11") for one in (1, 2, 3, 4)]
    stage.book.lessons("02.11", "19.11")
    stage.empty("16.11", "19.11", homework="")
    await stage.load("19.11", 14)
    await stage.admit()
    assert await stage.at("19.11", 15, 0) == {}
    assert await stage.at("19.11") == {}


async def test_an_alert_that_cannot_be_mended_and_does_not_say_why(stage: Stage) -> None:
    """What is told of has its reason, its rows and its ground behind a button."""
    await stage.begin("17.11")
    assert "17.11" in (await stage.at("19.11"))[IVANOVA]
    desk = stage.provided["gaps"]
    [finding] = await stage.findings("P1")
    reason, as_of = await desk.why(await stage.actor(IVANOVA), FindingId(finding))
    assert reason.line.why == "Не заполнена тема и не отмечена посещаемость."
    assert reason.rows
    assert reason.version == 0
    assert as_of == "18.11 21:00"


async def test_alerts_during_study_leave(stage: Stage) -> None:
    """The class is on leave from the 16th; lines that the journal has for it all the same wait."""
    stage.book.bells()
    stage.book.holiday("16.11", "22.11")
    stage.book.lessons("02.11", "19.11")
    stage.empty("17.11", "19.11")
    await stage.load("19.11", 14)
    await stage.admit()
    assert await stage.findings("P1")
    assert await stage.at("19.11", 15, 0) == {}
    assert await stage.at("19.11") == {}
    assert await stage.at("23.11") == {}


async def test_no_holidays_entered_so_everything_is_flagged(stage: Stage) -> None:
    """No terms and no holidays: the timetable alone makes no lesson due."""
    stage.book.bells()
    stage.book.batch.terms = []
    stage.book.lessons("09.11", "13.11")
    stage.book.batch.period = (day("26.10"), day("19.11"))
    await stage.load("19.11", 14)
    await stage.admit()
    assert await stage.at("19.11", 15, 0) == {}
    assert await stage.at("19.11") == {}


async def test_missing_although_complete(stage: Stage) -> None:
    """«Не задано», everybody absent and a topic of three letters are all entries."""
    stage.book.bells()
    stage.book.lessons("02.11", "19.11", homework="Не задано", topic="ЗОЖ")
    await stage.load("19.11", 14)
    await stage.admit()
    assert await stage.at("19.11", 15, 0) == {}
    assert await stage.at("19.11") == {}


async def test_a_false_alert_after_a_teacher_change(stage: Stage) -> None:
    """Иванова taught till the 15th, Петров from the 16th on: each is told of own lessons."""
    slots = stage.book.batch.slots
    assert slots is not None
    stage.book.batch.slots = [one._replace(last=day("15.11")) for one in slots] + [
        one._replace(teacher=OTHER, first=day("16.11")) for one in slots
    ]
    stage.book.batch.assignments = [
        AssignmentRow(TEACHER, MATHS, "5А", "", 500, day("01.09"), day("15.11")),
        AssignmentRow(OTHER, MATHS, "5А", "", 500, day("16.11"), day("27.12")),
    ]
    stage.book.lessons("02.11", "13.11")
    stage.book.lessons("16.11", "18.11", teacher=OTHER, author=OTHER)
    stage.empty("17.11")
    await stage.load("18.11")
    await stage.admit()
    told = await stage.at("19.11")
    assert "17.11" in told[PETROV]
    assert IVANOVA not in told


async def test_a_notice_sent_but_never_delivered_with_no_trace(stage: Stage) -> None:
    """It is told to the administrator, and once more to the teacher."""
    await stage.begin("17.11")
    assert IVANOVA in await stage.at("19.11")
    async with stage.database.unit_of_work() as work:
        lost = update(outbox).where(outbox.c.chat == IVANOVA)
        await work.connection.execute(lost.values(state="dead", error="expired"))
    assert "не дошло" in (await stage.at("20.11", 8, 0))[ADMINISTRATOR]
    assert IVANOVA in await stage.at("20.11")


async def test_already_submitted_disputes(stage: Stage) -> None:
    """A teacher who says «не согласен» is not reminded, nor anybody above, until an answer."""
    stage.book.lessons("02.11", "27.11")
    stage.empty("09.11")
    await stage.load("09.11")
    await stage.admit()
    await stage.load("11.11")
    [finding] = await stage.findings("P1")
    async with stage.database.unit_of_work() as work:
        said = Claim(
            school=SCHOOL,
            finding=finding,
            person=stage.people[IVANOVA],
            kind=Kind.DISPUTED,
            said_at=stage.clock.now(),
            said_in=1,
        )
        await work.claims.add(said)
    assert await stage.at("12.11") == {}


async def test_stale_data_between_systems(stage: Stage) -> None:
    """Nobody above hears by data older than the deadline, nobody at all by data that is old.

    Whatever is told says what the data is as of.
    """
    stage.book.lessons("02.11", "27.11")
    stage.empty("09.11")
    await stage.load("09.11")
    await stage.admit()
    told = await stage.at("12.11")
    assert HEAD not in told
    assert "данные на 09.11 21:00" in told[IVANOVA]
    assert await stage.at("16.11") == {}
    stage.clock.moment = at("16.11", 17, 0).astimezone(UTC)
    stage.fill("09.11")
    await stage.load("16.11", 21)
    assert await stage.at("17.11") == {}
