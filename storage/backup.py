"""Copies of the database: made while it is in use, opened and counted before they count as made.

All functions block; they are run in a thread.
"""

import os
import re
import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from time import perf_counter

from storage.migrations.migrate import VERSIONS, NewerDatabaseError, copy, known
from storage.sealing import is_sealed, seal, unseal

NIGHTS, WEEKS, MONTHS = 7, 5, 12
"""How many copies stay: of the last nights, one a week, one a month."""
BEFORE_MIGRATION = 3
SEALED = ".db.sealed"
_NAME = re.compile(r"yozh-(\d{8}-\d{6})\.db(\.sealed)?")


class UnusableCopyError(Exception):
    """The file is no copy of this program's database, or it is damaged; ``args[0]`` says what."""


class SealedCopyError(Exception):
    """The copy is sealed and there is no key."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Copy:
    """A copy that was opened, checked and counted."""

    file: Path
    size: int
    rows: int
    revision: str
    sealed: bool
    seconds: float


def name_of(moment: datetime, *, sealed: bool) -> str:
    return f"yozh-{moment:%Y%m%d-%H%M%S}{SEALED if sealed else '.db'}"


def make(source: Path, target: Path, *, key: bytes | None = None) -> Copy:
    """Copy the database ``source`` into ``target``, sealed where there is a ``key``.

    ``target`` has its name only once it is whole and was read back.
    """
    begun = perf_counter()
    target.parent.mkdir(parents=True, exist_ok=True)
    with _scratch(target, ".plain") as plain:
        copy(source, plain)
        revision, rows = inspect(plain)
        if key is None:
            _publish(plain, target)
        else:
            with _scratch(target, ".seal") as sealed, _scratch(target, ".again") as again:
                seal(plain, sealed, key)
                unseal(sealed, again, key)
                if inspect(again) != (revision, rows):
                    raise UnusableCopyError(target.name)
                _publish(sealed, target)
    return Copy(
        file=target,
        size=target.stat().st_size,
        rows=rows,
        revision=revision,
        sealed=key is not None,
        seconds=perf_counter() - begun,
    )


def inspect(file: Path) -> tuple[str, int]:
    """The revision and the number of rows; raise UnusableCopyError for what cannot be used."""
    try:
        with closing(sqlite3.connect(f"{file.absolute().as_uri()}?mode=ro", uri=True)) as base:
            [(found,)] = base.execute("PRAGMA integrity_check(1)").fetchall()
            tables = [name for (name,) in base.execute(_TABLES)]
            if found != "ok" or VERSIONS not in tables:
                raise UnusableCopyError(found)
            revisions = base.execute(f"SELECT version_num FROM {VERSIONS}").fetchall()  # noqa: S608
            counts = [base.execute(f'SELECT count(*) FROM "{name}"') for name in tables]  # noqa: S608
            return revisions[0][0], sum(one.fetchone()[0] for one in counts)
    except (sqlite3.Error, IndexError) as error:
        raise UnusableCopyError(str(error)) from error


_TABLES = "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'"


def restore(backup: Path, file: Path, *, kept: Path, key: bytes | None = None) -> Copy:
    """Put ``backup`` in the place of the database ``file``, which is moved to ``kept`` first.

    Whoever calls holds the database's lock. Raise UnusableCopyError, SealedCopyError,
    NewerDatabaseError, storage.sealing.WrongKeyError, or OSError, and leave everything as it was.
    """
    begun = perf_counter()
    if not backup.is_file():
        raise FileNotFoundError(2, "No such file", str(backup))
    with _scratch(file, ".restored") as plain:
        sealed = is_sealed(backup)
        if sealed and key is None:
            raise SealedCopyError(backup.name)
        if sealed and key is not None:
            unseal(backup, plain, key)
        else:
            _duplicate(backup, plain)
        revision, rows = inspect(plain)
        if not known(revision):
            raise NewerDatabaseError(revision)
        _move_away(file, kept)
        _publish(plain, file)
    return Copy(
        file=file,
        size=file.stat().st_size,
        rows=rows,
        revision=revision,
        sealed=sealed,
        seconds=perf_counter() - begun,
    )


def _duplicate(backup: Path, plain: Path) -> None:
    """A copy of SQLite's may have a log beside it; both are read, neither is touched."""
    try:
        copy(backup, plain)
    except sqlite3.Error as error:
        raise UnusableCopyError(str(error)) from error


def _move_away(file: Path, kept: Path) -> None:
    """The present database, damaged or not: its log goes into it first, or else leaves first."""
    kept.parent.mkdir(parents=True, exist_ok=True)
    if file.exists():
        with suppress(sqlite3.Error), closing(sqlite3.connect(file)) as base:
            base.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    for ending in ("-wal", "-shm", ""):
        part = file.with_name(file.name + ending)
        if part.exists():
            part.replace(kept.with_name(kept.name + ending))


def rotate(directory: Path) -> list[Path]:
    """Remove copies that no night, week or month needs; what was removed."""
    mine = sorted(file for file in directory.glob("yozh-*") if _NAME.fullmatch(file.name))
    keep = set(mine[-NIGHTS:])
    keep |= _newest(mine, "%G-%V", WEEKS) | _newest(mine, "%Y-%m", MONTHS)
    before = sorted(directory.glob("*-before-*.db"), key=lambda file: file.stat().st_mtime)
    gone = [file for file in mine if file not in keep] + before[:-BEFORE_MIGRATION]
    for file in gone:
        file.unlink()
    return gone


def _newest(files: Iterable[Path], period: str, count: int) -> set[Path]:
    """The last copy of each of the last ``count`` periods."""
    last: dict[str, Path] = {}
    for file in files:
        found = _NAME.fullmatch(file.name)
        if found is not None:
            moment = datetime.strptime(found[1], "%Y%m%d-%H%M%S")  # noqa: DTZ007  # a name
            last[moment.strftime(period)] = file
    return set([last[name] for name in sorted(last)][-count:])


@contextmanager
def _scratch(target: Path, ending: str) -> Iterator[Path]:
    """A file of our own beside the target; nothing is left of it."""
    file = target.with_name(f".{target.name}{ending}")
    parts = (file, file.with_name(f"{file.name}-wal"), file.with_name(f"{file.name}-shm"))
    file.unlink(missing_ok=True)
    os.close(os.open(file, os.O_CREAT | os.O_WRONLY, 0o600))
    try:
        yield file
    finally:
        for part in parts:
            part.unlink(missing_ok=True)


def _publish(made: Path, target: Path) -> None:
    """Give it its name once every byte of it is on the disk."""
    made.chmod(0o600)
    with made.open("rb+") as written:
        os.fsync(written.fileno())
    made.replace(target)
    directory = os.open(target.parent, os.O_RDONLY)
    try:
        os.fsync(directory)
    finally:
        os.close(directory)
