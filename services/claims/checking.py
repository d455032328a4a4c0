"""«Исправлено» compared with the imports that came after it."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace

from services.claims.claim import Checked, Claim, Kind, State
from services.claims.letters import tell_checked
from services.claims.ports import Work
from services.clock import Clock
from services.completeness.extent import Scope
from services.completeness.finding_store import Hit
from services.completeness.rule import Extent, Rule
from services.ids import FindingId, ImportId, PersonId, SchoolId
from services.journal.records import ImportRecord


@dataclass(frozen=True, slots=True, kw_only=True)
class Checks:
    rules: Mapping[str, Rule]
    clock: Clock

    async def waiting(self, work: Work, school: SchoolId) -> Sequence[ImportId]:
        """Imports that came after claims which they may show mended; in order."""
        claims = await _unchecked(work, school)
        return [record.id for record in await _after(work, school, claims)]

    async def look(self, work: Work, school: SchoolId) -> None:
        """Each claim is checked by the first import that covers its finding; teachers are told."""
        claims = await _unchecked(work, school)
        known = await work.gaps.known(school, [one.finding for one in claims])
        hits = {one.id: one.hit for one in known}
        told: dict[tuple[PersonId, ImportId], None] = {}
        for record in await _after(work, school, claims):
            scope = Scope.of_json(record.touched)
            seen = [one for one in claims if self._shows(record.id, scope, one, hits)]
            lived = await work.claims.lived(school, [one.finding for one in seen], record.id)
            for claim in seen:
                checked = Checked(record.id, mended=claim.finding not in lived)
                await work.claims.save(replace(claim, checked=checked), was=claim.state)
                told[claim.person, record.id] = None
            claims = [one for one in claims if one not in seen]
        for person, number in told:
            await tell_checked(work, school, person, number, self.clock.now())

    def _shows(
        self, number: ImportId, scope: Scope, claim: Claim, hits: Mapping[FindingId, Hit]
    ) -> bool:
        hit = hits.get(claim.finding)
        return hit is not None and number > claim.said_in and covers(scope, hit, self.rules)


def covers(scope: Scope, hit: Hit, rules: Mapping[str, Rule]) -> bool:
    """Whether an import of this scope looked at the finding, as ``Completeness`` does."""
    rule = rules.get(hit.rule)
    whole = scope if rule is None else scope.reaching(rule.reach)
    course = rule is None or rule.extent is Extent.COURSE
    return whole.holds(hit.class_unit, hit.subject, hit.day, course=course)


async def _unchecked(work: Work, school: SchoolId) -> Collection[Claim]:
    return [
        one
        for one in await work.claims.current(school)
        if one.kind is Kind.MENDED and one.state is State.WAITING and one.checked is None
    ]


async def _after(work: Work, school: SchoolId, claims: Collection[Claim]) -> Sequence[ImportRecord]:
    if not claims:
        return []
    return await work.claims.imports_after(school, min(one.said_in for one in claims))
