"""An import as it is remembered: its files, its figures, who sent it and what became of it."""

from dataclasses import dataclass, field
from datetime import datetime

from services.ids import ImportId, PersonId, SchoolId
from services.journal.relations import Row


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportRecord:
    """``id`` is the generation that the import makes; ``parent`` the one it starts from.

    ``state`` is staged, applied, undone or dropped. ``files`` are {"name", "sha256", "format"},
    ``summary`` is ``services.journal.imports.Preview`` as plain JSON. ``as_of`` stands on every
    figure that rests on this import. ``touched`` is the scope that rules look at after it, as
    ``services.completeness.extent.Scope`` reads it. ``seen`` is what the files show of the journal
    (``services.journal.snapshots``); a record that was kept does not carry it.
    """

    id: ImportId
    school: SchoolId
    parent: int
    state: str
    fingerprint: str
    as_of: datetime
    staged_at: datetime
    applied_at: datetime | None = None
    by_person: PersonId | None = None
    analysed: bool = False
    files: list[dict[str, str]] = field(default_factory=list)
    summary: dict[str, object] = field(default_factory=dict)
    touched: dict[str, object] = field(default_factory=dict)
    seen: list[Row] = field(default_factory=list)
