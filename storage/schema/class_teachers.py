"""Which classes the administrator gave to a class teacher."""

from sqlalchemy import BigInteger, Column, ForeignKey, PrimaryKeyConstraint, Table

from storage.schema.base import Moment, key, metadata

class_teachers = Table(
    "class_teachers",
    metadata,
    Column("school", key, ForeignKey("schools.id"), nullable=False),
    Column("person", key, ForeignKey("people.id"), nullable=False),
    Column("class_unit", BigInteger, nullable=False),
    Column("given_at", Moment, nullable=False),
    PrimaryKeyConstraint("person", "class_unit"),
)
