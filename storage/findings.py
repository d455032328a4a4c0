"""Rules run as set-based SQL; findings kept in spans from import to import."""

import json
from collections.abc import AsyncIterator, Iterable, Iterator, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Row, delete, func, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from services.completeness.days import DEADLINE_MINUTES, NEVER, Break, CalendarDay
from services.completeness.extent import Scope
from services.completeness.finding_store import SUBJECT_COLUMNS, Hit, Living, Span
from services.completeness.passport_changes import Version
from services.completeness.rule import Extent, Passport, Rule, Severity, Shared
from services.ids import ImportId, PersonId, SchoolId
from services.journal.records import ImportRecord
from services.journal.relations import FOREVER
from storage.journal import StoredJournal, import_record
from storage.rule_statements import scoped, sharing, statement_of
from storage.schema.journal import (
    calendar_days,
    finding_spans,
    findings,
    imports,
    relations,
    rule_passports,
)
from storage.schema.outages import outages
from storage.schema.people import schools
from storage.statements import with_numbers
from storage.waived import waived_findings

LOOKUP = 500
"""Identities asked for in one statement."""


def settled(rule: Rule, hits: Iterable[Hit]) -> Iterator[Hit]:
    """Those that the rule's second step leaves, with the facts that it gives them."""
    for hit in hits:
        facts = hit.facts if rule.settle is None else rule.settle(hit.facts)
        if facts is not None:
            yield hit if facts is hit.facts else hit._replace(facts=facts)


@dataclass(frozen=True, slots=True)
class StoredFindings:
    connection: AsyncConnection

    async def passports(self, school: SchoolId) -> Mapping[str, Passport]:
        return {one.rule: one for one in await self.all_passports(school)}

    async def all_passports(self, school: SchoolId) -> Sequence[Passport]:
        table = rule_passports
        statement = select(table).where(table.c.school == school).order_by(table.c.version)
        return [passport_of(row) for row in await self.connection.execute(statement)]

    async def versions(self, school: SchoolId, rule: str) -> Sequence[Version]:
        table = rule_passports
        own = (table.c.school == school) & (table.c.rule == rule)
        rows = await self.connection.execute(select(table).where(own).order_by(table.c.version))
        return [
            Version(
                passport=passport_of(row),
                by=None if row.by_person is None else PersonId(row.by_person),
                at=row.changed_at,
            )
            for row in rows
        ]

    async def add_version(
        self, school: SchoolId, passport: Passport, *, by: PersonId | None, at: datetime
    ) -> None:
        row = {
            "school": school,
            "rule": passport.rule,
            "version": passport.version,
            "enabled": int(passport.enabled),
            "severity": passport.severity.value,
            "clause": passport.clause,
            "thresholds": json.dumps(passport.thresholds),
            "since": passport.since,
            "changed_at": at,
            "by_person": by,
        }
        await self.connection.execute(insert(rule_passports).values(row))

    async def open_by_rule(self, school: SchoolId) -> Mapping[str, int]:
        generation = await StoredJournal(self.connection).generation(school)
        waived = await waived_findings(self.connection, school)
        spans = finding_spans
        living = (spans.c.born <= generation) & (spans.c.died > generation)
        statement = (
            select(findings.c.rule, func.count())
            .join(spans, findings.c.id == spans.c.finding)
            .where((spans.c.school == school) & living & findings.c.id.not_in(waived))
            .group_by(findings.c.rule)
        )
        return {row[0]: row[1] for row in await self.connection.execute(statement)}

    async def zone(self, school: SchoolId) -> str:
        found = select(schools.c.timezone).where(schools.c.id == school)
        return str((await self.connection.execute(found)).scalar_one())

    async def deadline_minutes(self, school: SchoolId) -> int:
        found = select(schools.c.settings).where(schools.c.id == school)
        settings = json.loads((await self.connection.execute(found)).scalar_one())
        return int(settings.get("deadline_minutes", DEADLINE_MINUTES))

    async def breaks(self, school: SchoolId) -> Sequence[Break]:
        known = outages.c
        statement = select(known.begins, known.ends).where(
            known.school == school, known.undone_at.is_(None)
        )
        found = (await self.connection.execute(statement)).all()
        return [
            (int(row.begins.timestamp()), int(row.ends.timestamp()) if row.ends else NEVER)
            for row in found
        ]

    async def latest(self, school: SchoolId) -> ImportRecord | None:
        return await StoredJournal(self.connection).current_import(school)

    async def journal_span(self, school: SchoolId) -> tuple[int, int] | None:
        bounds: list[int] = []
        for name, first, last in (("class_days", "day", "day"), ("coverage", "first", "last")):
            columns = relations[name].c
            statement = select(func.min(columns[first]), func.max(columns[last]))
            own = statement.where(columns.school == school)
            low, high = (await self.connection.execute(own)).one()
            bounds += [] if low is None else [low, high]
        return (min(bounds), max(bounds)) if bounds else None

    @asynccontextmanager
    async def sharing(
        self, tables: Sequence[Shared], school: SchoolId, scope: Scope, binds: Mapping[str, int]
    ) -> AsyncIterator[None]:
        given = await self._given(school, scope, binds)
        async with sharing(self.connection, tables, scope, given):
            yield

    async def _given(
        self, school: SchoolId, scope: Scope, binds: Mapping[str, int]
    ) -> dict[str, int]:
        return {
            "school": school,
            "generation": await StoredJournal(self.connection).generation(school),
            "first_day": scope.first,
            "last_day": scope.last,
            **binds,
        }

    async def set_calendar(self, school: SchoolId, days: Sequence[CalendarDay]) -> None:
        """Written only where something differs."""
        table = calendar_days
        statement = select(
            table.c.day, table.c.begins, table.c.deadline, table.c.ends, table.c.moved
        )
        own = table.c.school == school
        rows = (await self.connection.execute(statement.where(own).order_by(table.c.day))).all()
        if [tuple(row) for row in rows] == [tuple(day) for day in days]:
            return
        await self.connection.execute(delete(table).where(own))
        values = [{"school": school, **day._asdict()} for day in days]
        await self.connection.execute(insert(table), values)

    async def run(
        self, rule: Rule, school: SchoolId, scope: Scope, binds: Mapping[str, int]
    ) -> list[Hit]:
        """Its hits; ``severity`` is ``""`` where the statement leaves it to the passport."""
        statement = statement_of(rule, self.connection)
        given = await self._given(school, scope, binds)
        result = await self.connection.execute(with_numbers(scoped(statement, scope), given))
        names = list(result.keys())
        places = [(name, names.index(name)) for name in SUBJECT_COLUMNS]
        severity = names.index("severity") if "severity" in names else None
        subject = {at for _, at in places}
        others = [at for at in range(len(names)) if at not in subject and at != severity]
        hits = (
            Hit(
                rule=rule.code,
                severity=(row[severity] or "") if severity is not None else "",
                **{name: row[at] for name, at in places},
                facts={names[at]: row[at] for at in others},
            )
            for row in result
        )
        course = rule.extent is Extent.COURSE
        return [
            hit for hit in settled(rule, hits)
            if scope.holds(hit.class_unit, hit.subject, hit.day, course=course)
        ]  # fmt: skip

    async def living(self, school: SchoolId) -> list[Living]:
        generation = await StoredJournal(self.connection).generation(school)
        spans = finding_spans
        statement = (
            select(
                spans.c.row_id, findings.c.identity, findings.c.rule, findings.c.class_unit,
                findings.c.subject, findings.c.day, spans.c.severity, spans.c.facts,
                spans.c.passport_version,
            )
            .join(findings, findings.c.id == spans.c.finding)
            .where(spans.c.school == school)
            .where((spans.c.born <= generation) & (spans.c.died > generation))
        )  # fmt: skip
        return [Living(*row) for row in (await self.connection.execute(statement)).all()]

    async def begin(
        self, school: SchoolId, spans: Sequence[Span], *, born: int, at: datetime
    ) -> None:
        known = await self._known(school, [span.hit.identity for span in spans])
        fresh = [
            {
                "school": school,
                "rule": span.hit.rule,
                "identity": span.hit.identity,
                **{name: getattr(span.hit, name) for name in SUBJECT_COLUMNS},
                "first_seen": at,
            }
            for span in spans
            if span.hit.identity not in known
        ]
        if fresh:
            await self.connection.execute(insert(findings), fresh)
            known |= await self._known(school, [str(row["identity"]) for row in fresh])
        rows = [
            {
                "school": school,
                "finding": known[span.hit.identity],
                "severity": span.hit.severity,
                "facts": span.facts,
                "passport_version": span.passport_version,
                "born": born,
                "died": FOREVER,
            }
            for span in spans
        ]
        await self.connection.execute(insert(finding_spans), rows)

    async def _known(self, school: SchoolId, identities: Sequence[str]) -> dict[str, int]:
        found: dict[str, int] = {}
        for start in range(0, len(identities), LOOKUP):
            asked = identities[start : start + LOOKUP]
            statement = select(findings.c.identity, findings.c.id).where(
                (findings.c.school == school) & findings.c.identity.in_(asked)
            )
            found.update((row[0], row[1]) for row in await self.connection.execute(statement))
        return found

    async def end(self, school: SchoolId, row_ids: Sequence[int], *, died: int) -> None:
        spans = finding_spans
        ending = (spans.c.school == school) & spans.c.row_id.in_(row_ids)
        await self.connection.execute(update(spans).where(ending).values(died=died))

    async def flow(self, school: SchoolId, number: ImportId) -> tuple[int, int]:
        """How many findings an import opened and closed; one told otherwise is neither."""
        spans = finding_spans
        own = spans.c.school == school
        begun = select(spans.c.finding).where(own & (spans.c.born == number))
        ended = select(spans.c.finding).where(own & (spans.c.died == number))
        opened = select(func.count()).select_from(begun.except_(ended).subquery())
        closed = select(func.count()).select_from(ended.except_(begun).subquery())
        return (
            int((await self.connection.execute(opened)).scalar_one()),
            int((await self.connection.execute(closed)).scalar_one()),
        )

    async def mark_analysed(self, number: ImportId) -> None:
        statement = update(imports).where(imports.c.id == number).values(analysed=1)
        await self.connection.execute(statement)

    async def unanalysed(self) -> list[ImportRecord]:
        waiting = (imports.c.state == "applied") & (imports.c.analysed == 0)
        statement = select(imports).where(waiting).order_by(imports.c.id)
        rows = (await self.connection.execute(statement)).mappings()
        return [import_record(row) for row in rows]


def passport_of(row: Row[Any]) -> Passport:
    return Passport(
        rule=row.rule,
        version=row.version,
        enabled=bool(row.enabled),
        severity=Severity(row.severity),
        clause=row.clause,
        thresholds=json.loads(row.thresholds),
        since=row.since,
    )
