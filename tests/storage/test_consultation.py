"""The base of answers in a school: it comes once, and what the school wrote stays."""

from collections.abc import Sequence
from dataclasses import replace

import pytest

from services.consultation.base import FirstBase, Shipped
from services.consultation.entries import Audience, Entry, Section
from services.consultation.keeping import Edit, KeptEntry
from services.ids import SchoolId
from services.people import Newcomer, UserId
from storage.database import Database
from tests.conftest import FrozenClock

SECTIONS = [
    Section(id="topics", title="Темы", order=2),
    Section(id="marks", title="Отметки", order=1),
]
TOPIC = Entry(
    id="topic",
    section="topics",
    audience=Audience.PUBLIC,
    question="Где тема?",
    answer="В уроке.",
    aliases=("тема где", "не вижу тему"),
    rules=("P2",),
)
MARK = Entry(
    id="mark",
    section="marks",
    audience=Audience.STAFF,
    question="Как поставить отметку?",
    answer="В клетку.",
    aliases=("куда пятёрку", "где ставить"),
)
SECRET = replace(MARK, id="secret", audience=Audience.ADMINISTRATION, aliases=("пороги",))
BASE = Shipped(SECTIONS, [TOPIC, MARK, SECRET])


@pytest.fixture
async def school(database: Database, clock: FrozenClock) -> SchoolId:
    async with database.unit_of_work() as work:
        made = await work.schools.add(name="", timezone="Europe/Moscow", at=clock.now())
    await bring(database, clock, made, BASE)
    return made


@pytest.fixture
async def edit(database: Database, clock: FrozenClock, school: SchoolId) -> Edit:
    newcomer = Newcomer(user=UserId(7), name="Администратор")
    async with database.unit_of_work() as work:
        person = await work.people.admit(newcomer, school=school, staff=None, at=clock.now())
    return Edit(by=person, at=clock.now())


async def bring(database: Database, clock: FrozenClock, school: SchoolId, base: Shipped) -> bool:
    loading = FirstBase(unit_of_work=database.unit_of_work, clock=clock, shipped=base)
    return await loading.bring(school)


async def get(database: Database, school: SchoolId, entry: str) -> KeptEntry:
    async with database.reading() as work:
        found = await work.knowledge.get(school, entry)
    assert found is not None
    return found


async def save(
    database: Database, school: SchoolId, entry: Entry, edit: Edit, *, hidden: bool = False
) -> None:
    async with database.unit_of_work() as work:
        await work.knowledge.save(school, entry, edit, hidden=hidden)


async def read(database: Database, school: SchoolId, audience: Audience) -> Sequence[Entry]:
    async with database.reading() as work:
        return await work.knowledge.entries(school, audience)


async def revision(database: Database, school: SchoolId) -> int:
    async with database.reading() as work:
        return await work.knowledge.revision(school)


async def test_a_shipped_base_comes_whole_and_in_order(
    database: Database, school: SchoolId
) -> None:
    assert await read(database, school, Audience.ADMINISTRATION) == [MARK, SECRET, TOPIC]


async def test_an_audience_reads_no_further_than_its_own(
    database: Database, school: SchoolId
) -> None:
    assert await read(database, school, Audience.PUBLIC) == [TOPIC]
    assert await read(database, school, Audience.STAFF) == [MARK, TOPIC]


async def test_the_base_of_the_program_comes_whole(database: Database, clock: FrozenClock) -> None:
    base = Shipped.with_program()
    async with database.unit_of_work() as work:
        made = await work.schools.add(name="", timezone="Europe/Moscow", at=clock.now())
    await bring(database, clock, made, base)
    assert await read(database, made, Audience.ADMINISTRATION) == base.entries
    async with database.reading() as work:
        assert await work.knowledge.sections(made) == list(base.sections)


async def test_a_base_that_came_already_changes_nothing(
    database: Database, clock: FrozenClock, school: SchoolId
) -> None:
    before = await revision(database, school)
    assert not await bring(database, clock, school, BASE)
    assert await revision(database, school) == before


async def test_a_newer_text_comes_with_a_version(
    database: Database, clock: FrozenClock, school: SchoolId
) -> None:
    newer = replace(MARK, answer="В клетку ученика.", aliases=("где ставить",))
    assert await bring(database, clock, school, Shipped(SECTIONS, [TOPIC, newer, SECRET]))
    assert (await get(database, school, "mark")).entry == newer
    async with database.reading() as work:
        told = await work.knowledge.versions(school, "mark")
    assert [(one.number, one.edit.by, one.entry) for one in told] == [
        (2, None, newer),
        (1, None, MARK),
    ]


async def test_a_changed_entry_survives_a_newer_base(
    database: Database, clock: FrozenClock, school: SchoolId, edit: Edit
) -> None:
    ours = replace(MARK, answer="У нас – через завуча.")
    await save(database, school, ours, edit)
    newer = replace(MARK, answer="В клетку ученика.")
    await bring(database, clock, school, Shipped(SECTIONS, [TOPIC, newer, SECRET]))
    kept = await get(database, school, "mark")
    assert (kept.entry.answer, kept.changed) == ("У нас – через завуча.", True)


async def test_a_hidden_entry_survives_a_newer_base(
    database: Database, clock: FrozenClock, school: SchoolId, edit: Edit
) -> None:
    await save(database, school, MARK, edit, hidden=True)
    newer = replace(MARK, answer="В клетку ученика.")
    await bring(database, clock, school, Shipped(SECTIONS, [TOPIC, newer, SECRET]))
    assert await read(database, school, Audience.STAFF) == [TOPIC]


async def test_an_entry_put_back_as_shipped_follows_the_shipped_base_again(
    database: Database, clock: FrozenClock, school: SchoolId, edit: Edit
) -> None:
    await save(database, school, replace(MARK, aliases=("куда пятёрку",)), edit)
    assert (await get(database, school, "mark")).changed
    await save(database, school, MARK, edit)
    assert not (await get(database, school, "mark")).changed
    newer = replace(MARK, answer="В клетку ученика.")
    await bring(database, clock, school, Shipped(SECTIONS, [TOPIC, newer, SECRET]))
    assert (await get(database, school, "mark")).entry == newer


async def test_an_alias_of_the_school_stays_when_a_newer_text_comes(
    database: Database, clock: FrozenClock, school: SchoolId, edit: Edit
) -> None:
    async with database.unit_of_work() as work:
        assert await work.knowledge.add_alias(school, "mark", "где клетка", edit)
        assert not await work.knowledge.add_alias(school, "mark", "где клетка", edit)
        assert not await work.knowledge.add_alias(school, "nothing", "где клетка", edit)
    newer = replace(MARK, answer="В клетку ученика.")
    await bring(database, clock, school, Shipped(SECTIONS, [TOPIC, newer, SECRET]))
    kept = await get(database, school, "mark")
    assert kept.entry == replace(newer, aliases=(*newer.aliases, "где клетка"))
    assert (kept.own, kept.changed) == (frozenset({"где клетка"}), False)
    async with database.reading() as work:
        [latest, *_] = await work.knowledge.versions(school, "mark")
    assert latest.entry == kept.entry


async def test_a_withdrawn_entry_that_the_school_publishes_is_its_own(
    database: Database, clock: FrozenClock, school: SchoolId, edit: Edit
) -> None:
    await bring(database, clock, school, Shipped(SECTIONS, [TOPIC, SECRET]))
    assert await read(database, school, Audience.STAFF) == [TOPIC]
    await save(database, school, MARK, edit)
    await bring(database, clock, school, Shipped(SECTIONS, [TOPIC]))
    assert await read(database, school, Audience.STAFF) == [MARK, TOPIC]


async def test_an_entry_of_the_school_is_told_with_its_author(
    database: Database, school: SchoolId, edit: Edit
) -> None:
    async with database.unit_of_work() as work:
        own = replace(MARK, id=await work.knowledge.new_id(school), aliases=())
        await work.knowledge.save(school, own, edit)
        second = await work.knowledge.new_id(school)
    assert second != own.id
    kept = await get(database, school, own.id)
    assert (kept.entry, kept.origin, kept.changed) == (own, None, True)
    async with database.reading() as work:
        assert [one.edit for one in await work.knowledge.versions(school, own.id)] == [edit]


async def test_schools_do_not_see_each_other_s_entries(
    database: Database, clock: FrozenClock, school: SchoolId, edit: Edit
) -> None:
    async with database.unit_of_work() as work:
        other = await work.schools.add(name="", timezone="Europe/Moscow", at=clock.now())
    await bring(database, clock, other, BASE)
    await save(database, school, replace(MARK, answer="У нас иначе."), edit)
    assert (await get(database, other, "mark")).entry == MARK


async def test_every_change_moves_the_revision(
    database: Database, school: SchoolId, edit: Edit
) -> None:
    before = await revision(database, school)
    async with database.unit_of_work() as work:
        await work.knowledge.add_alias(school, "mark", "где клетка", edit)
    between = await revision(database, school)
    await save(database, school, MARK, edit, hidden=True)
    assert before < between < await revision(database, school)
