"""A list of pupils that numbers its own rows: whoever is known keeps the number in the class.

«№ п/п» of such a list moves whenever somebody comes or leaves; a pupil's marks must not move along.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence

from services.journal.model import FIRST_DAY, LAST_DAY, EnrollmentRow
from services.journal.names import name_key


def renumbered(
    rows: Sequence[EnrollmentRow], known: Iterable[EnrollmentRow]
) -> tuple[list[EnrollmentRow], dict[int, int]]:
    """``rows`` of one class with the numbers of the ``known`` ones of the same code or name.

    With them, the number of each by that in the list.

    A newcomer gets the number of the list where it is free, else the next free one. Days that the
    list does not say are those known. Who is known to have left and is not listed stays.
    """
    kept = sorted(known, key=lambda row: (row.pupil, row.first))
    by_code = {row.code: row for row in kept if row.code}
    by_name: dict[str, list[EnrollmentRow]] = defaultdict(list)
    for row in {row.pupil: row for row in kept}.values():
        by_name[name_key(row.name or "")].append(row)
    found: list[EnrollmentRow] = []
    fresh: list[EnrollmentRow] = []
    numbers: dict[int, int] = {}
    for row in rows:
        namesakes = by_name.get(name_key(row.name or ""), [])
        same = by_code.get(row.code) if row.code else None
        same = same or next((each for each in namesakes if _is_free(each, row, found)), None)
        if same is None:
            fresh.append(row)
        else:
            numbers[row.pupil] = same.pupil
            found.append(_joined(row, same))
    taken = {row.pupil for row in kept}
    for row in fresh:
        number = row.pupil if row.pupil not in taken else max(taken) + 1
        taken.add(number)
        numbers[row.pupil] = number
        found.append(row._replace(pupil=number))
    listed = {row.pupil for row in found}
    left = [row for row in kept if row.pupil not in listed and row.last != LAST_DAY]
    return found + left, numbers


def _is_free(known: EnrollmentRow, row: EnrollmentRow, found: Iterable[EnrollmentRow]) -> bool:
    """Not another's by code, and not given to a namesake of this list already."""
    other = known.code and row.code and known.code != row.code
    return not other and all(each.pupil != known.pupil for each in found)


def _joined(row: EnrollmentRow, known: EnrollmentRow) -> EnrollmentRow:
    return row._replace(
        pupil=known.pupil,
        code=row.code or known.code,
        first=known.first if row.first == FIRST_DAY else row.first,
        last=known.last if row.last == LAST_DAY else row.last,
        order=row.order or known.order,
    )
