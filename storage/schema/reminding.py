"""What people were told of findings, when they want to be told, and what is kept silent."""

from sqlalchemy import (
    Column,
    ForeignKey,
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


reminding_settings = Table(
    "reminding_settings",
    metadata,
    Column("school", key, ForeignKey("schools.id"), primary_key=True, autoincrement=False),
    Column("content", Text, nullable=False),
)

reminder_hours = Table(
    "reminder_hours",
    metadata,
    Column("person", key, ForeignKey("people.id"), primary_key=True, autoincrement=False),
    Column("minutes", Integer),
)
"""Minutes of the day that a person chose; NULL is never."""

reminders = Table(
    "reminders",
    metadata,
    Column("id", key, primary_key=True),
    _school(),
    Column("person", key, ForeignKey("people.id"), nullable=False),
    Column("key", Text, nullable=False),
    Column("day", Integer, nullable=False),
    Column("at", Moment, nullable=False),
    UniqueConstraint("person", "key"),
    Index(None, "school", "day"),
)
"""Messages; ``key`` is their letter's, by which it is known whether they arrived."""

reminder_findings = Table(
    "reminder_findings",
    metadata,
    Column("reminder", key, ForeignKey("reminders.id"), nullable=False),
    Column("finding", key, ForeignKey("findings.id"), nullable=False),
    Column("level", Integer, nullable=False),
    PrimaryKeyConstraint("reminder", "finding", "level"),
    Index(None, "finding"),
)
"""``level`` 0 is the teacher's own finding; 1 to 3 are steps of the ladder, and stay."""

silences = Table(
    "silences",
    metadata,
    _school(),
    Column("number", Integer, nullable=False),
    Column("rule", Text, nullable=False),
    Column("class_unit", Integer),
    Column("staff", Integer),
    Column("subject", Integer),
    Column("until", Integer, nullable=False),
    Column("reason", Text, nullable=False),
    Column("set_by", key, ForeignKey("people.id"), nullable=False),
    Column("set_at", Moment, nullable=False),
    Column("ended_by", key, ForeignKey("people.id")),
    Column("ended_at", Moment),
    PrimaryKeyConstraint("school", "number"),
)
"""``until`` is the last day, an ordinal; an empty ``rule`` is all of them."""

unreached_staff = Table(
    "unreached_staff",
    metadata,
    _school(),
    Column("staff", Integer, nullable=False),
    PrimaryKeyConstraint("school", "staff"),
)
"""Teachers of whom the administrators know that no reminder reaches them."""
