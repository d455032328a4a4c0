"""The journal's own log in a file: its lines as rows of the journal, and what they replace."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence

from services.journal.breathing import breathing
from services.journal.dates import UnreadableError
from services.journal.model import ChangeRow
from services.journal.names import fits_initials, name_key
from services.journal.ports import FilePart
from services.journal.readers.words import term_of
from services.journal.relations import CHANGES, Row
from services.journal.resolution import Resolver
from services.journal.scope import Covered, coverage_rows

SHEET = "Изменения"
KIND = "changes"
"""Of COVERAGE: on those days the log tells of every change."""

_UNIT, _SUBJECT, _GROUP, _AT, _DAY, _AUTHOR = range(6)
"""Places in a row of CHANGES."""


class Users(dict[str | None, int | None]):
    """Who a user of the log is. None for a login, and for initials that fit several."""

    def __init__(self, names: Resolver) -> None:
        super().__init__()
        self.names = names

    def __missing__(self, name: str | None) -> int | None:
        self[name] = found = self._resolve(name)
        return found

    def _resolve(self, name: str | None) -> int | None:
        if name is None or not any("а" <= letter <= "я" for letter in name_key(name)):
            return None
        dictionary = self.names.dictionary
        if dictionary.teacher(name) is None and any(
            fits_initials(name, member.name) for member in dictionary.staff.values()
        ):
            return None
        return self.names.author(name)


def changes(rows: Sequence[ChangeRow], names: Resolver) -> Iterator[Row]:
    """A subgroup by a name that the journal does not have is told as the whole class."""
    users, told = Users(names), Counter[Row]()
    groups = names.dictionary.study_groups
    for index, row in enumerate(breathing(rows)):
        unit = names.class_unit(row.class_unit)
        if unit is None:
            names.miss_class(SHEET, index, row.class_unit)
            continue
        subject = names.subject(row.subject) if row.subject else None
        known = groups.get((unit, subject or 0, name_key(row.study_group)))
        line = (
            unit, subject, known.id if known else 0, row.at, row.day, users[row.author],
            _period(row.period), row.action,
        )  # fmt: skip
        yield (*line, told[line])
        told[line] += 1


def _period(text: str) -> str:
    """«2 четверть» of all ways to say it; what names no term stays as it is."""
    try:
        kind, number = term_of(text)
    except UnreadableError:
        return text
    return f"{number} {kind}" if number else kind


def spoken_of(part: FilePart) -> Iterator[Row]:
    """Rows of COVERAGE: the places of the file's lines through the days that it tells of."""
    if part.batch.period is not None:
        first, last = part.batch.period
        pairs = {(row[_UNIT], row[_SUBJECT]) for row in part.rows[CHANGES] if row[_SUBJECT]}
        yield from coverage_rows(KIND, Covered(dict.fromkeys(pairs), first, last))


def places(rows: Iterable[Row]) -> Iterator[tuple[int, int, int, int]]:
    """(class, subject, first, last lesson day) that rules look at after such lines; 0 is none."""
    days: dict[tuple[int, int], list[int]] = {}
    for row in rows:
        days.setdefault((row[_UNIT], row[_SUBJECT] or 0), []).append(row[_DAY] or 0)
    for (unit, subject), found in days.items():
        yield unit, subject, min(found), max(found)


def replaced_by(files: Iterable[FilePart]) -> Callable[[Row], bool]:
    """Kept lines that the files speak of: of their places, within the time of their own lines.

    A file of one single user speaks of that user's lines only.
    """
    spans = [
        (
            {row[: _GROUP + 1] for row in rows},
            min(row[_AT] for row in rows),
            max(row[_AT] for row in rows),
            {row[_AUTHOR] for row in rows},
        )
        for rows in (part.rows.get(CHANGES, []) for part in files)
        if rows
    ]

    def replaced(row: Row) -> bool:
        return any(
            row[: _GROUP + 1] in own and first <= row[_AT] <= last
            and (len(users) > 1 or row[_AUTHOR] in users)
            for own, first, last, users in spans
        )  # fmt: skip

    return replaced
