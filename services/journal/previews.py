"""What an import would do, in counts: what the administrator sees before pressing «Применить»."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from datetime import date, datetime
from typing import Any

from services.ids import ImportId
from services.journal.assembly import Assembly
from services.journal.dictionary import Dictionary
from services.journal.ports import FilePart
from services.journal.relations import (
    ASSIGNMENTS,
    ATTENDANCE,
    BELLS,
    CHANGES,
    ENROLLMENTS,
    LESSONS,
    MARKS,
    MEMBERS,
    NON_SCHOOL,
    PLANS,
    SLOTS,
    STAFF_FACTS,
    SUBJECT_FACTS,
    SUBSTITUTIONS,
    TERM_MARKS,
    TERMS,
)

SHEETS = {
    TERMS: "Периоды", NON_SCHOOL: "Каникулы", BELLS: "Звонки", SUBJECT_FACTS: "Предметы",
    STAFF_FACTS: "Сотрудники", ENROLLMENTS: "Ученики", MEMBERS: "Группы",
    ASSIGNMENTS: "Нагрузка", SLOTS: "Расписание", SUBSTITUTIONS: "Замены", PLANS: "КТП",
    LESSONS: "Уроки", MARKS: "Отметки", ATTENDANCE: "Посещаемость", TERM_MARKS: "Итоги",
    CHANGES: "Изменения",
}  # fmt: skip
KEPT_REFUSALS = 2000
"""Refusals of a file kept with an import; the count is exact whatever this is."""

KEPT_REASONS = 20
NAMED_ROWS = 3

LOSS_SHARE = 0.5
LOSS_LEAST = 50
"""A relation that loses this share of its rows, and at least so many, is worth a warning."""


@dataclass(frozen=True, slots=True)
class SheetCount:
    sheet: str
    taken: int
    new: int
    changed: int
    removed: int


@dataclass(frozen=True, slots=True)
class FileReport:
    """One file: ``scope`` is {"classes", "subjects", "from", "to"} (ISO days, None: no lessons).

    ``reasons`` are {"reason", "count", "rows"} of refusals that say the same, the most frequent
    first; ``rows`` are the first NAMED_ROWS numbers that are known.
    """

    file: str
    format: str
    scope: Mapping[str, Any]
    taken: int
    refused_count: int
    refused: Sequence[Mapping[str, Any]]
    reasons: Sequence[Mapping[str, Any]] = ()


@dataclass(frozen=True, slots=True)
class Remarks:
    """What is told of the files besides their rows, pairs of a file's name and a word.

    ``unread``: why it is left out; ``familiar``: the header by which it was known from before.
    """

    unread: Sequence[tuple[str, str]] = ()
    familiar: Sequence[tuple[str, str]] = ()


@dataclass(frozen=True, slots=True)
class Preview:
    """``number`` is 0 while nothing is staged; ``same_as_of`` is set when the files repeat."""

    files: list[FileReport]
    sheets: list[SheetCount]
    unknown: list[tuple[str, str, int]]
    new_subjects: list[str]
    warnings: list[str]
    conflicts: int
    touched: int
    number: int = 0
    same_as_of: str | None = None
    notes: list[str] = field(default_factory=list)
    remarks: Remarks = Remarks()

    @property
    def taken(self) -> int:
        return sum(report.taken for report in self.files)

    @property
    def refused(self) -> int:
        return sum(report.refused_count for report in self.files)

    def numbered(self, number: ImportId) -> "Preview":
        return replace(self, number=number)

    def repeated(self, as_of: datetime) -> "Preview":
        return replace(self, number=0, touched=0, same_as_of=as_of.isoformat())

    def as_json(self) -> dict[str, object]:
        files = [replace(file, refused=file.refused[:KEPT_REFUSALS]) for file in self.files]
        return asdict(replace(self, files=files))

    @classmethod
    def of_json(cls, value: Mapping[str, Any]) -> "Preview":
        files = [FileReport(**report) for report in value["files"]]
        sheets = [SheetCount(**count) for count in value["sheets"]]
        unknown = [(kind, name, count) for kind, name, count in value["unknown"]]
        remarks = Remarks(**value.get("remarks", {}))
        lists = {"files": files, "sheets": sheets, "unknown": unknown, "remarks": remarks}
        return cls(**{**value, **lists})


def preview_of(assembly: Assembly) -> Preview:
    taken = {
        relation: sum(len(part.rows.get(relation, ())) for part in assembly.files)
        for relation in SHEETS
    }
    sheets = []
    warnings = list(assembly.warnings)
    for relation, sheet in SHEETS.items():
        change = assembly.change(relation)
        if change is None and not taken[relation]:
            continue
        counts = (change.new, change.changed, change.removed) if change else (0, 0, 0)
        sheets.append(SheetCount(sheet, taken[relation], *counts))
        lost = change.removed if change else 0
        before = lost + len(change.kept) + change.changed if change else 0
        if lost >= LOSS_LEAST and lost > LOSS_SHARE * before:
            warnings.append(f"Из «{sheet}» исчезнет {lost} из {before} строк этого охвата.")
    return Preview(
        files=[_report(part, assembly.dictionary) for part in assembly.files],
        sheets=sheets,
        unknown=[(*name, count) for name, count in sorted(assembly.unknown.items())],
        new_subjects=assembly.new_subjects,
        warnings=warnings,
        conflicts=sum(change.conflicts for change in assembly.changes),
        touched=assembly.touched,
        notes=[note for part in assembly.files for note in part.batch.notes],
    )


def _report(part: FilePart, dictionary: Dictionary) -> FileReport:
    classes = {unit.id: unit for unit in dictionary.class_units.values()}
    subjects = {subject.id: subject.name for subject in dictionary.subjects.values()}
    spoken = {unit for relation in SHEETS for unit in _units(part, relation)}
    taught = {subject for relation in SHEETS for subject in _column(part, relation, "subject")}
    first, last = _days(part)
    dated = first <= last
    scope = {
        "classes": [unit.name for unit in sorted((classes[u] for u in spoken), key=_class_order)],
        "subjects": sorted(subjects[subject] for subject in taught),
        "from": date.fromordinal(first).isoformat() if dated else None,
        "to": date.fromordinal(last).isoformat() if dated else None,
    }
    refused = [
        {"row": refusal.row, "reason": f"{refusal.sheet}: {refusal.reason}"}
        for refusal in part.refused
    ]
    return FileReport(
        part.name, part.format, scope, part.taken, len(refused), refused, grouped(refused)
    )


def _days(part: FilePart) -> tuple[int, int]:
    """A log speaks of days too; none is ``(0, -1)``."""
    logged = part.batch.period if CHANGES in part.rows and not part.scope.pairs else None
    return logged or (part.scope.first, part.scope.last)


def grouped(refused: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """Refusals of one file by their reason, as ``FileReport.reasons`` keeps them."""
    rows: dict[str, list[int]] = {}
    for each in refused:
        rows.setdefault(each["reason"], []).append(each["row"])
    reasons = [
        {"reason": reason, "count": len(own), "rows": sorted(filter(None, own))[:NAMED_ROWS]}
        for reason, own in sorted(rows.items(), key=lambda one: -len(one[1]))
    ]
    return reasons[:KEPT_REASONS]


def _class_order(unit: Any) -> tuple[int, str]:  # noqa: ANN401  # a named tuple of the dictionary
    return unit.grade, unit.name


def _column(part: FilePart, relation: Any, name: str) -> set[int]:  # noqa: ANN401  # see above
    if name not in relation.columns:
        return set()
    at = relation.columns.index(name)
    return {row[at] for row in part.rows.get(relation, ()) if row[at] is not None}


def _units(part: FilePart, relation: Any) -> set[int]:  # noqa: ANN401  # see above
    return _column(part, relation, "class_unit")
