"""All tables, declared once for SQLite and PostgreSQL alike."""

from storage.schema import (
    consultation,
    consultation_editing,
    digests,
    helpdesk,
    journal,
    outages,
    people,
    process,
    queue,
)
from storage.schema.base import metadata

__all__ = [
    "consultation",
    "consultation_editing",
    "digests",
    "helpdesk",
    "journal",
    "metadata",
    "outages",
    "people",
    "process",
    "queue",
]
