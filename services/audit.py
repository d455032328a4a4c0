"""Who changed what: rows that are only ever added."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol

from services.ids import PersonId, SchoolId


@dataclass(frozen=True, slots=True, kw_only=True)
class AuditEntry:
    """``what`` is a short event name («role given»); ``facts`` are ids and settings, no names.

    ``person`` is None where the program itself acted.
    """

    school: SchoolId
    person: PersonId | None
    what: str
    at: datetime
    facts: Mapping[str, object] = field(default_factory=dict)


class Audit(Protocol):
    async def add(self, entry: AuditEntry) -> None: ...

    async def list(self, school: SchoolId) -> Sequence[AuditEntry]: ...
