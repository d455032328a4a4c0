"""Findings that the administrator waived: they live on in the journal and do not count."""

from sqlalchemy import Select, func, select
from sqlalchemy.ext.asyncio import AsyncConnection

from services.claims.claim import State
from services.claims.standing import going_along
from services.ids import FindingId, SchoolId
from storage.schema.claims import claims
from storage.schema.journal import findings


def latest_claims(school: SchoolId) -> Select[tuple[int]]:
    """Of each finding the last thing said, which says how it stands."""
    last = select(func.max(claims.c.id)).where(claims.c.school == school)
    return last.group_by(claims.c.finding)


async def waived_identities(connection: AsyncConnection, school: SchoolId) -> frozenset[str]:
    latest = claims.c.id.in_(latest_claims(school)) & (claims.c.state == State.WAIVED.value)
    statement = select(findings.c.identity).join(claims, claims.c.finding == findings.c.id)
    found = (await connection.execute(statement.where(latest))).scalars()
    return going_along(found)


async def waived_findings(connection: AsyncConnection, school: SchoolId) -> frozenset[FindingId]:
    identities = await waived_identities(connection, school)
    if not identities:
        return frozenset()
    known = (findings.c.school == school) & findings.c.identity.in_(sorted(identities))
    found = await connection.execute(select(findings.c.id).where(known))
    return frozenset(FindingId(one) for one in found.scalars())
