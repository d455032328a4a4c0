"""What reminding rests on: open findings with their age, days of work, what was said to whom."""

import json
from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import Row, and_, delete, exists, insert, select
from sqlalchemy.ext.asyncio import AsyncConnection

from services.clock import Clock
from services.completeness.extent import Scope
from services.completeness.finding_store import SUBJECT_COLUMNS, Hit
from services.completeness.rule import Severity
from services.ids import FindingId, PersonId, SchoolId, StaffId
from services.reminding.ports import Lesson, Message, OpenFinding, Post, Said, StudyDays
from services.reminding.settings import Level, RemindingSettings, from_plain, to_plain
from storage.journal import StoredJournal
from storage.measures import StoredMeasures
from storage.reminding_statements import ABSENT, LESSONS, POSTS, STUDIED, TAUGHT, WORKING
from storage.schema.journal import calendar_days, finding_spans, findings, relations
from storage.schema.people import people
from storage.schema.process import outbox
from storage.schema.reminding import (
    reminder_findings,
    reminder_hours,
    reminders,
    reminding_settings,
    unreached_staff,
)
from storage.statements import insert_once, upsert

LOST = ("dead", "unknown")


@dataclass(frozen=True, slots=True)
class StoredReminding:
    connection: AsyncConnection
    clock: Clock

    # -- choices -----------------------------------------------------------------------------------

    async def settings(self, school: SchoolId) -> RemindingSettings:
        kept = select(reminding_settings.c.content).where(reminding_settings.c.school == school)
        content = (await self.connection.execute(kept)).scalar()
        return RemindingSettings() if content is None else from_plain(json.loads(content))

    async def set(self, school: SchoolId, settings: RemindingSettings) -> None:
        row = {"school": school, "content": json.dumps(to_plain(settings))}
        await self.connection.execute(upsert(reminding_settings, [row], self.connection))

    async def hours(self, school: SchoolId) -> Mapping[PersonId, int | None]:
        own = (
            select(reminder_hours)
            .join(people, people.c.id == reminder_hours.c.person)
            .where(people.c.school == school)
        )
        return {PersonId(row.person): row.minutes for row in await self.connection.execute(own)}

    async def choose(self, person: PersonId, minutes: int | None) -> None:
        row = {"person": person, "minutes": minutes}
        await self.connection.execute(upsert(reminder_hours, [row], self.connection))

    # -- the journal -------------------------------------------------------------------------------

    async def open(self, school: SchoolId) -> Sequence[OpenFinding]:
        generation = await StoredJournal(self.connection).generation(school)
        spans, lived, days = finding_spans, relations["class_days"], calendar_days
        shown = and_(
            lived.c.school == findings.c.school,
            lived.c.class_unit == findings.c.class_unit,
            lived.c.day == findings.c.day,
            lived.c.born <= generation,
            lived.c.died > generation,
        )
        due = (days.c.school == findings.c.school) & (days.c.day == findings.c.day)
        statement = (
            select(
                findings.c.id, findings.c.rule, findings.c.first_seen, spans.c.severity,
                spans.c.facts, days.c.deadline, days.c.moved, lived.c.school_day,
                *(findings.c[name] for name in SUBJECT_COLUMNS),
            )
            .join(findings, findings.c.id == spans.c.finding)
            .outerjoin(days, due)
            .outerjoin(lived, shown)
            .where(spans.c.school == school)
            .where((spans.c.born <= generation) & (spans.c.died > generation))
            .order_by(findings.c.id)
        )  # fmt: skip
        return [_open(row) for row in await self.connection.execute(statement)]

    async def lessons(self, school: SchoolId, day: int) -> Sequence[Lesson]:
        rows = await self._rows(LESSONS, school, {"day": day})
        return [_lesson(row) for row in rows]

    async def days(self, school: SchoolId, first: int, last: int) -> StudyDays:
        span = {"since": first, "upto": last}
        studied: dict[int, list[int]] = defaultdict(list)
        known = set()
        for row in await self._rows(STUDIED, school, span):
            known.add(row["class_unit"])
            if row["school_day"]:
                studied[row["class_unit"]].append(row["day"])
        working: dict[int, list[int]] = defaultdict(list)
        for row in await self._rows(WORKING, school, span):
            working[row["staff"]].append(row["day"])
        classes: dict[int, set[int]] = defaultdict(set)
        for row in await self._rows(TAUGHT, school, {"upto": last}):
            classes[row["staff"]].add(row["class_unit"])
        absent = await self._rows(ABSENT, school, span)
        return StudyDays(
            studied={one: sorted(days) for one, days in studied.items()},
            working=dict(working),
            absent=frozenset((row["absent"], row["day"]) for row in absent),
            known=frozenset(known),
            classes={one: frozenset(units) for one, units in classes.items()},
        )

    async def posts(self, school: SchoolId) -> Sequence[Post]:
        return [
            Post(StaffId(row["staff"]), row["post"] or "", row["subject_group"] or "")
            for row in await self._rows(POSTS, school, {})
        ]

    # -- what was said -----------------------------------------------------------------------------

    async def said(self, school: SchoolId) -> Sequence[Said]:
        lost = (
            (outbox.c.chat == people.c.user)
            & (outbox.c.dedupe == reminders.c.key)
            & outbox.c.state.in_(LOST)
        )
        statement = (
            select(
                reminders.c.person, reminder_findings.c.finding, reminder_findings.c.level,
                reminders.c.day,
            )
            .join(reminders, reminders.c.id == reminder_findings.c.reminder)
            .join(people, people.c.id == reminders.c.person)
            .where(reminders.c.school == school, ~exists().where(lost))
            .order_by(reminders.c.day, reminders.c.id)
        )  # fmt: skip
        return [
            Said(PersonId(row.person), FindingId(row.finding), Level(row.level), row.day)
            for row in await self.connection.execute(statement)
        ]

    async def remember(self, message: Message) -> None:
        row = {
            "school": message.school,
            "person": message.person,
            "key": message.key,
            "day": message.day,
            "at": self.clock.now(),
        }
        added = insert_once(reminders, [row], self.connection).returning(reminders.c.id)
        number = (await self.connection.execute(added)).scalar()
        told = [
            {"reminder": number, "finding": finding, "level": int(level)}
            for finding, level in message.findings
        ]
        if number is not None and told:
            await self.connection.execute(insert(reminder_findings), told)

    async def messaged(self, school: SchoolId, day: int) -> Collection[PersonId]:
        that_day = (reminders.c.school == school) & (reminders.c.day == day)
        found = await self.connection.execute(select(reminders.c.person).where(that_day))
        return {PersonId(one) for one in found.scalars()}

    async def forget(self, school: SchoolId, before: int) -> None:
        old = select(reminders.c.id).where(reminders.c.school == school, reminders.c.day < before)
        own = reminder_findings.c.level == Level.TEACHER
        gone = delete(reminder_findings).where(own, reminder_findings.c.reminder.in_(old))
        await self.connection.execute(gone)
        empty = reminders.c.id.not_in(select(reminder_findings.c.reminder))
        await self.connection.execute(delete(reminders).where(reminders.c.id.in_(old), empty))

    async def unreached(self, school: SchoolId) -> Collection[StaffId]:
        found = select(unreached_staff.c.staff).where(unreached_staff.c.school == school)
        return {StaffId(one) for one in (await self.connection.execute(found)).scalars()}

    async def note_unreached(self, school: SchoolId, staff: Collection[StaffId]) -> None:
        own = unreached_staff.c.school == school
        await self.connection.execute(delete(unreached_staff).where(own))
        if staff:
            rows = [{"school": school, "staff": one} for one in sorted(staff)]
            await self.connection.execute(insert(unreached_staff), rows)

    async def _rows(
        self, statement: str, school: SchoolId, binds: Mapping[str, int]
    ) -> Sequence[Mapping[str, Any]]:
        return await StoredMeasures(self.connection).rows(statement, school, Scope(), binds)


def _open(row: Row[Any]) -> OpenFinding:
    due = None if row.deadline is None else datetime.fromtimestamp(row.deadline, UTC)
    subject = {name: getattr(row, name) for name in SUBJECT_COLUMNS}
    return OpenFinding(
        id=FindingId(row.id),
        hit=Hit(rule=row.rule, severity=row.severity, **subject, facts=json.loads(row.facts)),
        first_seen=row.first_seen,
        due=due,
        planned=None if due is None else due - timedelta(seconds=row.moved),
        studied=row.school_day != 0,
    )


def _lesson(row: Mapping[str, Any]) -> Lesson:
    place: dict[str, Any] = {name: row.get(name) for name in SUBJECT_COLUMNS}
    facts = {name: row[name] for name in ("no_line", "no_topic", "no_attendance")}
    return Lesson(Hit(rule="P1", severity=Severity.MAJOR, **place, facts=facts), row["ends"])
