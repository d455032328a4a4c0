"""The base of answers as a workbook that can be mended and sent back."""

from collections.abc import Mapping, Sequence

from bot.workbooks.book import Book, Column
from services.consultation import table

WIDTHS = {
    table.CODE: Column(table.CODE, 24),
    table.SECTION: Column(table.SECTION, 22),
    table.AUDIENCE: Column(table.AUDIENCE, 16),
    table.QUESTION: Column(table.QUESTION, 40, "long"),
    table.ANSWER: Column(table.ANSWER, 70, "long"),
    table.ALIASES: Column(table.ALIASES, 40, "long"),
    table.RULES: Column(table.RULES, 12),
    table.SHOWN: Column(table.SHOWN, 12),
}
TITLE = "Ответы"


def answers_workbook(rows: Sequence[Mapping[str, str]]) -> bytes:
    """One row an entry, by the columns of ``services.consultation.table``."""
    book = Book(title=TITLE)
    cells = [[row[name] for name in table.COLUMNS] for row in rows]
    columns = [WIDTHS[name] for name in table.COLUMNS]
    book.sheet(TITLE, columns, cells, note=f"Статей: {len(rows)}")
    return book.finish()
