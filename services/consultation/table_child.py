"""The limited process that unpacks one file: ``python -m services.consultation.table_child KIND``.

Standard input: a workbook (``book``) or YAML (``notation``). Standard output: JSON, the first sheet
as a list of rows of texts, or the entries of ``notation.read``. Anything that ends the process
before that is a refusal.
"""

import json
import sys
from io import BytesIO

from services.journal.child import limit


def text_of(cell: object) -> str:
    """A whole number without its point, whatever the sheet thinks of it."""
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return str(cell)


def sheet_of(content: bytes) -> list[list[str]]:
    from python_calamine import CalamineWorkbook  # noqa: PLC0415  # inside the limits

    book = CalamineWorkbook.from_filelike(BytesIO(content))
    sheet = book.get_sheet_by_index(0).to_python(skip_empty_area=False)
    return [[text_of(cell) for cell in row] for row in sheet]


def entries_of(content: bytes) -> object:
    from services.consultation.notation import read  # noqa: PLC0415  # inside the limits

    return read(content)


def main(kind: str) -> None:
    limit()
    unpack = entries_of if kind == "notation" else sheet_of
    sys.stdout.buffer.write(json.dumps(unpack(sys.stdin.buffer.read())).encode())


if __name__ == "__main__":
    main(sys.argv[1])
