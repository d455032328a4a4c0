"""The base of answers as a table: what the columns are called, and a file read safely."""

import asyncio
import json
import os
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from services.consultation.entries import Audience
from services.errors import DomainError
from services.journal.container import Container, UnsuitableError, container_of
from services.journal.guard import check

LIMIT = 5 * 1024 * 1024
"""Bytes of a file; a thousand entries take a tenth of it."""
MOST_ROWS = 3000
SECONDS = 60
CODE, SECTION, AUDIENCE, QUESTION, ANSWER = "Код", "Раздел", "Кому", "Вопрос", "Ответ"
ALIASES, RULES, SHOWN = "Синонимы", "Правила", "Показывать"
COLUMNS = (CODE, SECTION, AUDIENCE, QUESTION, ANSWER, ALIASES, RULES, SHOWN)
NEEDED = (QUESTION, ANSWER)
AUDIENCES: Mapping[str, Audience] = {
    "всем": Audience.PUBLIC,
    "сотрудникам": Audience.STAFF,
    "администрации": Audience.ADMINISTRATION,
}
YES, NO = "да", "нет"
_ROOT = Path(__file__).resolve().parents[2]
_INHERITED = ("PATH", "SYSTEMROOT", "TEMP", "TMP", "TMPDIR", "VIRTUAL_ENV")


class NotABaseError(DomainError):
    """No table with the columns «Вопрос» and «Ответ» in it."""

    key = "errors/not-a-base"


class LargeBaseError(DomainError):
    """More than ``limit`` rows."""

    key = "errors/base-too-large"


@dataclass(frozen=True, slots=True)
class Row:
    """A row of the file: ``number`` is its place there, ``cells`` are by column."""

    number: int
    cells: Mapping[str, str]

    def get(self, column: str) -> str:
        return self.cells.get(column, "").strip()


async def read_file(content: bytes) -> list[Row]:
    """A workbook or YAML; NotABaseError for whatever is neither, LargeBaseError for many rows."""
    try:
        await asyncio.to_thread(check, content)
        container = container_of(content)
    except UnsuitableError:
        raise NotABaseError from None
    if container is Container.ZIP:
        return rows_of(await _unpacked("book", content))
    if container is Container.TEXT:
        return entries_of(await _unpacked("notation", content))
    raise NotABaseError


def entries_of(found: Sequence[tuple[int, Mapping[str, str]]]) -> list[Row]:
    """Entries that were written as YAML, by the line where each begins."""
    if not any(all(name in cells for name in NEEDED) for _, cells in found):
        raise NotABaseError
    return _few([Row(line, cells) for line, cells in found])


def rows_of(sheet: Sequence[Sequence[str]]) -> list[Row]:
    """The rows under the line of headings, which is among the first ten."""
    for at, line in enumerate(sheet[:10]):
        headings = [cell.strip().casefold() for cell in line]
        places = {one: headings.index(one.casefold()) for one in COLUMNS if _in(one, headings)}
        if all(one in places for one in NEEDED):
            found = [
                Row(number, {name: row[place] for name, place in places.items()})
                for number, row in enumerate(sheet[at + 1 :], start=at + 2)
                if any(cell.strip() for cell in row)
            ]
            return _few(found)
    raise NotABaseError


def _few(rows: list[Row]) -> list[Row]:
    if len(rows) > MOST_ROWS:
        raise LargeBaseError(limit=MOST_ROWS)
    return rows


def _in(column: str, headings: Sequence[str]) -> bool:
    return column.casefold() in headings


async def _unpacked(kind: str, content: bytes) -> Any:  # noqa: ANN401  # JSON of the child's kind
    child = await asyncio.create_subprocess_exec(
        sys.executable, "-s", "-W", "ignore", "-X", "utf8", "-m",
        "services.consultation.table_child", kind,
        stdin=asyncio.subprocess.PIPE, stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.DEVNULL, cwd=_ROOT, env=_environment(),
    )  # fmt: skip
    try:
        async with asyncio.timeout(SECONDS):
            said, _ = await child.communicate(content)
    except TimeoutError:
        raise NotABaseError from None
    finally:
        if child.returncode is None:
            child.kill()
            await child.wait()
    if child.returncode:
        raise NotABaseError
    return json.loads(said)


def _environment() -> dict[str, str]:
    kept = {name: os.environ[name] for name in _INHERITED if name in os.environ}
    return {**kept, "PYTHONPATH": str(_ROOT), "PYTHONDONTWRITEBYTECODE": "1"}
