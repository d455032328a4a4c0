"""What teachers say of findings, and what became of it."""

from sqlalchemy import Column, ForeignKey, Index, Integer, Table, Text

from storage.schema.base import Moment, key, metadata

claims = Table(
    "claims",
    metadata,
    Column("id", key, primary_key=True),
    Column("school", key, ForeignKey("schools.id"), nullable=False),
    Column("finding", key, ForeignKey("findings.id"), nullable=False),
    Column("person", key, ForeignKey("people.id"), nullable=False),
    Column("kind", Text, nullable=False),
    Column("state", Text, nullable=False),
    Column("canned", Text, nullable=False),
    Column("words", Text, nullable=False),
    Column("until", Integer),
    Column("said_at", Moment, nullable=False),
    Column("said_in", Integer, nullable=False),
    Column("answered_by", key, ForeignKey("people.id")),
    Column("answered_at", Moment),
    Column("answer_canned", Text, nullable=False),
    Column("answer_words", Text, nullable=False),
    Column("checked_in", key, ForeignKey("imports.id")),
    Column("mended", Integer),
    Index(None, "school", "finding"),
    Index(None, "checked_in"),
)
"""The latest row of a finding says how it stands. ``said_in`` is the generation that was shown
then. ``mended`` is what the import ``checked_in`` showed, and holds while that import is applied:
undoing it makes the claim wait again, without a word written here."""
