"""Killed at each statement: the digest comes once (F4), a database is brought up (F33)."""

import shutil
import signal
import sqlite3
from collections.abc import Callable
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest

from services.digest_schedule import JOB
from storage.migrations.migrate import head
from tests.faults.lives import Cradle, cradle
from tests.filled import FRIDAY, filled_file

Record = Callable[[str, object], None]
NEVER = 10**9
MOMENT = FRIDAY.isoformat()
LATER = (FRIDAY + timedelta(minutes=1)).isoformat()
LOADED = "tests.faults.mortal"


@pytest.fixture(scope="module")
def school(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A school with an owner and a bound group, at the digest's hour of its first week."""
    file = filled_file(tmp_path_factory.mktemp("school"))
    with closing(sqlite3.connect(file)) as base:
        base.execute(
            "INSERT INTO people (id, school, user, name, language, created_at)"
            " VALUES (1, 1, 1, 'Имя', 'ru', 0)"
        )
        base.execute(
            "INSERT INTO person_roles (school, person, role, since) VALUES (1, 1, 'director', 0)"
        )
        base.execute(
            "INSERT INTO bound_chats (school, chat, title, bound_at, active)"
            " VALUES (1, -100, '', 0, 1)"
        )
        base.commit()
    return file


async def killed(place: Cradle, call: str, statement: int, *more: object) -> bool:
    """Whether the life came to its statement; the next one always comes to its end."""
    life = await place.begin(f"{LOADED}:{call}", statement, *more)
    code = await life.ended()
    assert code in {0, -signal.SIGKILL}, (place.home / "log.txt").read_text()
    return code != 0


async def finished(place: Cradle, call: str, *more: object) -> None:
    life = await place.begin(f"{LOADED}:{call}", NEVER, *more)
    assert await life.ended() == 0, (place.home / "log.txt").read_text()


def letters(file: Path) -> list[tuple[int, int]]:
    """How many letters each chat has, and the ledger's rows as those of chat 0."""
    with closing(sqlite3.connect(file)) as base:
        assert base.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        put = base.execute("SELECT chat, count(*) FROM outbox GROUP BY chat").fetchall()
        done = base.execute("SELECT count(*) FROM job_runs WHERE job = ?", [JOB]).fetchone()
        return [*put, (0, done[0])]


async def through(
    place: Cradle, call: str, *, every: int, fresh: Callable[[], None], check: Callable[[], None]
) -> int:
    """Kill at statement after statement until the life ends by itself; how many kills."""
    kills = statement = 0
    while True:
        statement += every
        fresh()
        if not await killed(place, call, statement, *((MOMENT,) if call == "digest" else ())):
            return kills
        kills += 1
        await finished(place, call, *((LATER,) if call == "digest" else ()))
        check()


@pytest.mark.parametrize("every", [29, pytest.param(1, marks=pytest.mark.long)])
async def test_a_digest_killed_at_a_statement_comes_once(
    school: Path, tmp_path: Path, record_property: Record, every: int
) -> None:
    file = tmp_path / "yozh.db"

    def fresh() -> None:
        for part in tmp_path.glob("yozh.db*"):
            part.unlink()
        shutil.copy(school, file)

    def check() -> None:
        assert letters(file) == [(-100, 1), (1, 1), (0, 1)]

    async with cradle(tmp_path, LOADED) as place:
        kills = await through(place, "digest", every=every, fresh=fresh, check=check)
    record_property("figures", f"kills {kills}, digests a period 1")
    assert kills > 3


@pytest.mark.parametrize("every", [23, pytest.param(1, marks=pytest.mark.long)])
async def test_a_migration_killed_at_a_statement_is_done_by_the_next_start(
    tmp_path: Path, record_property: Record, every: int
) -> None:
    file = tmp_path / "yozh.db"

    def fresh() -> None:
        for part in tmp_path.glob("yozh.db*"):
            part.unlink()

    def check() -> None:
        with closing(sqlite3.connect(file)) as base:
            assert base.execute("PRAGMA integrity_check").fetchone() == ("ok",)
            assert base.execute("SELECT version_num FROM alembic_version").fetchall() == [(head(),)]

    async with cradle(tmp_path, LOADED) as place:
        kills = await through(place, "migrate", every=every, fresh=fresh, check=check)
    record_property("figures", f"kills {kills}, failures 0")
    assert kills > 3
