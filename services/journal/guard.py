"""Limits on packed workbooks, checked as a stream before anything parses them.

Sizes are measured by unpacking, never believed: neither the directory of a zip nor a sheet's
``dimension`` binds whoever made the file.
"""

import re
import struct
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO

from services.journal.breathing import breathe
from services.journal.container import Container, UnsuitableError, container_of

MEGABYTE = 1 << 20
MAX_SIZE = 20 * MEGABYTE
MAX_ENTRIES = 2000
MAX_UNPACKED = 200 * MEGABYTE
MAX_RATIO = 100
MAX_ROWS = 300_000
MAX_COLUMNS = 500

TOO_WIDE = (
    "В таблице больше 300 000 строк или 500 столбцов: удалите лишнее за её краями "
    "или разделите файл."
)
_TOO_MANY = "В книге больше 2000 частей: это не выгрузка журнала."
BROKEN = "Файл не читается: архив книги повреждён, выгрузите её ещё раз."

_CHUNK = MEGABYTE // 8
_FEED = 64 << 10
_OVERLAP = 400
_RATIO_MATTERS = MEGABYTE
_DIRECTORY_ENTRY = b"PK\1\2"
_LOCAL_HEADER = struct.Struct("<4sHHHHHIIIHH")
_ENCRYPTED_FLAG = 1
_MAYBE_FAR = re.compile(rb"""r=["'][A-Za-z](?:[A-Za-z0]|[3-9]\d{5}|\d{7})""")
_FAR_CELL = re.compile(
    rb"""r=["'](?:"""
    rb"""[A-Za-z]{1,3}0*(?!300000["'])(?:[3-9]\d{5}|\d{7,})"""
    rb"""|(?:[A-Za-z]{3,}|[T-Zt-z][A-Za-z]|[Ss][G-Zg-z])\d+"""
    rb""")["'][^<>]*(?<!/)>"""
)
_REPEATED_CELL = re.compile(
    rb"""<table:table-cell[^<>]*number-columns-repeated=["'](\d+)["'][^<>]*>"""
)
_REPEATED_ROW = re.compile(
    rb"""number-rows-repeated=["'](\d{5,})["'][^<>]*>\s*<table:table-cell[^<>]*office:value-type"""
)
_ROSTER = "manifest.csv"
_DOCUMENTS = (("word/", "документ Word"), ("ppt/", "презентация"))


BOMB = "Файл сжат подозрительно сильно (архивная бомба): не принимается."


def check_size(size: int) -> None:
    if size > MAX_SIZE:
        raise UnsuitableError(sentence="Файл больше 20 МБ: разделите выгрузку на части.")


def check(content: bytes) -> None:
    """Everything that can be said before parsing; UnsuitableError with the reason, or silence."""
    check_size(len(content))
    if container_of(content) is Container.ZIP:
        check_workbook(content)


def check_workbook(content: bytes) -> None:
    """Refuse a hostile or foreign zip; memory stays at a few pieces of a megabyte."""
    if content.count(_DIRECTORY_ENTRY) > MAX_ENTRIES:
        raise UnsuitableError(sentence=_TOO_MANY)
    entries = entries_of(content)
    _check_directory(entries)
    names = {entry.filename for entry in entries}
    _check_kind(names)
    total = 0
    for entry in entries:
        total += _check_entry(content, entry, MAX_UNPACKED - total)


def leaves(filename: str) -> bool:
    """Whether an entry's path leads out of its archive."""
    path = filename.replace("\\", "/")
    return path.startswith("/") or ".." in path.split("/") or ":" in path


def entries_of(content: bytes) -> list[zipfile.ZipInfo]:
    try:
        return zipfile.ZipFile(BytesIO(content)).infolist()
    except (zipfile.BadZipFile, ArithmeticError, EOFError, LookupError, OSError, RuntimeError,
            ValueError, struct.error):  # fmt: skip
        raise UnsuitableError(sentence=BROKEN) from None


def _check_directory(entries: list[zipfile.ZipInfo]) -> None:
    if len(entries) > MAX_ENTRIES:
        raise UnsuitableError(sentence=_TOO_MANY)
    if sum(entry.file_size for entry in entries) > MAX_UNPACKED:
        raise UnsuitableError(sentence="Книга в распакованном виде больше 200 МБ: разделите её.")
    for entry in entries:
        if leaves(entry.filename):
            raise UnsuitableError(
                sentence="В книге есть пути за её пределы: такой файл не принимается."
            )
        if entry.flag_bits & _ENCRYPTED_FLAG:
            raise UnsuitableError(
                sentence="Архив зашифрован паролем: снимите пароль и отправьте его снова."
            )


def is_archive(names: set[str]) -> bool:
    """Whether a zip with these entries only carries other files: no book, document or roster."""
    office = {"[Content_Types].xml", "xl/workbook.xml", "xl/workbook.bin", "content.xml"}
    return not office & names and not any(name.rpartition("/")[2] == _ROSTER for name in names)


def _check_kind(names: set[str]) -> None:
    if "xl/workbook.bin" in names:
        raise UnsuitableError(sentence="Книга .xlsb не читается: сохраните её как .xlsx.")
    if "xl/workbook.xml" in names or "content.xml" in names:
        return
    if any(name.rpartition("/")[2] == _ROSTER for name in names):
        return
    for folder, title in _DOCUMENTS:
        if any(name.startswith(folder) for name in names):
            raise UnsuitableError(
                sentence=f"Это {title}, а нужна таблица: .xlsx, .xls, .ods или .csv."
            )
    if "[Content_Types].xml" not in names:
        raise UnsuitableError(
            sentence="Это архив, а нужна сама таблица: распакуйте его и пришлите файлы."
        )


def swollen(entry: zipfile.ZipInfo, size: int) -> bool:
    """Whether an entry unpacks to suspiciously much."""
    return size > _RATIO_MATTERS and size > MAX_RATIO * max(entry.compress_size, 1)


def _check_entry(content: bytes, entry: zipfile.ZipInfo, allowed: int) -> int:
    """Unpack one entry piece by piece; its true size in bytes."""
    size = 0
    scan = _scan_of(entry.filename)
    for chunk in unpacked(content, entry):
        breathe()
        size += len(chunk)
        if size > allowed:
            raise UnsuitableError(
                sentence="Книга в распакованном виде больше 200 МБ: разделите её."
            )
        if swollen(entry, size):
            raise UnsuitableError(sentence=BOMB)
        if scan:
            scan.look(chunk)
    return size


@dataclass(slots=True)
class _Scan:
    """Looks through a part of the book as it is unpacked; ``tail`` joins two pieces."""

    open_document: bool
    rows: int = 0
    tail: bytes = b""

    def look(self, chunk: bytes) -> None:
        if not self.tail and b"<!DOCTYPE" in chunk:
            raise UnsuitableError(sentence="В книге есть ссылки наружу (DTD): это не принимается.")
        self._search(self.tail + chunk[:_OVERLAP])
        self._search(chunk)
        if b' r="' not in chunk:
            self.rows += chunk.count(b"<row")
        if self.rows > MAX_ROWS:
            raise UnsuitableError(sentence=TOO_WIDE)
        self.tail = chunk[-_OVERLAP:]

    def _search(self, piece: bytes) -> None:
        if _MAYBE_FAR.search(piece) and _FAR_CELL.search(piece):
            raise UnsuitableError(sentence=TOO_WIDE)
        if self.open_document:
            _check_repeats(piece)


def _scan_of(filename: str) -> _Scan | None:
    markup = filename.casefold().endswith((".xml", ".rels"))
    return _Scan(open_document=filename == "content.xml") if markup else None


def _check_repeats(piece: bytes) -> None:
    """Empty cells to the sheet's edge are usual in .ods; repeated content is not."""
    for found in _REPEATED_CELL.finditer(piece):
        if int(found[1]) > MAX_COLUMNS and b"office:value-type" in found[0]:
            raise UnsuitableError(sentence=TOO_WIDE)
    if any(int(found[1]) > MAX_ROWS for found in _REPEATED_ROW.finditer(piece)):
        raise UnsuitableError(sentence=TOO_WIDE)


def unpacked(content: bytes, entry: zipfile.ZipInfo) -> Iterator[bytes]:
    """The entry's true bytes in pieces of at most a megabyte."""
    packed = _packed(content, entry)
    if entry.compress_type == zipfile.ZIP_STORED:
        for begin in range(0, len(packed), _CHUNK):
            yield bytes(packed[begin : begin + _CHUNK])
        return
    if entry.compress_type != zipfile.ZIP_DEFLATED:
        raise UnsuitableError(sentence=BROKEN)
    unpacker = zlib.decompressobj(-zlib.MAX_WBITS)
    try:
        for begin in range(0, len(packed), _FEED):
            rest: bytes | memoryview = packed[begin : begin + _FEED]
            while rest and not unpacker.eof:
                yield unpacker.decompress(rest, _CHUNK)
                rest = unpacker.unconsumed_tail
        while not unpacker.eof and (held := unpacker.decompress(b"", _CHUNK)):
            yield held
    except zlib.error:
        raise UnsuitableError(sentence=BROKEN) from None
    if not unpacker.eof:
        raise UnsuitableError(sentence=BROKEN)


def _packed(content: bytes, entry: zipfile.ZipInfo) -> memoryview:
    begin = entry.header_offset
    try:
        signature, *_, name, extra = _LOCAL_HEADER.unpack_from(content, begin)
    except struct.error:
        raise UnsuitableError(sentence=BROKEN) from None
    begin += _LOCAL_HEADER.size + name + extra
    end = begin + entry.compress_size
    if signature != b"PK\3\4" or end > len(content):
        raise UnsuitableError(sentence=BROKEN)
    return memoryview(content)[begin:end]
