"""From names to identities: rows of a file become rows of the journal, or refusals with a reason.

What the school's lists know is "declared"; a class, teacher or pupil that a file names and no list
declares is refused and offered to be added, never guessed. Where the school has no such list yet,
the file itself declares.
"""

from dataclasses import dataclass, field, replace
from typing import NamedTuple

from services.journal.dictionary import Dictionary
from services.journal.model import Batch, Refusal


class Unknown(NamedTuple):
    """A name that no list of the school declares; ``kind`` is "class" or "staff"."""

    kind: str
    name: str


@dataclass(slots=True)
class Resolver:
    """Identities for the names of one batch.

    ``declares_staff``, ``declares_classes`` and ``declares_pupils`` tell whether the school's lists
    (stored or in this very batch) are known; ``accepted`` are unknown names that the administrator
    chose to add.
    """

    dictionary: Dictionary
    batch: Batch
    known_staff: frozenset[int] = frozenset()
    known_classes: frozenset[int] = frozenset()
    known_pupils: dict[int, frozenset[int]] = field(default_factory=dict)
    known_subjects: frozenset[int] = frozenset()
    accepted: frozenset[Unknown] = frozenset()
    unknown: dict[Unknown, int] = field(default_factory=dict)
    new_subjects: set[str] = field(default_factory=set)
    _classes: dict[str, int | None] = field(default_factory=dict)
    _staff: dict[str, int | None] = field(default_factory=dict)
    _authors: dict[str, int] = field(default_factory=dict)
    _subjects: dict[str, int] = field(default_factory=dict)
    _groups: dict[tuple[int, int, str], int] = field(default_factory=dict)
    _pupils: dict[tuple[int, int], int | None] = field(default_factory=dict)

    def for_batch(self, batch: Batch) -> "Resolver":
        """The same lists, for the rows of one file."""
        return replace(
            self, batch=batch, unknown={}, new_subjects=set(),
            _classes={}, _staff={}, _authors={}, _subjects={}, _groups={}, _pupils={},
        )  # fmt: skip

    def refuse(self, sheet: str, index: int, reason: str) -> None:
        self.batch.refused.append(Refusal(sheet, self.batch.row_number(sheet, index), reason))

    def class_unit(self, name: str) -> int | None:
        """None where the school's lists do not have the class."""
        if name not in self._classes:
            self._classes[name] = self._declared_class(name)
        return self._classes[name]

    def _declared_class(self, name: str) -> int | None:
        found = self.dictionary.class_unit(name)
        free = not self.known_classes or Unknown("class", name) in self.accepted
        if free:
            return found or self.dictionary.add_class_unit(name)
        return found if found in self.known_classes else None

    def subject(self, name: str) -> int:
        """A new subject is taken as it is, and named in the preview."""
        if name not in self._subjects:
            found = self.dictionary.subject(name)
            if found not in self.known_subjects:
                self.new_subjects.add(name)
            self._subjects[name] = found or self.dictionary.add_subject(name)
        return self._subjects[name]

    def study_group(self, class_unit: int, subject: int, name: str) -> int:
        key = (class_unit, subject, name)
        if key not in self._groups:
            self._groups[key] = self.dictionary.study_group(class_unit, subject, name)
        return self._groups[key]

    def teacher(self, name: str | None) -> int | None:
        """None for None and for a name that is not declared."""
        if name is None:
            return None
        if name not in self._staff:
            self._staff[name] = self._declared_staff(name)
        return self._staff[name]

    def _declared_staff(self, name: str) -> int | None:
        found = self.dictionary.teacher(name)
        free = not self.known_staff or Unknown("staff", name) in self.accepted
        if free:
            return found or self.dictionary.add_teacher(name)
        return found if found in self.known_staff else None

    def pupil(self, class_unit: int, number: int) -> int | None:
        """None where the class has a list and the number is not in it."""
        key = (class_unit, number)
        if key not in self._pupils:
            listed = self.known_pupils.get(class_unit)
            unlisted = listed is not None and number not in listed
            self._pupils[key] = None if unlisted else self.dictionary.pupil(class_unit, number)
        return self._pupils[key]

    def miss_class(self, sheet: str, index: int, name: str) -> None:
        self.unknown[Unknown("class", name)] = self.unknown.get(Unknown("class", name), 0) + 1
        self.refuse(sheet, index, f"неизвестный класс «{name}»")

    def miss_teacher(self, sheet: str, index: int, name: str) -> None:
        self.unknown[Unknown("staff", name)] = self.unknown.get(Unknown("staff", name), 0) + 1
        self.refuse(sheet, index, f"неизвестный учитель «{name}»")

    def author(self, name: str | None) -> int | None:
        """Whoever wrote an entry; one outside the staff list is kept, not refused."""
        if name is None:
            return None
        if name not in self._authors:
            found = self.dictionary.teacher(name)
            self._authors[name] = found or self.dictionary.add_teacher(name)
        return self._authors[name]
