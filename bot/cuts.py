"""Cuts of the figures over one database, their pictures and tables."""

from collections.abc import Sequence
from typing import Any

from services.clock import Clock
from services.cuts.counting import Counting
from services.cuts.desk import CutDesk
from services.cuts.trend import Trend
from services.digests import Digests
from services.figures import FindingLine, HeatMap
from storage.database import Database


def for_cuts(database: Database, *, clock: Clock, digests: Digests) -> dict[str, Any]:
    """Under the names of the handlers' parameters."""
    counting = Counting(digests=digests, reading=database.reading)
    desk = CutDesk(
        counting=counting,
        unit_of_work=database.unit_of_work,
        reading=database.reading,
        clock=clock,
    )
    return {
        "cuts": desk,
        "draw_heat": draw_heat,
        "draw_trend": draw_trend,
        "findings_book": findings_book,
    }


def draw_heat(heat: HeatMap) -> bytes:
    """The library of pictures is loaded with the first one."""
    from bot.pictures import draw_heat_map  # noqa: PLC0415

    return draw_heat_map(heat)


def draw_trend(trend: Trend) -> bytes:
    from bot.pictures import draw_trend as draw  # noqa: PLC0415

    return draw(trend)


def findings_book(title: str, lines: Sequence[FindingLine], as_of: str) -> bytes:
    """The workbook's library is loaded with the first table."""
    from bot.workbooks.lists import list_workbook  # noqa: PLC0415

    return list_workbook(title, lines, as_of)
