"""What a file speaks of: classes x subjects x days; only that is replaced, and only there a gap.

A file covers its classes x its subjects from its first to its last date, or the range it names
(FORMATS.md, F12). A file of one single teacher covers that teacher's own classes and groups: other
people's lessons are not its business.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from operator import itemgetter

from services.journal.breathing import breathing
from services.journal.model import Batch
from services.journal.relations import ATTENDANCE, LESSONS, MARKS, Relation, Row

JOINING_GAP = 2
"""Two covered ranges this many days apart (a weekend) are one."""

Pair = tuple[int, int]
Span = tuple[int, int]


@dataclass(slots=True)
class Covered:
    """Pairs (class, subject) with their study groups (None: all), from ``first`` to ``last``."""

    pairs: dict[Pair, frozenset[int] | None] = field(default_factory=dict)
    first: int = 0
    last: int = -1

    def holds(self, class_unit: int, subject: int, study_group: int, day: int) -> bool:
        if not self.first <= day <= self.last:
            return False
        groups = self.pairs.get((class_unit, subject), frozenset())
        return groups is None or study_group in groups

    def classes(self) -> frozenset[int]:
        return frozenset(unit for unit, _ in self.pairs)


def _places(relation: Relation, rows: Iterable[Row]) -> Mapping[Pair, set[int]]:
    columns = relation.columns
    unit, subject, group = (columns.index(n) for n in ("class_unit", "subject", "study_group"))
    found: dict[Pair, set[int]] = {}
    for *pair, study_group in set(map(itemgetter(unit, subject, group), breathing(rows))):
        found.setdefault((pair[0], pair[1]), set()).add(study_group)
    return found


def covered(batch: Batch, rows: Mapping[Relation, list[Row]]) -> Covered:
    """The scope of the lessons, marks and absences of one file."""
    places: dict[Pair, set[int]] = {}
    days: list[int] = []
    for relation in (LESSONS, MARKS, ATTENDANCE):
        own = rows.get(relation, [])
        for pair, groups in _places(relation, own).items():
            places.setdefault(pair, set()).update(groups)
        at = relation.columns.index("day")
        days += {row[at] for row in breathing(own)}
    if not places:
        return Covered()
    teacher = LESSONS.columns.index("staff")
    teachers = {row[teacher] for row in rows.get(LESSONS, [])}
    first, last = batch.period or (min(days), max(days))
    if len(teachers) == 1:
        single = {pair: frozenset(groups) for pair, groups in places.items()}
        return Covered(dict(single), first, last)
    units, subjects = {unit for unit, _ in places}, {subject for _, subject in places}
    return Covered({(unit, subject): None for unit in units for subject in subjects}, first, last)


def coverage_rows(kind: str, scope: Covered) -> Iterable[Row]:
    """Rows of COVERAGE; study group 0 stands for all of them."""
    for (unit, subject), groups in scope.pairs.items():
        for group in (0,) if groups is None or 0 in groups else sorted(groups):
            yield (kind, unit, subject, group, scope.first, scope.last)


def joined(rows: Iterable[Row]) -> list[Row]:
    """Coverage rows with overlapping and adjoining ranges of one place made one."""
    places: dict[Row, list[Span]] = {}
    for row in rows:
        places.setdefault(row[:4], []).append((row[4], row[5]))
    result: list[Row] = []
    for place, spans in places.items():
        merged: list[Span] = []
        for first, last in sorted(spans):
            if merged and first <= merged[-1][1] + JOINING_GAP + 1:
                merged[-1] = (merged[-1][0], max(last, merged[-1][1]))
            else:
                merged.append((first, last))
        result += [(*place, first, last) for first, last in merged]
    return result
