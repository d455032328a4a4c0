"""Formats that know pupils by name only: their positions become numbers of the class list."""

from collections.abc import Mapping, Sequence

from services.journal.dictionary import Dictionary
from services.journal.difference import Stored
from services.journal.model import FIRST_DAY, LAST_DAY, Batch, EnrollmentRow, Refusal
from services.journal.names import name_key
from services.journal.relations import ENROLLMENTS, Relation

SHEETS = ("marks", "attendance", "term_marks")


def declare_roster(
    batch: Batch, stored: Mapping[Relation, Sequence[Stored]], dictionary: Dictionary
) -> None:
    """Give the rows of ``batch.pupil_names`` classes the numbers of the class list, in place.

    A class without a list gets one in the order of the file. In a listed class a name must fit
    exactly one number; otherwise the pupil's rows are refused (the reason tells the block, never
    the name).
    """
    for class_unit, names in batch.pupil_names.items():
        known = _known_numbers(class_unit, stored, dictionary)
        if known is None:
            batch.enrollments = (batch.enrollments or []) + [
                EnrollmentRow(class_unit, position, name, None, FIRST_DAY, LAST_DAY, None)
                for position, name in enumerate(names, 1)
            ]
            continue
        numbers = {
            position: known[name_key(name)]
            for position, name in enumerate(names, 1)
            if known.get(name_key(name))
        }
        _renumber(batch, class_unit, numbers)
        for position in range(1, len(names) + 1):
            if position not in numbers:
                reason = f"{class_unit}: ученика из блока {position} нет в списке класса"
                batch.refused.append(Refusal("Ученики", position, reason))


def _known_numbers(
    class_unit: str, stored: Mapping[Relation, Sequence[Stored]], dictionary: Dictionary
) -> dict[str, int] | None:
    """Name key -> number (0 for namesakes); None where the class has no list."""
    unit = dictionary.class_unit(class_unit)
    numbers = {pupil.id: pupil.number for pupil in dictionary.pupils.values()}
    found: dict[str, int] = {}
    rows = [row for _, row in stored.get(ENROLLMENTS, ()) if row[0] == unit]
    for row in rows:
        number = numbers[row[1]]
        if row[5]:
            same = found.setdefault(name_key(str(row[5])), number)
            found[name_key(str(row[5]))] = number if same == number else 0
    return found if rows else None


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
