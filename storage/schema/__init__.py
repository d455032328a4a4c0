"""All tables, declared once for SQLite and PostgreSQL alike."""

from storage.schema import consultation, digests, journal, people, process
from storage.schema.base import metadata

__all__ = ["consultation", "digests", "journal", "metadata", "people", "process"]
