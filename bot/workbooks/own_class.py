"""A class teacher's own class as a workbook: pupils only as «№17», no teacher named."""

from collections.abc import Sequence

from bot.workbooks.book import Book, Cell, Column
from bot.workbooks.lists import as_of_note, findings_sheet
from services.figures import FindingLine
from services.own_class.view import ClassView

ABSENT = (
    Column("Ученик", 10),
    Column("Дней с пропусками", 12, "whole"),
    Column("Пропущено уроков", 12, "whole"),
    Column("Проведено уроков", 12, "whole"),
    Column("Доля пропусков", 12, "share"),
)
RISKS = (
    Column("Ученик", 10),
    Column("Предмет", 30, "long"),
    Column("Пропущено уроков", 12, "whole"),
    Column("Проведено уроков", 12, "whole"),
)
FEW = (Column("Предмет", 30, "long"), Column("Учеников", 10, "whole"), Column("Кто", 50, "long"))


def class_workbook(view: ClassView, lines: Sequence[FindingLine]) -> bytes:
    """Sheets «Пропуски», «Риск неаттестации», «Мало отметок», «Замечания»."""
    book, note = Book(title=f"{view.name}: {view.since}"), as_of_note(view.as_of)
    absent: list[list[Cell]] = [
        [f"№{one.number}", one.days, one.missed, one.held, one.share] for one in view.absent
    ]
    book.sheet("Пропуски", ABSENT, absent, note=note)
    risks: list[list[Cell]] = [
        [f"№{one.number}", one.subject, one.missed, one.held] for one in view.risks
    ]
    book.sheet("Риск неаттестации", RISKS, risks, note=note)
    few: list[list[Cell]] = [
        [one.subject, len(one.pupils), ", ".join(f"№{number}" for number in one.pupils)]
        for one in view.few
    ]
    book.sheet("Мало отметок", FEW, few, note=note)
    findings_sheet(book, "Замечания", lines, as_of=view.as_of)
    return book.finish()
