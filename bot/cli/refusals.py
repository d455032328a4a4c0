"""One line that says what to mend, for every reason why a command cannot be done."""

import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import typer

from bot.errors import AnotherPollerError, CopyError, RefusedTokenError, UnreachableMessengerError
from bot.settings import SettingsError

log = logging.getLogger(__name__)


@contextmanager
def refusals(data_dir: Path | None = None) -> Iterator[None]:
    """Turn what is known into a line on stderr and exit code 1; the rest is logged besides."""
    try:
        yield
    except (typer.Exit, typer.Abort, BrokenPipeError):
        raise
    except Exception as error:
        line = explain(error, data_dir)
        if line is None:
            log.exception("command failed")
            line = f"Сбой программы ({type(error).__name__}), подробности строкой выше."
        typer.echo(line, err=True)
        raise typer.Exit(1) from error


def explain(error: BaseException, data_dir: Path | None = None) -> str | None:
    """The line for a known reason, else None."""
    if isinstance(error, SettingsError | CopyError):
        return str(error)
    if isinstance(error, ModuleNotFoundError) and error.name == "asyncpg":
        return "Для базы PostgreSQL нужен модуль asyncpg: установите его или смените DATABASE_URL."
    if (line := _LINES.get(type(error))) is not None:
        return line
    return _storage(error, data_dir)


_LINES: dict[type[BaseException], str] = {
    RefusedTokenError: "Сервер не принял токен бота: проверьте BOT_TOKEN у @BotFather.",
    AnotherPollerError: (
        "Обновления этого бота уже получает другая программа или у бота включён вебхук (409): "
        "остановите её или снимите вебхук."
    ),
    UnreachableMessengerError: (
        "Сервер Bot API не отвечает: проверьте сеть, BOT_API_URL и BOT_API_PROXY."
    ),
}


def _storage(error: BaseException, data_dir: Path | None) -> str | None:
    """The storage's own reasons; its libraries are loaded by whoever met one of them."""
    from sqlalchemy.exc import DBAPIError, InterfaceError, OperationalError  # noqa: PLC0415

    from storage.database import DamagedDatabaseError  # noqa: PLC0415
    from storage.leadership import LostLeadershipError  # noqa: PLC0415
    from storage.lock import DatabaseInUseError  # noqa: PLC0415
    from storage.migrations.migrate import (  # noqa: PLC0415
        ForeignDatabaseError,
        NewerDatabaseError,
    )

    lines: list[tuple[type[BaseException], Callable[[], str]]] = [
        (DatabaseInUseError, lambda: _IN_USE.format(error)),
        (LostLeadershipError, lambda: _TAKEN_OVER),
        (NewerDatabaseError, lambda: _NEWER.format(error)),
        (ForeignDatabaseError, lambda: _FOREIGN),
        (DamagedDatabaseError, lambda: _damaged(data_dir)),
        (InterfaceError, lambda: _CLOSED),
        (OperationalError, lambda: _CLOSED),
        (OSError, lambda: f"{_CLOSED[:-1]} ({getattr(error, 'strerror', None) or 'сбой'})."),
    ]
    if isinstance(error, DBAPIError) and _code(error.orig).startswith(_NOT_LET_IN):
        return "Сервер базы не пустил: проверьте имя базы, пользователя и пароль в DATABASE_URL."
    return next((line() for kind, line in lines if isinstance(error, kind)), None)


_NOT_LET_IN = ("28", "3D")
"""Classes of SQLSTATE: no such user or password, no such database."""


def _code(error: BaseException | None) -> str:
    return getattr(error, "sqlstate", None) or ""


_IN_USE = "База {} уже занята другим процессом: остановите его или укажите другую в DATABASE_URL."
_TAKEN_OVER = "Пока этот процесс был недоступен, базу занял другой процесс: этот остановлен."
_NEWER = "База новее программы (версия {}): обновите программу или верните прежнюю копию базы."
_FOREIGN = "В базе чужие таблицы: укажите в DATABASE_URL другую базу."
_CLOSED = "База недоступна: проверьте DATABASE_URL, права и место на диске."


def _damaged(data_dir: Path | None) -> str:
    from storage.migrations.migrate import newest_copy  # noqa: PLC0415

    copies = (data_dir or Path("var")) / "backups"
    newest = newest_copy(copies)
    kept = f"последняя копия: {newest}" if newest else f"копий в {copies} нет"
    return f"База повреждена или это не база: верните её из копии ({kept})."
