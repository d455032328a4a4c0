"""What the administrator wrote into the journal of own duties."""

from sqlalchemy import Column, ForeignKey, Integer, PrimaryKeyConstraint, Table, Text

from storage.schema.base import Moment, key, metadata

duty_entries = Table(
    "duty_entries",
    metadata,
    Column("school", key, ForeignKey("schools.id"), nullable=False),
    Column("number", Integer, nullable=False),
    Column("clause", Text, nullable=False),
    Column("period", Text, nullable=False),
    Column("day", Integer, nullable=False),
    Column("text", Text, nullable=False),
    Column("proof", Text, nullable=False),
    Column("person", key, ForeignKey("people.id"), nullable=False),
    Column("at", Moment, nullable=False),
    Column("undone_at", Moment),
    Column("undone_by", key, ForeignKey("people.id")),
    PrimaryKeyConstraint("school", "number"),
)
"""``period`` is «2026-W47», «2026-11», «2026-T1», «2026-Y»; ``day`` is an ordinal."""
