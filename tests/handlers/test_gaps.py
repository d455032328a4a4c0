"""/my: a teacher's own gaps and the reason for each."""

import re
from collections import Counter
from datetime import date

import pytest
from sqlalchemy import insert, update

from bot.wording import Wording
from services.access import Role
from services.completeness.rules import catalogue
from services.gap_rows import EnteredLesson, EnteredMark, rows_of
from services.ids import SchoolId, StaffId
from services.people import Newcomer, UserId
from storage.database import Database
from storage.schema.journal import finding_spans, rule_passports
from tests.conftest import FrozenClock
from tests.filled import generated
from tests.handlers.conversation import RENDERER, Conversation, Staff

TEACHER, UNKNOWN = 3, 4
BUSIEST = Counter(
    one.teacher for one in generated().truth if one.teacher and one.rule in ("P1", "P2", "P3")
).most_common(1)[0][0]


@pytest.fixture
async def school(full: Database, clock: FrozenClock, staff: Staff) -> Conversation:
    talk = Conversation(full, clock, staff)
    await talk.set_up()
    async with full.unit_of_work() as work:
        names = (await work.journal.dictionary(SchoolId(1))).staff.values()
        known = next(one.id for one in names if one.name == BUSIEST)
        for user, linked in ((TEACHER, StaffId(known)), (UNKNOWN, None)):
            person = await work.people.admit(
                Newcomer(user=UserId(user), name="Учитель"),
                school=SchoolId(1),
                staff=linked,
                at=clock.now(),
            )
            await work.people.give(person, Role.TEACHER, given_by=None, at=clock.now())
    return talk


async def test_each_own_gap_stands_in_the_first_message(school: Conversation) -> None:
    [said] = await school.tell(TEACHER, "/my")
    now = school.database.clock.now().timestamp()
    own = [
        one
        for one in generated().truth
        if one.teacher == BUSIEST and one.rule in catalogue() and one.since <= now
    ]
    assert own
    for one in own:
        assert one.day is None or f"{date.fromordinal(one.day):%d.%m}" in said.text
        assert one.class_unit in said.text
        assert one.subject[:20] in said.text
    assert "данные на 20.11 16:00" in said.text


async def test_why_names_the_rule_the_row_and_the_ground(school: Conversation) -> None:
    [said] = await school.tell(TEACHER, "/my")
    label, data = next(iter(said.buttons.items()))
    assert label.startswith("Почему? ")
    [why] = await school.press(TEACHER, data)
    assert re.search(r"\d\d\.\d\d", why.text)
    assert "Пункт положения" in why.text
    assert "данные на 20.11 16:00" in why.text
    [back] = await school.press(TEACHER, why.buttons["Назад"])
    assert back.text == said.text


async def test_every_reason_can_be_told(school: Conversation) -> None:
    data, told = "gp:1", 0
    while data:
        [page] = await school.press(TEACHER, data)
        for label, press in page.buttons.items():
            if label not in "‹›":
                [why] = await school.press(TEACHER, press)
                assert len(why.text) <= 4000
                told += 1
        data = page.buttons.get("›", "")
    assert told > 1


async def test_another_teacher_s_finding_is_not_shown(school: Conversation, full: Database) -> None:
    async with full.unit_of_work() as work:
        person = await work.people.of_user(UserId(TEACHER), full.clock.now())
        assert person is not None
        assert person.staff is not None
        found = await work.gaps.of_teacher(SchoolId(1), person.staff)
    own = {one.id for one in found}
    foreign = next(number for number in range(1, 99) if number not in own)
    [refused] = await school.press(TEACHER, f"gw:{foreign}:1")
    assert "уже исправлено" in refused.text


async def test_a_person_without_a_staff_link_is_told_how_to_mend_it(school: Conversation) -> None:
    [said] = await school.tell(UNKNOWN, "/my")
    assert "/invite" in said.text


async def test_why_names_the_clause_of_the_version_it_was_found_under(
    school: Conversation, full: Database
) -> None:
    async with full.unit_of_work() as work:
        for version, clause in ((1, "п. 3.4 Положения"), (2, "п. 9")):
            row = {
                "school": 1,
                "rule": "P1",
                "version": version,
                "enabled": 1,
                "severity": "major",
                "clause": clause,
                "thresholds": "{}",
                "changed_at": full.clock.now(),
            }
            await work.connection.execute(insert(rule_passports).values(row))
        await work.connection.execute(update(finding_spans).values(passport_version=1))
    [why] = await school.press(TEACHER, await button_of(school, "P1"))
    assert "Основание: п. 3.4 Положения (редакция правила 1)" in why.text


async def button_of(school: Conversation, rule: str) -> str:
    """What the first button of /my for a finding of the rule carries."""
    data = "gp:1"
    while data:
        [page] = await school.press(TEACHER, data)
        for label, press in page.buttons.items():
            if label.endswith(f" {rule}"):
                return press
        data = page.buttons.get("›", "")
    raise AssertionError(rule)


def test_a_row_says_what_the_file_says_and_nothing_else() -> None:
    day = date(2026, 11, 17).toordinal()
    full_line = EnteredLesson(day, 3, "Дроби", "", 0, 1795179600)
    bare = EnteredLesson(day, 101, None, None, None, None)
    empty = EnteredLesson(day, 4, "", "с. 5", 1, None)
    mark = EnteredMark(day, 3, "5")
    assert rows_of([full_line, bare, empty], [mark], Wording(RENDERER, "Europe/Moscow")) == [
        (
            "17.11.2026; урок 3; тема «Дроби»; задания нет; посещаемость не отмечена; "
            "внесено 20.11 16:00"
        ),
        "17.11.2026",
        "17.11.2026; урок 4; темы нет; задание «с. 5»; посещаемость отмечена",
        "17.11.2026; урок 3; отметка «5»",
    ]
