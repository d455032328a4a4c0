"""Bring a database up to this program, after keeping a copy, or refuse."""

import asyncio
import os
import re
import sqlite3
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path

from sqlalchemy import Connection, inspect, text

from storage.database import Database

HERE = Path(__file__).parent
VERSIONS = "alembic_version"
_REVISION = re.compile(r"""^revision = ["'](\w+)["']""", re.MULTILINE)
_BEFORE = re.compile(r"""^down_revision = ["'](\w+)["']""", re.MULTILINE)


class NewerDatabaseError(Exception):
    """The database was brought up by a newer program; ``args[0]`` is its revision."""


class ForeignDatabaseError(Exception):
    """Somebody else's tables are in the database."""


def head(scripts: Path = HERE) -> str | None:
    """The revision that this program works with: the one that no other follows."""
    steps = _steps(scripts)
    heads = steps.keys() - set(steps.values())
    return heads.pop() if heads else None


def known(revision: str, scripts: Path = HERE) -> bool:
    """Whether this program has heard of the revision."""
    return revision in _steps(scripts)


def _steps(scripts: Path) -> dict[str, str | None]:
    """Revision -> the one before it, as the scripts say: an ordinary start needs no Alembic."""
    found: dict[str, str | None] = {}
    for script in (scripts / "versions").glob("*.py"):
        written = script.read_text(encoding="utf-8")
        if own := _REVISION.search(written):
            before = _BEFORE.search(written)
            found[own[1]] = before[1] if before else None
    return found


async def revision(database: Database) -> str | None:
    """The revision of the database; None while it is empty."""
    async with database.reading() as work:
        heads, tables = await work.connection.run_sync(_look)
    if not heads and tables:
        raise ForeignDatabaseError(*sorted(tables)[:3])
    return heads[0] if heads else None


async def upgrade(database: Database, *, copies: Path, scripts: Path = HERE) -> bool:
    """Whether anything had to be done; an older database is copied into ``copies`` first.

    All steps are one transaction: killed at any statement, it was never begun.
    """
    before = await revision(database)
    if before is not None and not known(before, scripts):
        raise NewerDatabaseError(before)
    if before == head(scripts):
        return False
    if before is not None and database.file is not None:
        stamp = f"{database.clock.now():%Y%m%d-%H%M%S}"
        target = copies / f"{database.file.stem}-{stamp}-before-{head(scripts)}.db"
        await asyncio.to_thread(copy, database.file, target)
    async with database.remodelling() as connection:
        await connection.run_sync(_run, scripts)
    return True


def copy(source: Path, target: Path) -> None:
    """A consistent copy of a database in use; it has its name only once it is whole."""
    target.parent.mkdir(parents=True, exist_ok=True)
    partial = target.with_suffix(".partial")
    partial.unlink(missing_ok=True)
    os.close(os.open(partial, os.O_CREAT | os.O_WRONLY, 0o600))
    with closing(sqlite3.connect(source)) as ours, closing(sqlite3.connect(partial)) as theirs:
        ours.backup(theirs)
    with partial.open("rb+") as written:
        os.fsync(written.fileno())
    partial.replace(target)


def newest_copy(copies: Path) -> Path | None:
    found = sorted(copies.glob("*.db"), key=lambda file: file.stat().st_mtime)
    return found[-1] if found else None


def _look(connection: Connection) -> tuple[Sequence[str], set[str]]:
    tables = set(inspect(connection).get_table_names())
    if VERSIONS not in tables:
        return [], tables
    found = connection.execute(text(f"SELECT version_num FROM {VERSIONS}"))  # noqa: S608  # ours
    return list(found.scalars()), tables - {VERSIONS}


def _run(connection: Connection, scripts: Path) -> None:
    from alembic import command  # noqa: PLC0415  # 8 MB that only a change of tables needs
    from alembic.config import Config  # noqa: PLC0415

    config = Config()
    config.set_main_option("script_location", str(scripts).replace("%", "%%"))
    config.set_main_option("path_separator", "os")
    config.attributes["connection"] = connection
    command.upgrade(config, "head")
