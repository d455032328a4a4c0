"""Digests as they were sent, and who acknowledged them."""

from sqlalchemy import (
    Column,
    ForeignKey,
    Integer,
    PrimaryKeyConstraint,
    Table,
    Text,
    UniqueConstraint,
)

from storage.schema.base import Moment, key, metadata

digests = Table(
    "digests",
    metadata,
    Column("id", key, primary_key=True),
    Column("school", Integer, ForeignKey("schools.id"), nullable=False),
    Column("period", Text, nullable=False),
    Column("state", Text, nullable=False),
    Column("as_of", Moment, nullable=False),
    Column("week", Text, nullable=False),
    Column("made_at", Moment, nullable=False),
    UniqueConstraint("school", "period", "state"),
)
"""``state`` tells which data and settings the figures rest on: the same ones are kept once."""

digest_acknowledgements = Table(
    "digest_acknowledgements",
    metadata,
    Column("digest", Integer, ForeignKey("digests.id"), nullable=False),
    Column("person", Integer, ForeignKey("people.id"), nullable=False),
    Column("at", Moment, nullable=False),
    PrimaryKeyConstraint("digest", "person"),
)
