"""The four indices of a cut by week over the school year, and what happened meanwhile."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, NamedTuple, Protocol

from services.completeness.indices import Cell, Cells, Tally, indices_of, summed
from services.completeness.lines import Wording
from services.completeness.rule import Said
from services.cuts.path import Cut
from services.cuts.places import Places
from services.figures import Indices
from services.ids import SchoolId
from services.periods import DAYS, Span, week_name, week_span, year_first


class Kind(StrEnum):
    """What may have moved the line."""

    RULE = "rule"
    OUTAGE = "outage"
    DECIDED = "decided"
    CLOSED = "decision closed"


class Occasion(NamedTuple):
    """``name`` is the rule's code or the decision's number; ``""`` where nothing has a name."""

    day: int
    kind: Kind
    name: str = ""


class Occasions(Protocol):
    async def between(self, school: SchoolId, span: Span) -> Sequence[Occasion]: ...


@dataclass(frozen=True, slots=True)
class Mark:
    """A short phrase at a day of the line."""

    day: int
    label: str


@dataclass(frozen=True, slots=True)
class Trend:
    """``weeks`` are Mondays in order, without gaps; an index without data that week is None.

    ``names`` are those of the four indices, in their order.
    """

    title: str
    caption: str
    names: Sequence[str]
    weeks: Sequence[int]
    indices: Sequence[Indices]
    marks: Sequence[Mark]


def year_span(day: int) -> Span:
    """From the Monday of the first week of the school year to the Sunday after the day."""
    return Span(week_span(week_name(year_first(day))).first, week_span(week_name(day)).last)


@dataclass(frozen=True, slots=True)
class Year:
    """Counts of a school year; ``cells`` have Mondays for days, and no lessons' numbers.

    ``off`` are (class, Monday) without a day of lessons. What stands in such a week makes no point
    of the line by itself: a lesson written into the holidays would be all of it.
    """

    span: Span
    cells: Cells
    off: frozenset[tuple[int | None, int]]

    @classmethod
    def of(cls, span: Span, cells: Cells, days: Iterable[Mapping[str, Any]]) -> "Year":
        """``days`` are the rows of ``school_days.BY_WEEK``; a class without any studies always."""
        weeks: dict[Cell, Tally] = defaultdict(Tally)
        for cell, tally in cells.items():
            monday = None if cell.day is None else monday_of(cell.day)
            weeks[cell._replace(study_group=0, day=monday, number=None)].add(tally)
        off = ((row["class_unit"], monday_of(row["day"])) for row in days if not row["school_days"])
        return cls(span, dict(weeks), frozenset(off))

    def lines(self, cut: Cut, places: Places) -> tuple[list[int], list[Indices]]:
        """Mondays from the first week with lessons to the last one, and the indices of each."""
        cells = {cell: tally for cell, tally in self.cells.items() if places.hold(cut, cell)}
        weeks = summed(cells, lambda cell: cell.day)
        studied = {
            cell.day
            for cell, tally in cells.items()
            if cell.day is not None
            and tally.fields_due
            and (cell.class_unit, cell.day) not in self.off
        }
        if not studied:
            return [], []
        mondays = list(range(min(studied), max(studied) + 1, DAYS))
        shown = [weeks[day] if day in studied else Tally() for day in mondays]
        return mondays, [indices_of(tally) for tally in shown]


def monday_of(day: int) -> int:
    return day - (day - 1) % DAYS


def names_of(wording: Wording) -> list[str]:
    named = (
        Said("Completeness", {}),
        Said("Timeliness", {}),
        Said("Accumulation of marks", {}),
        Said("Reliability", {}),
    )
    return [wording.why(said) for said in named]


def marks_of(occasions: Iterable[Occasion], wording: Wording) -> list[Mark]:
    """One mark a day and kind: the rules of one day together, and its decisions."""
    days: dict[tuple[int, Kind], list[str]] = defaultdict(list)
    for one in sorted(set(occasions), key=_order):
        days[one.day, one.kind].append(one.name)
    return [Mark(day, _label(kind, names, wording)) for (day, kind), names in days.items()]


def _order(one: Occasion) -> tuple[int, Kind, int, str]:
    """Decisions by number: № 9 before № 10."""
    number = int(one.name) if one.kind in {Kind.DECIDED, Kind.CLOSED} else 0
    return one.day, one.kind, number, one.name


def _label(kind: Kind, names: Sequence[str], wording: Wording) -> str:
    if kind is Kind.OUTAGE:
        return wording.why(Said("the journal did not work", {}))
    if kind is Kind.DECIDED:
        return wording.why(Said("decision № %(numbers)s", {"numbers": ", ".join(names)}))
    if kind is Kind.CLOSED:
        return wording.why(Said("closed: decision № %(numbers)s", {"numbers": ", ".join(names)}))
    if len(names) == 1:
        return wording.why(Said("rule %(code)s changed", {"code": names[0]}))
    return wording.why(Said("rules changed: %(codes)s", {"codes": ", ".join(names)}))
