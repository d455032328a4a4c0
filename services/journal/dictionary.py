"""Names of a school and their identities: what a file calls things, and what the journal knows."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import NamedTuple

from services.journal.names import fits_initials, grade_of, name_key

SAID_SUBJECT = "said subject"
UNMARKED = ("разговорыоважном", "россия-моигоризонты", "россиямоигоризонты")
UNMARKED_WITH_HOMEWORK = ("орксэ", "основырелигиозныхкультурисветскойэтики")


def defaults_of(subject: str) -> tuple[int, int]:
    """(marks, homework) of a subject by its name; RULES.md, "Without marks and homework"."""
    key = name_key(subject).replace("—", "-").replace("–", "-").strip('«»"')
    if key.startswith(UNMARKED):
        return 0, 0
    return int(not key.startswith(UNMARKED_WITH_HOMEWORK)), 1


class ClassUnit(NamedTuple):
    id: int
    name: str
    grade: int


class Named(NamedTuple):
    id: int
    name: str


class SubjectName(NamedTuple):
    """``marks`` and ``homework`` are what holds until the administrator says otherwise."""

    id: int
    name: str
    marks: int
    homework: int


class StudyGroup(NamedTuple):
    id: int
    class_unit: int
    subject: int
    name: str


class Pupil(NamedTuple):
    id: int
    class_unit: int
    number: int


class Alias(NamedTuple):
    """``kind`` is "staff", "subject" or "class"; ``key`` is ``name_key`` of what files say.

    SAID_SUBJECT is what the administrator says of a subject: it goes before the subject's own name,
    a synonym of the lists after it.
    """

    kind: str
    key: str
    target: int


@dataclass(slots=True)
class Additions:
    """What a file brought that the dictionary did not have, with identities already given."""

    class_units: list[ClassUnit] = field(default_factory=list)
    subjects: list[SubjectName] = field(default_factory=list)
    staff: list[Named] = field(default_factory=list)
    study_groups: list[StudyGroup] = field(default_factory=list)
    pupils: list[Pupil] = field(default_factory=list)
    aliases: list[Alias] = field(default_factory=list)


@dataclass(slots=True)
class Dictionary:
    """All names of one school. New ones get numbers from ``next_id`` on and wait in ``added``."""

    next_id: int
    class_units: dict[str, ClassUnit] = field(default_factory=dict)
    subjects: dict[str, SubjectName] = field(default_factory=dict)
    staff: dict[str, Named] = field(default_factory=dict)
    study_groups: dict[tuple[int, int, str], StudyGroup] = field(default_factory=dict)
    pupils: dict[tuple[int, int], Pupil] = field(default_factory=dict)
    aliases: dict[tuple[str, str], int] = field(default_factory=dict)
    added: Additions = field(default_factory=Additions)

    def load(
        self,
        *,
        class_units: Iterable[ClassUnit],
        subjects: Iterable[SubjectName],
        staff: Iterable[Named],
        study_groups: Iterable[StudyGroup],
        pupils: Iterable[Pupil],
        aliases: Iterable[Alias],
    ) -> None:
        self.class_units.update((name_key(unit.name), unit) for unit in class_units)
        self.subjects.update((name_key(subject.name), subject) for subject in subjects)
        self.staff.update((name_key(member.name), member) for member in staff)
        self.study_groups.update(
            ((group.class_unit, group.subject, name_key(group.name)), group)
            for group in study_groups
        )
        self.pupils.update(((pupil.class_unit, pupil.number), pupil) for pupil in pupils)
        self.aliases.update(((alias.kind, alias.key), alias.target) for alias in aliases)

    def _number(self) -> int:
        self.next_id += 1
        return self.next_id

    def class_unit(self, name: str) -> int | None:
        """By what the administrator said it is, else by name."""
        key = name_key(name)
        known = self.class_units.get(key)
        return self.aliases.get(("class", key), known.id if known else None)

    def subject(self, name: str) -> int | None:
        key = name_key(name)
        said, known = self.aliases.get((SAID_SUBJECT, key)), self.subjects.get(key)
        if said is not None:
            return said
        return known.id if known else self.aliases.get(("subject", key))

    def teacher(self, name: str) -> int | None:
        """By alias, by full name, or by «Иванова И.И.» where exactly one fits.

        An alias goes first: the name itself may be known too, as an author outside the lists.
        """
        key = name_key(name)
        alias = self.aliases.get(("staff", key))
        if alias is not None:
            return alias
        known = self.staff.get(key)
        if known:
            return known.id
        fitting = [member.id for member in self.staff.values() if fits_initials(name, member.name)]
        return fitting[0] if len(fitting) == 1 else None

    def add_class_unit(self, name: str) -> int:
        unit = ClassUnit(self._number(), name, grade_of(name))
        self.class_units[name_key(name)] = unit
        self.added.class_units.append(unit)
        return unit.id

    def add_subject(self, name: str) -> int:
        subject = SubjectName(self._number(), name, *defaults_of(name))
        self.subjects[name_key(name)] = subject
        self.added.subjects.append(subject)
        return subject.id

    def add_teacher(self, name: str) -> int:
        member = Named(self._number(), name)
        self.staff[name_key(name)] = member
        self.added.staff.append(member)
        return member.id

    def add_alias(self, kind: str, name: str, target: int) -> None:
        """A name that means something already keeps its meaning."""
        alias = Alias(kind, name_key(name), target)
        if (kind, alias.key) not in self.aliases:
            self.aliases[kind, alias.key] = target
            self.added.aliases.append(alias)

    def study_group(self, class_unit: int, subject: int, name: str) -> int:
        """0 is the whole class; a group not yet known is added."""
        if not name:
            return 0
        key = (class_unit, subject, name_key(name))
        known = self.study_groups.get(key)
        if known is None:
            known = StudyGroup(self._number(), class_unit, subject, name)
            self.study_groups[key] = known
            self.added.study_groups.append(known)
        return known.id

    def pupil(self, class_unit: int, number: int) -> int:
        """The identity of a personal number in a class list; added when not yet known."""
        known = self.pupils.get((class_unit, number))
        if known is None:
            known = Pupil(self._number(), class_unit, number)
            self.pupils[class_unit, number] = known
            self.added.pupils.append(known)
        return known.id
