"""15:00: today's lessons that are over and not filled in, by data of today."""

from services.completeness.rule import Passport, Severity
from services.reminding.settings import RemindingSettings
from tests.services.completeness.book import OTHER, day
from tests.services.reminding.stage import IVANOVA, PETROV, SCHOOL, Stage


async def today(stage: Stage, *, hour: int = 14, minute: int = 0, bells: bool = True) -> None:
    """The first lesson of Thursday the 19th (till 9:10) is empty; the export is of that day."""
    if bells:
        stage.book.bells()
    stage.book.lessons("02.11", "19.11")
    stage.empty("19.11")
    await stage.load("19.11", hour, minute)
    await stage.admit(IVANOVA)


async def test_an_unfilled_lesson_of_today_is_told_at_three(stage: Stage) -> None:
    await today(stage)
    assert await stage.at("19.11", 14, 59) == {}
    told = (await stage.at("19.11", 15, 0))[IVANOVA]
    assert "1 сегодняшний урок ещё не заполнен" in told
    assert "19.11 · урок 1" in told
    assert "данные на 19.11 14:00" in told


async def test_it_is_the_message_of_the_day(stage: Stage) -> None:
    await today(stage)
    assert IVANOVA in await stage.at("19.11", 15, 0)
    assert await stage.at("19.11", 16, 30) == {}


async def test_a_new_critical_finding_comes_after_it_all_the_same(stage: Stage) -> None:
    await today(stage)
    assert IVANOVA in await stage.at("19.11", 15, 0)
    stage.book.batch.lessons = [
        one._replace(topic="", attendance_taken=False) if one.day == day("18.11") else one
        for one in stage.book.batch.lessons or []
    ]
    await severe(stage)
    await stage.load("19.11", 16, 0)
    told = (await stage.at("19.11", 16, 30))[IVANOVA]
    assert "18.11" in told
    assert "сегодняшний" not in told
    assert await stage.at("19.11", 17, 30) == {}


async def severe(stage: Stage, *, enabled: bool = True) -> None:
    """P1 is critical from now on, or off."""
    one = Passport(
        rule="P1", version=2, enabled=enabled, severity=Severity.CRITICAL, clause="", thresholds={}
    )
    async with stage.database.unit_of_work() as work:
        await work.findings.add_version(SCHOOL, one, by=None, at=stage.clock.now())


async def test_data_of_yesterday_says_nothing_of_today(stage: Stage) -> None:
    stage.book.bells()
    stage.book.lessons("02.11", "19.11")
    stage.empty("19.11")
    await stage.load("18.11", 21, 0)
    await stage.admit(IVANOVA)
    assert await stage.at("19.11", 15, 0) == {}


async def test_data_of_before_the_lesson_s_end_says_nothing_of_it(stage: Stage) -> None:
    await today(stage, hour=9, minute=9)
    assert await stage.at("19.11", 15, 0) == {}


async def test_without_bells_nobody_knows_that_a_lesson_is_over(stage: Stage) -> None:
    await today(stage, bells=False)
    assert await stage.at("19.11", 15, 0) == {}


async def test_a_lesson_without_a_line_is_one_too(stage: Stage) -> None:
    stage.book.bells()
    stage.book.lessons("02.11", "18.11")
    stage.book.batch.period = (day("02.11"), day("19.11"))
    await stage.load("19.11", 14)
    await stage.admit(IVANOVA)
    assert "19.11" in (await stage.at("19.11", 15))[IVANOVA]


async def test_whoever_was_told_in_the_morning_is_not_told_again(stage: Stage) -> None:
    stage.book.bells()
    stage.book.lessons("02.11", "19.11")
    stage.empty("17.11", "19.11")
    await stage.load("18.11", 21)
    await stage.admit(IVANOVA)
    hours = stage.hours
    await hours.choose(await stage.actor(IVANOVA), 9 * 60)
    assert IVANOVA in await stage.at("19.11", 9)
    await stage.load("19.11", 14)
    assert await stage.at("19.11", 15) == {}


async def test_whoever_wants_no_reminders_gets_none_at_three(stage: Stage) -> None:
    await today(stage)
    hours = stage.hours
    await hours.choose(await stage.actor(IVANOVA), None)
    assert await stage.at("19.11", 15) == {}


async def test_the_school_may_switch_it_off(stage: Stage) -> None:
    await today(stage)
    async with stage.database.unit_of_work() as work:
        await work.reminding.set(SCHOOL, RemindingSettings(lessons_at=0))
    assert await stage.at("19.11", 15) == {}


async def test_where_p1_is_off_nobody_asks_for_lessons(stage: Stage) -> None:
    await today(stage)
    await severe(stage, enabled=False)
    assert await stage.at("19.11", 15) == {}


async def test_later_in_the_day_they_only_accompany_what_is_due(stage: Stage) -> None:
    stage.book.bells()
    stage.book.lessons("02.11", "19.11")
    stage.empty("17.11", "19.11")
    await stage.load("18.11", 21)
    await stage.admit(IVANOVA)
    assert await stage.at("19.11", 15) == {}
    await stage.load("19.11", 16)
    told = (await stage.at("19.11", 16, 30))[IVANOVA]
    assert "1 сегодняшний урок" in told
    assert "17.11" in told


async def test_a_lesson_of_another_is_not_told_of(stage: Stage) -> None:
    await today(stage)
    await stage.admit(PETROV)
    stage.book.batch.lessons = [
        one._replace(teacher=OTHER) for one in stage.book.batch.lessons or []
    ]
    await stage.load("19.11", 14, 30)
    assert set(await stage.at("19.11", 15)) <= {PETROV}
