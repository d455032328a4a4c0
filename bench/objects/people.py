"""Mapped classes: school classes, subjects, pupils, and who is where."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column, relationship

from bench.objects.base import Base, Kept

if TYPE_CHECKING:
    from bench.objects.calendar import Bell, ClassDay, Term
    from bench.objects.entries import (
        Absence,
        Coverage,
        Expected,
        Lesson,
        Mark,
        PlanItem,
        TermCoverage,
        TermMark,
    )


class ClassUnit(Base):
    __tablename__ = "class_units"

    id: Mapped[int] = mapped_column(primary_key=True)
    school: Mapped[int]
    name: Mapped[str]
    grade: Mapped[int]

    pupils: Mapped[list[Pupil]] = relationship(back_populates="class_unit")
    enrollments: Mapped[list[Enrollment]] = relationship(back_populates="class_unit")
    assignments: Mapped[list[Assignment]] = relationship(back_populates="class_unit")
    empty_rosters: Mapped[list[EmptyRoster]] = relationship()
    lessons: Mapped[list[Lesson]] = relationship(back_populates="class_unit")
    expected: Mapped[list[Expected]] = relationship()
    absences: Mapped[list[Absence]] = relationship()
    plan_items: Mapped[list[PlanItem]] = relationship()
    coverage: Mapped[list[Coverage]] = relationship()
    term_coverage: Mapped[list[TermCoverage]] = relationship()
    days: Mapped[list[ClassDay]] = relationship()
    terms: Mapped[list[Term]] = relationship()
    bells: Mapped[list[Bell]] = relationship()

    @property
    def marks(self) -> list[Mark]:
        return [mark for pupil in self.pupils for mark in pupil.marks]


class Subject(Base):
    __tablename__ = "subjects"

    id: Mapped[int] = mapped_column(primary_key=True)
    school: Mapped[int]
    name: Mapped[str]
    marks: Mapped[int]
    homework: Mapped[int]

    facts: Mapped[SubjectFacts | None] = relationship(lazy="selectin")

    @property
    def has_marks(self) -> bool:
        own = self.facts.marks if self.facts else None
        return bool(self.marks if own is None else own)

    @property
    def has_homework(self) -> bool:
        own = self.facts.homework if self.facts else None
        return bool(self.homework if own is None else own)


class SubjectFacts(Kept, Base):
    __tablename__ = "subject_facts"

    subject_id: Mapped[int] = mapped_column("subject", ForeignKey("subjects.id"))
    marks: Mapped[int | None]
    homework: Mapped[int | None]
    aliases: Mapped[str]
    subject_group: Mapped[str | None]


class Pupil(Base):
    __tablename__ = "pupils"

    id: Mapped[int] = mapped_column(primary_key=True)
    school: Mapped[int]
    class_unit_id: Mapped[int] = mapped_column("class_unit", ForeignKey("class_units.id"))
    number: Mapped[int]

    class_unit: Mapped[ClassUnit] = relationship(back_populates="pupils")
    enrollments: Mapped[list[Enrollment]] = relationship(back_populates="pupil")
    memberships: Mapped[list[Membership]] = relationship(back_populates="pupil")
    marks: Mapped[list[Mark]] = relationship(back_populates="pupil")
    term_marks: Mapped[list[TermMark]] = relationship(back_populates="pupil")

    def in_group(self, study_group: int) -> bool:
        """Whether a lesson of this group is theirs; 0 is the whole class."""
        return not study_group or any(
            member.study_group_id == study_group for member in self.memberships
        )


class StudyGroup(Base):
    __tablename__ = "study_groups"

    id: Mapped[int] = mapped_column(primary_key=True)
    school: Mapped[int]
    class_unit_id: Mapped[int] = mapped_column("class_unit", ForeignKey("class_units.id"))
    subject_id: Mapped[int] = mapped_column("subject", ForeignKey("subjects.id"))
    name: Mapped[str]


class Membership(Kept, Base):
    __tablename__ = "group_pupils"

    study_group_id: Mapped[int] = mapped_column("study_group", ForeignKey("study_groups.id"))
    pupil_id: Mapped[int] = mapped_column("pupil", ForeignKey("pupils.id"))

    study_group: Mapped[StudyGroup] = relationship()
    pupil: Mapped[Pupil] = relationship(back_populates="memberships")


class Enrollment(Kept, Base):
    __tablename__ = "enrollments"

    class_unit_id: Mapped[int] = mapped_column("class_unit", ForeignKey("class_units.id"))
    pupil_id: Mapped[int] = mapped_column("pupil", ForeignKey("pupils.id"))
    first: Mapped[int]
    last: Mapped[int]
    person: Mapped[int]
    name: Mapped[str | None]
    code: Mapped[str | None]
    order_text: Mapped[str | None]

    class_unit: Mapped[ClassUnit] = relationship(back_populates="enrollments")
    pupil: Mapped[Pupil] = relationship(back_populates="enrollments")

    def holds(self, day: int) -> bool:
        return self.first <= day <= self.last


class Assignment(Kept, Base):
    __tablename__ = "assignments"

    class_unit_id: Mapped[int] = mapped_column("class_unit", ForeignKey("class_units.id"))
    subject_id: Mapped[int] = mapped_column("subject", ForeignKey("subjects.id"))
    study_group_id: Mapped[int] = mapped_column("study_group")
    staff: Mapped[int]
    first: Mapped[int]
    last: Mapped[int]
    hours: Mapped[int]

    class_unit: Mapped[ClassUnit] = relationship(back_populates="assignments")
    subject: Mapped[Subject] = relationship()

    def holds(self, day: int) -> bool:
        return self.first <= day <= self.last


class EmptyRoster(Kept, Base):
    __tablename__ = "empty_rosters"

    class_unit_id: Mapped[int] = mapped_column("class_unit", ForeignKey("class_units.id"))
    study_group_id: Mapped[int] = mapped_column("study_group")
    first: Mapped[int]
    last: Mapped[int]
