"""Analyses with their versions, to whom they went, and a school's own form and deputy."""

from sqlalchemy import (
    Column,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    PrimaryKeyConstraint,
    Table,
    Text,
    UniqueConstraint,
)

from storage.schema.base import Moment, key, metadata

analyses = Table(
    "analyses",
    metadata,
    Column("id", key, primary_key=True),
    Column("school", key, ForeignKey("schools.id"), nullable=False),
    Column("period", Text, nullable=False),
    Column("number", Integer, nullable=False),
    Column("version", Integer, nullable=False),
    Column("state", Text, nullable=False),
    Column("rests_on", Text, nullable=False),
    Column("as_of", Moment, nullable=False),
    Column("content", Text, nullable=False),
    Column("checksum", Text, nullable=False),
    Column("made_at", Moment, nullable=False),
    Column("sent_at", Moment),
    Column("decided_at", Moment),
    Column("decided_by", key, ForeignKey("people.id")),
    Column("words", Text, nullable=False),
    Column("reminded_at", Moment),
    Column("recheck", Integer, nullable=False),
    Column("rechecked", Text),
    UniqueConstraint("school", "period", "version"),
    Index(None, "state"),
)
"""``content`` is JSON, ``checksum`` its SHA-256, ``rests_on`` tells which data and settings it was
counted from; ``recheck`` is an ordinal, ``rechecked`` the re-check's outcome as JSON."""

analysis_recipients = Table(
    "analysis_recipients",
    metadata,
    Column("analysis", key, ForeignKey("analyses.id"), nullable=False),
    Column("person", key, ForeignKey("people.id"), nullable=False),
    PrimaryKeyConstraint("analysis", "person"),
)

analysis_settings = Table(
    "analysis_settings",
    metadata,
    Column("school", key, ForeignKey("schools.id"), nullable=False),
    Column("deputy", key, ForeignKey("people.id")),
    Column("template", LargeBinary),
    Column("template_at", Moment),
    PrimaryKeyConstraint("school"),
)
"""``deputy`` decides while there is no director; ``template`` None is the form that is shipped."""
