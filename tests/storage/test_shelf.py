"""Files on the shelf: kept through crashes, joined when late, gone when done with."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from services.ids import ChatId, ImportId, SchoolId
from services.journal.deliveries import Asked, Delivery, Part
from services.journal.doubts import Doubt
from services.journal.resolution import Unknown
from storage.shelf import DirectoryShelf

NOW = datetime(2026, 11, 20, 13, 0, tzinfo=UTC)
SCHOOL = SchoolId(1)
ONE = ImportId(1)
DOUBT = Doubt("0a", ("F5", "F6"))
NINA = Unknown("staff", "Новая Н.И.")


@pytest.fixture
def shelf(tmp_path: Path) -> DirectoryShelf:
    return DirectoryShelf(tmp_path / "imports")


def part(message: int, *, album: str | None = None, chat: int = 5) -> Part:
    return Part(chat=ChatId(chat), message=message, name=f"{message}.xlsx", album=album)


def contents(delivery: Delivery) -> list[bytes]:
    return [file.content.read_bytes() for file in delivery.files if isinstance(file.content, Path)]


async def test_a_part_waits_with_its_bytes_and_name(shelf: DirectoryShelf) -> None:
    await shelf.add(part(7), b"rows", NOW)

    [waiting] = await DirectoryShelf(shelf.root).waiting()

    assert (waiting.chat, waiting.first, waiting.arrived) == (5, 7, NOW)
    assert [file.name for file in waiting.files] == ["7.xlsx"]
    assert contents(waiting) == [b"rows"]
    assert waiting.whole(NOW)


async def test_only_the_owner_of_the_process_can_read_it(shelf: DirectoryShelf) -> None:
    await shelf.add(part(7), b"rows", NOW)

    found = [path for path in shelf.root.rglob("*") if path.parent != shelf.root]

    assert found
    assert not [path for path in found if path.stat().st_mode & 0o077]


async def test_an_album_is_whole_after_two_quiet_seconds(shelf: DirectoryShelf) -> None:
    await shelf.add(part(8, album="a"), b"second", NOW + timedelta(seconds=1))
    await shelf.add(part(7, album="a"), b"first", NOW)

    [waiting] = await shelf.waiting()

    assert contents(waiting) == [b"first", b"second"]
    assert not waiting.whole(NOW + timedelta(seconds=2))
    assert waiting.whole(NOW + timedelta(seconds=3))


async def test_chats_and_albums_do_not_mix(shelf: DirectoryShelf) -> None:
    for chat, album in ((5, "a"), (6, "a"), (5, "b")):
        await shelf.add(part(7, album=album, chat=chat), b"", NOW)

    assert len(await shelf.waiting()) == 3


async def test_the_same_part_again_is_one_part(shelf: DirectoryShelf) -> None:
    for _ in range(2):
        await shelf.add(part(7, album="a"), b"rows", NOW)

    [waiting] = await shelf.waiting()
    assert waiting.messages == [7]


async def test_a_part_half_written_is_not_seen(shelf: DirectoryShelf) -> None:
    await shelf.add(part(7, album="a"), b"rows", NOW)
    [waiting] = await shelf.waiting()
    place = next((shelf.root / "waiting").iterdir())
    (place / "8.bin").write_bytes(b"ha")
    assert await shelf.waiting() == [waiting]

    (place / "7.json").unlink()
    assert await shelf.waiting() == []


async def test_what_was_read_waits_no_more_until_it_is_reopened(shelf: DirectoryShelf) -> None:
    await shelf.add(part(7), b"rows", NOW)
    [waiting] = await shelf.waiting()

    assert await shelf.settle(waiting, SCHOOL, ONE)
    assert await shelf.waiting() == []
    reopened = await shelf.reopen(ONE, frozenset({NINA}))

    assert reopened is not None
    assert await shelf.waiting() == [reopened]
    assert contents(reopened) == [b"rows"]
    assert reopened.accepted == {NINA}


async def test_names_let_in_add_up(shelf: DirectoryShelf) -> None:
    await shelf.add(part(7), b"rows", NOW)
    for name in ("А", "Б"):
        [waiting] = await shelf.waiting()
        await shelf.settle(waiting, SCHOOL, ONE)
        await shelf.reopen(ONE, frozenset({Unknown("class", name)}))

    [waiting] = await shelf.waiting()
    assert waiting.accepted == {Unknown("class", "А"), Unknown("class", "Б")}


async def test_a_part_that_came_meanwhile_is_not_lost(shelf: DirectoryShelf) -> None:
    await shelf.add(part(7, album="a"), b"first", NOW)
    [taken] = await shelf.waiting()
    await shelf.add(part(8, album="a"), b"second", NOW)

    assert not await shelf.settle(taken, SCHOOL, ONE)
    assert not await shelf.discard(taken)

    [waiting] = await shelf.waiting()
    assert waiting.messages == [7, 8]


async def test_a_late_part_takes_the_read_ones_with_it(shelf: DirectoryShelf) -> None:
    await shelf.add(part(7, album="a"), b"first", NOW)
    [taken] = await shelf.waiting()
    await shelf.settle(taken, SCHOOL, ONE)

    await shelf.add(part(8, album="a"), b"second", NOW)

    [waiting] = await shelf.waiting()
    assert contents(waiting) == [b"first", b"second"]
    assert await shelf.reopen(ONE, frozenset()) is None


async def test_a_school_has_one_read_import(shelf: DirectoryShelf) -> None:
    for number, school in ((1, 1), (2, 2), (3, 1)):
        await shelf.add(part(number), b"", NOW)
        [waiting] = await shelf.waiting()
        await shelf.settle(waiting, SchoolId(school), ImportId(number))

    assert await shelf.reopen(ONE, frozenset()) is None
    assert await shelf.reopen(ImportId(2), frozenset()) is not None
    await shelf.drop(ImportId(3))
    assert await shelf.reopen(ImportId(3), frozenset()) is None


async def test_a_discarded_delivery_leaves_nothing(shelf: DirectoryShelf) -> None:
    await shelf.add(part(7), b"rows", NOW)
    [waiting] = await shelf.waiting()

    assert await shelf.discard(waiting)

    assert not list((shelf.root / "waiting").iterdir())


async def test_a_delivery_in_doubt_waits_for_its_answer(shelf: DirectoryShelf) -> None:
    await shelf.add(part(7), b"rows", NOW)
    [waiting] = await shelf.waiting()
    number = await shelf.ask(waiting, SCHOOL, Asked("7.xlsx", DOUBT))
    assert number is not None
    assert not await shelf.waiting()
    assert await shelf.asked(SCHOOL, number) == Asked("7.xlsx", DOUBT)
    assert await shelf.asked(SchoolId(2), number) is None, "another school's"
    assert await shelf.tell(SchoolId(2), number, "F5") is None
    assert not await shelf.withdraw(SchoolId(2), number)

    told = await shelf.tell(SCHOOL, number, "F5")

    assert told is not None
    assert told.told == {"0a": "F5"}
    assert contents(told) == [b"rows"]
    assert await shelf.waiting() == [told]


async def test_a_part_that_comes_meanwhile_is_not_asked_past(shelf: DirectoryShelf) -> None:
    await shelf.add(part(7, album="a"), b"rows", NOW)
    [waiting] = await shelf.waiting()
    await shelf.add(part(8, album="a"), b"more", NOW)
    assert await shelf.ask(waiting, SCHOOL, Asked("7.xlsx", DOUBT)) is None
    assert len(await shelf.waiting()) == 1


async def test_a_withdrawn_delivery_leaves_nothing(shelf: DirectoryShelf) -> None:
    await shelf.add(part(7), b"rows", NOW)
    [waiting] = await shelf.waiting()
    number = await shelf.ask(waiting, SCHOOL, Asked("7.xlsx", DOUBT))
    assert number is not None
    assert await shelf.withdraw(SCHOOL, number)
    assert not [path for path in shelf.root.rglob("*") if path.is_file()]
