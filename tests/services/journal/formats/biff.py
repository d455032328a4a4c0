"""A very small writer of binary workbooks (BIFF8 in an OLE container): texts and numbers only."""

import struct
from collections.abc import Iterator, Sequence
from typing import Any

_SECTOR = 512
_LEAST = 4096
_FREE, _END, _FAT = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD
_BOF, _EOF, _SHEET, _DIMENSIONS, _LABEL, _NUMBER = 0x809, 0x0A, 0x85, 0x200, 0x204, 0x203
_WORKBOOK, _WORKSHEET = 5, 0x10


def binary_workbook(rows: Sequence[Sequence[Any]], name: str = "Лист1") -> bytes:
    return _container(_stream(rows, name))


def _record(kind: int, body: bytes = b"") -> bytes:
    return struct.pack("<HH", kind, len(body)) + body


def _begin(kind: int) -> bytes:
    return _record(_BOF, struct.pack("<HHHHII", 0x600, kind, 0x0DBB, 1996, 0, 6))


def _stream(rows: Sequence[Sequence[Any]], name: str) -> bytes:
    title = struct.pack("<BB", len(name), 1) + name.encode("utf-16-le")
    head = _begin(_WORKBOOK)
    place = len(head) + 4 + 6 + len(title) + 4
    book = head + _record(_SHEET, struct.pack("<IBB", place, 0, 0) + title) + _record(_EOF)
    width = max(map(len, rows), default=0)
    size = _record(_DIMENSIONS, struct.pack("<IIHHH", 0, len(rows), 0, width, 0))
    cells = b"".join(_cells(rows))
    return book + _begin(_WORKSHEET) + size + cells + _record(_EOF)


def _cells(rows: Sequence[Sequence[Any]]) -> Iterator[bytes]:
    for row, line in enumerate(rows):
        for column, cell in enumerate(line):
            place = struct.pack("<HHH", row, column, 0)
            if isinstance(cell, (int, float)):
                yield _record(_NUMBER, place + struct.pack("<d", cell))
            elif cell:
                text = struct.pack("<HB", len(cell), 1) + cell.encode("utf-16-le")
                yield _record(_LABEL, place + text)


def _container(stream: bytes) -> bytes:
    """Sector 0 is the table of sectors, 1 the directory, the rest the stream."""
    padded = stream.ljust(max(_LEAST, -(-len(stream) // _SECTOR) * _SECTOR), b"\0")
    count = len(padded) // _SECTOR
    chain = [_FAT, _END, *range(3, count + 2), _END]
    table = struct.pack(f"<{_SECTOR // 4}I", *chain, *[_FREE] * (_SECTOR // 4 - len(chain)))
    entries = _entry("Root Entry", 5, 1, _END, 0) + _entry("Workbook", 2, _FREE, 2, len(padded))
    header = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16)
    header += struct.pack("<HHHHH6xIIIIIIIIII", 0x3E, 3, 0xFFFE, 9, 6, 0, 1, 1, 0, _LEAST,
                          _END, 0, _END, 0, 0)  # fmt: skip
    header += struct.pack("<108I", *[_FREE] * 108)
    return header + table + entries.ljust(_SECTOR, b"\0") + padded


def _entry(name: str, kind: int, child: int, first: int, size: int) -> bytes:
    written = (name + "\0").encode("utf-16-le")
    head = written.ljust(64, b"\0") + struct.pack("<HBB", len(written), kind, 1)
    links = struct.pack("<III", _FREE, _FREE, child)
    return head + links + bytes(36) + struct.pack("<IQ", first, size)
