"""Findings as sheets: one row a finding, pupils only as «5А №17»."""

from collections.abc import Iterable, Sequence

from bot.workbooks.book import Book, Cell, Column
from services.figures import FindingLine
from services.listing import reading_order

SEVERITIES = {
    "critical": "критично",
    "major": "важно",
    "minor": "мелочь",
    "advice": "проверить",
}
FINDING = (
    Column("Правило", 10),
    Column("Важность", 12),
    Column("Класс", 8),
    Column("Группа", 11, "long"),
    Column("Предмет", 20, "long"),
    Column("Учитель", 22, "long"),
    Column("Дата", 11, "date"),
    Column("Урок", 7, "whole"),
    Column("Ученик", 10),
    Column("Замечание", 28, "long"),
    Column("Почему", 48, "long"),
)


def list_workbook(title: str, lines: Sequence[FindingLine], as_of: str) -> bytes:
    """One sheet named ``title`` with every finding of ``lines``; ``as_of`` is «ДД.ММ ЧЧ:ММ»."""
    book = Book(title=title)
    findings_sheet(book, title, lines, as_of=as_of)
    return book.finish()


def findings_sheet(book: Book, name: str, lines: Iterable[FindingLine], *, as_of: str) -> None:
    ordered = sorted(lines, key=reading_order)
    book.sheet(name, FINDING, [row(line) for line in ordered], note=as_of_note(as_of))


def row(line: FindingLine) -> list[Cell]:
    return [
        line.rule,
        SEVERITIES.get(line.severity, line.severity),
        line.class_unit,
        line.study_group,
        line.subject,
        line.teacher,
        line.date,
        whole_number(line.lesson),
        line.pupil,
        line.title,
        line.why,
    ]


def whole_number(text: str) -> Cell:
    """A lesson's number as a number, so that it sorts as one."""
    return int(text) if text.isascii() and text.isdecimal() else text


def as_of_note(as_of: str) -> str:
    return f"Данные на {as_of}" if as_of else "Нет данных"
