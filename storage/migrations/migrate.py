"""Bring a database up to this program, after keeping a copy, or refuse."""

import asyncio
import os
import sqlite3
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, inspect

from storage.database import Database

HERE = Path(__file__).parent
VERSIONS = "alembic_version"


class NewerDatabaseError(Exception):
    """The database was brought up by a newer program; ``args[0]`` is its revision."""


class ForeignDatabaseError(Exception):
    """Somebody else's tables are in the database."""


def head(scripts: Path = HERE) -> str | None:
    """The revision that this program works with."""
    return ScriptDirectory.from_config(_config(scripts)).get_current_head()


def known(revision: str, scripts: Path = HERE) -> bool:
    """Whether this program has heard of the revision."""
    directory = ScriptDirectory.from_config(_config(scripts))
    return revision in {one.revision for one in directory.walk_revisions()}


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
        await connection.run_sync(_run, _config(scripts))
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


def _config(scripts: Path) -> Config:
    config = Config()
    config.set_main_option("script_location", str(scripts).replace("%", "%%"))
    config.set_main_option("path_separator", "os")
    return config


def _look(connection: Connection) -> tuple[Sequence[str], set[str]]:
    heads = MigrationContext.configure(connection).get_current_heads()
    return heads, set(inspect(connection).get_table_names()) - {VERSIONS}


def _run(connection: Connection, config: Config) -> None:
    config.attributes["connection"] = connection
    command.upgrade(config, "head")
