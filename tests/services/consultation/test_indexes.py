"""Each school's search: its base comes by itself, its words win, the loop is not held up."""

import asyncio
import threading
from collections.abc import Container, Sequence
from dataclasses import dataclass, field, replace

import pytest

from services.consultation import indexes as module
from services.consultation.base import FirstBase, Shipped
from services.consultation.entries import Audience, Entry, Section
from services.consultation.indexes import Base, Indexes
from services.consultation.keeping import Edit
from services.consultation.search import Hit, Search
from services.ids import SchoolId
from services.people import Newcomer, UserId
from storage.database import Database
from tests.conftest import FrozenClock

ENTRY = Entry(
    id="mark",
    section="marks",
    audience=Audience.STAFF,
    question="Как поставить отметку?",
    answer="В клетку.",
    aliases=("куда пятёрку", "где ставить"),
)
SECRET = replace(ENTRY, id="secret", audience=Audience.ADMINISTRATION, aliases=("пороги",))
SHIPPED = Shipped([Section(id="marks", title="Отметки", order=1)], [ENTRY, SECRET])


@dataclass
class Slow:
    """A search that holds its thread until the loop has gone on."""

    slow: bool = True
    gone_on: threading.Event = field(default_factory=threading.Event)

    def ask(
        self, question: str, *, limit: int = 10, among: Container[str] | None = None
    ) -> Sequence[Hit]:
        return [Hit("mark", 1.0)] if self.gone_on.wait(timeout=5) else []


@dataclass
class Built:
    """How often an index was built."""

    times: int = 0

    def __call__(self, entries: Sequence[Entry]) -> Search:
        self.times += 1
        return Search.over(entries)


def indexes(database: Database, clock: FrozenClock, built: Built) -> Indexes:
    base = FirstBase(unit_of_work=database.unit_of_work, clock=clock, shipped=SHIPPED)
    return Indexes(reading=database.reading, first_base=base, index=built)


@pytest.fixture
async def school(database: Database, clock: FrozenClock) -> SchoolId:
    async with database.unit_of_work() as work:
        return await work.schools.add(name="", timezone="Europe/Moscow", at=clock.now())


async def change(database: Database, clock: FrozenClock, school: SchoolId) -> None:
    newcomer = Newcomer(user=UserId(7), name="Администратор")
    async with database.unit_of_work() as work:
        person = await work.people.admit(newcomer, school=school, staff=None, at=clock.now())
        ours = replace(ENTRY, answer="Спросите завуча.")
        await work.knowledge.save(school, ours, Edit(by=person, at=clock.now()), hidden=False)


async def test_a_new_school_s_first_question_finds_the_shipped_base(
    database: Database, clock: FrozenClock, school: SchoolId
) -> None:
    base = await indexes(database, clock, Built()).of(school)
    assert list(base.entries) == ["mark", "secret"]
    assert (await base.ask("как поставить отметку"))[0].id == "mark"


async def test_a_restart_leaves_what_the_school_wrote(
    database: Database, clock: FrozenClock, school: SchoolId
) -> None:
    await indexes(database, clock, Built()).of(school)
    await change(database, clock, school)
    base = await indexes(database, clock, Built()).of(school)
    assert base.entries["mark"].answer == "Спросите завуча."


async def test_an_index_is_built_once_until_the_base_changes(
    database: Database, clock: FrozenClock, school: SchoolId
) -> None:
    built = Built()
    kept = indexes(database, clock, built)
    assert await kept.of(school) is await kept.of(school)
    await change(database, clock, school)
    assert (await kept.of(school)).entries["mark"].answer == "Спросите завуча."
    assert built.times == 2


async def test_an_audience_is_answered_with_its_own_entries_only(
    database: Database, clock: FrozenClock, school: SchoolId
) -> None:
    base = await indexes(database, clock, Built()).of(school)
    staff = base.read_by(Audience.STAFF)
    assert [hit.id for hit in await base.ask("пороги", among=staff)] in ([], ["mark"])


@dataclass
class Scored:
    """A search that finds these."""

    hits: Sequence[Hit]
    slow: bool = False

    def ask(
        self, question: str, *, limit: int = 10, among: Container[str] | None = None
    ) -> Sequence[Hit]:
        return self.hits


PUBLIC = replace(ENTRY, id="public", audience=Audience.PUBLIC, aliases=("где отметки",))


@pytest.mark.parametrize(
    ("found", "order"),
    [
        ([("public", 0.6), ("mark", 0.55), ("other", 0.2)], ["mark", "public", "other"]),
        ([("public", 0.6), ("mark", 0.5)], ["public", "mark"]),
        ([("public", 1.1), ("mark", 1.05)], ["public", "mark"]),
        ([("mark", 0.6), ("public", 0.55)], ["mark", "public"]),
        ([], []),
    ],
)
async def test_of_near_twins_the_one_for_fewer_readers_goes_first(
    found: Sequence[tuple[str, float]], order: Sequence[str]
) -> None:
    other = replace(PUBLIC, id="other")
    base = Base(
        revision=1,
        sections=[],
        entries={one.id: one for one in (PUBLIC, ENTRY, other)},
        search=Scored([Hit(name, score) for name, score in found]),
    )
    assert [hit.id for hit in await base.ask("где отметки")] == order


async def test_the_loop_goes_on_while_a_slow_search_is_asked(
    database: Database, clock: FrozenClock, school: SchoolId
) -> None:
    base = await indexes(database, clock, Built()).of(school)
    search = Slow()
    asking = asyncio.ensure_future(replace(base, search=search).ask("что угодно"))
    await asyncio.sleep(0)
    search.gone_on.set()
    assert await asking == [Hit("mark", 1.0)]


async def test_the_school_unused_longest_is_forgotten(
    database: Database, clock: FrozenClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "KEPT", 1)
    async with database.unit_of_work() as work:
        schools = [
            await work.schools.add(name=name, timezone="Europe/Moscow", at=clock.now())
            for name in ("7", "8")
        ]
    built = Built()
    kept = indexes(database, clock, built)
    for school in (*schools, schools[0]):
        await kept.of(school)
    assert built.times == 3
