"""All tables, declared once for SQLite and PostgreSQL alike."""

from storage.schema import digests, journal, people, process
from storage.schema.base import metadata

__all__ = ["digests", "journal", "metadata", "people", "process"]
