"""Cells of a file (names) into cells of the journal (identities): marks and absences.

There are hundreds of thousands of them and few pupils: whose cell it is, is found out once for each
pupil, subject and group of a sheet.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from services.journal.breathing import breathing
from services.journal.model import AttendanceRow, MarkRow
from services.journal.relations import UNNUMBERED, Row
from services.journal.resolution import Resolver

Named = tuple[str, str, str, int]
"""Class, subject and group by name, and the pupil's number."""


class Owner(NamedTuple):
    """Whose cells: all identities; group 0 is the whole class."""

    class_unit: int
    pupil: int
    subject: int
    study_group: int


class Owners(dict[Named, Owner | None]):
    """Resolved on first sight, None for whoever the school's lists do not have.

    ``groups`` give a pupil's study group where the file leaves it out, ``numbers`` the lessons of a
    (class, day, subject) for formats that only count them.
    """

    def __init__(
        self,
        names: Resolver,
        sheet: str,
        groups: Mapping[tuple[int, int, int], int],
        numbers: Mapping[tuple[int, int, int], Sequence[int]],
    ) -> None:
        super().__init__()
        self.names = names
        self.sheet = sheet
        self.groups = groups
        self.numbers = numbers

    def __missing__(self, named: Named) -> Owner | None:
        self[named] = owner = self._resolve(*named)
        return owner

    def _resolve(self, class_unit: str, subject: str, group: str, number: int) -> Owner | None:
        unit = self.names.class_unit(class_unit)
        if unit is None:
            return None
        topic = self.names.subject(subject)
        study_group = self.names.study_group(unit, topic, group)
        pupil = self.names.pupil(unit, number)
        if pupil is None:
            return None
        own = study_group or self.groups.get((unit, topic, pupil), 0)
        return Owner(unit, pupil, topic, own)

    def refuse(self, index: int, class_unit: str, pupil: int) -> None:
        if self.names.class_unit(class_unit) is None:
            self.names.miss_class(self.sheet, index, class_unit)
        else:
            reason = f"в списке {class_unit} нет ученика № {pupil}"
            self.names.refuse(self.sheet, index, reason)

    def number(self, owner: Owner, day: int, nth: int) -> int:
        """The ``nth`` lesson of that day where it is known, else a number that says so."""
        held = self.numbers.get((owner.class_unit, day, owner.subject), ())
        return held[nth - 1] if nth <= len(held) else UNNUMBERED + nth


def marks(rows: Sequence[MarkRow], owners: Owners) -> Iterator[Row]:
    author_of = owners.names.author
    for index, row in enumerate(breathing(rows)):
        (day, number, nth, unit, group, subject, pupil, position,
         value, code, raw, kind, weight, entered_at, author) = row  # fmt: skip
        owner = owners[unit, subject, group, pupil]
        if owner is None:
            owners.refuse(index, unit, pupil)
            continue
        if number is None:
            number = owners.number(owner, day, nth)
        yield (
            owner[0], owner[1], day, number, owner[2], owner[3], position,
            value, code, raw, kind, weight, entered_at, author_of(author),
        )  # fmt: skip


def attendance(rows: Sequence[AttendanceRow], owners: Owners) -> Iterator[Row]:
    for index, row in enumerate(breathing(rows)):
        day, number, nth, unit, group, subject, pupil, code = row
        owner = owners[unit, subject, group, pupil]
        if owner is None:
            owners.refuse(index, unit, pupil)
            continue
        held = owners.number(owner, day, nth) if number is None else number
        yield (owner[0], owner[1], day, held, owner[2], owner[3], code)
