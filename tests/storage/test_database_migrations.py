"""Bringing a database up: with a copy before, all or nothing, never backwards."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy.exc import OperationalError

from storage.database import BrokenReferencesError, Database
from storage.migrations.migrate import (
    HERE,
    ForeignDatabaseError,
    NewerDatabaseError,
    revision,
    upgrade,
)
from tests.conftest import FrozenClock

FIRST = 'op.execute("CREATE TABLE a (n INTEGER PRIMARY KEY)")'
SECOND = 'op.execute("CREATE TABLE b (a INTEGER REFERENCES a (n))")'
BROKEN = SECOND + '\n    op.execute("INSERT INTO b VALUES (7)")'  # noqa: S608  # a script of the test
FAILING = SECOND + '\n    op.execute("CREATE TABLE nonsense")'


def script(directory: Path, number: int, *steps: str) -> None:
    """Revision ``number``, following the one before it."""
    versions = directory / "versions"
    versions.mkdir(exist_ok=True)
    before = repr(f"{number - 1}") if number > 1 else "None"
    body = "\n    ".join(steps)
    (versions / f"{number}.py").write_text(
        f"from alembic import op\nrevision = '{number}'\ndown_revision = {before}\n"
        f"def upgrade() -> None:\n    {body}\n",
        encoding="utf-8",
    )


@pytest.fixture
def scripts(tmp_path: Path) -> Path:
    directory = tmp_path / "migrations"
    directory.mkdir()
    for name in ("env.py", "script.py.mako"):
        (directory / name).write_bytes((HERE / name).read_bytes())
    script(directory, 1, FIRST)
    return directory


@pytest.fixture
async def empty(tmp_path: Path, clock: FrozenClock) -> Database:
    return Database.open(f"sqlite+aiosqlite:///{tmp_path / 'yozh.db'}", clock=clock)


def tables(file: Path | None) -> set[str]:
    assert file is not None
    with closing(sqlite3.connect(file)) as connection:
        found = connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")
        return {name for (name,) in found} - {"alembic_version"}


async def test_an_empty_database_is_brought_up_without_a_copy(
    empty: Database, scripts: Path, tmp_path: Path
) -> None:
    assert await upgrade(empty, copies=tmp_path / "copies", scripts=scripts)
    assert not await upgrade(empty, copies=tmp_path / "copies", scripts=scripts)
    await empty.close()
    assert tables(empty.file) == {"a"}
    assert not (tmp_path / "copies").exists()


async def test_an_older_database_is_copied_before_it_is_brought_up(
    empty: Database, scripts: Path, tmp_path: Path
) -> None:
    await upgrade(empty, copies=tmp_path, scripts=scripts)
    script(scripts, 2, SECOND)
    await upgrade(empty, copies=tmp_path / "copies", scripts=scripts)
    await empty.close()
    [copy] = (tmp_path / "copies").iterdir()
    assert (tables(empty.file), tables(copy)) == ({"a", "b"}, {"a"})


@pytest.mark.parametrize(
    ("steps", "error"), [(FAILING, OperationalError), (BROKEN, BrokenReferencesError)]
)
async def test_a_migration_that_fails_was_never_begun(
    empty: Database, scripts: Path, tmp_path: Path, steps: str, error: type[Exception]
) -> None:
    script(scripts, 2, steps)
    with pytest.raises(error):
        await upgrade(empty, copies=tmp_path, scripts=scripts)
    assert await revision(empty) is None
    await empty.close()
    assert tables(empty.file) == set()


async def test_a_newer_database_is_refused(empty: Database, scripts: Path, tmp_path: Path) -> None:
    script(scripts, 2, SECOND)
    await upgrade(empty, copies=tmp_path, scripts=scripts)
    (scripts / "versions" / "2.py").unlink()
    with pytest.raises(NewerDatabaseError, match="2"):
        await upgrade(empty, copies=tmp_path, scripts=scripts)
    await empty.close()


async def test_somebody_else_s_database_is_refused(
    empty: Database, scripts: Path, tmp_path: Path
) -> None:
    assert empty.file is not None
    with closing(sqlite3.connect(empty.file)) as connection:
        connection.execute("CREATE TABLE accounts (n INTEGER)")
    with pytest.raises(ForeignDatabaseError):
        await upgrade(empty, copies=tmp_path, scripts=scripts)
    await empty.close()
