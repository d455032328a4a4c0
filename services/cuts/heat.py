"""The heat map of a cut: classes by days, subjects by classes, or a class's lessons by days."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from services.completeness.indices import Cell, summed
from services.completeness.lines import Directory, Wording
from services.completeness.rule import Said
from services.cuts.path import Cut, Level
from services.cuts.view import Counts
from services.figures import HeatMap
from services.journal.relations import UNNUMBERED
from services.listing import class_order
from services.week_figures import WEEKDAYS, russian_day

Key = tuple[Any, ...]
"""Sorts the rows or columns; its last part is what stands there."""


@dataclass(frozen=True, slots=True)
class Axes:
    """``row`` and ``column`` give what a count's place is called, None where it has none."""

    directory: Directory
    wording: Wording

    def of(self, cut: Cut) -> tuple[Callable[[Cell], Key | None], Callable[[Cell], Key | None]]:
        if Level.CLASS in cut.levels:
            return self.lesson, self.day
        if cut.steps and cut.steps[0].level is not Level.PARALLEL:
            return self.subject, self.class_unit
        return self.class_unit, self.day

    def class_unit(self, cell: Cell) -> Key | None:
        name = self.directory.names.class_units.get(cell.class_unit or 0)
        return None if name is None else (class_order(name), name)

    def subject(self, cell: Cell) -> Key | None:
        name = self.directory.names.subjects.get(cell.subject or 0)
        return None if name is None else (name,)

    def lesson(self, cell: Cell) -> Key | None:
        if cell.number is None or cell.number > UNNUMBERED:
            return None
        said = Said("lesson %(number)s", {"number": cell.number})
        return (cell.number, self.wording.why(said))

    def day(self, cell: Cell) -> Key | None:
        if cell.day is None:
            return None
        moment = date.fromordinal(cell.day)
        return (cell.day, f"{WEEKDAYS[moment.weekday()]} {moment:%d.%m}")


def heat_of(counts: Counts, cut: Cut, wording: Wording) -> HeatMap:
    """How full the cut's part of the journal is; without rows where nothing was due."""
    row, column = Axes(counts.directory, wording).of(cut)
    tallies = summed(counts.cells(cut), lambda cell: (row(cell), column(cell)))
    shares = {
        place: 100.0 * tally.fields / tally.fields_due
        for place, tally in tallies.items()
        if tally.fields_due and None not in place
    }
    rows = sorted({place[0] for place in shares if place[0]})
    columns = sorted({place[1] for place in shares if place[1]})
    return HeatMap(
        rows=[one[-1] for one in rows],
        columns=[one[-1] for one in columns],
        cells=[[shares.get((row_key, key)) for key in columns] for row_key in rows],
        title=titled(counts, cut, wording.why(Said("How full the journal is, in per cent", {}))),
        caption=caption(counts, wording),
    )


def titled(counts: Counts, cut: Cut, title: str) -> str:
    """«7А, Алгебра: ...»; a parallel is named by its classes anyway."""
    named = [
        crumb.name for crumb in counts.heading(cut).crumbs if crumb.level is not Level.PARALLEL
    ]
    return f"{', '.join(named)}: {title[:1].lower()}{title[1:]}" if named else title


def caption(counts: Counts, wording: Wording) -> str:
    """The school, the week and the moment of the data."""
    asked = counts.asked
    first, last = (russian_day(day)[:5] for day in asked.span)
    as_of = f"{asked.as_of_here:%d.%m %H:%M}"
    facts = {"first": first, "last": last, "moment": as_of}
    said = wording.why(Said("Week %(first)s–%(last)s, data as of %(moment)s", facts))
    return f"{asked.school.name}. {said}" if asked.school.name else said
