"""Times in which the journal itself did not work, and the tickets that tell of them."""

from sqlalchemy import (
    Column,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    Integer,
    PrimaryKeyConstraint,
    Table,
)

from storage.schema.base import Moment, key, metadata

outages = Table(
    "outages",
    metadata,
    Column("school", key, ForeignKey("schools.id"), nullable=False),
    Column("number", Integer, nullable=False),
    Column("begins", Moment, nullable=False),
    Column("ends", Moment),
    Column("declared_by", key, ForeignKey("people.id"), nullable=False),
    Column("declared_at", Moment, nullable=False),
    Column("changed_at", Moment, nullable=False),
    Column("told_at", Moment),
    Column("undone_at", Moment),
    Column("revision", Integer, nullable=False),
    Column("looked", Integer, nullable=False),
    PrimaryKeyConstraint("school", "number"),
    Index(None, "school", "begins"),
)
"""``told_at``: everybody knows of the end. Findings were looked at anew as of ``looked``, a number
of ``revision``, which grows with every change."""

outage_tickets = Table(
    "outage_tickets",
    metadata,
    Column("school", key, nullable=False),
    Column("outage", Integer, nullable=False),
    Column("number", Integer, nullable=False),
    PrimaryKeyConstraint("school", "number"),
    ForeignKeyConstraint(["school", "outage"], ["outages.school", "outages.number"]),
    ForeignKeyConstraint(["school", "number"], ["tickets.school", "tickets.number"]),
    Index(None, "school", "outage"),
)
"""``number`` is the ticket's."""
