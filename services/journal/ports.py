"""What the journal's use cases need from storage, and the parts of one import."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from typing import Protocol

from services.ids import SchoolId
from services.journal.dictionary import Dictionary
from services.journal.difference import Stored
from services.journal.model import Batch, Refusal
from services.journal.relations import Relation, Row
from services.journal.scope import Covered


class JournalRows(Protocol):
    """Kept rows of a school as its present generation shows them."""

    async def dictionary(self, school: SchoolId) -> Dictionary: ...

    async def load(
        self,
        relation: Relation,
        school: SchoolId,
        *,
        classes: Collection[int] | None = None,
        days: tuple[int, int] | None = None,
    ) -> list[Stored]:
        """(row number, columns), narrowed to classes and to a range of the column ``day``."""
        ...

    async def taught_days(self, school: SchoolId) -> Mapping[int, frozenset[int]]:
        """Class -> days on which it has lesson lines."""
        ...


@dataclass(slots=True)
class FilePart:
    """One file of an import: its rows by relation, its scope, what was refused."""

    name: str
    format: str
    batch: Batch
    rows: dict[Relation, list[Row]] = field(default_factory=dict)
    scope: Covered = field(default_factory=Covered)

    @property
    def taken(self) -> int:
        """Rows of the file that are kept (derived and coverage rows do not count)."""
        return sum(len(rows) for rows in self.rows.values())

    @property
    def refused(self) -> list[Refusal]:
        return self.batch.refused
