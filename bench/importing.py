"""A workbook of 200 000 marks imported whole, against its reading and writing alone.

python -m bench.importing
"""

import asyncio
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from functools import partial
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter
from typing import Any, TypeVar

from python_calamine import CalamineWorkbook
from xlsxwriter import Workbook

from bench.schools import opened
from bot.journal import imports_of
from services.ids import ImportId
from services.journal.reading import SourceFile, digest, read
from services.journal.sources import sources_of
from storage.database import Database

T = TypeVar("T")

ROWS = 200_000
HEADER = ("Дата", "Урок", "Класс", "Группа", "Предмет", "№", "Отметка", "Вид работы", "Внесено")
SUBJECTS = ("Математика", "Русский язык", "Физика", "История", "Химия", "Биология", "Литература")


async def measured() -> dict[str, float]:
    """Seconds of the import and of two floors, both calamine's reading and one ``executemany``.

    ``bare``: the cells into a table without keys or indexes. ``floor``: the rows that the journal
    keeps, into its own table. An import resolves names, compares and stages besides.
    """
    content = workbook()
    with TemporaryDirectory() as folder:
        directory = Path(folder)
        reading, cells = timed(lambda: _cells(content))
        bare, _ = timed(partial(_write_bare, cells, directory / "bare.db"))
        del cells
        async with opened(directory) as (database, actor):
            imports = imports_of(database, database.clock)
            begun = perf_counter()
            readings = await read([SourceFile("marks.xlsx", content)], zone="Europe/Moscow")
            preview = await imports.preview(actor, sources_of(readings))
            spent = perf_counter() - begun
            writing = await _write_kept(database, directory / "kept.db")
            await imports.apply(actor, ImportId(preview.number))
            begun = perf_counter()
            same = [("marks.xlsx", await digest(SourceFile("marks.xlsx", content)))]
            assert actor.school is not None
            assert await imports.repeated(actor.school, same) is not None
            unchanged = perf_counter() - begun
    floor = reading + writing
    return {
        "floor_s": round(floor, 2),
        "bare_s": round(reading + bare, 2),
        "import_s": round(spent, 2),
        "unchanged_s": round(unchanged, 2),
        "import_by_floor": round(spent / floor, 2),
        "import_by_bare": round(spent / (reading + bare), 2),
        "unchanged_by_import": round(unchanged / spent, 3),
    }


def timed(step: Callable[[], T]) -> tuple[float, T]:
    begun = perf_counter()
    result = step()
    return perf_counter() - begun, result


def workbook() -> bytes:
    """Marks of 25 classes over 34 weeks, as an export has them."""
    target = BytesIO()
    with Workbook(target, {"constant_memory": True}) as book:
        sheet = book.add_worksheet("Отметки")
        sheet.write_row(0, 0, HEADER)
        for at, row in enumerate(rows(), 1):
            sheet.write_row(at, 0, row)
    return target.getvalue()


def rows() -> Iterator[tuple[object, ...]]:
    for index in range(ROWS):
        lesson, pupil = divmod(index, 25)
        day, number = divmod(lesson, 6)
        school_day, unit = divmod(day, 25)
        month, of_month = divmod(school_day % 240, 28)
        date = f"{of_month + 1:02}.{(month + 8) % 12 + 1:02}.{2026 + (month > 3)}"
        yield (
            date, number + 1, f"{unit % 11 + 1}{'АБВ'[unit // 11]}", None,
            SUBJECTS[(lesson + unit) % 7], pupil + 1, 2 + index % 4, "Ответ на уроке",
            f"{date} 15:00",
        )  # fmt: skip


def _cells(content: bytes) -> list[list[Any]]:
    sheet = CalamineWorkbook.from_filelike(BytesIO(content)).get_sheet_by_index(0)
    return sheet.to_python()[1:]


def _write_bare(cells: list[list[Any]], path: Path) -> None:
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute("PRAGMA journal_mode=WAL")
        columns = ", ".join(f"c{at}" for at in range(len(HEADER)))
        connection.execute(f"CREATE TABLE marks ({columns})")
        places = ", ".join("?" * len(HEADER))
        connection.executemany(f"INSERT INTO marks VALUES ({places})", cells)  # noqa: S608


async def _write_kept(database: Database, path: Path) -> float:
    """Seconds of the staged rows, in the file's order, into the same table of another database."""
    async with database.reading() as work:
        found = await work.connection.exec_driver_sql(
            "SELECT * FROM marks ORDER BY day, class_unit"
        )
        kept = [tuple(row) for row in found]
        tables = await work.connection.exec_driver_sql(
            "SELECT sql FROM sqlite_master WHERE tbl_name = 'marks' AND sql IS NOT NULL"
        )
        ddl = [row[0] for row in tables]
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("PRAGMA journal_mode=WAL")
        for statement in ddl:
            connection.execute(statement)
        places = ", ".join("?" * len(kept[0]))
        begun = perf_counter()
        with connection:
            connection.executemany(f"INSERT INTO marks VALUES ({places})", kept)  # noqa: S608
        return perf_counter() - begun


def run() -> dict[str, float]:
    return asyncio.run(measured())


if __name__ == "__main__":
    print(run())
