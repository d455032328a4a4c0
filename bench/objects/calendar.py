"""Mapped classes: days, terms and bells."""

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from bench.objects.base import Base, Kept


class CalendarDay(Base):
    __tablename__ = "calendar_days"

    school: Mapped[int] = mapped_column(primary_key=True)
    day: Mapped[int] = mapped_column(primary_key=True)
    begins: Mapped[int]
    deadline: Mapped[int]
    ends: Mapped[int]
    moved: Mapped[int]


class ClassDay(Kept, Base):
    __tablename__ = "class_days"

    class_unit_id: Mapped[int] = mapped_column("class_unit", ForeignKey("class_units.id"))
    day: Mapped[int]
    off: Mapped[int]
    school_day: Mapped[int]
    seq: Mapped[int]
    term_first: Mapped[int | None]
    term_last: Mapped[int | None]


class Term(Kept, Base):
    __tablename__ = "class_terms"

    class_unit_id: Mapped[int] = mapped_column("class_unit", ForeignKey("class_units.id"))
    year: Mapped[int]
    kind: Mapped[str]
    number: Mapped[int]
    first: Mapped[int]
    last: Mapped[int]

    @property
    def key(self) -> tuple[int, str, int]:
        return self.year, self.kind, self.number

    def holds(self, day: int) -> bool:
        return self.first <= day <= self.last


class Bell(Kept, Base):
    __tablename__ = "class_bells"

    class_unit_id: Mapped[int] = mapped_column("class_unit", ForeignKey("class_units.id"))
    number: Mapped[int]
    ends: Mapped[int]
