"""Schools, the people admitted to them, invitations, bound groups, PINs and the audit."""

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    ForeignKey,
    Index,
    Integer,
    Table,
    Text,
    UniqueConstraint,
    text,
)

from storage.schema.base import Moment, key, metadata


def _school() -> Column[int]:
    return Column("school", key, ForeignKey("schools.id"), nullable=False)


schools = Table(
    "schools",
    metadata,
    Column("id", key, primary_key=True),
    Column("name", Text, nullable=False),
    Column("timezone", Text, nullable=False),
    Column("generation", BigInteger, nullable=False, server_default=text("0")),
    Column("settings", Text, nullable=False, server_default=text("'{}'")),
    Column("created_at", Moment, nullable=False),
)

people = Table(
    "people",
    metadata,
    Column("id", key, primary_key=True),
    _school(),
    Column("user", BigInteger, nullable=False),
    Column("name", Text, nullable=False),
    Column("language", Text, nullable=False),
    Column("staff", BigInteger),
    Column("created_at", Moment, nullable=False),
    Column("revoked_at", Moment),
    UniqueConstraint("school", "user"),
    Index(None, "user"),
)

person_roles = Table(
    "person_roles",
    metadata,
    Column("id", key, primary_key=True),
    _school(),
    Column("person", key, ForeignKey("people.id"), nullable=False),
    Column("role", Text, nullable=False),
    Column("since", Moment, nullable=False),
    Column("until", Moment),
    Column("given_by", key, ForeignKey("people.id")),
    Column("order_text", Text),
    Index(None, "person"),
)

invitations = Table(
    "invitations",
    metadata,
    Column("id", key, primary_key=True),
    _school(),
    Column("code_hash", Text, nullable=False, unique=True),
    Column("role", Text, nullable=False),
    Column("staff", BigInteger),
    Column("name", Text, nullable=False),
    Column("created_by", key, ForeignKey("people.id"), nullable=False),
    Column("created_at", Moment, nullable=False),
    Column("expires_at", Moment, nullable=False),
    Column("used_at", Moment),
    Column("used_by", BigInteger),
)

bound_chats = Table(
    "bound_chats",
    metadata,
    Column("id", key, primary_key=True),
    _school(),
    Column("chat", BigInteger, nullable=False, unique=True),
    Column("title", Text, nullable=False),
    Column("topic", BigInteger),
    Column("bound_by", key, ForeignKey("people.id")),
    Column("bound_at", Moment, nullable=False),
    Column("active", Boolean, nullable=False),
)

setup = Table(
    "setup",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=False),
    Column("school", key, ForeignKey("schools.id")),
    Column("code_hash", Text, nullable=False),
    Column("created_at", Moment, nullable=False),
    Column("used_at", Moment),
    Column("used_by", BigInteger),
)

guesses = Table(
    "guesses",
    metadata,
    Column("user", BigInteger, primary_key=True, autoincrement=False),
    Column("since", Moment, nullable=False),
    Column("count", Integer, nullable=False),
)

pins = Table(
    "pins",
    metadata,
    Column("person", key, ForeignKey("people.id"), primary_key=True, autoincrement=False),
    _school(),
    Column("hash", Text, nullable=False),
    Column("failures", Integer, nullable=False),
    Column("locked_until", Moment),
    Column("fresh_until", Moment),
)

audit = Table(
    "audit",
    metadata,
    Column("id", key, primary_key=True),
    _school(),
    Column("person", key, ForeignKey("people.id")),
    Column("what", Text, nullable=False),
    Column("at", Moment, nullable=False),
    Column("facts", Text, nullable=False),
    Index(None, "school", "at"),
)
