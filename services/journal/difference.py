"""What an import changes in one relation: rows that begin, rows that end."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field

from services.journal.breathing import breathing
from services.journal.relations import Relation, Row

KEPT_WHEN_UNKNOWN = {
    "lessons": {
        "topic", "topic_plain", "homework", "attendance_said", "attendance_taken", "entered_at",
        "modified_at", "author",
    },
    "marks": {"weight", "entered_at", "author"},
    "term_marks": {"entered_at"},
    "enrollments": {"name", "code", "order_text"},
    "staff_facts": {"code", "post", "subject_group", "hired", "dismissed"},
    "subject_facts": {"marks", "homework", "subject_group"},
}  # fmt: skip
"""Columns that a format may lack: a file without them does not wipe out what is known."""

Stored = tuple[int, Row]
"""A kept row: its number and its columns."""


@dataclass(slots=True)
class Change:
    """``changed`` of the ``added`` rows take the place of an ended one with the same key."""

    relation: Relation
    added: list[Row] = field(default_factory=list)
    ended: list[int] = field(default_factory=list)
    kept: list[Row] = field(default_factory=list)
    changed: int = 0
    conflicts: int = 0

    @property
    def new(self) -> int:
        return len(self.added) - self.changed

    @property
    def removed(self) -> int:
        return len(self.ended) - self.changed

    def after(self) -> list[Row]:
        """The relation (as far as it was loaded) once the change is applied."""
        return self.kept + self.added


def difference(
    relation: Relation,
    rows: Sequence[Row],
    stored: Sequence[Stored],
    replaced: Callable[[Row], bool],
) -> Change:
    """Compare the file's rows with the kept ones of the file's scope.

    ``replaced`` tells which kept rows the file speaks of; the others stay. Columns that the file
    leaves unknown in all its rows keep what was known.
    """
    width = len(relation.key)
    change = Change(relation)
    fresh = {row[:width]: row for row in breathing(rows)}
    if len(fresh) < len(rows):
        change.conflicts = _settle(fresh, rows, width)
    old = {row[:width]: row for _, row in breathing(stored)}
    if old:
        _keep_known(relation, fresh, old)
    for row_id, row in breathing(stored):
        same = fresh.get(row[:width])
        if same == row:
            del fresh[row[:width]]
            change.kept.append(row)
        elif same is not None or replaced(row):
            change.ended.append(row_id)
            change.changed += same is not None
        else:
            change.kept.append(row)
    change.added = list(fresh.values())
    return change


def _settle(fresh: dict[Row, Row], rows: Iterable[Row], width: int) -> int:
    """Of rows that differ under one key take the same in whatever order they came; how many."""
    conflicts = 0
    fresh.clear()
    for row in breathing(rows):
        known = fresh.setdefault(row[:width], row)
        if known is not row and known != row:
            conflicts += 1
            fresh[row[:width]] = max(known, row, key=repr)
    return conflicts


def _keep_known(relation: Relation, fresh: dict[Row, Row], old: dict[Row, Row]) -> None:
    """Fill columns that no row of the file knows from the rows they replace."""
    optional = KEPT_WHEN_UNKNOWN.get(relation.name, set())
    unknown = [
        at for at, name in enumerate(relation.columns)
        if name in optional and all(row[at] is None for row in breathing(fresh.values()))
    ]  # fmt: skip
    if not unknown or not fresh:
        return
    for key, row in breathing(fresh.items()):
        if (before := old.get(key)) is not None:
            filled = list(row)
            for column in unknown:
                filled[column] = before[column]
            fresh[key] = tuple(filled)
