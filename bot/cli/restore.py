"""``restore``: a copy takes the database's place; what stood there is kept."""

from pathlib import Path
from typing import Annotated

import typer

from bot import logs
from bot.cli.copies import copies
from bot.cli.refusals import refusals
from bot.settings import Settings, load


def restore(
    path: Annotated[Path, typer.Argument(help="Копия, сделанная командой backup.")],
) -> None:
    with refusals(), copies():
        settings = load()
        logs.set_up(settings.log_format, settings.secrets())
        typer.echo(_restore(settings, path))


def _restore(settings: Settings, path: Path) -> str:
    from bot.backups import NoFileError  # noqa: PLC0415
    from storage.backup import restore as put_back  # noqa: PLC0415
    from storage.engines import sqlite_file  # noqa: PLC0415
    from storage.lock import only_process  # noqa: PLC0415

    file = sqlite_file(settings.database_url)
    if file is None:
        raise NoFileError
    moment = settings.clock().now()
    kept = settings.backups / f"{file.stem}-{moment:%Y%m%d-%H%M%S}-replaced.db"
    with only_process(file):
        made = put_back(path, file, kept=kept, key=settings.sealing_key)
    before = f" Прежняя база: {kept}." if kept.exists() else ""
    return f"База восстановлена: строк {made.rows}, за {made.seconds:.1f} с.{before}"
