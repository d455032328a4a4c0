"""Migrations make exactly what the schema declares."""

from pathlib import Path

from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import Connection, text

from storage.database import Database
from storage.migrations.migrate import upgrade
from storage.schema import metadata
from storage.schema.views import VIEWS
from tests.conftest import FrozenClock


def differences(connection: Connection) -> list[object]:
    context = MigrationContext.configure(connection, opts={"compare_type": True})
    return list(compare_metadata(context, metadata))


async def migrated(folder: Path) -> Database:
    database = Database.open(f"sqlite+aiosqlite:///{folder / 'new.db'}", clock=FrozenClock())
    await upgrade(database, copies=folder)
    return database


async def test_the_schema_and_the_migrations_agree(tmp_path: Path) -> None:
    database = await migrated(tmp_path)
    async with database.reading() as work:
        assert await work.connection.run_sync(differences) == []
    await database.close()


async def test_the_migrations_make_the_journal_views(tmp_path: Path) -> None:
    database = await migrated(tmp_path)
    async with database.reading() as work:
        found = await work.connection.execute(
            text("SELECT name, sql FROM sqlite_master WHERE type = 'view'")
        )
        made = {row.name: " ".join(row.sql.split()) for row in found}
    await database.close()
    assert made == {
        name: f"CREATE VIEW {name} AS {' '.join(select.split())}" for name, select in VIEWS.items()
    }
