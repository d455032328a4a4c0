"""``migrate``: the database brought up to the program without starting the bot."""

import asyncio

import typer

from bot import logs
from bot.cli.refusals import refusals
from bot.settings import Settings, load


def migrate() -> None:
    with refusals():
        settings = load()
        logs.set_up(settings.log_format, settings.secrets())
        with refusals(settings.data_dir):
            changed = asyncio.run(_migrate(settings))
        typer.echo("База обновлена." if changed else "База уже в порядке.")


async def _migrate(settings: Settings) -> bool:
    from storage.database import Database  # noqa: PLC0415
    from storage.lock import only_process  # noqa: PLC0415
    from storage.migrations.migrate import upgrade  # noqa: PLC0415

    database = Database.open(settings.database_url, clock=settings.clock())
    try:
        with only_process(database.file):
            await database.check()
            return await upgrade(database, copies=settings.backups)
    finally:
        await database.close()
