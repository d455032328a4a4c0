"""``backup``: a copy of the database, also while the bot runs."""

import asyncio
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from bot import logs
from bot.cli.copies import copies
from bot.cli.refusals import refusals
from bot.settings import Settings, load

if TYPE_CHECKING:
    from storage.backup import Copy

MEGABYTE = 1_000_000


def backup(
    path: Annotated[Path | None, typer.Argument(help="Файл или папка; иначе папка копий.")] = None,
    *,
    new_key: Annotated[
        bool, typer.Option("--new-key", help="Выдать новый ключ для BACKUP_KEY и выйти.")
    ] = False,
) -> None:
    with refusals(), copies():
        if new_key:
            from storage.sealing import new_key as made  # noqa: PLC0415

            typer.echo(made())
            return
        settings = load()
        logs.set_up(settings.log_format, settings.secrets())
        copy = asyncio.run(_backup(settings, path))
        typer.echo(
            f"Копия: {copy.file} ({copy.size / MEGABYTE:.1f} МБ, строк {copy.rows}"
            f"{', запечатана' if copy.sealed else ''}), проверена за {copy.seconds:.1f} с."
        )


async def _backup(settings: Settings, path: Path | None) -> "Copy":
    from bot.backups import backups_of  # noqa: PLC0415
    from storage.database import Database  # noqa: PLC0415

    database = Database.open(settings.database_url, clock=settings.clock())
    try:
        if database.file is not None and not database.file.exists():
            raise FileNotFoundError(2, "такого файла нет", str(database.file))
        return await backups_of(settings, database).make(path)
    finally:
        await database.close()
