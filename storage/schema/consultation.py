"""The base of answers, its history, the backlog of unanswered questions and the log."""

from sqlalchemy import (
    Boolean,
    Column,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    Integer,
    PrimaryKeyConstraint,
    Table,
    Text,
    UniqueConstraint,
)

from storage.schema.base import Moment, key, metadata


def _school() -> Column[int]:
    return Column("school", key, ForeignKey("schools.id"), nullable=False)


def _of_entry() -> ForeignKeyConstraint:
    return ForeignKeyConstraint(
        ["school", "entry"], ["consultation_entries.school", "consultation_entries.id"]
    )


consultation_bases = Table(
    "consultation_bases",
    metadata,
    Column("school", key, ForeignKey("schools.id"), primary_key=True, autoincrement=False),
    Column("origin", Text, nullable=False),
    Column("taken_at", Moment, nullable=False),
)
"""Which shipped base a school took in last, by its fingerprint."""

consultation_sections = Table(
    "consultation_sections",
    metadata,
    _school(),
    Column("id", Text, nullable=False),
    Column("title", Text, nullable=False),
    Column("position", Integer, nullable=False),
    PrimaryKeyConstraint("school", "id"),
)

consultation_entries = Table(
    "consultation_entries",
    metadata,
    _school(),
    Column("id", Text, nullable=False),
    Column("position", Integer, nullable=False),
    Column("section", Text, nullable=False),
    Column("audience", Text, nullable=False),
    Column("question", Text, nullable=False),
    Column("answer", Text, nullable=False),
    Column("rules", Text, nullable=False),
    Column("origin", Text),
    Column("changed", Boolean, nullable=False),
    Column("hidden", Boolean, nullable=False),
    PrimaryKeyConstraint("school", "id"),
    ForeignKeyConstraint(
        ["school", "section"], ["consultation_sections.school", "consultation_sections.id"]
    ),
)
"""``origin`` is the fingerprint of the shipped text (none: the school's own entry); a ``changed``
one is never overwritten by a newer shipped base."""

consultation_aliases = Table(
    "consultation_aliases",
    metadata,
    Column("id", key, primary_key=True),
    _school(),
    Column("entry", Text, nullable=False),
    Column("text", Text, nullable=False),
    Column("own", Boolean, nullable=False),
    Column("dropped", Boolean, nullable=False),
    UniqueConstraint("school", "entry", "text"),
    _of_entry(),
)
"""``own``: added by the school; ``dropped``: a shipped one that the school took away."""

consultation_edits = Table(
    "consultation_edits",
    metadata,
    Column("id", key, primary_key=True),
    _school(),
    Column("entry", Text, nullable=False),
    Column("number", Integer, nullable=False),
    Column("person", key, ForeignKey("people.id")),
    Column("at", Moment, nullable=False),
    Column("content", Text, nullable=False),
    UniqueConstraint("school", "entry", "number"),
    _of_entry(),
)
"""Every version of every entry; without a person it is the program's."""

unanswered_questions = Table(
    "unanswered_questions",
    metadata,
    Column("id", key, primary_key=True),
    _school(),
    Column("plain", Text, nullable=False),
    Column("text", Text, nullable=False),
    Column("asked", Integer, nullable=False),
    Column("first_at", Moment, nullable=False),
    Column("last_at", Moment, nullable=False),
    Column("state", Text, nullable=False),
    Column("entry", Text),
    UniqueConstraint("school", "plain"),
)
"""No asker is kept with a question."""

consultations = Table(
    "consultations",
    metadata,
    Column("id", key, primary_key=True),
    _school(),
    Column("at", Moment, nullable=False),
    Column("band", Text, nullable=False),
    Column("text", Text, nullable=False),
    Column("entry", Text),
    Column("helped", Boolean),
    Index(None, "school", "at"),
)
"""One row a question; no asker."""
