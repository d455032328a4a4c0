"""The journal of own duties as a workbook: one row a clause and period."""

from collections.abc import Sequence

from bot.workbooks.book import Book, Column
from services.duties.duty import PrintedDuty

TITLE = "Обязанности"
COLUMNS = (
    Column("Пункт", 8),
    Column("Что требовалось", 44, "long"),
    Column("Период", 18, "long"),
    Column("Срок", 12, "date"),
    Column("Сделано", 12, "date"),
    Column("Чем подтверждается", 60, "long"),
)


def duties_workbook(school: str, month: str, lines: Sequence[PrintedDuty]) -> bytes:
    """The page's foot names the school and the month."""
    book = Book(TITLE)
    rows = [[one.clause, one.asked, one.period, one.due, one.done, one.proofs] for one in lines]
    note = " · ".join(part for part in (school, month) if part)
    book.sheet(TITLE, COLUMNS, rows, note=note)
    return book.finish()
