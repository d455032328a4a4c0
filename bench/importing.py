"""A workbook of 200 000 marks imported whole, against its reading and writing alone.

python -m bench.importing
"""

import asyncio
import sqlite3
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter

from python_calamine import CalamineWorkbook
from xlsxwriter import Workbook

from bot.journal import imports_of
from services.access import Actor, Role
from services.clock import SystemClock
from services.ids import ChatId, ImportId
from services.journal.reading import SourceFile, digest, read
from services.journal.sources import sources_of
from storage.database import Database
from storage.migrations.migrate import upgrade

ROWS = 200_000
HEADER = ("Дата", "Урок", "Класс", "Группа", "Предмет", "№", "Отметка", "Вид работы", "Внесено")
SUBJECTS = ("Математика", "Русский язык", "Физика", "История", "Химия", "Биология", "Литература")


async def measured() -> dict[str, float]:
    """Seconds of the floor (calamine's reading + executemany) and of the import; their ratio."""
    content = workbook()
    clock = SystemClock()
    with TemporaryDirectory() as folder:
        directory = Path(folder)
        floor = floor_s(content, directory / "floor.db")
        database = Database.open(f"sqlite+aiosqlite:///{directory}/bench.db", clock=clock)
        await upgrade(database, copies=directory)
        async with database.unit_of_work() as work:
            school = await work.schools.add(name="Школа", timezone="Europe/Moscow", at=clock.now())
        actor = Actor(chat=ChatId(0), school=school, roles=frozenset({Role.ADMINISTRATOR}))
        imports = imports_of(database, clock)
        begun = perf_counter()
        readings = await read([SourceFile("marks.xlsx", content)], zone="Europe/Moscow")
        preview = await imports.preview(actor, sources_of(readings))
        spent = [perf_counter() - begun]
        await imports.apply(actor, ImportId(preview.number))
        begun = perf_counter()
        same = [("marks.xlsx", await digest(SourceFile("marks.xlsx", content)))]
        assert await imports.repeated(school, same) is not None
        spent.append(perf_counter() - begun)
        await database.close()
    return {
        "floor_s": round(floor, 2),
        "import_s": round(spent[0], 2),
        "unchanged_s": round(spent[1], 2),
        "import_by_floor": round(spent[0] / floor, 2),
        "unchanged_by_import": round(spent[1] / spent[0], 3),
    }


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


def floor_s(content: bytes, path: Path) -> float:
    """The same cells read by calamine and written by executemany, with nothing in between."""
    begun = perf_counter()
    sheet = CalamineWorkbook.from_filelike(BytesIO(content)).get_sheet_by_index(0)
    read_rows = sheet.to_python()[1:]
    with sqlite3.connect(path) as connection:
        connection.execute("PRAGMA journal_mode=WAL")
        columns = ", ".join(f"c{at}" for at in range(len(HEADER)))
        connection.execute(f"CREATE TABLE marks ({columns})")
        places = ", ".join("?" * len(HEADER))
        connection.executemany(f"INSERT INTO marks VALUES ({places})", read_rows)  # noqa: S608
    connection.close()
    return perf_counter() - begun


def run() -> dict[str, float]:
    return asyncio.run(measured())


if __name__ == "__main__":
    print(run())
