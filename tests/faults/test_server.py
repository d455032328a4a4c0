"""The whole path on a server of PostgreSQL: the same text of every statement, the same answers."""

import asyncio
import json
from collections import Counter
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.exc import DBAPIError
from typer.testing import CliRunner

from bot.cli.program import program
from bot.cli.refusals import explain
from bot.figures import digests_of
from bot.journal import imports_of
from bot.render import Renderer
from services.ids import ImportId
from services.kept_week import as_json
from storage.database import Database
from storage.leadership import Leadership
from storage.migrations.migrate import upgrade
from storage.schema.journal import relations
from tests.conftest import FrozenClock
from tests.faults.cluster import OWNER, Cluster
from tests.filled import ADMINISTRATOR, FRIDAY, SCHOOL, generated, load
from tests.storage.test_schema_and_migrations import differences

pytestmark = pytest.mark.xdist_group("postgresql")


async def found(database: Database) -> Counter[tuple[str, str, str]]:
    """Every living finding: its identity, severity and facts."""
    async with database.reading() as work:
        living = await work.findings.living(SCHOOL)
    return Counter((one.identity, one.severity, as_numbers(one.facts)) for one in living)


def as_numbers(facts: str) -> str:
    """A truth of SQLite's is 0 or 1."""
    values = {
        name: int(value) if isinstance(value, bool) else value
        for name, value in json.loads(facts).items()
    }
    return json.dumps(values, sort_keys=True, ensure_ascii=False)


async def test_the_tables_are_those_of_the_program(cluster: Cluster, clock: FrozenClock) -> None:
    database = Database.open(cluster.url(await cluster.fresh()), clock=clock)
    assert await upgrade(database, copies=Path("nowhere"))
    assert not await upgrade(database, copies=Path("nowhere"))
    async with database.reading() as work:
        assert await work.connection.run_sync(differences) == []
    await database.close()


async def test_every_rule_finds_the_same_on_both(full: Database, there: Database) -> None:
    here = await found(full)
    assert await found(there) == here
    assert sum(here.values()) > 50


async def test_a_week_says_the_same_on_both(
    full: Database, there: Database, clock: FrozenClock
) -> None:
    weeks: list[Any] = []
    for database in (full, there):
        week = await digests_of(database, clock, Renderer()).week(SCHOOL, "2026-W47", FRIDAY)
        assert week is not None
        said = json.loads(json.dumps(as_json(week)))
        said["findings"].sort(key=repr)
        weeks.append(said)
    assert weeks[0] == weeks[1]


async def living(database: Database) -> dict[str, list[tuple[Any, ...]]]:
    """Every row that the school's present generation shows."""
    shown: dict[str, list[tuple[Any, ...]]] = {}
    async with database.reading() as work:
        generation = await work.journal.generation(SCHOOL)
        for name, table in relations.items():
            columns = [one for one in table.c if one.name not in {"row_id", "born", "died"}]
            alive = (table.c.born <= generation) & (table.c.died > generation)
            rows = await work.connection.execute(select(*columns).where(alive))
            shown[name] = sorted((tuple(row) for row in rows), key=repr)
    return shown


async def test_an_import_undone_is_undone_exactly(there: Database, clock: FrozenClock) -> None:
    before, rows = await found(there), await living(there)
    clock.moment = FRIDAY + timedelta(hours=1)
    await load(there, clock, generated(seed=4).batch, name="b")
    assert await living(there) != rows
    async with there.reading() as work:
        current = await work.journal.current_import(SCHOOL)
    assert current is not None
    await imports_of(there, clock).undo(ADMINISTRATOR, ImportId(current.id))
    assert await living(there) == rows
    assert await found(there) == before


def shell(*words: str) -> str:
    result = CliRunner().invoke(program, list(words))
    assert result.exit_code == 0, (result.stdout, result.stderr)
    return result.stdout


def test_the_shell_does_on_a_server_what_it_does_on_a_file(
    cluster: Cluster, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.logs.set_up", lambda *_: None)  # the log of this process is ours
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("NOW", "2026-10-09T18:00:00+03:00")
    monkeypatch.setenv("DATA_DIR", "var")
    monkeypatch.delenv("TIMEZONE", raising=False)
    shell("generate", "--out", "g", "--classes", "2", "--until", "2026-10-09", "--seed", "5")
    figures = []
    for url in (f"sqlite:///{tmp_path / 'here.db'}", cluster.url(asyncio.run(cluster.fresh()))):
        monkeypatch.setenv("DATABASE_URL", url)
        shell("import", "g/school.xlsx", "--apply")
        said = json.loads(shell("digest", "weekly", "--json"))
        said["as_of"] = said["as_of"][:16]
        figures.append(said)
    assert figures[0] == figures[1]
    assert figures[0]["period"] == "2026-W41"


async def test_a_server_that_lets_nobody_in_says_what_to_mend(
    cluster: Cluster, clock: FrozenClock
) -> None:
    strange = cluster.url("postgres").replace(OWNER, "somebody", 1)
    for url in (cluster.url("no_such_database"), strange):
        database = Database.open(url, clock=clock)
        with pytest.raises(DBAPIError) as refused:
            await Leadership(database=database).take(asyncio.Event())
        assert "пользователя и пароль" in (explain(refused.value) or "")
        await database.close()
