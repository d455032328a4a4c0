"""A teacher's private digest: what is in it, when it comes, and when it does not."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from sqlalchemy import func, select, update

from bot.reminding import reminders_of
from services.access import NotAllowedError
from services.claims.claim import Claim, Kind
from services.ids import PersonId
from services.schools import UnfitSettingError
from storage.schema.journal import finding_spans
from storage.schema.reminding import reminder_findings, reminders
from tests.services.completeness.book import OTHER, TEACHER, at, day
from tests.services.reminding.stage import IVANOVA, SCHOOL, Stage


async def test_a_teacher_is_told_once_a_day_at_the_usual_hour(stage: Stage) -> None:
    await stage.begin("17.11")
    assert await stage.at("19.11", 16, 29) == {}
    told = await stage.at("19.11")
    assert "5А" in told[IVANOVA]
    assert "17.11" in told[IVANOVA]
    assert "Урок не заполнен" in told[IVANOVA]
    assert "данные на 18.11 21:00" in told[IVANOVA]
    assert await stage.at("19.11", 18) == {}


async def test_buttons_lead_to_the_list_and_to_the_hour(stage: Stage) -> None:
    await stage.begin("17.11")
    stage.clock.moment = at("19.11", 16, 30).astimezone(UTC)
    await stage.schedule.tick()
    [letter] = await stage.letters_to(IVANOVA)
    message = await stage.message(letter)
    assert message is not None
    shown = message.model_dump()["reply_markup"]["inline_keyboard"]
    assert [one["callback_data"] for row in shown for one in row] == ["gp:1", "rw"]
    assert letter.expires_at == at("19.11", 20, 0)


async def test_nothing_comes_when_nothing_is_open(stage: Stage) -> None:
    await stage.begin()
    assert await stage.at("19.11") == {}


async def test_p1_speaks_for_the_other_gaps_of_its_lesson(stage: Stage) -> None:
    stage.book.lessons("02.11", "18.11")
    stage.empty("17.11", homework="")
    await stage.load("18.11")
    await stage.admit(IVANOVA)
    assert await stage.findings("P3")
    told = (await stage.at("19.11"))[IVANOVA]
    assert "Урок не заполнен" in told
    assert "Нет домашнего задания" not in told


async def test_a_serious_finding_is_told_again_after_three_days(stage: Stage) -> None:
    await stage.begin("17.11")
    await stage.admit(IVANOVA)
    days = ("19.11", "20.11", "23.11")
    told = [on for on in days if IVANOVA in await stage.at(on)]
    assert told == ["19.11", "23.11"]


async def test_what_is_new_comes_with_a_count_of_what_is_known(stage: Stage) -> None:
    await stage.begin("16.11", "17.11")
    assert IVANOVA in await stage.at("19.11")
    stage.book.lesson("19.11", topic="", attendance_taken=False)
    await stage.load("19.11")
    told = (await stage.at("20.11"))[IVANOVA]
    assert "19.11" in told
    assert "16.11" not in told
    assert "Ещё 2, о которых вы знаете" in told


async def test_a_critical_finding_is_told_every_day(stage: Stage) -> None:
    await stage.begin("17.11")
    async with stage.database.unit_of_work() as work:
        await work.connection.execute(update(finding_spans).values(severity="critical"))
    for on in ("19.11", "20.11"):
        assert "Это срочно" in (await stage.at(on))[IVANOVA]


async def test_advice_alone_is_no_reason_to_write(stage: Stage) -> None:
    await stage.begin("17.11")
    async with stage.database.unit_of_work() as work:
        await work.connection.execute(update(finding_spans).values(severity="advice"))
    assert await stage.at("19.11") == {}


async def test_advice_is_counted_beside_a_gap(stage: Stage) -> None:
    await stage.begin("16.11", "17.11")
    async with stage.database.unit_of_work() as work:
        [one, *_] = [span for span in await work.reminding.open(SCHOOL) if span.hit.rule == "P1"]
        own = finding_spans.c.finding == one.id
        await work.connection.execute(update(finding_spans).where(own).values(severity="advice"))
    assert "Есть ещё 1 совет" in (await stage.at("19.11"))[IVANOVA]


async def test_old_data_reminds_nobody(stage: Stage) -> None:
    await stage.begin("17.11")
    assert await stage.at("25.11") == {}


async def test_data_of_three_school_days_ago_still_does(stage: Stage) -> None:
    await stage.begin("17.11")
    assert IVANOVA in await stage.at("23.11")


async def test_a_school_without_data_is_left_alone(stage: Stage) -> None:
    async with stage.database.unit_of_work() as work:
        await work.schools.add(
            name="", timezone="Europe/Moscow", at=datetime(2026, 9, 1, tzinfo=UTC)
        )
    assert await stage.at("19.11") == {}


async def test_a_holiday_of_the_own_classes_is_silent(stage: Stage) -> None:
    stage.book.holiday("19.11", "22.11")
    await stage.begin("17.11")
    assert await stage.at("19.11") == {}
    assert IVANOVA in await stage.at("23.11")


async def test_sunday_is_silent(stage: Stage) -> None:
    await stage.begin("17.11")
    assert await stage.at("22.11") == {}


async def test_a_part_timer_is_told_on_own_days(stage: Stage) -> None:
    slots = stage.book.batch.slots
    assert slots is not None
    stage.book.batch.slots = [
        one._replace(teacher=TEACHER if one.weekday == 2 else OTHER) for one in slots
    ]
    await stage.begin("17.11", last="23.11")
    assert IVANOVA not in await stage.at("23.11", 21, 30)
    assert IVANOVA in await stage.at("24.11")


async def test_a_teacher_on_sick_leave_is_left_in_peace(stage: Stage) -> None:
    stage.book.substitution("19.11", OTHER)
    await stage.begin("17.11")
    assert IVANOVA not in await stage.at("19.11")
    assert IVANOVA in await stage.at("20.11")


async def test_an_outage_that_goes_on_holds_everything(stage: Stage) -> None:
    await stage.begin("17.11")
    await stage.outage("19.11", 1, going_on=True)
    assert await stage.at("19.11") == {}


async def test_what_a_teacher_has_said_something_of_is_not_told_of(stage: Stage) -> None:
    await stage.begin("16.11", "17.11")
    [put_off, open_one] = await stage.findings("P1")
    async with stage.database.unit_of_work() as work:
        claim = Claim(
            school=SCHOOL,
            finding=put_off,
            person=stage.people[IVANOVA],
            kind=Kind.POSTPONED,
            said_at=stage.clock.now(),
            said_in=1,
            until=day("30.11"),
        )
        await work.claims.add(claim)
    told = (await stage.at("19.11"))[IVANOVA]
    assert ("16.11" in told, "17.11" in told) == (False, True)
    assert open_one != put_off


# -- hours -----------------------------------------------------------------------------------------


async def test_the_hour_is_one_s_own_choice(stage: Stage) -> None:
    await stage.begin("17.11")
    hours = stage.hours
    actor = await stage.actor(IVANOVA)
    assert (await hours.mine(actor)).chosen == 16 * 60 + 30
    assert (await hours.choose(actor, 8 * 60)).chosen == 8 * 60
    assert await stage.at("19.11", 7, 59) == {}
    assert IVANOVA in await stage.at("19.11", 8, 0)
    assert IVANOVA not in await stage.at("19.11", 16, 30)


async def test_an_hour_that_is_not_offered_is_refused(stage: Stage) -> None:
    await stage.begin("17.11")
    hours = stage.hours
    with pytest.raises(UnfitSettingError):
        await hours.choose(await stage.actor(IVANOVA), 3 * 60)


async def test_an_hour_is_somebody_s(stage: Stage) -> None:
    await stage.begin("17.11")
    nobody = replace(await stage.actor(IVANOVA), person=None)
    with pytest.raises(NotAllowedError):
        await stage.hours.mine(nobody)


async def test_an_hour_is_written_out_once(stage: Stage) -> None:
    await stage.begin("17.11")
    assert IVANOVA in await stage.at("19.11")
    await reminders_of(stage.database, stage.clock).send(SCHOOL, "2026-11-19T16:30")
    assert await stage.letters() == []


async def test_whoever_wants_none_gets_none(stage: Stage) -> None:
    await stage.begin("17.11")
    hours = stage.hours
    assert (await hours.choose(await stage.actor(IVANOVA), None)).chosen is None
    assert IVANOVA not in await stage.at("19.11")


async def test_eight_in_the_evening_may_be_chosen(stage: Stage) -> None:
    await stage.begin("17.11")
    hours = stage.hours
    await hours.choose(await stage.actor(IVANOVA), 20 * 60)
    assert IVANOVA in await stage.at("19.11", 20, 10)


async def test_a_message_missed_in_the_day_comes_before_the_quiet_hours_only(stage: Stage) -> None:
    await stage.begin("17.11")
    assert IVANOVA in await stage.at("19.11", 19, 59)
    assert await stage.at("19.11", 20, 31) == {}


async def test_a_message_missed_yesterday_is_gone(stage: Stage) -> None:
    await stage.begin("17.11")
    assert await stage.at("19.11", 20, 0) == {}
    assert await stage.at("20.11", 9, 0) == {}
    await reminders_of(stage.database, stage.clock).send(SCHOOL, "2026-11-19T16:30")
    assert await stage.letters() == []
    assert IVANOVA in await stage.at("20.11")


async def test_a_clock_that_goes_back_tells_nobody_twice(stage: Stage) -> None:
    await stage.begin("17.11")
    assert IVANOVA in await stage.at("19.11")
    assert await stage.at("19.11", 16, 29) == {}
    assert await stage.at("19.11", 16, 31) == {}


async def test_a_school_in_another_zone_has_its_own_hour(stage: Stage) -> None:
    await stage.begin("17.11")
    async with stage.database.unit_of_work() as work:
        school = await work.schools.get(SCHOOL)
        await work.schools.save(replace(school, timezone="Asia/Kamchatka"))
    assert IVANOVA in await stage.at("19.11", 7, 30)


async def test_the_hour_is_by_the_wall_where_clocks_are_changed(stage: Stage) -> None:
    """Berlin is an hour behind Moscow in summer and two in winter."""
    await stage.begin("17.11")
    async with stage.database.unit_of_work() as work:
        school = await work.schools.get(SCHOOL)
        await work.schools.save(replace(school, timezone="Europe/Berlin"))
    assert IVANOVA not in await stage.at("19.11", 18, 29)
    assert IVANOVA in await stage.at("19.11", 18, 30)


# -- delivery --------------------------------------------------------------------------------------


async def test_what_is_mended_meanwhile_is_not_shown(stage: Stage) -> None:
    await stage.begin("17.11")
    stage.clock.moment = at("19.11", 16, 30).astimezone(UTC)
    await stage.schedule.tick()
    letters = await stage.letters_to(IVANOVA)
    stage.fill("17.11")
    await stage.load("19.11", 16, 40)
    assert [await stage.message(one) for one in letters] == [None]


async def test_a_message_of_yesterday_is_not_shown_today(stage: Stage) -> None:
    await stage.begin("17.11")
    stage.clock.moment = at("19.11", 16, 30).astimezone(UTC)
    await stage.schedule.tick()
    [letter] = await stage.letters_to(IVANOVA)
    stage.clock.move(days=1)
    assert await stage.message(letter) is None


async def test_whoever_has_left_the_school_sees_nothing(stage: Stage) -> None:
    await stage.begin("17.11")
    stage.clock.moment = at("19.11", 16, 30).astimezone(UTC)
    await stage.schedule.tick()
    [letter] = await stage.letters_to(IVANOVA)
    async with stage.database.unit_of_work() as work:
        await work.people.revoke(SCHOOL, stage.people[IVANOVA], stage.clock.now())
    assert await stage.message(letter) is None


async def test_what_a_teacher_was_told_is_forgotten_in_a_month(stage: Stage) -> None:
    await stage.begin("17.11")
    await stage.at("19.11")
    async with stage.database.unit_of_work() as work:
        await work.reminding.forget(SCHOOL, day("20.11"))
        own = select(func.count()).where(reminder_findings.c.level == 0)
        assert (await work.connection.execute(own)).scalar_one() == 0
        mine = reminders.c.person == PersonId(stage.people[IVANOVA])
        left = select(func.count()).select_from(reminders).where(mine)
        assert (await work.connection.execute(left)).scalar_one() == 0
