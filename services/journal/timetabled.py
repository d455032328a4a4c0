"""What the timetable knows of a lesson whose file leaves out its number or its teacher."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from services.journal.relations import ASSIGNMENTS, EXPECTED, UNNUMBERED, Row

Held = tuple[int, int, int]
"""Class, day, subject."""


@dataclass(frozen=True, slots=True)
class Timetabled:
    """``numbers`` of the lessons of a (class, day, subject); staff by (group, staff) else."""

    numbers: Mapping[Held, Sequence[int]] = field(default_factory=dict)
    due: Mapping[tuple[Held, int], Sequence[tuple[int, int]]] = field(default_factory=dict)
    load: Mapping[tuple[int, int], Sequence[Row]] = field(default_factory=dict)

    @classmethod
    def of(
        cls, numbers: Mapping[Held, Sequence[int]], expected: Iterable[Row], load: Iterable[Row]
    ) -> "Timetabled":
        """``expected`` and ``load`` are rows of EXPECTED and ASSIGNMENTS."""
        due: dict[tuple[Held, int], list[tuple[int, int]]] = defaultdict(list)
        unit, day, number, subject, group, staff = map(
            EXPECTED.columns.index,
            ("class_unit", "day", "number", "subject", "study_group", "staff"),
        )
        for row in expected:
            if row[staff] is not None:
                held = (row[unit], row[day], row[subject])
                due[held, row[number]].append((row[group], row[staff]))
        taught: dict[tuple[int, int], list[Row]] = defaultdict(list)
        for row in load:
            taught[row[0], row[1]].append(row)
        return cls(numbers, dict(due), dict(taught))

    def number(self, held: Held, said: int) -> int:
        """A number above UNNUMBERED says only which of that day's lessons it is."""
        known = self.numbers.get(held, ())
        nth = said - UNNUMBERED
        return known[nth - 1] if 0 < nth <= len(known) else said

    def teacher(self, held: Held, number: int, group: int) -> int | None:
        """Who was to teach it by the timetable of that day, else by the load; None for several."""
        return _only(self.due.get((held, number), ()), group) or self._by_load(held, group)

    def _by_load(self, held: Held, group: int) -> int | None:
        unit, day, subject = held
        first, last, staff = map(ASSIGNMENTS.columns.index, ("first", "last", "staff"))
        rows = self.load.get((unit, subject), ())
        on_duty = [(row[2], row[staff]) for row in rows if row[first] <= day <= row[last]]
        return _only(on_duty, group)


def _only(taught: Iterable[tuple[int, int]], group: int) -> int | None:
    """The one teacher of the group; of a lesson whose group is not said, the only one at all."""
    staff = {staff for own, staff in taught if not group or own in {0, group}}
    return staff.pop() if len(staff) == 1 else None
