"""The backlog of questions without an answer, and the log of all questions."""

from datetime import timedelta

import pytest

from services.consultation.keeping import EntryCount, Unanswered, UnansweredId, UnansweredState
from services.ids import SchoolId
from storage.database import Database
from storage.schema.consultation import consultations, unanswered_questions
from tests.conftest import FrozenClock

WAITING, ANSWERED = UnansweredState.WAITING, UnansweredState.ANSWERED


@pytest.fixture
async def school(database: Database, clock: FrozenClock) -> SchoolId:
    async with database.unit_of_work() as work:
        return await work.schools.add(name="", timezone="Europe/Moscow", at=clock.now())


async def ask(database: Database, clock: FrozenClock, school: SchoolId, text: str) -> UnansweredId:
    plain = text.lower().rstrip("?")
    async with database.unit_of_work() as work:
        return await work.backlog.add(school, text=text, plain=plain, at=clock.now())


async def settle(
    database: Database,
    school: SchoolId,
    number: UnansweredId,
    state: UnansweredState,
    entry: str | None = None,
) -> bool:
    async with database.unit_of_work() as work:
        return await work.backlog.settle(school, number, state, entry)


async def waiting(database: Database, school: SchoolId) -> list[tuple[str, int]]:
    async with database.reading() as work:
        return [(one.text, one.count) for one in await work.backlog.waiting(school)]


async def get(database: Database, school: SchoolId, number: UnansweredId) -> Unanswered:
    async with database.reading() as work:
        found = await work.backlog.get(school, number)
    assert found is not None
    return found


async def test_the_same_question_is_counted_and_the_most_asked_comes_first(
    database: Database, clock: FrozenClock, school: SchoolId
) -> None:
    for text in ("Где дверь", "Где ключ", "где ключ?"):
        await ask(database, clock, school, text)
        clock.move(minutes=1)
    assert await waiting(database, school) == [("где ключ?", 2), ("Где дверь", 1)]


async def test_a_question_knows_when_it_was_asked_first_and_last(
    database: Database, clock: FrozenClock, school: SchoolId
) -> None:
    first = clock.now()
    number = await ask(database, clock, school, "Где ключ")
    clock.move(hours=2)
    await ask(database, clock, school, "где ключ")
    found = await get(database, school, number)
    assert (found.first_at, found.last_at) == (first, clock.now())


async def test_a_question_is_settled_once(
    database: Database, clock: FrozenClock, school: SchoolId
) -> None:
    number = await ask(database, clock, school, "Где ключ")
    assert await settle(database, school, number, ANSWERED, "own-1")
    assert not await settle(database, school, number, UnansweredState.DISMISSED)
    found = await get(database, school, number)
    assert (found.state, found.entry) == (ANSWERED, "own-1")
    assert await waiting(database, school) == []


async def test_an_answered_question_asked_in_vain_again_waits_again(
    database: Database, clock: FrozenClock, school: SchoolId
) -> None:
    number = await ask(database, clock, school, "Где ключ")
    await settle(database, school, number, ANSWERED, "own-1")
    await ask(database, clock, school, "Где ключ")
    found = await get(database, school, number)
    assert (found.state, found.entry, found.count) == (WAITING, None, 2)


async def test_a_dismissed_question_stays_dismissed(
    database: Database, clock: FrozenClock, school: SchoolId
) -> None:
    number = await ask(database, clock, school, "Купите слона")
    await settle(database, school, number, UnansweredState.DISMISSED)
    await ask(database, clock, school, "Купите слона")
    assert await waiting(database, school) == []


async def test_another_school_sees_none_of_it(
    database: Database, clock: FrozenClock, school: SchoolId
) -> None:
    number = await ask(database, clock, school, "Где ключ")
    async with database.unit_of_work() as work:
        logged = await work.consultations.record(
            school, band="pass", text="Где ключ", entry=None, at=clock.now()
        )
    other = SchoolId(school + 1)
    assert not await settle(database, other, number, ANSWERED)
    async with database.reading() as work:
        assert await work.backlog.get(other, number) is None
        assert await work.consultations.get(other, logged) is None
        assert await work.backlog.waiting(other) == []


def test_no_table_of_questions_has_a_place_for_the_asker() -> None:
    columns = {column.name for column in (*unanswered_questions.c, *consultations.c)}
    assert columns & {"person", "user", "chat", "by", "name"} == set()


async def test_the_log_counts_an_entry_by_what_people_said(
    database: Database, clock: FrozenClock, school: SchoolId
) -> None:
    start = clock.now()
    async with database.unit_of_work() as work:
        log = work.consultations
        for entry, helped in (("mark", True), ("mark", False), ("mark", None), ("topic", None)):
            number = await log.record(school, band="answer", text="?", entry=entry, at=clock.now())
            if helped is not None:
                assert await log.judge(school, number, helped=helped)
                assert not await log.judge(school, number, helped=helped)
        await log.record(school, band="pass", text="?", entry=None, at=clock.now())
    async with database.reading() as work:
        until = start + timedelta(days=7)
        assert await work.consultations.counts(school, start, until) == [
            EntryCount(entry="mark", asked=3, helped=1, not_helped=1),
            EntryCount(entry="topic", asked=1, helped=0, not_helped=0),
        ]
        assert await work.consultations.bands(school, start, until) == {"answer": 4, "pass": 1}
        assert await work.consultations.counts(school, until, until + timedelta(days=7)) == []


async def test_the_asker_may_change_their_mind(
    database: Database, clock: FrozenClock, school: SchoolId
) -> None:
    async with database.unit_of_work() as work:
        log = work.consultations
        number = await log.record(school, band="choices", text="?", entry=None, at=clock.now())
        await log.choose(school, number, "mark")
        await log.judge(school, number, helped=False)
        await log.choose(school, number, "mark")
        said = await log.get(school, number)
        await log.choose(school, number, "topic")
        chosen = await log.get(school, number)
    assert said is not None
    assert chosen is not None
    assert (said.entry, said.helped) == ("mark", False)
    assert (chosen.entry, chosen.helped) == ("topic", None)


async def test_old_texts_are_forgotten_and_the_counts_stay(
    database: Database, clock: FrozenClock, school: SchoolId
) -> None:
    start = clock.now()
    async with database.unit_of_work() as work:
        log = work.consultations
        old = await log.record(school, band="answer", text="старый", entry="mark", at=start)
        clock.move(days=40)
        new = await log.record(school, band="answer", text="новый", entry="mark", at=clock.now())
        assert await log.forget_texts(school, clock.now() - timedelta(days=30)) == 1
        texts = [
            one.text for one in (await log.get(school, old), await log.get(school, new)) if one
        ]
        counted = await log.counts(school, start, clock.now() + timedelta(days=1))
    assert texts == ["", "новый"]
    assert [one.asked for one in counted] == [2]
