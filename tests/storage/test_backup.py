"""Copies of the database: whole, counted, sealed on demand, rotated, put back."""

import os
import random
import sqlite3
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from services.ids import ChatId
from services.outgoing import Letter
from storage.backup import (
    SealedCopyError,
    UnusableCopyError,
    inspect,
    make,
    name_of,
    restore,
    rotate,
)
from storage.database import Database
from storage.migrations.migrate import NewerDatabaseError, head, upgrade
from storage.sealing import PIECE, WrongKeyError, is_sealed, new_key, seal, unseal
from tests.conftest import FrozenClock

KEY, OTHER = b"k" * 32, b"o" * 32


@pytest.fixture
async def file(tmp_path: Path, clock: FrozenClock) -> Path:
    """A brought-up database with one letter, whose connections are closed again."""
    database = Database.open(f"sqlite+aiosqlite:///{tmp_path / 'yozh.db'}", clock=clock)
    await upgrade(database, copies=tmp_path)
    async with database.unit_of_work() as work:
        await work.outbox.put(Letter(school=None, chat=ChatId(5), kind="hello"))
    await database.close()
    return tmp_path / "yozh.db"


def letters(file: Path) -> int:
    with closing(sqlite3.connect(file)) as base:
        count: int = base.execute("SELECT count(*) FROM outbox").fetchone()[0]
        return count


def names(directory: Path) -> set[str]:
    return {one.name for one in directory.iterdir()}


@pytest.mark.parametrize("key", [None, KEY])
def test_a_copy_is_opened_counted_and_put_back(file: Path, tmp_path: Path, key: bytes) -> None:
    made = make(file, tmp_path / "copies" / "one", key=key)
    with closing(sqlite3.connect(file)) as base:
        base.execute("DELETE FROM outbox")
        base.commit()
    put_back = restore(made.file, file, kept=tmp_path / "kept.db", key=key)

    assert (made.rows, made.revision, made.sealed) == (2, head(), key is not None)
    assert (put_back.rows, letters(file), letters(tmp_path / "kept.db")) == (2, 1, 0)
    assert made.file.stat().st_mode & 0o077 == 0
    assert names(tmp_path / "copies") == {"one"}
    assert not [name for name in names(tmp_path) if name.startswith(".")]


def test_a_sealed_copy_shows_nothing_of_the_database(file: Path, tmp_path: Path) -> None:
    make(file, tmp_path / "copy", key=KEY)
    assert is_sealed(tmp_path / "copy")
    assert b"SQLite" not in (tmp_path / "copy").read_bytes()


def test_a_sealed_copy_takes_its_own_key(file: Path, tmp_path: Path) -> None:
    make(file, tmp_path / "copy", key=KEY)
    with pytest.raises(SealedCopyError):
        restore(tmp_path / "copy", file, kept=tmp_path / "kept")
    with pytest.raises(WrongKeyError):
        restore(tmp_path / "copy", file, kept=tmp_path / "kept", key=OTHER)
    assert letters(file) == 1
    assert not (tmp_path / "kept").exists()


@pytest.mark.parametrize("size", [0, 1, PIECE, PIECE + 1, 2 * PIECE])
def test_what_is_sealed_comes_out_as_it_was(tmp_path: Path, size: int) -> None:
    plain, sealed, again = tmp_path / "a", tmp_path / "b", tmp_path / "c"
    plain.write_bytes(os.urandom(size))
    seal(plain, sealed, KEY)
    unseal(sealed, again, KEY)
    assert again.read_bytes() == plain.read_bytes()


def swapped(content: bytes) -> bytes:
    """The first two whole pieces in each other's place."""
    start, size = 21, PIECE + 16
    first, second = content[start : start + size], content[start + size : start + 2 * size]
    return content[:start] + second + first + content[start + 2 * size :]


@pytest.mark.parametrize(
    "spoil",
    [
        swapped,
        lambda content: content[:-1],
        lambda content: content[: 21 + PIECE + 16],
        lambda content: content[:21],
        lambda content: content[:10],
        lambda content: content[:50] + bytes([content[50] ^ 1]) + content[51:],
        lambda content: content + b"x",
    ],
)
def test_a_sealed_file_that_was_touched_is_refused(tmp_path: Path, spoil: object) -> None:
    assert callable(spoil)
    plain, sealed = tmp_path / "a", tmp_path / "b"
    plain.write_bytes(os.urandom(2 * PIECE + 5))
    seal(plain, sealed, KEY)
    sealed.write_bytes(spoil(sealed.read_bytes()))
    with pytest.raises(WrongKeyError):
        unseal(sealed, tmp_path / "c", KEY)


def test_a_key_is_made_as_the_settings_take_it() -> None:
    assert len(new_key()) == 44
    assert new_key() != new_key()


@pytest.mark.parametrize("content", [b"", b"nonsense" * 999, b"SQLite format 3\0" + b"\0" * 5000])
def test_what_is_no_copy_is_refused_and_changes_nothing(
    file: Path, tmp_path: Path, content: bytes
) -> None:
    (tmp_path / "copy").write_bytes(content)
    with pytest.raises(UnusableCopyError):
        restore(tmp_path / "copy", file, kept=tmp_path / "kept")
    assert letters(file) == 1


def test_somebody_else_s_database_is_no_copy(file: Path, tmp_path: Path) -> None:
    with closing(sqlite3.connect(tmp_path / "copy")) as base:
        base.execute("CREATE TABLE t (x)")
    with pytest.raises(UnusableCopyError):
        restore(tmp_path / "copy", file, kept=tmp_path / "kept")


def test_a_newer_copy_is_refused(file: Path, tmp_path: Path) -> None:
    copy = make(file, tmp_path / "copy").file
    with closing(sqlite3.connect(copy)) as base:
        base.execute("UPDATE alembic_version SET version_num = 'future'")
        base.commit()
    with pytest.raises(NewerDatabaseError):
        restore(copy, file, kept=tmp_path / "kept")


def test_a_missing_copy_is_no_reason_to_touch_the_database(file: Path, tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        restore(tmp_path / "nowhere", file, kept=tmp_path / "kept")
    assert letters(file) == 1


def test_a_damaged_database_is_kept_as_it_is(file: Path, tmp_path: Path) -> None:
    copy = make(file, tmp_path / "copy").file
    file.write_bytes(b"broken" * 1000)
    restore(copy, file, kept=tmp_path / "kept")
    assert letters(file) == 1
    assert (tmp_path / "kept").read_bytes() == b"broken" * 1000


def test_a_copy_is_refused_where_a_page_of_it_is_broken(file: Path, tmp_path: Path) -> None:
    copy = make(file, tmp_path / "copy").file
    content = bytearray(copy.read_bytes())
    content[4096:8192] = random.Random(1).randbytes(4096)  # noqa: S311  # repeatable
    copy.write_bytes(content)
    with pytest.raises(UnusableCopyError):
        inspect(copy)


def test_nights_weeks_and_months_are_kept_and_strangers_left_alone(tmp_path: Path) -> None:
    start = datetime(2025, 9, 1, 0, 30, tzinfo=UTC)
    nights = [start + timedelta(days=number) for number in range(450)]
    for night in nights:
        (tmp_path / name_of(night, sealed=night.day % 2 == 0)).touch()
    for number in range(5):
        (tmp_path / f"yozh-2026010{number}-000000-before-0002.db").touch()
    (tmp_path / "mine.db").touch()
    (tmp_path / "yozh-notes.txt").touch()
    rotate(tmp_path)

    left = sorted(one.name[5:13] for one in tmp_path.glob("yozh-*.db*") if "before" not in one.name)
    assert left[-7:] == [f"{night:%Y%m%d}" for night in nights[-7:]]
    assert len({name[:6] for name in left}) == 12
    assert len({datetime.strptime(name, "%Y%m%d").strftime("%G-%V") for name in left[-11:]}) == 5  # noqa: DTZ007
    assert len(left) <= 7 + 5 + 12
    assert len(list(tmp_path.glob("*-before-*"))) == 3
    assert {"mine.db", "yozh-notes.txt"} <= names(tmp_path)
    assert rotate(tmp_path) == []
