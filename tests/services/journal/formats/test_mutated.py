"""Files of every format changed by chance: rows or one sentence, never a crash (F39)."""

import random
from collections.abc import Callable

import pytest

from services.ids import SchoolId
from services.journal.dates import Cell
from services.journal.imports import Source
from services.journal.model import Batch
from services.journal.reading import SourceFile
from services.journal.reading import read as read_files
from storage.database import Database
from tests.faults.fuzz import read_here
from tests.faults.odd_files import ODD
from tests.services.completeness.book import Book
from tests.services.journal.formats import (
    test_f3,
    test_f4,
    test_f5,
    test_f6,
    test_f7,
    test_f8,
    test_f9,
    test_f10,
    test_f11,
    test_f13,
)
from tests.services.journal.formats.biff import binary_workbook
from tests.services.journal.formats.made import Rows, table
from tests.services.journal.formats.school import School
from tests.services.readers.books import workbook

MUTATIONS = 40
EVERY = 12
"""Of those that are read, every so many are looked at as an import."""

TABLES: dict[str, tuple[str, Rows]] = {
    "F3": ("отчёт", [test_f3.HEADER, *test_f3.ROWS]),
    "F4": ("5А алгебра 2026-2027", [("№", "ФИО", *test_f4.DAYS), *(
        (place, *row) for place, row in enumerate(test_f4.NAMES, 1))]),
    "F5": ("журнал", [test_f5.HEADER, test_f5.LINE, test_f5.LINE]),
    "F6": ("КТП Алгебра 5А", test_f6.VARIANTS[
        "a number, a day held, a topic, hours, homework"]),
    "F7": ("список", [test_f7.HEADER, test_f7.IVAN, test_f7.ANNA]),
    "F8": ("нагрузка школы", [test_f8.HEADER, (1, "Ким О.В.", "", "Труд", "5А, 5Б", 2)]),
    "F9": ("файл", test_f9.GRID),
    "F10": ("замены школы", [test_f10.HEADER, ("20.11.2026", 1, "5А", "Труд", "А Б.", "В Г.", "")]),
    "F11": ("Смирнов Иван 5А 2026-2027", test_f11.ROWS),
}  # fmt: skip
PAGE = Callable[[Rows], bytes]
PACKS: dict[str, PAGE] = {
    "xlsx": lambda rows: workbook({"Лист1": rows}),
    "xls": binary_workbook,
    "csv": table,
    "html": lambda rows: test_f3.page(rows).encode(),
}


def plain(cell: Cell) -> Cell:
    """The binary writer knows texts and numbers only."""
    return cell if isinstance(cell, (int, float, str)) else str(cell or "")


def changed(rows: Rows, chance: random.Random) -> list[list[Cell]]:
    """A few cells, rows and columns otherwise than they were."""
    made = [list(map(plain, row)) for row in rows]
    for _ in range(chance.randint(1, 4)):
        row = chance.choice(made)
        match chance.randrange(6):
            case 0 | 1 if row:
                row[chance.randrange(len(row))] = chance.choice(ODD).replace("\0", "")
            case 2:
                made.insert(chance.randrange(len(made)), list(row))
            case 3 if row:
                row.pop(chance.randrange(len(row)))
            case 4:
                row.insert(chance.randint(0, len(row)), chance.choice((5, 12.09, 1e300, -1, "Н")))
            case _:
                chance.shuffle(row)
    return made


@pytest.mark.parametrize("kind", TABLES)
async def test_a_changed_table_gives_rows_or_one_sentence(kind: str, database: Database) -> None:
    chance = random.Random(kind)  # noqa: S311  # repeatable
    school = School(Book(database))
    await school.book.load()
    name, rows = TABLES[kind]
    read: list[Batch] = []
    for _ in range(MUTATIONS):
        ending = chance.choice(list(PACKS))
        found = read_here(f"{name}.{ending}", PACKS[ending](changed(rows, chance)))
        if found.batch is None:
            assert found.failure
            assert found.failure.endswith(".")
            assert "\n" not in found.failure
        else:
            read.append(found.batch)
    assert len(read) > MUTATIONS / 4
    for number, batch in enumerate(read[::EVERY]):
        await look(school, f"{number}", batch)


async def look(school: School, name: str, batch: Batch) -> None:
    """It can be previewed, and nothing of it is a crash."""
    from bot.journal import imports_of  # noqa: PLC0415  # heavy

    database = school.book.database
    imports = imports_of(database, database.clock)
    preview = await imports.look(SchoolId(1), [Source(f"{name}.xlsx", name, "", batch)])
    assert preview.taken >= 0


@pytest.mark.parametrize("kind", [*TABLES, "F13"])
def test_damaged_bytes_give_rows_or_one_sentence(kind: str) -> None:
    chance = random.Random(f"bytes of {kind}")  # noqa: S311  # repeatable
    refused = 0
    for _ in range(MUTATIONS):
        content = bytearray(whole(kind, chance))
        for _ in range(chance.randint(1, 8)):
            at = chance.randrange(len(content))
            content[at : at + chance.randint(0, 3)] = chance.randbytes(chance.randint(0, 3))
        found = read_here(f"{kind}.xls", bytes(content))
        refused += found.batch is None
        assert found.batch is not None or (found.failure or "").endswith(".")
    assert refused


def whole(kind: str, chance: random.Random) -> bytes:
    if kind == "F13":
        return test_f13.archive()
    _, rows = TABLES[kind]
    packs = [pack for ending, pack in PACKS.items() if ending != "xls"]
    return chance.choice(packs)([list(map(plain, row)) for row in rows])


async def test_damaged_binary_books_end_the_child_at_most() -> None:
    """Such a book may end the whole process that opens it, so these are read as in life."""
    chance = random.Random("binary")  # noqa: S311  # repeatable
    content = binary_workbook([list(map(plain, row)) for row in TABLES["F11"][1]])
    files = []
    for number in range(4):
        at = chance.randrange(512, len(content))
        spoiled = content[:at] + chance.randbytes(4) + content[at + 4 :]
        files.append(SourceFile(f"{number}.xls", spoiled))
    for found in await read_files(files, zone="Europe/Moscow"):
        assert found.batch is not None or (found.failure or "").endswith(".")
