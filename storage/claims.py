"""What teachers say of findings, kept row by row: the latest one of a finding counts."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import Row, Select, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from services.claims.claim import Answer, Checked, Claim, ClaimId, Kind, State, Words
from services.claims.standing import Standing, Stands
from services.clock import Clock
from services.completeness.extent import Scope
from services.ids import FindingId, ImportId, PersonId, SchoolId
from services.journal.records import ImportRecord
from storage.journal import StoredJournal, import_record
from storage.measures import StoredMeasures
from storage.schema.claims import claims
from storage.schema.journal import finding_spans, imports
from storage.schema.people import schools
from storage.waived import latest_claims, waived_findings, waived_identities

TERM = """
SELECT MIN(t.last) AS last FROM journal_class_terms AS t
WHERE t.school = :school AND :today BETWEEN t.first AND t.last
  AND t.kind <> 'год'
  AND (:class_unit = 0 OR t.class_unit = :class_unit)
"""
APPLIED = "applied"


@dataclass(frozen=True, slots=True)
class StoredClaims:
    connection: AsyncConnection
    clock: Clock

    # -- how findings stand ------------------------------------------------------------------------

    async def standing(self, school: SchoolId) -> Mapping[FindingId, Standing]:
        today = await self.today(school)
        stands = {one.finding: one.standing(today) for one in await self.current(school)}
        waived = await waived_findings(self.connection, school)
        pending = {finding: found for finding, found in stands.items() if found is not None}
        return pending | dict.fromkeys(waived, Standing(Stands.WAIVED))

    async def waived(self, school: SchoolId) -> frozenset[str]:
        return await waived_identities(self.connection, school)

    async def today(self, school: SchoolId) -> int:
        zone = select(schools.c.timezone).where(schools.c.id == school)
        name = str((await self.connection.execute(zone)).scalar_one())
        return self.clock.now().astimezone(ZoneInfo(name)).date().toordinal()

    # -- claims ------------------------------------------------------------------------------------

    async def add(self, claim: Claim) -> Claim:
        added = insert(claims).values(_row(claim)).returning(claims.c.id)
        return replace(claim, id=ClaimId((await self.connection.execute(added)).scalar_one()))

    async def save(self, claim: Claim, *, was: State) -> bool:
        same = (claims.c.id == claim.id) & (claims.c.state == was.value)
        changed = update(claims).where(same).values(_row(claim)).returning(claims.c.id)
        return (await self.connection.execute(changed)).first() is not None

    async def get(self, school: SchoolId, claim: ClaimId) -> Claim | None:
        found = await self._claims(_known(school).where(claims.c.id == claim))
        return found[0] if found else None

    async def current(
        self, school: SchoolId, of: Collection[FindingId] | None = None
    ) -> Sequence[Claim]:
        statement = _known(school).where(claims.c.id.in_(latest_claims(school)))
        if of is not None:
            statement = statement.where(claims.c.finding.in_(of))
        return await self._claims(statement.order_by(claims.c.id))

    async def checked(
        self, school: SchoolId, person: PersonId, number: ImportId
    ) -> Sequence[Claim]:
        own = (claims.c.person == person) & (imports.c.id == number)
        return await self._claims(_known(school).where(own).order_by(claims.c.id))

    async def _claims(self, statement: Select[Any]) -> Sequence[Claim]:
        return [_claim(row) for row in await self.connection.execute(statement)]

    # -- what the journal says meanwhile -----------------------------------------------------------

    async def imports_after(self, school: SchoolId, number: int) -> Sequence[ImportRecord]:
        generation = await StoredJournal(self.connection).generation(school)
        shown = (imports.c.school == school) & imports.c.id.between(number + 1, generation)
        looked_at = (imports.c.state == APPLIED) & (imports.c.analysed == 1)
        statement = select(imports).where(shown & looked_at).order_by(imports.c.id)
        rows = (await self.connection.execute(statement)).mappings()
        return [import_record(row) for row in rows]

    async def lived(
        self, school: SchoolId, of: Collection[FindingId], number: ImportId
    ) -> Collection[FindingId]:
        spans = finding_spans
        statement = select(spans.c.finding).where(
            (spans.c.school == school)
            & spans.c.finding.in_(of)
            & (spans.c.born <= number)
            & (spans.c.died > number)
        )
        return {FindingId(one) for one in (await self.connection.execute(statement)).scalars()}

    async def term_end(self, school: SchoolId, class_unit: int | None, today: int) -> int | None:
        binds = {"class_unit": class_unit or 0, "today": today}
        rows = await StoredMeasures(self.connection).rows(TERM, school, Scope(), binds)
        last: int | None = rows[0]["last"]
        return last

    async def schools(self) -> Sequence[SchoolId]:
        asking = (claims.c.kind == Kind.MENDED.value) & (claims.c.state == State.WAITING.value)
        statement = select(claims.c.school).where(asking).distinct().order_by(claims.c.school)
        return [SchoolId(one) for one in (await self.connection.execute(statement)).scalars()]


def _known(school: SchoolId) -> Select[Any]:
    """What an import showed holds while the import does."""
    holds = (imports.c.id == claims.c.checked_in) & (imports.c.state == APPLIED)
    statement = select(claims, imports.c.id.label("shown_by")).outerjoin(imports, holds)
    return statement.where(claims.c.school == school)


def _row(claim: Claim) -> dict[str, Any]:
    answer, checked = claim.answer, claim.checked
    return {
        "school": claim.school,
        "finding": claim.finding,
        "person": claim.person,
        "kind": claim.kind.value,
        "state": claim.state.value,
        "canned": claim.words.canned,
        "words": claim.words.text,
        "until": claim.until,
        "said_at": claim.said_at,
        "said_in": claim.said_in,
        "answered_by": answer and answer.by,
        "answered_at": answer and answer.at,
        "answer_canned": answer.words.canned if answer else "",
        "answer_words": answer.words.text if answer else "",
        "checked_in": checked and checked.by,
        "mended": int(checked.mended) if checked else None,
    }


def _claim(row: Row[Any]) -> Claim:
    words = Words(row.answer_canned, row.answer_words)
    answered = row.answered_by is not None
    return Claim(
        id=ClaimId(row.id),
        school=SchoolId(row.school),
        finding=FindingId(row.finding),
        person=PersonId(row.person),
        kind=Kind(row.kind),
        said_at=row.said_at,
        said_in=row.said_in,
        state=State(row.state),
        words=Words(row.canned, row.words),
        until=row.until,
        answer=Answer(PersonId(row.answered_by), row.answered_at, words) if answered else None,
        checked=Checked(ImportId(row.shown_by), bool(row.mended)) if row.shown_by else None,
    )
