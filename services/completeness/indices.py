"""The four indices: counts of the measures, summed by any scope (RULES.md, "Indices")."""

from collections.abc import Callable, Hashable, Iterable, Mapping
from dataclasses import dataclass, fields
from typing import Any, NamedTuple, TypeVar

from services.completeness.finding_store import Hit
from services.completeness.rule import WEIGHTS
from services.figures import Index, Indices

UNRELIABLE = frozenset("RQ")
"""Families whose findings cost reliability."""

Key = TypeVar("Key", bound=Hashable)


class Cell(NamedTuple):
    """Where a count belongs; ``staff``, ``day`` and the lesson's ``number`` may be unknown."""

    class_unit: int | None
    subject: int | None
    study_group: int = 0
    staff: int | None = None
    day: int | None = None
    number: int | None = None


@dataclass(slots=True)
class Tally:
    """Counts that add up; ``judged`` lessons are in time, late or unfilled."""

    lessons: int = 0
    fields_due: int = 0
    fields: int = 0
    in_time: int = 0
    judged: int = 0
    pupils_due: int = 0
    pupils: int = 0
    weight: float = 0
    findings: int = 0

    def add(self, other: "Tally") -> None:
        for name in COUNTS:
            setattr(self, name, getattr(self, name) + getattr(other, name))


COUNTS = tuple(each.name for each in fields(Tally))
Cells = dict[Cell, Tally]

_FIELDS = ("topics", "attendance", "homework", "marked")
_FIELDS_DUE = ("topics_due", "attendance_due", "homework_due", "present")


def tally_of(row: Mapping[str, Any]) -> Tally:
    """The counts of one row of any measure."""

    def total(*names: str) -> int:
        return sum(row.get(name) or 0 for name in names)

    return Tally(
        lessons=total("lessons"),
        fields_due=total(*_FIELDS_DUE),
        fields=total(*_FIELDS),
        in_time=total("in_time"),
        judged=total("in_time", "late", "unfilled"),
        pupils_due=total("pupils_due"),
        pupils=total("pupils"),
    )


def collected(
    rows: Iterable[Mapping[str, Any]], hits: Iterable[Hit], course_hits: Iterable[Hit] = ()
) -> Cells:
    """Everything counted, by cell, with the findings dated in the period.

    Those of terms and plans cost reliability, and are counted as findings elsewhere.
    """
    cells: Cells = {}
    for row in rows:
        staff, day, number = row["staff"], row["day"], row.get("number")
        cell = Cell(row["class_unit"], row["subject"], row["study_group"], staff, day, number)
        cells.setdefault(cell, Tally()).add(tally_of(row))
    for found, counts in ((hits, 1), (course_hits, 0)):
        for hit in found:
            cell = Cell(*(getattr(hit, name) for name in Cell._fields))
            weight = WEIGHTS[hit.severity] if hit.rule[0] in UNRELIABLE else 0
            cells.setdefault(cell, Tally()).add(Tally(weight=weight, findings=counts))
    return cells


def summed(cells: Cells, scope: Callable[[Cell], Key | None]) -> dict[Key, Tally]:
    """The counts of each scope that ``scope`` names; a cell of None belongs to none."""
    totals: dict[Key, Tally] = {}
    for cell, tally in cells.items():
        key = scope(cell)
        if key is not None:
            totals.setdefault(key, Tally()).add(tally)
    return totals


def indices_of(now: Tally, before: Tally | None = None) -> Indices:
    """The four indices, with their change since ``before`` in percentage points."""
    earlier = _plain(before) if before is not None else _NOTHING
    values = _plain(now)
    return Indices(*(_changed(*pair) for pair in zip(values, earlier, strict=True)))


def _plain(tally: Tally) -> tuple[Index, Index, Index, Index]:
    lost = tally.weight * 100 / tally.lessons if tally.lessons else None
    return (
        _share(tally.fields, tally.fields_due),
        _share(tally.in_time, tally.judged),
        _share(tally.pupils, tally.pupils_due),
        Index(
            None if lost is None else max(0.0, 100.0 - lost), done=tally.weight, all=tally.lessons
        ),
    )


def _share(done: float, due: float) -> Index:
    """A denominator of 0 is no data, never 100 %."""
    return Index(100.0 * done / due if due else None, done=done, all=due)


def _changed(now: Index, before: Index) -> Index:
    if now.value is None or before.value is None:
        return now
    return Index(now.value, now.value - before.value, now.done, now.all)


_NOTHING = _plain(Tally())
