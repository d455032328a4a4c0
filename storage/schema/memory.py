"""What the administrator once said of files: which format a header is, whom a name means."""

from sqlalchemy import Column, ForeignKey, Integer, Table, Text, UniqueConstraint

from storage.schema.base import Moment, key, metadata

familiar_headers = Table(
    "familiar_headers",
    metadata,
    Column("id", key, primary_key=True),
    Column("school", Integer, ForeignKey("schools.id"), nullable=False),
    Column("header", Text, nullable=False),
    Column("format", Text, nullable=False),
    Column("file", Text, nullable=False),
    Column("said_at", Moment, nullable=False),
    Column("forgotten_at", Moment),
    UniqueConstraint("school", "header"),
)
"""``header`` is a fingerprint; ``file`` is the name of the one of which it was said."""

said_names = Table(
    "said_names",
    metadata,
    Column("id", key, primary_key=True),
    Column("school", Integer, ForeignKey("schools.id"), nullable=False),
    Column("kind", Text, nullable=False),
    Column("alias_key", Text, nullable=False),
    Column("name", Text, nullable=False),
    Column("target", Integer, nullable=False),
    Column("said_at", Moment, nullable=False),
    Column("forgotten_at", Moment),
    UniqueConstraint("school", "kind", "alias_key"),
)
"""Of the table ``aliases`` those that a person said, with the words of the file; a forgotten one
is not there any more and can come back."""
