"""What teachers enter: lessons, marks, absences and period marks of the files of one import."""

import asyncio
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from services.ids import SchoolId
from services.journal import cell_rows, conversion, logged
from services.journal.collector import collector_paused
from services.journal.difference import Change, Stored, difference
from services.journal.model import Batch
from services.journal.ports import FilePart, JournalRows
from services.journal.relations import (
    ASSIGNMENTS,
    ATTENDANCE,
    CHANGES,
    CLASS_TERMS,
    COVERAGE,
    EMPTY_ROSTERS,
    ENROLLMENTS,
    EXPECTED,
    GROUP_PUPILS,
    LESSONS,
    MARKS,
    MEMBERS,
    STRUCK,
    TERM_COVERAGE,
    TERM_MARKS,
    UNNUMBERED,
    Relation,
    Row,
    column,
)
from services.journal.resolution import Resolver
from services.journal.scope import Covered, coverage_rows, covered, joined
from services.journal.structure import Structure
from services.journal.timetabled import Timetabled

SPOKEN = {"lessons": LESSONS, "marks": MARKS, "attendance": ATTENDANCE}
Triple = tuple[int, int, int]


@dataclass(slots=True)
class Lessons:
    """A set of lessons: (class, day, number, subject) -> study groups."""

    places: dict[Row, set[int]]

    @classmethod
    def struck(cls, expected: Iterable[Row]) -> "Lessons":
        """Those that «Замены» cancel."""
        return cls._of(
            (row[0], row[1], row[2], row[3], row[4]) for row in expected if row[6] == STRUCK
        )

    @classmethod
    def coded(cls, attendance: Iterable[Row]) -> "Lessons":
        """Those with at least one absence code: attendance is taken there."""
        return cls._of((row[0], row[2], row[3], row[4], row[5]) for row in attendance)

    @classmethod
    def _of(cls, lessons: Iterable[Row]) -> "Lessons":
        places: dict[Row, set[int]] = {}
        for lesson in lessons:
            places.setdefault(lesson[:4], set()).add(lesson[4])
        return cls(places)

    def __call__(self, unit: int, day: int, number: int, subject: int, group: int) -> bool:
        groups = self.places.get((unit, day, number, subject))
        return groups is not None and (not group or 0 in groups or group in groups)


_SAID, _STATE, _TAKEN_SAID, _TAKEN = (
    LESSONS.columns.index(name)
    for name in ("state_said", "state", "attendance_said", "attendance_taken")
)


def settled(row: Row, struck: Lessons, coded: Lessons) -> Row:
    """A lesson's row with its state and attendance as the rest of the journal makes them."""
    state = conversion.effective_state(row[_SAID], struck=struck(*row[:5]))
    taken = 1 if coded(*row[:5]) else row[_TAKEN_SAID]
    if state == row[_STATE] and taken == row[_TAKEN]:
        return row
    changed = list(row)
    changed[_STATE], changed[_TAKEN] = state, taken
    return tuple(changed)


@dataclass(slots=True)
class Entries:
    """Resolves and compares the entries, given what changes in the school's structure.

    ``before`` are the lessons to be held in the generation that the import starts from.
    """

    journal: JournalRows
    school: SchoolId
    structure: Structure
    structure_changes: Sequence[Change]
    before: Sequence[Row]
    _groups: dict[Triple, int] = field(default_factory=dict)
    _numbers: dict[Triple, list[int]] = field(default_factory=dict)

    async def changes(
        self, files: Sequence[FilePart], resolvers: Sequence[Resolver]
    ) -> list[Change]:
        self._groups = self._members()
        await self._count_lessons([part.batch for part in files])
        for part, names in zip(files, resolvers, strict=True):
            with collector_paused():
                await asyncio.to_thread(self._convert, part, names)
        for part, names in zip(files, resolvers, strict=True):
            if part.batch.changes is not None:
                part.rows[CHANGES] = list(logged.changes(part.batch.changes, names))
        found = [
            await self._entered(relation, files)
            for relation in (MARKS, ATTENDANCE)
            if any(relation in part.rows for part in files)
        ]
        found += await self._lessons(files, found)
        found += await self._group_pupils(files)
        found += await self._covered(files)
        found += await self._period_marks(files)
        found += await self._logged(files)
        return found

    def _now(self, relation: Relation) -> list[Row]:
        change = next((c for c in self.structure_changes if c.relation is relation), None)
        return self.structure.kept(relation) if change is None else change.after()

    def _members(self) -> dict[Triple, int]:
        groups = {each.id: each for each in self.structure.dictionary.study_groups.values()}
        return {
            (groups[group].class_unit, groups[group].subject, pupil): group
            for group, pupil in self._now(MEMBERS)
        }

    async def _count_lessons(self, batches: Sequence[Batch]) -> None:
        """For formats that only count lessons: which numbers a subject has on a day."""
        unnumbered = [
            row.day for batch in batches for rows in (batch.marks, batch.attendance)
            for row in rows or () if row.number is None
        ]  # fmt: skip
        unnumbered += [
            row.day for batch in batches for row in batch.lessons or () if row.number > UNNUMBERED
        ]
        if not unnumbered:
            return
        span = (min(unnumbered), max(unnumbered))
        held = await self.journal.load(LESSONS, self.school, days=span)
        places: dict[Triple, set[int]] = defaultdict(set)
        for row in (*self._now(EXPECTED), *(row for _, row in held)):
            places[row[0], row[1], row[3]].add(row[2])
        self._numbers = {place: sorted(numbers) for place, numbers in places.items()}

    # -- rows ----------------------------------------------------------------------------------

    def _convert(self, part: FilePart, names: Resolver) -> None:
        batch = part.batch
        if batch.lessons is not None:
            rows = list(conversion.lessons(batch.lessons, names, self._timetabled(batch)))
            if rows or all(row.teacher for row in batch.lessons):
                part.rows[LESSONS] = rows
        if batch.marks is not None:
            owners = cell_rows.Owners(names, "Отметки", self._groups, self._numbers)
            part.rows[MARKS] = list(cell_rows.marks(batch.marks, owners))
        if batch.attendance is not None:
            owners = cell_rows.Owners(names, "Посещаемость", self._groups, self._numbers)
            part.rows[ATTENDANCE] = list(cell_rows.attendance(batch.attendance, owners))
        if batch.term_marks is not None:
            year = conversion.stated_year(batch.year, []) or self._running_year()
            part.rows[TERM_MARKS] = list(conversion.term_marks(batch.term_marks, names, year))
        part.scope = covered(batch, part.rows)

    def _timetabled(self, batch: Batch) -> Timetabled:
        """Looked into only for a file that leaves out numbers or teachers."""
        lacking = any(row.number > UNNUMBERED or not row.teacher for row in batch.lessons or ())
        if not lacking:
            return conversion.NOTHING_TIMETABLED
        return Timetabled.of(self._numbers, self._now(EXPECTED), self._now(ASSIGNMENTS))

    def _running_year(self) -> int:
        return max(column(CLASS_TERMS, self._now(CLASS_TERMS), "year"), default=0)

    async def _entered(self, relation: Relation, files: Sequence[FilePart]) -> Change:
        scopes = [part.scope for part in files if relation in part.rows and part.scope.pairs]
        rows = [row for part in files for row in part.rows.get(relation, ())]
        kept = await self._in_scope(relation, scopes)
        within = _within(relation, scopes)
        with collector_paused():
            return await asyncio.to_thread(difference, relation, rows, kept, within)

    async def _lessons(self, files: Sequence[FilePart], found: Sequence[Change]) -> list[Change]:
        """The files' lessons, and kept ones that «Замены» or absences now put otherwise."""
        struck, before = Lessons.struck(self._now(EXPECTED)), Lessons.struck(self.before)
        absences = next((each for each in found if each.relation is ATTENDANCE), None)
        spoken = [part for part in files if LESSONS in part.rows]
        if absences is None and spoken:
            kept = await self._in_scope(ATTENDANCE, [part.scope for part in spoken])
            coded = Lessons.coded(row for _, row in kept)
        else:
            coded = Lessons.coded(absences.after() if absences else ())
        for part in spoken:
            part.rows[LESSONS] = [settled(row, struck, coded) for row in part.rows[LESSONS]]
        change = await self._entered(LESSONS, files) if spoken else Change(LESSONS)
        moved = {
            place for place in before.places.keys() | struck.places.keys()
            if before.places.get(place) != struck.places.get(place)
        }  # fmt: skip
        scopes = [part.scope for part in files if absences and ATTENDANCE in part.rows]
        await self._resettle(change, moved, scopes, struck, coded)
        return [change]

    async def _resettle(
        self,
        change: Change,
        moved: set[Row],
        scopes: Sequence[Covered],
        struck: Lessons,
        coded: Lessons,
    ) -> None:
        ended = set(change.ended)
        kept = dict(await self._in_scope(LESSONS, scopes))
        if moved:
            days = (min(place[1] for place in moved), max(place[1] for place in moved))
            classes = frozenset(place[0] for place in moved)
            again = await self.journal.load(LESSONS, self.school, classes=classes, days=days)
            kept.update((row_id, row) for row_id, row in again if row[:4] in moved)
            absences = await self.journal.load(ATTENDANCE, self.school, classes=classes, days=days)
            coded = Lessons.coded([*(row for _, row in absences), *_flat(coded)])
        for row_id, row in kept.items():
            now = settled(row, struck, coded)
            if now is not row and row_id not in ended:
                change.ended.append(row_id)
                change.added.append(now)
                change.changed += 1

    async def _in_scope(self, relation: Relation, scopes: Sequence[Covered]) -> list[Stored]:
        spans = [scope for scope in scopes if scope.pairs]
        if not spans:
            return []
        days = (min(scope.first for scope in spans), max(scope.last for scope in spans))
        classes = frozenset(unit for scope in spans for unit in scope.classes())
        return await self.journal.load(relation, self.school, classes=classes, days=days)

    async def _group_pupils(self, files: Sequence[FilePart]) -> list[Change]:
        """Members of a group: those of «Группы», else who has marks or absences there."""
        members = self._now(MEMBERS)
        listed = {row[0] for row in members}
        kept = await self.journal.load(GROUP_PUPILS, self.school)
        seen = await asyncio.to_thread(_seen_in_groups, files, listed)
        seen |= {row for _, row in kept if row[0] not in listed}
        pupils = [*members, *sorted(seen)]
        rosters = list(self.structure.empty_rosters(self._now(ENROLLMENTS), members, pupils))
        empty = await self.journal.load(EMPTY_ROSTERS, self.school)
        return [
            difference(GROUP_PUPILS, pupils, kept, lambda _: True),
            difference(EMPTY_ROSTERS, rosters, empty, lambda _: True),
        ]

    # -- coverage ------------------------------------------------------------------------------

    async def _covered(self, files: Sequence[FilePart]) -> list[Change]:
        fresh = [
            row for part in files for kind, relation in SPOKEN.items()
            if relation in part.rows for row in coverage_rows(kind, part.scope)
        ]  # fmt: skip
        fresh += [row for part in files if CHANGES in part.rows for row in logged.spoken_of(part)]
        if not fresh:
            return []
        kept = await self.journal.load(COVERAGE, self.school)
        spoken = {row[:4] for row in fresh}
        merged = joined([*fresh, *(row for _, row in kept if row[:4] in spoken)])
        return [difference(COVERAGE, merged, kept, lambda row: row[:4] in spoken)]

    async def _period_marks(self, files: Sequence[FilePart]) -> list[Change]:
        rows = [row for part in files for row in part.rows.get(TERM_MARKS, ())]
        if not rows:
            return []
        units, subjects = ({row[at] for row in rows} for at in (0, 2))
        terms = {row[3:6] for row in rows}
        classes: frozenset[int] = frozenset(units)
        kept = await self.journal.load(TERM_MARKS, self.school, classes=classes)
        fresh = [(unit, subject, *term) for unit in units for subject in subjects for term in terms]
        covers = await self.journal.load(TERM_COVERAGE, self.school, classes=classes)
        return [
            difference(
                TERM_MARKS, rows, kept, lambda row: row[2] in subjects and row[3:6] in terms
            ),
            difference(TERM_COVERAGE, fresh, covers, lambda _: False),
        ]

    async def _logged(self, files: Sequence[FilePart]) -> list[Change]:
        rows = [row for part in files for row in part.rows.get(CHANGES, ())]
        if not rows:
            return []
        classes = frozenset(column(CHANGES, rows, "class_unit"))
        kept = await self.journal.load(CHANGES, self.school, classes=classes)
        return [difference(CHANGES, rows, kept, logged.replaced_by(files))]


def _seen_in_groups(files: Sequence[FilePart], listed: set[int]) -> set[Row]:
    """(study group, pupil) of marks and absences in groups that no list describes."""
    group, pupil = (MARKS.columns.index(name) for name in ("study_group", "pupil"))
    return {
        (row[group], row[pupil])
        for part in files for relation in (MARKS, ATTENDANCE)
        for row in part.rows.get(relation, ()) if row[group] and row[group] not in listed
    }  # fmt: skip


def _within(relation: Relation, scopes: Sequence[Covered]) -> Callable[[Row], bool]:
    names = ("class_unit", "subject", "study_group", "day")
    unit, subject, group, day = (relation.columns.index(name) for name in names)

    def replaced(row: Row) -> bool:
        return any(s.holds(row[unit], row[subject], row[group], row[day]) for s in scopes)

    return replaced


def _flat(lessons: Lessons) -> Iterator[Row]:
    """Attendance-like rows (class, -, day, number, subject, group) of a set of lessons."""
    for (unit, day, number, subject), groups in lessons.places.items():
        yield from ((unit, 0, day, number, subject, group) for group in groups)
