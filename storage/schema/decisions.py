"""Decisions with their owners and steps."""

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    Integer,
    PrimaryKeyConstraint,
    Table,
    Text,
)

from storage.schema.base import Moment, key, metadata


def _of_decision() -> ForeignKeyConstraint:
    return ForeignKeyConstraint(["school", "number"], ["decisions.school", "decisions.number"])


decisions = Table(
    "decisions",
    metadata,
    Column("school", key, ForeignKey("schools.id"), nullable=False),
    Column("number", Integer, nullable=False),
    Column("text", Text, nullable=False),
    Column("source", Text, nullable=False),
    Column("source_ref", BigInteger, nullable=False),
    Column("source_words", Text, nullable=False),
    Column("set_by", key, ForeignKey("people.id"), nullable=False),
    Column("set_at", Moment, nullable=False),
    Column("changed_at", Moment, nullable=False),
    Column("due", Integer, nullable=False),
    Column("state", Text, nullable=False),
    Column("closed_at", Moment),
    Column("scenario", Text),
    PrimaryKeyConstraint("school", "number"),
    Index(None, "school", "state"),
)
"""``due`` is an ordinal; ``scenario`` is one JSON object of a scenario card."""

decision_owners = Table(
    "decision_owners",
    metadata,
    Column("school", key, nullable=False),
    Column("number", Integer, nullable=False),
    Column("position", Integer, nullable=False),
    Column("person", key, ForeignKey("people.id"), nullable=False),
    Column("state", Text, nullable=False),
    Column("told", Integer, nullable=False),
    Column("asks", Integer),
    PrimaryKeyConstraint("school", "number", "person"),
    _of_decision(),
    Index(None, "person"),
)
"""``told`` counts reminders that have come due; ``asks`` is the day the owner proposes."""

decision_events = Table(
    "decision_events",
    metadata,
    Column("id", key, primary_key=True),
    Column("school", key, nullable=False),
    Column("number", Integer, nullable=False),
    Column("person", key, ForeignKey("people.id")),
    Column("what", Text, nullable=False),
    Column("at", Moment, nullable=False),
    Column("words", Text, nullable=False),
    Column("facts", Text, nullable=False),
    Column("before", Text),
    Column("undone", Boolean, nullable=False),
    _of_decision(),
    Index(None, "school", "number"),
    Index(None, "person"),
)
"""``before`` is the decision as it was, for taking the step back."""

decision_files = Table(
    "decision_files",
    metadata,
    Column("event", key, ForeignKey("decision_events.id"), nullable=False),
    Column("part", Integer, nullable=False),
    Column("kind", Text, nullable=False),
    Column("file_id", Text, nullable=False),
    Column("unique_id", Text, nullable=False),
    PrimaryKeyConstraint("event", "part"),
)
"""Proofs stay with the messenger: ``file_id`` sends one again."""
