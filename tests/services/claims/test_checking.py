"""«Исправлено» is compared with the imports that come after it."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import select

from services.claims.claim import Checked, Words
from services.claims.letters import waking
from services.claims.standing import Standing, Stands
from services.gaps import GapGoneError
from services.ids import ImportId, PersonId
from services.journal.model import Batch
from storage.schema.process import outbox
from tests.services.claims.ground import COLLEAGUE, PHYSICS, SCHOOL, TEACHER, Ground

CLAIMED = Standing(Stands.CLAIMED)
MOSCOW = ZoneInfo("Europe/Moscow")


async def letters(ground: Ground) -> list[tuple[int, str]]:
    statement = select(outbox.c.chat, outbox.c.dedupe).where(outbox.c.kind == "claims/checked")
    async with ground.database.reading() as work:
        return [(row.chat, row.dedupe) for row in await work.connection.execute(statement)]


async def test_what_is_mended_is_thanked_for_in_one_letter(ground: Ground) -> None:
    teacher = ground.actors[TEACHER]
    both = [await ground.finding("P3", on) for on in ("17.11", "18.11")]
    for finding in both:
        await ground.claims.mended(teacher, finding)
    number = await ground.mend("17.11", "18.11")
    await ground.check()
    assert await letters(ground) == [(TEACHER, f"claims-checked:{number}:{teacher.person}")]
    results = await ground.claims.cards.checked(teacher, number)
    assert [one.finding for one in results.mended] == both
    assert (results.stayed, results.as_of) == ([], "20.11 16:02")
    assert await ground.standing() == {}


async def test_what_stayed_is_told_with_what_the_file_shows(ground: Ground) -> None:
    teacher = ground.actors[TEACHER]
    mended, stayed = [await ground.finding("P3", on) for on in ("17.11", "18.11")]
    for finding in (mended, stayed):
        await ground.claims.mended(teacher, finding)
    number = await ground.mend("17.11")
    await ground.check()
    results = await ground.claims.cards.checked(teacher, number)
    assert [one.finding for one in results.mended] == [mended]
    [left] = results.stayed
    assert left.finding == stayed
    assert left.rows[0].startswith("18.11.2026; урок 1; тема «Дроби»; задания нет")
    assert len(await letters(ground)) == 1
    assert (await ground.claim(stayed)).checked == Checked(number, mended=False)
    await ground.claims.mended(teacher, stayed)
    assert await ground.standing() == {stayed: CLAIMED}


async def test_a_claim_waits_for_an_import_that_covers_it(ground: Ground) -> None:
    finding = await ground.finding("P3", "17.11")
    await ground.claims.mended(ground.actors[TEACHER], finding)
    lessons = ground.book.batch.lessons or []
    await ground.load(Batch(lessons=[lessons[-1]._replace(subject=PHYSICS)]))
    await ground.check()
    assert await ground.standing() == {finding: CLAIMED}
    assert await letters(ground) == []
    await ground.mend("17.11")
    await ground.check()
    assert await ground.standing() == {}


async def test_the_import_that_was_shown_when_it_was_said_checks_nothing(ground: Ground) -> None:
    finding = await ground.finding("P3", "17.11")
    await ground.check()
    await ground.claims.mended(ground.actors[TEACHER], finding)
    await ground.check()
    assert await ground.standing() == {finding: CLAIMED}


async def test_an_undone_import_has_checked_nothing(ground: Ground) -> None:
    teacher, finding = ground.actors[TEACHER], await ground.finding("P3", "17.11")
    await ground.claims.mended(teacher, finding)
    before = await ground.claim(finding)
    number = await ground.load()
    await ground.check()
    assert (await ground.claim(finding)).checked == Checked(number, mended=False)
    await ground.undo(number)
    assert await ground.claim(finding) == before
    assert await ground.standing() == {finding: CLAIMED}
    with pytest.raises(GapGoneError):
        await ground.claims.cards.checked(teacher, number)
    again = await ground.mend("17.11")
    await ground.check()
    assert (await ground.claim(finding)).checked == Checked(again, mended=True)
    assert len(await letters(ground)) == 2


async def test_imports_that_came_together_are_looked_at_in_their_order(ground: Ground) -> None:
    finding = await ground.finding("P3", "17.11")
    await ground.claims.mended(ground.actors[TEACHER], finding)
    first = await ground.load()
    await ground.mend("17.11")
    await ground.check()
    assert (await ground.claim(finding)).checked == Checked(first, mended=False)
    assert len(await letters(ground)) == 1


async def test_an_import_is_checked_once(ground: Ground) -> None:
    await ground.claims.mended(ground.actors[TEACHER], await ground.finding("P3", "17.11"))
    await ground.claims.mended(ground.actors[TEACHER], await ground.finding("P5"))
    await ground.load()
    await ground.check()
    await ground.check()
    assert len(await letters(ground)) == 1


async def test_other_words_are_not_checked(ground: Ground) -> None:
    finding = await ground.finding("P3", "17.11")
    await ground.claims.dispute(ground.actors[TEACHER], finding, Words(text="Задано устно"))
    await ground.load()
    await ground.check()
    assert await ground.standing() == {finding: Standing(Stands.DISPUTED)}
    with pytest.raises(GapGoneError):
        await ground.claims.cards.checked(ground.actors[COLLEAGUE], ImportId(2))


async def test_a_finding_that_its_import_took_along_waits(ground: Ground) -> None:
    ground.book.lesson("20.11", topic="", entered_at=None)
    ground.clock.move(hours=8)
    number = await ground.load()
    finding = await ground.finding("P2", "20.11")
    await ground.claims.mended(ground.actors[TEACHER], finding)
    await ground.undo(number)
    assert ground.book.batch.lessons is not None
    ground.book.batch.lessons.pop()
    await ground.load()
    await ground.check()
    assert (await ground.claim(finding)).checked is None
    assert await letters(ground) == []


async def test_whoever_has_left_is_not_told(ground: Ground) -> None:
    person = ground.actors[TEACHER].person or PersonId(0)
    await ground.claims.mended(ground.actors[TEACHER], await ground.finding("P3", "17.11"))
    async with ground.database.unit_of_work() as work:
        await work.people.revoke(SCHOOL, person, ground.clock.now())
    await ground.mend("17.11")
    await ground.check()
    assert await letters(ground) == []


@pytest.mark.parametrize(
    ("here", "wakes"),
    [
        ((20, 6, 59), (20, 7)),
        ((20, 7, 0), None),
        ((20, 19, 59), None),
        ((20, 20, 0), (21, 7)),
        ((20, 23, 59), (21, 7)),
    ],
)
def test_news_of_the_night_wait_for_the_morning(
    here: tuple[int, int, int], wakes: tuple[int, int] | None
) -> None:
    day, hour, minute = here
    now = datetime(2026, 11, day, hour, minute, tzinfo=MOSCOW).astimezone(UTC)
    expected = None if wakes is None else datetime(2026, 11, *wakes, tzinfo=MOSCOW)
    assert waking(now, MOSCOW) == expected


async def test_of_two_claims_an_import_checks_only_the_earlier_one(ground: Ground) -> None:
    teacher = ground.actors[TEACHER]
    earlier, later = [await ground.finding("P3", on) for on in ("17.11", "18.11")]
    await ground.claims.mended(teacher, earlier)
    number = await ground.load()
    await ground.claims.mended(teacher, later)
    await ground.check()
    assert (await ground.claim(earlier)).checked == Checked(number, mended=False)
    assert await ground.standing() == {later: CLAIMED}
