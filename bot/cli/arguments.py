"""What the command line's words mean: moments, days, rules; a wrong one is wrong usage."""

from collections.abc import Iterable
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import typer

DAY_LENGTH = 10
RUSSIAN_DAY = "%d.%m.%Y"


def day(text: str | None, option: str) -> date | None:
    """2026-11-20 or 20.11.2026; typer.BadParameter (exit code 2) for anything else."""
    if text is None:
        return None
    try:
        if "." in text:
            return datetime.strptime(text, RUSSIAN_DAY).date()  # noqa: DTZ007  # a day has no zone
        return date.fromisoformat(text)
    except ValueError:
        message = f"{option}: нужна дата вида 2026-11-20, а не «{text}»"
        raise typer.BadParameter(message) from None


def moment(text: str | None, option: str) -> datetime | date | None:
    """An ISO moment, with or without an offset, or a day; see ``at``."""
    if text is None:
        return None
    try:
        return date.fromisoformat(text) if len(text) <= DAY_LENGTH else datetime.fromisoformat(text)
    except ValueError:
        message = f"{option}: нужен момент вида 2026-11-20T18:00:00+03:00, а не «{text}»"
        raise typer.BadParameter(message) from None


def at(given: datetime | date, zone: str) -> datetime:
    """The moment as it is where it has an offset, else of the school's zone; a day is its end."""
    here = ZoneInfo(zone)
    if isinstance(given, datetime):
        return given if given.tzinfo is not None else given.replace(tzinfo=here)
    return datetime.combine(given, time(), here) + timedelta(days=1, seconds=-1)


def rules(text: str | None, known: Iterable[str]) -> list[str] | None:
    """Codes of the catalogue in any case; an unknown one is wrong usage."""
    if text is None:
        return None
    codes = [code.strip().upper() for code in text.split(",") if code.strip()]
    wrong = [code for code in codes if code not in set(known)]
    if wrong or not codes:
        message = f"--rules: нет правила {', '.join(wrong) or text!r}, есть {', '.join(known)}"
        raise typer.BadParameter(message)
    return codes
