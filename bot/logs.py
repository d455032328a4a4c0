"""Logs: an event and its facts a line, an id per update and job; no token, name or text ever."""

import json
import logging
import re
import sys
import traceback
from collections.abc import Iterable
from contextvars import ContextVar
from datetime import UTC, datetime
from typing import Any

doing: ContextVar[dict[str, object] | None] = ContextVar("doing", default=None)
"""What this task is busy with: ``{"update": 7}`` or ``{"job": "weekly", "school": 1}``."""

SHOWN = 15
"""Failures of a group that are shown, as Python itself does."""

_TOKEN = re.compile(r"\d{3,20}:[A-Za-z0-9_-]{20,}")
_OWN = frozenset(logging.makeLogRecord({}).__dict__) | {"message", "asctime", "taskName"}
_QUIET = ("aiogram", "aiohttp", "apscheduler", "sqlalchemy", "aiosqlite", "asyncio", "alembic")


class _Form(logging.Formatter):
    """Common to both forms: the facts of a record and the masking of secrets."""

    def __init__(self, secrets: Iterable[str]) -> None:
        super().__init__()
        kept = sorted((re.escape(one) for one in secrets if one), key=len, reverse=True)
        self._secret = re.compile("|".join([*kept, _TOKEN.pattern]))

    def mask(self, text: str) -> str:
        return self._secret.sub("***", text)

    def failure(self, record: logging.LogRecord) -> str:
        """Places and types without messages: those of libraries quote what people wrote."""
        error = record.exc_info[1] if record.exc_info else None
        return _told(error) if error is not None else ""


class TextForm(_Form):
    def format(self, record: logging.LogRecord) -> str:
        facts = "".join(f" {name}={value}" for name, value in _facts(record).items())
        line = f"{_moment(record)} {record.levelname} {record.name}: {record.getMessage()}{facts}"
        if record.exc_info:
            line += "\n" + self.failure(record)
        return self.mask(line)


class JsonForm(_Form):
    def format(self, record: logging.LogRecord) -> str:
        line: dict[str, Any] = {
            "at": _moment(record),
            "level": record.levelname,
            "logger": record.name,
            "event": record.getMessage(),
            **_facts(record),
        }
        if record.exc_info:
            line["failure"] = self.failure(record)
        return self.mask(json.dumps(line, ensure_ascii=False, default=str))


def set_up(form: str, secrets: Iterable[str]) -> None:
    """Everything to stderr in ``form`` (``text`` or ``json``), third parties from warnings on."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter((JsonForm if form == "json" else TextForm)(secrets))
    logging.basicConfig(level=logging.INFO, handlers=[handler], force=True)
    for name in _QUIET:
        logging.getLogger(name).setLevel(logging.WARNING)


def _facts(record: logging.LogRecord) -> dict[str, object]:
    extra = {name: value for name, value in vars(record).items() if name not in _OWN}
    return {**(doing.get() or {}), **extra}


def _moment(record: logging.LogRecord) -> str:
    return datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds")


def _told(error: BaseException) -> str:
    """The chain of failures, the first one first."""
    before = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
    lines = [_told(before)] if before is not None else []
    lines += [frame.rstrip("\n") for frame in _frames(error)]
    lines.append(f"{type(error).__module__}.{type(error).__qualname__}")
    if isinstance(error, BaseExceptionGroup):
        lines += _members(error)
    return "\n".join(lines)


def _members(group: BaseExceptionGroup[BaseException]) -> list[str]:
    """Each failure of a group, set off, under its number."""
    lines = []
    for number, error in enumerate(group.exceptions[:SHOWN], start=1):
        lines.append(f"  {number} of {len(group.exceptions)}:")
        lines += [f"    {line}" for line in _told(error).split("\n")]
    return lines


def _frames(error: BaseException) -> list[str]:
    """Places only: a source line may hold a text too."""
    return [
        f"  {frame.filename}:{frame.lineno} in {frame.name}"
        for frame in traceback.extract_tb(error.__traceback__)
    ]
