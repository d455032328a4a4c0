"""Why a copy of the database cannot be made or used, in one line."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager

from bot.errors import CopyError


@contextmanager
def copies() -> Iterator[None]:
    """Turn the failures of copying into CopyError."""
    from bot.backups import NoFileError  # noqa: PLC0415  # loaded where it is needed
    from storage.backup import SealedCopyError, UnusableCopyError  # noqa: PLC0415
    from storage.sealing import WrongKeyError  # noqa: PLC0415

    lines: dict[type[BaseException], str] = {
        NoFileError: "База на сервере PostgreSQL: её копии делает pg_dump.",
        UnusableCopyError: "Это не копия базы этой программы или она повреждена: {}.",
        SealedCopyError: "Копия {} запечатана: укажите ключ в BACKUP_KEY.",
        WrongKeyError: "Ключ BACKUP_KEY не подходит к копии {} или она повреждена.",
        sqlite3.Error: "Копия не сделана: база не читается ({}).",
        FileNotFoundError: "Нет такого файла: {}.",
        OSError: "Копия не записана или не прочитана: {}.",
    }
    try:
        yield
    except tuple(lines) as error:
        line = next(line for kind, line in lines.items() if isinstance(error, kind))
        raise CopyError(line.format(_reason(error))) from error


def _reason(error: BaseException) -> str:
    if isinstance(error, FileNotFoundError):
        return f"{error.filename}"
    if isinstance(error, OSError):
        return error.strerror or type(error).__name__
    return f"{error}"
