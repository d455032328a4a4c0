"""All tables, declared once for SQLite and PostgreSQL alike."""

from storage.schema import (
    analyses,
    claims,
    class_teachers,
    consultation,
    consultation_editing,
    decisions,
    digests,
    duties,
    helpdesk,
    journal,
    memory,
    outages,
    people,
    process,
    queue,
    reminding,
)
from storage.schema.base import metadata

__all__ = [
    "analyses",
    "claims",
    "class_teachers",
    "consultation",
    "consultation_editing",
    "decisions",
    "digests",
    "duties",
    "helpdesk",
    "journal",
    "memory",
    "metadata",
    "outages",
    "people",
    "process",
    "queue",
    "reminding",
]
