"""Formats that know pupils by name only: their positions become numbers of the class list."""

from collections.abc import Iterable, Mapping, Sequence

from services.journal.class_lists import renumbered
from services.journal.dictionary import Dictionary
from services.journal.difference import Stored
from services.journal.model import FIRST_DAY, LAST_DAY, Batch, EnrollmentRow, Refusal
from services.journal.names import fits_initials, name_key, plain
from services.journal.relations import ENROLLMENTS, Relation

SHEETS = ("marks", "attendance", "term_marks")

AMBIGUOUS = 0
"""The number of a name that two pupils of the class have."""


def declare_roster(
    batch: Batch,
    stored: Mapping[Relation, Sequence[Stored]],
    dictionary: Dictionary,
    sent: Iterable[Batch] = (),
) -> None:
    """Give the rows of ``batch.pupil_names`` classes the numbers of the class list, in place.

    The list is the school's own, else that of a file ``sent`` together with this one. A class
    without a list gets one in the order of the file, unless the file is about one pupil. In a
    listed class a name, or what is short for it, must fit exactly one number; otherwise the pupil's
    rows are refused (the reason tells the block, never the name). A file that is such a list itself
    brings newcomers.
    """
    for class_unit, names in batch.pupil_names.items():
        listed = _stored_list(class_unit, stored, dictionary)
        own = [row for row in batch.enrollments or () if row.class_unit == class_unit]
        if own:
            others = [row for row in batch.enrollments or () if row.class_unit != class_unit]
            fresh, moved = renumbered(own, listed)
            batch.enrollments = others + fresh
            _renumber(batch, class_unit, moved)
            continue
        listed = listed or [
            row for each in sent for row in each.enrollments or () if row.class_unit == class_unit
        ]
        known = _by_name((row.name, row.pupil) for row in listed if row.name) if listed else None
        if known is None and len(names) > 1:
            batch.enrollments = (batch.enrollments or []) + [
                EnrollmentRow(class_unit, position, name, None, FIRST_DAY, LAST_DAY, None)
                for position, name in enumerate(names, 1)
            ]
            continue
        numbers = {
            position: number
            for position, name in enumerate(names, 1)
            if (number := _number(name, known or {}))
        }
        _renumber(batch, class_unit, numbers)
        for position in range(1, len(names) + 1):
            if position not in numbers:
                reason = f"{class_unit}: ученика из блока {position} нет в списке класса"
                batch.refused.append(Refusal("Ученики", position, reason))


def _stored_list(
    class_unit: str, stored: Mapping[Relation, Sequence[Stored]], dictionary: Dictionary
) -> list[EnrollmentRow]:
    unit = dictionary.class_unit(class_unit)
    numbers = {pupil.id: pupil.number for pupil in dictionary.pupils.values()}
    pupil, first, last, name, code, order = map(
        ENROLLMENTS.columns.index, ("pupil", "first", "last", "name", "code", "order_text")
    )
    return [
        EnrollmentRow(
            class_unit, numbers[row[pupil]], row[name], row[code], row[first], row[last], row[order]
        )
        for _, row in stored.get(ENROLLMENTS, ())
        if row[0] == unit
    ]


def _by_name(listed: Iterable[tuple[str, int]]) -> dict[str, int]:
    found: dict[str, tuple[str, int]] = {}
    for name, number in listed:
        _, same = found.setdefault(name_key(name), (name, number))
        found[name_key(name)] = (name, number if same == number else AMBIGUOUS)
    return dict(found.values())


def _number(name: str, known: Mapping[str, int]) -> int:
    """AMBIGUOUS also for a name that fits nobody."""
    exact = [number for full, number in known.items() if name_key(full) == name_key(name)]
    if exact:
        return exact[0]
    fitting = {number for full, number in known.items() if _is_short_for(name, full)}
    return fitting.pop() if len(fitting) == 1 else AMBIGUOUS


def _is_short_for(short: str, full: str) -> bool:
    """«Смирнов Иван» or «Смирнов И.» of «Смирнов Иван Петрович»."""
    words, whole = _words(short), _words(full)
    return (len(words) > 1 and whole[: len(words)] == words) or fits_initials(short, full)


def _words(name: str) -> list[str]:
    return plain(name).casefold().replace("ё", "е").split()


def _renumber(batch: Batch, class_unit: str, numbers: Mapping[int, int]) -> None:
    for sheet in SHEETS:
        rows = getattr(batch, sheet)
        if rows is not None:
            kept = [
                row._replace(pupil=numbers[row.pupil]) if row.class_unit == class_unit else row
                for row in rows
                if row.class_unit != class_unit or row.pupil in numbers
            ]
            setattr(batch, sheet, kept)
