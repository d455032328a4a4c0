"""The ladder: head of the subject group, deputy, director; each once, by age, and not too soon."""

from datetime import UTC
from typing import Any

import pytest
from sqlalchemy import update

from services.completeness.rule import Severity
from services.ids import StaffId
from services.reminding.ladder import leads
from services.reminding.ports import Post
from services.reminding.settings import Level
from storage.schema.process import outbox
from tests.services.completeness.book import OTHER, TEACHER, at
from tests.services.reminding.stage import (
    ADMINISTRATOR,
    DEPUTY,
    DIRECTOR,
    HEAD,
    IVANOVA,
    Stage,
)

ABOVE = (HEAD, DEPUTY, DIRECTOR)
NAMES = {HEAD: "head", DEPUTY: "deputy", DIRECTOR: "director"}


async def days(stage: Stage, *those: str) -> dict[str, list[str]]:
    """Who of those above hears on which day; every evening there is an export."""
    found = {}
    for one in those:
        told = await stage.at(one)
        found[one] = [NAMES[who] for who in ABOVE if who in told]
        await stage.load(one, 21)
    return found


async def test_each_level_hears_once_and_in_its_turn(stage: Stage) -> None:
    """The lesson of Monday the 9th is due at 20:00; every evening at 21:00 there is an export."""
    stage.book.lessons("02.11", "27.11")
    stage.empty("09.11")
    await stage.load("09.11")
    await stage.admit()
    told = await days(
        stage, "10.11", "11.11", "12.11", "13.11", "16.11", "17.11", "18.11", "19.11", "20.11"
    )
    assert {one: who for one, who in told.items() if who} == {
        "11.11": ["head"],
        "16.11": ["deputy"],
        "20.11": ["director"],
    }


async def test_the_message_counts_by_class_and_names_no_pupil(stage: Stage) -> None:
    stage.book.lessons("02.11", "27.11")
    stage.empty("09.11", "10.11")
    await stage.load("11.11")
    await stage.admit()
    await stage.load("13.11")
    told = (await stage.at("16.11"))[HEAD]
    assert "Не исправлено в срок" in told
    assert "5А</b>: 2 урока не заполнены дольше суток (Иванова Ирина Ивановна)" in told
    assert "№" not in told


async def test_a_class_s_button_opens_its_page_of_the_digest(stage: Stage) -> None:
    stage.book.lessons("02.11", "27.11")
    stage.empty("09.11")
    await stage.load("09.11")
    await stage.admit()
    await stage.load("11.11")
    stage.clock.moment = at("12.11", 16, 30).astimezone(UTC)
    await stage.schedule.tick()
    [letter] = await stage.letters_to(HEAD)
    message = await stage.message(letter)
    assert message is not None
    rows = message.model_dump()["reply_markup"]["inline_keyboard"]
    assert [one["callback_data"] for row in rows for one in row] == ["dg:1:k:0:1", "rw"]


async def test_data_older_than_the_deadline_lets_nobody_climb(stage: Stage) -> None:
    stage.book.lessons("02.11", "27.11")
    stage.empty("09.11")
    await stage.load("09.11")
    await stage.admit()
    assert HEAD not in await stage.at("12.11")


async def test_a_mended_lesson_climbs_no_further(stage: Stage) -> None:
    stage.book.lessons("02.11", "27.11")
    stage.empty("09.11")
    await stage.load("09.11")
    await stage.admit()
    await stage.load("11.11")
    assert HEAD in await stage.at("12.11")
    stage.fill("09.11")
    await stage.load("12.11")
    assert await days(stage, "13.11", "16.11", "20.11") == {"13.11": [], "16.11": [], "20.11": []}


async def test_days_on_sick_leave_do_not_count(stage: Stage) -> None:
    stage.book.lessons("02.11", "27.11")
    stage.empty("09.11")
    for on in ("10.11", "11.11", "12.11"):
        stage.book.substitution(on, OTHER)
    await stage.load("09.11")
    await stage.admit()
    told = await days(stage, "11.11", "12.11", "13.11", "16.11", "17.11")
    assert [one for one, who in told.items() if "head" in who] == ["16.11"]


async def test_an_outage_moves_a_step_by_its_length(stage: Stage) -> None:
    """From 10:00 to 13:00 on Tuesday: 24 hours from 21:00 on Monday end at midnight."""
    stage.book.lessons("02.11", "27.11")
    stage.empty("09.11")
    await stage.load("09.11")
    await stage.admit()
    await stage.outage("10.11", 3)
    await stage.load("10.11", 21, 30)
    assert HEAD not in await stage.at("11.11")
    await stage.load("12.11", 0, 1)
    assert HEAD in await stage.at("12.11")


async def test_holidays_of_the_class_hold_its_findings(stage: Stage) -> None:
    stage.book.holiday("12.11", "12.11")
    stage.book.lessons("02.11", "11.11")
    stage.empty("09.11")
    await stage.load("09.11")
    await stage.admit()
    await stage.load("11.11")
    assert await stage.at("12.11") == {}
    assert HEAD in await stage.at("13.11")


async def test_a_level_with_nobody_is_passed_over(stage: Stage) -> None:
    stage.book.lessons("02.11", "27.11")
    stage.empty("09.11")
    await stage.load("09.11")
    await stage.admit(IVANOVA, DIRECTOR, ADMINISTRATOR)
    told = await days(stage, "12.11", "13.11", "16.11", "19.11", "20.11")
    assert [one for one, who in told.items() if who] == ["20.11"]


async def test_whoever_wants_no_messages_is_nobody(stage: Stage) -> None:
    stage.book.lessons("02.11", "27.11")
    stage.empty("09.11")
    await stage.load("09.11")
    await stage.admit()
    hours = stage.hours
    await hours.choose(await stage.actor(HEAD), None)
    told = await days(stage, "11.11", "12.11", "13.11", "16.11")
    assert [one for one, who in told.items() if who] == ["16.11"]


async def test_the_rest_of_a_level_hears_at_own_hours_of_the_same_day(stage: Stage) -> None:
    stage.book.lessons("02.11", "27.11")
    stage.empty("09.11")
    await stage.load("09.11")
    await stage.admit()
    hours = stage.hours
    await hours.choose(await stage.actor(HEAD), 18 * 60)
    await stage.load("11.11")
    assert HEAD not in await stage.at("12.11")
    assert HEAD in await stage.at("12.11", 18, 0)
    assert HEAD not in await stage.at("12.11", 19, 0)


async def test_a_lost_step_is_taken_again(stage: Stage) -> None:
    stage.book.lessons("02.11", "27.11")
    stage.empty("09.11")
    await stage.load("09.11")
    await stage.admit()
    await stage.load("11.11")
    assert HEAD in await stage.at("12.11")
    async with stage.database.unit_of_work() as work:
        await work.connection.execute(update(outbox).values(state="dead", error="expired"))
    assert HEAD in await stage.at("13.11")


async def test_the_administrator_sets_the_days(stage: Stage) -> None:
    stage.book.lessons("02.11", "27.11")
    stage.empty("09.11")
    await stage.load("09.11")
    await stage.admit()
    rules = stage.school_rules
    actor = await stage.actor(ADMINISTRATOR)
    for level, length in ((Level.HEAD, 0), (Level.DEPUTY, 2)):
        await rules.step(actor, Severity.MAJOR, level, length)
    told = await days(stage, "11.11", "12.11", "13.11")
    assert told == {"11.11": [], "12.11": [], "13.11": ["deputy"]}


async def test_a_head_s_own_findings_are_not_told_to_the_head(stage: Stage) -> None:
    slots, lessons = stage.book.batch.slots, stage.book
    assert slots is not None
    name = "Числова Нина Павловна"
    stage.book.batch.slots = [one._replace(teacher=name) for one in slots]
    lessons.lessons("02.11", "27.11", teacher=name)
    stage.empty("09.11")
    await stage.load("09.11")
    await stage.admit()
    told = await days(stage, "11.11", "12.11", "13.11", "16.11")
    assert {one: who for one, who in told.items() if who} == {"16.11": ["deputy"]}


@pytest.mark.parametrize(
    ("post", "own", "group", "led"),
    [
        ("руководитель МО математики", "", "МО математики", True),
        ("Учитель физики, руководитель ШМО учителей физики", "", "МО физики", True),
        ("руководитель МО", "МО физики", "МО физики", True),
        ("руководитель методического объединения", "Физика", "Физика", True),
        ("руководитель гуманитарного МО", "", "Гуманитарное МО", True),
        ("руководитель МО математики", "МО физики", "МО физики", False),
        ("учитель, классный руководитель", "МО физики", "МО физики", False),
        ("учитель", "МО физики", "МО физики", False),
        ("руководитель МО физики", "", "МО", False),
    ],
)
def test_who_leads_a_subject_group(post: str, own: str, group: str, led: Any) -> None:
    assert leads(Post(StaffId(1), post, own), group) is led


async def test_a_part_timer_has_been_at_work_before_anybody_hears(stage: Stage) -> None:
    """Lessons on Mondays: nobody could have mended the 9th before the 16th."""
    slots = stage.book.batch.slots
    assert slots is not None
    stage.book.batch.slots = [
        one._replace(teacher=TEACHER if one.weekday == 1 else OTHER) for one in slots
    ]
    stage.book.lessons("02.11", "27.11")
    stage.empty("09.11")
    await stage.load("09.11")
    await stage.admit()
    told = await days(stage, "11.11", "12.11", "13.11", "16.11", "17.11")
    assert [one for one, who in told.items() if who] == ["16.11", "17.11"]


async def test_every_deputy_hears_at_an_own_hour(stage: Stage) -> None:
    stage.book.lessons("02.11", "27.11")
    stage.empty("09.11")
    await stage.load("09.11")
    await stage.admit(IVANOVA, DEPUTY, DIRECTOR)
    second = await stage.another_deputy()
    await stage.hours.choose(await stage.actor(DEPUTY), 9 * 60)
    await stage.load("13.11")
    assert set(await stage.at("16.11", 9, 0)) == {DEPUTY}
    assert set(await stage.at("16.11")) & {DEPUTY, second, DIRECTOR} == {second}
    assert await stage.at("16.11", 18) == {}
    await stage.load("16.11")
    assert not {DEPUTY, second, DIRECTOR} & set(await stage.at("17.11"))
