"""What an import saw of the journal: two that saw one place are two snapshots of it."""

from collections.abc import Iterable, Iterator

from services.journal.ports import FilePart
from services.journal.relations import LESSONS, MARKS, TERM_MARKS, Row
from services.journal.scope import coverage_rows

KINDS = {"lessons": LESSONS, "marks": MARKS}


def seen_by(files: Iterable[FilePart]) -> list[Row]:
    """(kind, class, subject, study group or 0 for all, first day, last day); of period marks 0."""
    return sorted({row for part in files for row in _seen(part)})


def _seen(part: FilePart) -> Iterator[Row]:
    for kind, relation in KINDS.items():
        if relation in part.rows:
            yield from coverage_rows(kind, part.scope)
    rows = part.rows.get(TERM_MARKS, ())
    units, subjects = ({row[at] for row in rows} for at in (0, 2))
    yield from (("term_marks", unit, subject, 0, 0, 0) for unit in units for subject in subjects)
