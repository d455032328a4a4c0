"""Mapped classes: what teachers write, and what files cover."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column, relationship

from bench.objects.base import Base, Kept

if TYPE_CHECKING:
    from bench.objects.people import ClassUnit, Pupil, Subject


class Lesson(Kept, Base):
    __tablename__ = "lessons"

    class_unit_id: Mapped[int] = mapped_column("class_unit", ForeignKey("class_units.id"))
    day: Mapped[int]
    number: Mapped[int]
    subject_id: Mapped[int] = mapped_column("subject", ForeignKey("subjects.id"))
    study_group_id: Mapped[int] = mapped_column("study_group")
    staff: Mapped[int]
    instead_of: Mapped[int | None]
    topic: Mapped[str | None]
    topic_plain: Mapped[str | None]
    homework: Mapped[str | None]
    work_kind: Mapped[str]
    work_type: Mapped[str | None]
    state_said: Mapped[int]
    state: Mapped[int]
    attendance_said: Mapped[int | None]
    attendance_taken: Mapped[int | None]
    entered_at: Mapped[int | None]
    modified_at: Mapped[int | None]
    author: Mapped[str | None]

    class_unit: Mapped[ClassUnit] = relationship(back_populates="lessons")
    subject: Mapped[Subject] = relationship()

    def of_group(self, study_group: int) -> bool:
        """Whether it is a lesson of this group, where 0 is the whole class on either side."""
        return self.study_group_id == study_group or 0 in (self.study_group_id, study_group)


class Expected(Kept, Base):
    __tablename__ = "expected_lessons"

    class_unit_id: Mapped[int] = mapped_column("class_unit", ForeignKey("class_units.id"))
    day: Mapped[int]
    number: Mapped[int]
    subject_id: Mapped[int] = mapped_column("subject", ForeignKey("subjects.id"))
    study_group_id: Mapped[int] = mapped_column("study_group")
    staff: Mapped[int | None]
    state: Mapped[int]


class Mark(Kept, Base):
    __tablename__ = "marks"

    class_unit_id: Mapped[int] = mapped_column("class_unit", ForeignKey("class_units.id"))
    pupil_id: Mapped[int] = mapped_column("pupil", ForeignKey("pupils.id"))
    day: Mapped[int]
    number: Mapped[int]
    subject_id: Mapped[int] = mapped_column("subject", ForeignKey("subjects.id"))
    study_group_id: Mapped[int] = mapped_column("study_group")
    position: Mapped[int]
    value: Mapped[int | None]
    code: Mapped[str | None]
    raw: Mapped[str]
    work_kind: Mapped[str]
    weight: Mapped[int | None]
    entered_at: Mapped[int | None]
    author: Mapped[str | None]

    pupil: Mapped[Pupil] = relationship(back_populates="marks")


class Absence(Kept, Base):
    __tablename__ = "attendance"

    class_unit_id: Mapped[int] = mapped_column("class_unit", ForeignKey("class_units.id"))
    pupil_id: Mapped[int] = mapped_column("pupil", ForeignKey("pupils.id"))
    day: Mapped[int]
    number: Mapped[int]
    subject_id: Mapped[int] = mapped_column("subject", ForeignKey("subjects.id"))
    study_group_id: Mapped[int] = mapped_column("study_group")
    code: Mapped[str]


class TermMark(Kept, Base):
    __tablename__ = "term_marks"

    class_unit_id: Mapped[int] = mapped_column("class_unit", ForeignKey("class_units.id"))
    pupil_id: Mapped[int] = mapped_column("pupil", ForeignKey("pupils.id"))
    subject_id: Mapped[int] = mapped_column("subject", ForeignKey("subjects.id"))
    year: Mapped[int]
    kind: Mapped[str]
    number: Mapped[int]
    value: Mapped[int | None]
    code: Mapped[str | None]
    entered_at: Mapped[int | None]

    pupil: Mapped[Pupil] = relationship(back_populates="term_marks")

    @property
    def key(self) -> tuple[int, str, int]:
        return self.year, self.kind, self.number


class PlanItem(Kept, Base):
    __tablename__ = "plan_items"

    class_unit_id: Mapped[int] = mapped_column("class_unit", ForeignKey("class_units.id"))
    subject_id: Mapped[int] = mapped_column("subject", ForeignKey("subjects.id"))
    study_group_id: Mapped[int] = mapped_column("study_group")
    position: Mapped[int]
    topic: Mapped[str]
    staff: Mapped[int | None]
    hours: Mapped[int]
    day: Mapped[int | None]
    work_kind: Mapped[str]


class Coverage(Kept, Base):
    __tablename__ = "coverage"

    kind: Mapped[str]
    class_unit_id: Mapped[int] = mapped_column("class_unit", ForeignKey("class_units.id"))
    subject_id: Mapped[int] = mapped_column("subject", ForeignKey("subjects.id"))
    study_group_id: Mapped[int] = mapped_column("study_group")
    first: Mapped[int]
    last: Mapped[int]

    subject: Mapped[Subject] = relationship()

    def holds(self, day: int) -> bool:
        return self.first <= day <= self.last


class TermCoverage(Kept, Base):
    __tablename__ = "term_coverage"

    class_unit_id: Mapped[int] = mapped_column("class_unit", ForeignKey("class_units.id"))
    subject_id: Mapped[int] = mapped_column("subject", ForeignKey("subjects.id"))
    year: Mapped[int]
    kind: Mapped[str]
    number: Mapped[int]

    @property
    def key(self) -> tuple[int, str, int]:
        return self.year, self.kind, self.number
