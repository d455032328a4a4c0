"""``check``: settings, database and token looked at, nothing changed."""

import asyncio

import typer

from bot import lean_aiogram, logs
from bot.cli.refusals import refusals
from bot.settings import Settings, load


def check() -> None:
    with refusals():
        settings = load()
        token = settings.token
        logs.set_up(settings.log_format, settings.secrets())
        typer.echo("Настройки: в порядке.")
        with refusals(settings.data_dir):
            typer.echo(f"База: {asyncio.run(_database(settings))}.")
            typer.echo(f"Токен: в порядке, бот @{asyncio.run(_username(settings, token))}.")


async def _database(settings: Settings) -> str:
    from storage.database import Database  # noqa: PLC0415
    from storage.migrations.migrate import NewerDatabaseError, head, known, revision  # noqa: PLC0415

    database = Database.open(settings.database_url, clock=settings.clock())
    if database.file is not None and not database.file.exists():
        return "ещё не создана, появится при запуске"
    try:
        await database.check()
        found = await revision(database)
    finally:
        await database.close()
    if found is not None and not known(found):
        raise NewerDatabaseError(found)
    return "в порядке" if found == head() else "будет обновлена при запуске"


async def _username(settings: Settings, token: str) -> str:
    lean_aiogram.load()
    from bot.wire import username  # noqa: PLC0415  # aiogram takes seconds to load

    return await username(settings, token)
