"""Beside the tickets: what caused them, and the group where the queue is shown."""

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    ForeignKey,
    ForeignKeyConstraint,
    Integer,
    PrimaryKeyConstraint,
    Table,
    Text,
)

from storage.schema.base import key, metadata

ticket_causes = Table(
    "ticket_causes",
    metadata,
    Column("school", key, nullable=False),
    Column("number", Integer, nullable=False),
    Column("cause", Text, nullable=False),
    PrimaryKeyConstraint("school", "number"),
    ForeignKeyConstraint(["school", "number"], ["tickets.school", "tickets.number"]),
)

queue_groups = Table(
    "queue_groups",
    metadata,
    Column("school", key, ForeignKey("schools.id"), primary_key=True, autoincrement=False),
    Column("chat", BigInteger, nullable=False),
    Column("topics", Boolean, nullable=False),
)
"""``topics``: the group had topics when it was chosen, so each ticket gets one."""
