"""A class teacher's own class over one database, and whose class it is."""

from collections.abc import Sequence
from typing import Any

from services.clock import Clock
from services.digests import Digests
from services.figures import FindingLine
from services.own_class.appointing import Appointing
from services.own_class.desk import ClassDesk
from services.own_class.view import ClassView
from storage.database import Database


def for_own_class(database: Database, *, clock: Clock, digests: Digests) -> dict[str, Any]:
    """Under the names of the handlers' parameters."""
    work, reading = database.unit_of_work, database.reading
    desk = ClassDesk(
        rules=digests.measuring.rules,
        unit_of_work=work,
        reading=reading,
        wording=digests.wording,
        clock=clock,
    )
    return {
        "appointing": Appointing(unit_of_work=work, reading=reading, clock=clock),
        "class_book": class_book,
        "own_class": desk,
    }


def class_book(view: ClassView, lines: Sequence[FindingLine]) -> bytes:
    """The workbook's library is loaded with the first table."""
    from bot.workbooks.own_class import class_workbook  # noqa: PLC0415

    return class_workbook(view, lines)
