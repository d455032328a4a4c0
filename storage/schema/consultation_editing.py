"""What waits on the way into the base: askers of open questions, suggestions, files."""

from sqlalchemy import (
    Column,
    ForeignKey,
    Index,
    PrimaryKeyConstraint,
    Table,
    Text,
)

from storage.schema.base import Moment, key, metadata


def _school() -> Column[int]:
    return Column("school", key, ForeignKey("schools.id"), nullable=False)


def _person(name: str = "person", *, nullable: bool = False) -> Column[int]:
    return Column(name, key, ForeignKey("people.id"), nullable=nullable)


unanswered_askers = Table(
    "unanswered_askers",
    metadata,
    Column("question", key, ForeignKey("unanswered_questions.id"), nullable=False),
    _person(),
    Column("at", Moment, nullable=False),
    PrimaryKeyConstraint("question", "person"),
)
"""Who is told when a question gets its answer; a row goes with the answer, and nobody reads it."""

consultation_suggestions = Table(
    "consultation_suggestions",
    metadata,
    Column("id", key, primary_key=True),
    _school(),
    _person(),
    Column("question", Text, nullable=False),
    Column("answer", Text, nullable=False),
    Column("at", Moment, nullable=False),
    Column("state", Text, nullable=False),
    Column("entry", Text),
    Column("words", Text, nullable=False),
    _person("settled_by", nullable=True),
    Column("settled_at", Moment),
    Index(None, "school", "state"),
)

consultation_files = Table(
    "consultation_files",
    metadata,
    Column("id", key, primary_key=True),
    _school(),
    _person(),
    Column("at", Moment, nullable=False),
    Column("state", Text, nullable=False),
    Column("content", Text, nullable=False),
    Column("undo", Text, nullable=False),
)
"""Entries of a file that waits to be taken in; ``undo`` tells each entry's versions around it."""
