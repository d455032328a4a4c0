"""One class of a batch, by pupil and subject: what exports with a block a pupil need."""

from collections import defaultdict
from dataclasses import dataclass, field

from services.journal.model import Batch, Day, TermRow


@dataclass(slots=True)
class SubjectCells:
    """A subject of one pupil: the cells of its lessons by (day, nth), and all its values."""

    cells: dict[tuple[Day, int], str] = field(default_factory=dict)
    values: list[tuple[Day, int]] = field(default_factory=list)
    lessons_on: dict[Day, int] = field(default_factory=lambda: defaultdict(int))

    def mean(self, first: Day, last: Day) -> float:
        values = [value for day, value in self.values if first <= day <= last]
        return round(sum(values) / len(values), 2) if values else 0


class ClassJournal:
    """One class of a batch, by pupils."""

    def __init__(self, batch: Batch, class_unit: str) -> None:
        self.batch, self.class_unit = batch, class_unit
        self.pupils = {
            row.pupil: row.name or ""
            for row in batch.enrollments or []
            if row.class_unit == class_unit
        }
        self._stays = [row for row in batch.enrollments or [] if row.class_unit == class_unit]
        self._members: dict[tuple[str, str], set[int]] = defaultdict(set)
        for member in batch.members or []:
            if member.class_unit == class_unit:
                self._members[member.subject, member.study_group].add(member.pupil)
        self.rows: dict[int, dict[str, SubjectCells]] = {number: {} for number in self.pupils}
        self._read()

    def _read(self) -> None:
        texts: dict[tuple[Day, int | None, str, int], list[str]] = defaultdict(list)
        for code in self.batch.attendance or []:
            if code.class_unit == self.class_unit:
                texts[code.day, code.number, code.subject, code.pupil].append(code.code)
        for mark in self.batch.marks or []:
            if mark.class_unit == self.class_unit:
                key = (mark.day, mark.number, mark.subject, mark.pupil)
                if mark.position:
                    texts[key][-1] += f"/{mark.raw}"
                else:
                    texts[key].append(mark.raw)
                if mark.value is not None:
                    self._row(mark.pupil, mark.subject).values.append((mark.day, mark.value))
        for lesson in self.batch.lessons or []:
            if lesson.class_unit == self.class_unit and lesson.state == "проведён":
                for number in self._roster(lesson.day, lesson.subject, lesson.study_group):
                    row = self._row(number, lesson.subject)
                    row.lessons_on[lesson.day] += 1
                    nth = row.lessons_on[lesson.day]
                    key = (lesson.day, lesson.number, lesson.subject, number)
                    row.cells[lesson.day, nth] = " ".join(texts.get(key, ()))

    def _row(self, number: int, subject: str) -> SubjectCells:
        return self.rows[number].setdefault(subject, SubjectCells())

    def _roster(self, day: Day, subject: str, group: str) -> set[int]:
        there = {row.pupil for row in self._stays if row.first <= day <= row.last}
        return there & self._members[subject, group] if group else there

    def terms(self) -> list[TermRow]:
        half_years = any(
            mark.kind == "полугодие" and mark.class_unit == self.class_unit
            for mark in self.batch.term_marks or []
        ) or self.class_unit.startswith(("10", "11"))
        kind = "полугодие" if half_years else "четверть"
        return [term for term in self.batch.terms or [] if term.kind == kind]

    def term_marks(self) -> dict[tuple[int, str, str, int], str]:
        return {
            (mark.pupil, mark.subject, mark.kind, mark.number): (
                mark.code if mark.value is None else str(mark.value)
            )
            for mark in self.batch.term_marks or []
            if mark.class_unit == self.class_unit
        }
