"""Tickets, their messages with files and copies, events, linked findings, the desk's settings."""

from sqlalchemy import (
    BigInteger,
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


def _person(name: str = "person", *, nullable: bool = False) -> Column[int]:
    return Column(name, key, ForeignKey("people.id"), nullable=nullable)


def _of_ticket() -> ForeignKeyConstraint:
    return ForeignKeyConstraint(["school", "number"], ["tickets.school", "tickets.number"])


def _message() -> Column[int]:
    return Column("message", key, ForeignKey("ticket_messages.id"), nullable=False)


tickets = Table(
    "tickets",
    metadata,
    _school(),
    Column("number", Integer, nullable=False),
    _person("author"),
    Column("category", Text, nullable=False),
    Column("origin", Text, nullable=False),
    Column("state", Text, nullable=False),
    Column("class_unit", Text, nullable=False),
    Column("subject", Text, nullable=False),
    Column("day", Integer),
    Column("opened_at", Moment, nullable=False),
    Column("changed_at", Moment, nullable=False),
    _person("taken_by", nullable=True),
    Column("merged_into", Integer),
    Column("running_since", Moment),
    Column("worked", Integer, nullable=False),
    Column("answered_at", Moment),
    Column("answer_worked", Integer),
    Column("solved_at", Moment),
    Column("closed_at", Moment),
    Column("postponed_until", Moment),
    Column("rating", Integer),
    Column("rating_words", Text, nullable=False),
    PrimaryKeyConstraint("school", "number"),
    Index(None, "school", "state"),
    Index(None, "school", "author"),
    Index(None, "school", "merged_into"),
)
"""``worked`` and ``answer_worked`` are seconds of working time; ``day`` is an ordinal."""

ticket_messages = Table(
    "ticket_messages",
    metadata,
    Column("id", key, primary_key=True),
    _school(),
    Column("number", Integer, nullable=False),
    Column("side", Text, nullable=False),
    _person(),
    Column("at", Moment, nullable=False),
    Column("text", Text, nullable=False),
    Column("edited_at", Moment),
    Column("source_chat", BigInteger),
    Column("source_message", BigInteger),
    _of_ticket(),
    UniqueConstraint("source_chat", "source_message"),
    Index(None, "school", "number"),
)

ticket_files = Table(
    "ticket_files",
    metadata,
    _message(),
    Column("part", Integer, nullable=False),
    Column("kind", Text, nullable=False),
    Column("file_id", Text, nullable=False),
    Column("unique_id", Text, nullable=False),
    Column("album", Text, nullable=False),
    PrimaryKeyConstraint("message", "part"),
    UniqueConstraint("message", "unique_id"),
    Index(None, "album"),
)
"""Files stay with the messenger: ``file_id`` sends one again, ``unique_id`` tells doubles."""

ticket_copies = Table(
    "ticket_copies",
    metadata,
    Column("id", key, primary_key=True),
    _message(),
    Column("part", Integer, nullable=False),
    Column("chat", BigInteger, nullable=False),
    Column("card", Text, nullable=False),
    Column("delivery", Text, nullable=False),
    Column("refusal", Text),
    UniqueConstraint("message", "part", "chat"),
    Index(None, "delivery"),
)
"""``card`` is the outbox's name of the copy; the messenger's own number stands in ``cards``."""

ticket_events = Table(
    "ticket_events",
    metadata,
    Column("id", key, primary_key=True),
    _school(),
    Column("number", Integer, nullable=False),
    _person(nullable=True),
    Column("what", Text, nullable=False),
    Column("at", Moment, nullable=False),
    Column("facts", Text, nullable=False),
    _of_ticket(),
    Index(None, "school", "number"),
)

ticket_findings = Table(
    "ticket_findings",
    metadata,
    _school(),
    Column("number", Integer, nullable=False),
    Column("finding", key, ForeignKey("findings.id"), nullable=False),
    PrimaryKeyConstraint("school", "number", "finding"),
    _of_ticket(),
)

helpdesk_settings = Table(
    "helpdesk_settings",
    metadata,
    Column("school", key, ForeignKey("schools.id"), primary_key=True, autoincrement=False),
    Column("content", Text, nullable=False),
)
"""Categories with targets, working hours, canned replies, as one JSON object."""
