"""Whatever is sent, there is one sentence, in bounded time and memory."""

import contextlib
import hashlib
import os
import resource
import struct
import time
import zipfile
from io import BytesIO
from pathlib import Path

import pytest
import python_calamine
from hypothesis import given, settings
from hypothesis import strategies as st

from services.journal import guard, reading
from services.journal.container import UnsuitableError
from services.journal.readers import tables
from services.journal.reading import FileReading, SourceFile, read
from tests.services.readers.books import LESSONS, MARKS, packed, parsed, repacked, workbook

LESSON = ("20.11.2026", 2, "5А", "Алгебра", "Иванова И.И.", "Дроби", "№ 5")
GOOD = workbook({"Уроки": [LESSONS, LESSON]})
SHEET = "xl/worksheets/sheet1.xml"
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504)


def sheet_xml(cells: str, head: str = "") -> bytes:
    space = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    text = f'<?xml version="1.0"?>{head}<worksheet xmlns="{space}"><sheetData>{cells}'
    return f"{text}</sheetData></worksheet>".encode()


def with_sheet(cells: str, head: str = "") -> bytes:
    return repacked(GOOD, {SHEET: sheet_xml(cells, head)})


def cell(reference: str) -> str:
    row = reference.lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ")
    return f'<row r="{row}"><c r="{reference}"><v>1</v></c></row>'


def encrypted_zip() -> bytes:
    """The good book with the flag of encryption on every part."""
    with zipfile.ZipFile(BytesIO(GOOD)) as archive:
        offsets = [entry.header_offset for entry in archive.infolist()]
    content = bytearray(GOOD)
    for offset in offsets:
        content[offset + 6] |= 1
    directory = -1
    while (directory := content.find(b"PK\1\2", directory + 1)) >= 0:
        content[directory + 8] |= 1
    return bytes(content)


def lying_bomb() -> bytes:
    """300 MB of zeros that the directory calls one kilobyte."""
    file = BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        archive.writestr("xl/workbook.xml", b"<workbook/>")
        with archive.open(SHEET, "w", force_zip64=True) as part:
            for _ in range(300):
                part.write(bytes(1 << 20))
    content = bytearray(file.getvalue())
    at = content.rfind(b"PK\1\2")
    extra = content.find(struct.pack("<HH", 1, 8), at)
    field = at + 24 if extra < 0 else extra + 4
    content[field : field + 4] = struct.pack("<I", 1024)
    return bytes(content)


UNNUMBERED = [f"<row><c><v>{number}</v></c></row>" for number in range(300_001)]
FAR = "В таблице больше 300 000 строк или 500 столбцов"
HOSTILE = {
    "an empty file": (b"", "Файл пуст"),
    "only spaces": (b" \r\n ", "Файл пуст"),
    "a picture": (b"\x89PNG\r\n\x1a\n" + bytes(64), "Это картинка, а нужна таблица"),
    "a photo": (b"\xff\xd8\xff\xe0" + bytes(64), "Это картинка, а нужна таблица"),
    "a photo of a phone": (b"\0\0\0\x18ftypheic" + bytes(64), "Это картинка"),
    "a film": (b"\0\0\0\x18ftypmp42" + bytes(64), "Это видео"),
    "a web picture": (b"RIFF\0\0\0\0WEBP" + bytes(64), "Это картинка"),
    "a document": (b"%PDF-1.7\n", "Это документ PDF"),
    "a text document": (packed({"word/document.xml": b"<w/>"}), "Это документ Word"),
    "an old document": (OLE + "WordDocument".encode("utf-16-le"), "Это документ Word"),
    "an archive": (packed({"Уроки.csv": b"1;2"}), "Это архив"),
    "another archive": (b"Rar!\x1a\7\0" + bytes(32), "Это архив"),
    "a program": (b"MZ\x90\0" + bytes(64), "Это программа"),
    "a page": (b"\xef\xbb\xbf <html><table>", "Это веб-страница"),
    "a binary book": (packed({"xl/workbook.bin": b"1"}), "сохраните её как .xlsx"),
    "an encrypted book": (OLE + "EncryptedPackage".encode("utf-16-le"), "зашифрована паролем"),
    "an encrypted archive": (encrypted_zip(), "Архив зашифрован паролем"),
    "a damaged sheet": (with_sheet('<row r="1"><c r="A1"><v>1</row>'), "Файл не читается: лист"),
    "a wide row without references": (
        with_sheet(f"<row>{'<c><v>1</v></c>' * 501}</row>"), FAR
    ),
    "a presentation": (packed({"ppt/presentation.xml": b"<p/>"}), "Это презентация"),
    "an old book cut short": (OLE + bytes(512), "Файл не читается: книга повреждена"),
    "a sparse giant": (with_sheet(cell("A1") + cell("XFD1048576")), FAR),
    "a far column": (with_sheet(cell("SG1")), FAR),
    "a far row": (with_sheet(cell("A300001")), FAR),
    "a far row in other quotes": (with_sheet(cell("A300001").replace('"', "'")), FAR),
    "a lying dimension": (
        with_sheet(cell("A1") + cell("XFD9"), "<!-- dimension A1:B2 -->"), FAR
    ),
    "rows without numbers": (with_sheet("".join(UNNUMBERED)), FAR),
    "an external entity": (
        with_sheet(cell("A1"), '<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>'),
        "ссылки наружу",
    ),
    "laughs": (
        with_sheet("&b;", '<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]>'),
        "ссылки наружу",
    ),
    "a broken archive": (GOOD[:2000], "архив книги повреждён"),
    "a broken directory": (GOOD.replace(b"PK\1\2", b"PK\1\3"), "архив книги повреждён"),
    "paths outside": (repacked(GOOD, {"../../etc/passwd": b"x"}), "пути за её пределы"),
    "paths from the root": (repacked(GOOD, {"/etc/passwd": b"x"}), "пути за её пределы"),
    "paths of another system": (repacked(GOOD, {"..\\x": b"x"}), "пути за её пределы"),
    "a thousand parts": (
        repacked(GOOD, {f"xl/{number}": b"" for number in range(2000)}), "больше 2000 частей"
    ),
    "a bomb": (repacked(GOOD, {"xl/media/image1.png": bytes(50 << 20)}), "архивная бомба"),
    "a large bomb": (repacked(GOOD, {SHEET: bytes(201 << 20)}), "больше 200 МБ"),
    "a lying bomb": (lying_bomb(), "архивная бомба"),
    "21 MB": (os.urandom(21 << 20), "больше 20 МБ"),
    "garbage": (hashlib.shake_256(b"yozh").digest(5000), "Не узнаю, что это за файл"),
    "prose": ("Добрый день".encode(), "Не узнаю, что это за файл"),
    "a strange book": (workbook({"Лист1": [("а", "б")]}), "Не узнаю, что это за файл"),
    "half of the columns": (
        workbook({"Уроки": [LESSONS[:3], LESSON[:3]]}), "нет столбцов «Предмет», «Учитель»"
    ),
}  # fmt: skip


async def read_one(content: bytes | Path, name: str = "файл.xlsx") -> FileReading:
    (found,) = await read([SourceFile(name, content)], zone="Europe/Moscow")
    return found


@pytest.mark.parametrize("case", HOSTILE)
async def test_a_hostile_file_gets_one_sentence(case: str) -> None:
    content, expected = HOSTILE[case]
    begun = time.monotonic()
    found = await read_one(content)
    assert (found.batch, found.format) == (None, None)
    assert found.failure is not None
    assert expected in found.failure
    assert "\n" not in found.failure
    assert time.monotonic() - begun < 10


@pytest.mark.parametrize(
    "case",
    ["a damaged sheet", "a wide row without references", "an old book cut short", "a page"],
)
def test_the_parser_refuses_it_by_itself(case: str) -> None:
    content, expected = HOSTILE[case]
    with pytest.raises(UnsuitableError, match=expected.replace("(", r"\(")):
        parsed(content)


@pytest.mark.parametrize("case", ["a sparse giant", "a bomb", "a large bomb", "a lying bomb"])
def test_the_guard_needs_little_time_and_memory(case: str) -> None:
    content = HOSTILE[case][0]
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    begun = time.process_time()
    with pytest.raises(UnsuitableError):
        guard.check(content)
    assert time.process_time() - begun < 1
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 50_000


def repeated(columns: int, rows: int, value: str) -> bytes:
    cells = f'<table:table-cell {value} table:number-columns-repeated="{columns}"/>'
    row = f'<table:table-row table:number-rows-repeated="{rows}">{cells}</table:table-row>'
    return packed({"content.xml": f"<office:document>{row}</office:document>".encode()})


def test_repeated_content_of_an_open_document_is_counted() -> None:
    for columns, rows in ((501, 10_000), (1, 300_001)):
        with pytest.raises(UnsuitableError, match="300 000"):
            guard.check(repeated(columns, rows, 'office:value-type="float"'))


def test_empty_cells_to_the_edge_of_an_open_document_are_usual() -> None:
    guard.check(repeated(16_384, 1_048_576, ""))


def test_empty_cells_to_the_edge_of_a_book_are_usual() -> None:
    guard.check(with_sheet('<row r="1048576"><c r="XFD1048576" s="1"/></row>'))


async def test_the_child_is_bound_in_memory() -> None:
    """Within the guard's limits, yet denser than the memory of the child allows."""
    found = await read_one(with_sheet(cell("A1") + cell("SF300000")))
    assert found.failure is not None
    assert "не хватило 1 ГиБ памяти" in found.failure


async def test_a_child_that_takes_too_long_is_ended(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading, "WALL_SECONDS", 0)
    found = await read_one(GOOD)
    assert found.failure == "Файл не читается: разбор занял больше 90 секунд."


def test_the_end_of_a_child_has_a_reason() -> None:
    assert "60 секунд" in reading._reason(-24)
    assert "памяти" in reading._reason(-6)
    assert "повреждено" in reading._reason(1)


async def test_a_book_with_macros_is_read_and_noted() -> None:
    found = await read_one(repacked(GOOD, {"xl/vbaProject.bin": b"macro"}))
    assert found.batch is not None
    assert found.batch.notes == ["в файле есть макросы: они не выполнялись и не сохранены"]


async def test_a_file_that_is_not_there_is_refused(tmp_path: Path) -> None:
    found = await read_one(tmp_path / "нет.xlsx")
    assert (found.failure or "").startswith("Файл не открывается")


async def test_a_huge_file_on_a_disk_is_not_even_read(tmp_path: Path) -> None:
    path = tmp_path / "много.csv"
    with path.open("wb") as file:
        file.truncate(1 << 40)
    assert "20 МБ" in ((await read_one(path)).failure or "")


async def test_a_refused_file_does_not_touch_the_others() -> None:
    files = [SourceFile("а.png", b"\x89PNG1234"), SourceFile("Отметки.csv", b";".join([
        ",".join(MARKS).encode()])), SourceFile("б.xlsx", GOOD)]  # fmt: skip
    found = await read(files, zone="Europe/Moscow")
    assert [each.name for each in found] == ["а.png", "Отметки.csv", "б.xlsx"]
    assert [each.failure is None for each in found] == [False, False, True]


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_a_damaged_book_is_refused_or_read(data: st.DataObject) -> None:
    content = bytearray(GOOD)
    for _ in range(data.draw(st.integers(1, 4))):
        content[data.draw(st.integers(0, len(content) - 1))] = data.draw(st.integers(0, 255))
    cut = data.draw(st.integers(0, 50))
    with contextlib.suppress(UnsuitableError):
        guard.check(bytes(content[: len(content) - cut]))


@settings(max_examples=60, deadline=None)
@given(st.binary(max_size=300))
def test_any_bytes_are_refused_or_read(content: bytes) -> None:
    with contextlib.suppress(UnsuitableError):
        guard.check(content)
        parsed(content, "Уроки.csv")


@pytest.mark.parametrize("method", [zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED])
def test_parts_are_unpacked_as_they_are(method: int) -> None:
    file = BytesIO()
    body = b"".join(struct.pack("<Q", number * number) for number in range(600_000))
    with zipfile.ZipFile(file, "w", method) as archive:
        archive.writestr("part", body)
    (entry,) = guard.entries_of(file.getvalue())
    assert b"".join(guard.unpacked(file.getvalue(), entry)) == body


@pytest.mark.parametrize("damage", ["method", "cut", "offset", "body", "signature"])
def test_a_damaged_part_is_refused(damage: str) -> None:
    content = bytearray(packed({"xl/workbook.xml": b"<workbook/>" * 99}))
    (entry,) = guard.entries_of(bytes(content))
    if damage == "method":
        entry.compress_type = zipfile.ZIP_BZIP2
    elif damage == "cut":
        entry.compress_size -= 4
    elif damage == "offset":
        entry.header_offset = len(content) - 4
    elif damage == "body":
        content[45:55] = b"\xff" * 10
    else:
        content[0] = 0
    with pytest.raises(UnsuitableError, match="архив книги повреждён"):
        list(guard.unpacked(bytes(content), entry))


def test_a_locked_book_asks_for_its_password_to_be_taken_off() -> None:
    for error in (python_calamine.PasswordError("x"), OSError("Workbook is password protected")):
        assert "снимите пароль" in tables._closed(error)
