"""Every log of every test is searched for tokens, names and words of people (F47).

Log lines are English events with numbers, so a Cyrillic letter in one is somebody's word.
"""

import logging
import re
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

from bot.logs import TextForm

WATCHED = (
    "bot", "handlers", "services", "storage", "aiogram", "aiohttp", "apscheduler", "sqlalchemy",
    "aiosqlite", "asyncio", "alembic",
)  # fmt: skip
OURS = WATCHED[:4]
_LEAK = re.compile(r"[А-Яа-яЁё]|\d{2,20}:[A-Za-z0-9_-]{20,}|TEST-token")
_LOG_LINE = re.compile(r'\d{4}-\d\d-\d\dT[\d:.+]+ [A-Z]+ |\{"at": "')
"""Other lines of a process are written to whoever started it, in his language."""


class Canary(logging.Handler):
    """Keeps the lines that the program's own form would have put a secret or a word into."""

    def __init__(self) -> None:
        super().__init__()
        self.form = TextForm([])
        self.leaks: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.look([self.form.format(record)])

    def look(self, lines: Iterable[str]) -> None:
        self.leaks += [line for line in lines if _LEAK.search(line)]

    def look_into(self, process: str) -> None:
        """What a process wrote to its stderr."""
        self.look(line for line in process.splitlines() if _LOG_LINE.match(line))


@contextmanager
def watching(canary: Canary, names: Iterable[str] = WATCHED) -> Iterator[None]:
    loggers = [logging.getLogger(name) for name in names]
    for logger in loggers:
        logger.addHandler(canary)
    try:
        yield
    finally:
        for logger in loggers:
            logger.removeHandler(canary)


def files_of(place: Path) -> Iterator[str]:
    """What processes that were started in a test's directory have logged."""
    for file in place.rglob("log.txt"):
        yield file.read_text(errors="replace")
