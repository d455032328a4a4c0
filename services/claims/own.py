"""A teacher's own findings, and what was said of them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from services.access import Actor, Capability, NotAllowedError, demand
from services.claims.claim import Claim, Kind, State
from services.claims.errors import ClaimPendingError, FindingWaivedError
from services.claims.ports import Work
from services.claims.standing import Standing
from services.completeness.finding_store import Hit
from services.gaps import GapGoneError, NoStaffLinkError
from services.helpdesk.linked import Known
from services.ids import FindingId, PersonId, SchoolId, StaffId


@dataclass(frozen=True, slots=True)
class Teacher:
    school: SchoolId
    person: PersonId
    staff: StaffId


def teacher_of(actor: Actor) -> Teacher:
    school = demand(actor, Capability.OWN_FINDINGS)
    if actor.staff is None:
        raise NoStaffLinkError
    if actor.person is None:
        raise NotAllowedError(capability=Capability.OWN_FINDINGS.value)
    return Teacher(school, actor.person, actor.staff)


async def own_living(work: Work, teacher: Teacher, finding: FindingId) -> Known:
    for known in await work.gaps.known(teacher.school, [finding]):
        if known.living and known.hit.staff == teacher.staff:
            return known
    raise GapGoneError


async def same_day(work: Work, teacher: Teacher, hit: Hit) -> Sequence[FindingId]:
    """The teacher's findings of one class and day that nothing was said of."""
    if hit.day is None:
        return []
    standing = await work.claims.standing(teacher.school)
    return [
        one.id
        for one in await work.gaps.of_teacher(teacher.school, teacher.staff)
        if (one.hit.class_unit, one.hit.day) == (hit.class_unit, hit.day) and one.id not in standing
    ]


async def last_claim(work: Work, school: SchoolId, finding: FindingId) -> Claim | None:
    found = await work.claims.current(school, [finding])
    return found[0] if found else None


def ensure_free(standing: Standing | None) -> None:
    """Something can be said of a finding that stands so."""
    if standing is None:
        return
    if not standing.counts:
        raise FindingWaivedError
    until = None if standing.until is None else date.fromordinal(standing.until)
    raise ClaimPendingError(stands=standing.stands.value, until=until)


def settled_as(claim: Claim) -> str:
    """Why it is no longer to be answered or taken back."""
    if claim.state is not State.WAITING:
        return claim.state.value
    return "gone" if claim.kind is Kind.MENDED else "over"
