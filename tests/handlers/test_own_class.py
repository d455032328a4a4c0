"""«Мой класс»: a class teacher's own class, and the administrator who says which it is."""

import re
from io import BytesIO
from typing import Any

import pytest
from aiogram.methods import SendDocument
from aiogram.types import BufferedInputFile
from openpyxl import load_workbook
from sqlalchemy import delete

from bot.journal import imports_of
from services.access import Role
from services.ids import ImportId, PersonId, StaffId
from services.own_class.posts import classes_of_post
from services.people import Newcomer, UserId
from storage.database import Database
from storage.schema.journal import relations
from tests.conftest import FrozenClock
from tests.filled import ADMINISTRATOR, SCHOOL, UNTIL, generated
from tests.handlers.conversation import Conversation, Said, Staff

OWNER, LEADER, TEACHER, NEWCOMER = 1, 3, 4, 5
MISSED = {"Н", "Б", "У"}
TODAY = UNTIL.toordinal()
LEADING = next(
    one for one in generated().batch.staff or [] if "5А" in classes_of_post(one.post or "")
)


async def admit(
    database: Database, clock: FrozenClock, user: int, role: Role, name: str | None
) -> PersonId:
    """A person linked to the line of the staff list with that name, or to none."""
    async with database.unit_of_work() as work:
        known = (await work.journal.dictionary(SCHOOL)).staff.values()
        linked = next((StaffId(one.id) for one in known if one.name == name), None)
        newcomer = Newcomer(user=UserId(user), name=f"Имя{user}")
        person = await work.people.admit(newcomer, school=SCHOOL, staff=linked, at=clock.now())
        await work.people.give(person, role, given_by=None, at=clock.now())
    return person


@pytest.fixture
async def school(full: Database, clock: FrozenClock, staff: Staff) -> Conversation:
    talk = Conversation(full, clock, staff)
    await talk.set_up(OWNER)
    await admit(full, clock, LEADER, Role.CLASS_TEACHER, LEADING.name)
    await admit(full, clock, TEACHER, Role.TEACHER, LEADING.name)
    await admit(full, clock, NEWCOMER, Role.CLASS_TEACHER, None)
    return talk


async def opened(talk: Conversation, user: int = LEADER) -> Said:
    [mine] = await talk.tell(user, "/my")
    [said] = await talk.press(user, mine.buttons["Мой класс 5А"])
    return said


def absences() -> dict[int, tuple[int, int, int]]:
    """Of 5А in its running term by plain loops: pupil -> days, lessons missed, lessons held."""
    batch = generated().batch
    terms = [one for one in batch.terms or [] if one.kind == "четверть" and one.first <= TODAY]
    first = max(one.first for one in terms)
    members = {(one.study_group, one.subject, one.pupil) for one in batch.members or []
               if one.class_unit == "5А"}  # fmt: skip
    found = {}
    for pupil in batch.enrollments or []:
        if pupil.class_unit != "5А" or not pupil.first <= TODAY <= pupil.last:
            continue
        since = max(first, pupil.first)
        held = [
            one for one in batch.lessons or []
            if one.class_unit == "5А" and one.state in (None, "проведён")
            and since <= one.day <= TODAY
            and (not one.study_group or (one.study_group, one.subject, pupil.pupil) in members)
        ]  # fmt: skip
        missed = [
            one for one in batch.attendance or []
            if one.class_unit == "5А" and one.pupil == pupil.pupil and one.code in MISSED
            and since <= one.day <= TODAY
        ]  # fmt: skip
        found[pupil.pupil] = (len({one.day for one in missed}), len(missed), len(held))
    return found


async def test_my_has_a_tab_for_the_class_of_the_post(school: Conversation) -> None:
    said = await opened(school)
    assert "Мой класс 5А" in said.text
    assert "данные на 20.11 16:00" in said.text
    assert "2 четверть, с" in said.text
    [back] = await school.press(LEADER, said.buttons["Мои уроки"])
    assert "Мой класс 5А" in back.buttons


async def test_a_teacher_without_the_role_has_no_tab(school: Conversation) -> None:
    [mine] = await school.tell(TEACHER, "/my")
    assert not [label for label in mine.buttons if "Мой класс" in label]
    [refused] = await school.press(TEACHER, "oc:s:0:0:1")
    assert refused.chat is None


async def test_absences_are_those_that_a_plain_count_gives(school: Conversation) -> None:
    said = await opened(school)
    [sheet, *_] = await _table(school, said)
    rows = list(sheet.iter_rows(min_row=2, values_only=True))
    shown = {int(row[0][1:]): tuple(row[1:4]) for row in rows}
    assert shown == absences()
    missing = sum(1 for days, *_ in absences().values() if days)
    [page] = await school.press(LEADER, said.buttons[f"Пропуски: {missing}"])
    assert len(re.findall(r"^№\d+: ", page.text, re.MULTILINE)) == missing


async def test_marks_missing_count_pupils_by_subject(school: Conversation, full: Database) -> None:
    said = await opened(school)
    button = next((label for label in said.buttons if label.startswith("Отметки")), None)
    async with full.reading() as work:
        units = (await work.journal.dictionary(SCHOOL)).class_units.values()
        unit = next(one.id for one in units if one.name == "5А")
        hits = await work.class_teachers.open_findings(SCHOOL, unit)
    few = {(hit.subject, hit.pupil) for hit in hits if hit.rule in ("N1", "N4")}
    assert few
    assert button
    [page] = await school.press(LEADER, said.buttons[button])
    counted = sum(int(one) for one in re.findall(r": (\d+) ученик", page.text))
    assert counted == len(few)


async def test_findings_are_by_subject_and_name_nobody(school: Conversation) -> None:
    said = await opened(school)
    label = next(one for one in said.buttons if one.startswith("Замечания"))
    [subjects] = await school.press(LEADER, said.buttons[label])
    total = 0
    for one, data in subjects.buttons.items():
        if " · " in one:
            count = int(one.rpartition(" · ")[2])
            [found] = await school.press(LEADER, data)
            assert f"{count} замечани" in found.text
            total += count
    assert total == int(label.rpartition(" ")[2])


async def test_the_table_names_no_pupil_and_no_teacher(school: Conversation) -> None:
    said = await opened(school)
    sheets = await _table(school, said)
    cells = {str(c) for one in sheets for row in one.iter_rows(values_only=True) for c in row}
    batch = generated().batch
    people = {one.name for one in batch.enrollments or []}
    people |= {one.name for one in batch.staff or []}
    assert not people & cells
    async with school.database.reading() as work:
        said_of = [one.what for one in await work.audit.list(SCHOOL)]
    assert "class exported" in said_of


async def test_whose_class_nobody_knows_is_told_where_to_ask(school: Conversation) -> None:
    [said] = await school.press(NEWCOMER, "oc:s:0:0:1")
    assert "/people" in said.text


async def test_the_administrator_gives_a_class_and_takes_it_back(school: Conversation) -> None:
    card = await _card(school)
    [offer] = await school.press(OWNER, card.buttons["Какой класс"])
    [given] = await school.press(OWNER, offer.buttons["9А"])
    assert "✓ 9А" in given.buttons
    [said] = await school.press(NEWCOMER, "oc:s:0:0:1")
    assert "Мой класс 9А" in said.text
    [taken] = await school.press(OWNER, given.buttons["✓ 9А"])
    assert "9А" in taken.buttons
    [refused] = await school.press(NEWCOMER, "oc:s:0:0:1")
    assert "/people" in refused.text
    async with school.database.reading() as work:
        said_of = [one.what for one in await work.audit.list(SCHOOL)]
    assert [one for one in said_of if one.startswith("class ")] == ["class given", "class taken"]


async def test_whoever_leads_two_classes_turns_between_them(school: Conversation) -> None:
    card = await _card(school)
    [offer] = await school.press(OWNER, card.buttons["Какой класс"])
    for name in ("9А", "2А"):
        await school.press(OWNER, offer.buttons[name])
    [first] = await school.press(NEWCOMER, "oc:s:0:0:1")
    assert "Мой класс 2А" in first.text
    [second] = await school.press(NEWCOMER, first.buttons["9А"])
    assert "Мой класс 9А" in second.text


async def test_a_foreign_class_is_not_shown(school: Conversation, full: Database) -> None:
    async with full.reading() as work:
        units = (await work.journal.dictionary(SCHOOL)).class_units.values()
        other = next(one.id for one in units if one.name == "9А")
    for part in "samflx":
        [refused] = await school.press(LEADER, f"oc:{part}:{other}:0:1")
        assert "/people" in refused.text


async def test_dismissal_ends_the_given_class_too(
    school: Conversation, full: Database, clock: FrozenClock
) -> None:
    card = await _card(school)
    [offer] = await school.press(OWNER, card.buttons["Какой класс"])
    await school.press(OWNER, offer.buttons["9А"])
    async with full.reading() as work:
        person = await work.people.of_user(UserId(NEWCOMER), clock.now())
    assert person is not None
    await school.press(OWNER, f"pr:{person.id}:1")
    async with full.reading() as work:
        assert await work.class_teachers.given(person.id) == []


async def test_only_a_class_teacher_is_given_a_class(school: Conversation, full: Database) -> None:
    async with full.reading() as work:
        person = await work.people.of_user(UserId(TEACHER), full.clock.now())
    assert person is not None
    [refused] = await school.press(OWNER, f"ok:{person.id}:0")
    assert refused.chat is None
    [offer] = await school.press(OWNER, (await _card(school)).buttons["Какой класс"])
    [same] = await school.press(OWNER, re.sub(r":0$", ":99999", _data(offer)))
    assert same.buttons == offer.buttons


async def test_before_any_data_there_is_no_class(talk: Conversation, clock: FrozenClock) -> None:
    await talk.set_up(OWNER)
    await admit(talk.database, clock, LEADER, Role.CLASS_TEACHER, None)
    [said] = await talk.press(LEADER, "oc:s:0:0:1")
    assert "/people" in said.text
    [offer] = await talk.press(OWNER, (await _card(talk, LEADER)).buttons["Какой класс"])
    assert "пока нет классов" in offer.text


async def test_after_an_undone_import_the_class_has_no_data(
    school: Conversation, full: Database, clock: FrozenClock
) -> None:
    await imports_of(full, clock).undo(ADMINISTRATOR, ImportId(1))
    [offer] = await school.press(OWNER, (await _card(school)).buttons["Какой класс"])
    await school.press(OWNER, offer.buttons["5А"])
    [said] = await school.press(NEWCOMER, "oc:s:0:0:1")
    assert "нет данных" in said.text
    assert list(said.buttons) == ["Мои уроки"]


async def test_without_terms_absences_count_from_the_year_s_beginning(
    school: Conversation, full: Database
) -> None:
    async with full.unit_of_work() as work:
        await work.connection.execute(delete(relations["class_terms"]))
    said = await opened(school)
    assert "с 01.08.2026" in said.text


def _data(offer: Said) -> str:
    """What the button that led here carried."""
    return re.sub(r":\d+$", ":0", next(data for data in offer.buttons.values() if data[:2] == "ok"))


async def _card(talk: Conversation, user: int = NEWCOMER) -> Said:
    [people] = await talk.tell(OWNER, "/people")
    data = next(data for label, data in people.buttons.items() if f"Имя{user} " in label)
    [card] = await talk.press(OWNER, data)
    return card


async def _table(talk: Conversation, said: Said) -> list[Any]:
    await talk.press(LEADER, said.buttons["Таблицей"])
    [document] = [one.document for one in talk.bot.requests.all if isinstance(one, SendDocument)]
    assert isinstance(document, BufferedInputFile)
    return list(load_workbook(BytesIO(document.data)))
