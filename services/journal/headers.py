"""By what a table is known again: the words of its header, whatever days and numbers stand there.

Next month's page of the same journal has other dates and the same header; so has another class's.
"""

from collections.abc import Sequence
from hashlib import sha256
from itertools import groupby

from services.journal.cells import cell_text
from services.journal.names import name_key
from services.journal.readers.tables import Row, Table

DIGITS = 16
"""Of a fingerprint, hexadecimal: short enough for a button."""

_FILLED = 0.6
"""A header fills this share of the widest row; titles and stamps above it do not."""

_NUMBER = "#"
_LEAST = 2


def fingerprint(tables: Sequence[Table]) -> str:
    """Of the first table that holds something, ``""`` where none does.

    A header without a word, or of one cell, is no sign of anything: then the whole head counts, so
    that only the very same table is known again.
    """
    head = next((table.head for table in tables if any(map(_filled, table.head))), None)
    if head is None:
        return ""
    signs = _signs(_header(head))
    if len(signs) < _LEAST or set(signs) == {_NUMBER}:
        signs = [" ".join(map(cell_text, row)) for row in head]
    return sha256("\n".join(signs).encode("utf-8", "replace")).hexdigest()[:DIGITS]


def _filled(row: Row) -> int:
    return sum(1 for cell in row if cell_text(cell))


def _header(head: Sequence[Row]) -> Row:
    widest = max(map(_filled, head))
    return next(row for row in head if _filled(row) >= _FILLED * widest)


def _signs(header: Row) -> list[str]:
    """Words as they are; whatever has a digit is a number, and many in a row are one."""
    words = (_sign(text) for cell in header if (text := cell_text(cell)))
    return [sign for sign, _ in groupby(words)]


def _sign(text: str) -> str:
    return _NUMBER if any(map(str.isdigit, text)) else name_key(text)
