"""A reminder that reaches nobody leaves a trace: the administrator hears of it, once."""

from datetime import UTC

from sqlalchemy import update

from storage.schema.process import outbox
from tests.services.completeness.book import at
from tests.services.reminding.stage import ADMINISTRATOR, DIRECTOR, IVANOVA, Stage


async def test_a_teacher_who_never_came_is_reported_once(stage: Stage) -> None:
    stage.book.lessons("02.11", "18.11")
    stage.empty("17.11")
    await stage.load("18.11")
    await stage.admit(ADMINISTRATOR)
    assert await stage.at("19.11", 7, 59) == {}
    told = (await stage.at("19.11", 8, 0))[ADMINISTRATOR]
    assert "1 учитель не получает напоминаний" in told
    assert "Иванова Ирина Ивановна" in told
    assert "ещё не открыл бота" in told
    await stage.load("19.11")
    assert await stage.at("20.11", 8, 0) == {}


async def test_a_teacher_who_blocked_the_bot_is_reported_and_again_after_a_return(
    stage: Stage,
) -> None:
    await stage.begin("17.11")
    await switch(stage, on=False)
    assert "заблокировал бота" in (await stage.at("19.11", 8))[ADMINISTRATOR]
    await switch(stage, on=True)
    await stage.load("19.11")
    assert ADMINISTRATOR not in await stage.at("20.11", 8)
    await switch(stage, on=False)
    await stage.load("20.11")
    assert "заблокировал бота" in (await stage.at("23.11", 8))[ADMINISTRATOR]


async def switch(stage: Stage, *, on: bool) -> None:
    async with stage.database.unit_of_work() as work:
        await work.destinations.switch(IVANOVA, on=on)


async def test_a_reminder_that_did_not_arrive_is_told_of_and_comes_again(stage: Stage) -> None:
    await stage.begin("17.11")
    assert IVANOVA in await stage.at("19.11")
    async with stage.database.unit_of_work() as work:
        await work.connection.execute(update(outbox).values(state="dead", error="expired"))
    told = (await stage.at("20.11", 8))[ADMINISTRATOR]
    assert "1 вчерашнее напоминание не дошло; повторю его." in told
    assert IVANOVA in await stage.at("20.11")


async def test_in_holidays_nobody_is_reported(stage: Stage) -> None:
    stage.book.holiday("19.11", "19.11")
    stage.book.lessons("02.11", "18.11")
    stage.empty("17.11")
    await stage.load("18.11")
    await stage.admit(ADMINISTRATOR, DIRECTOR)
    assert await stage.at("19.11", 8) == {}
    assert ADMINISTRATOR in await stage.at("20.11", 8)


async def test_a_morning_is_reported_once(stage: Stage) -> None:
    stage.book.lessons("02.11", "18.11")
    stage.empty("17.11")
    await stage.load("18.11")
    await stage.admit(ADMINISTRATOR)
    await stage.at("19.11", 8)
    stage.clock.moment = at("19.11", 9).astimezone(UTC)
    [job] = [one for one in stage.schedule.jobs if one.name == "unreached teachers"]
    for due in await job.due(stage.clock.now()):
        await job.run(due)
    assert await stage.letters() == []
