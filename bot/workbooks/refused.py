"""Rows of an import that were not taken, as a sheet to mend the file by."""

from bot.workbooks.book import Book, Column
from services.journal.previews import Preview

COLUMNS = (
    Column("Файл", 28, "long"),
    Column("Строка", 8, "whole"),
    Column("Причина", 70, "long"),
)
TITLE = "Отказанные строки"


def refused_workbook(preview: Preview) -> bytes:
    """One row a refusal; a row number of 0 (not known) is left empty."""
    rows = [
        [report.file, refusal["row"] or "", refusal["reason"]]
        for report in preview.files
        for refusal in report.refused
    ]
    more = preview.refused - len(rows)
    note = f"Показаны первые {len(rows)}, ещё отказано: {more}" if more else f"Всего: {len(rows)}"
    book = Book(title=TITLE)
    book.sheet(TITLE, COLUMNS, rows, note=note)
    return book.finish()
