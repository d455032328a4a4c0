"""Versions: an analysis is counted once for the data it rests on, and kept."""

from dataclasses import dataclass, replace

from services.analyses.asking import Asked
from services.analyses.composing import RECHECK_DAYS, Analyses
from services.analyses.kept import as_text, checksum
from services.analyses.life import UNKEPT, DeskWork, KeptAnalysis, State, Transactions
from services.analyses.period import Kind
from services.clock import Clock
from services.ids import SchoolId


@dataclass(frozen=True, slots=True, kw_only=True)
class Versions:
    """``aside`` keeps what was counted; that is no change that an update makes."""

    analyses: Analyses
    aside: Transactions
    reading: Transactions
    clock: Clock

    async def latest(
        self, school: SchoolId, kind: Kind, name: str | None = None, *, anew: bool = False
    ) -> KeptAnalysis | None:
        """The period's version to be shown, counted where none fits; None where it has no data.

        What is with the director stays, and what was accepted for an ended period for good; a
        draft on older data is counted again, after a return there is another version. ``anew``
        makes another one of what is with the director too.
        """
        asked = await self.analyses.asked(school, kind, name)
        if asked is None:
            return None
        async with self.reading() as work:
            rests = await _rests_on(work, asked)
            known = await work.analyses.latest(school, asked.period.name)
        if known is not None and _stays(known, rests, anew=anew):
            return known
        return await self._count(asked, rests, known)

    async def _count(self, asked: Asked, rests: str, known: KeptAnalysis | None) -> KeptAnalysis:
        analysis = await self.analyses.compose(asked)
        made = KeptAnalysis(
            id=UNKEPT,
            school=asked.school.id,
            number=known.number if known else 0,
            version=known.version + 1 if known else 1,
            state=State.DRAFT,
            rests_on=rests,
            as_of=asked.as_of,
            analysis=analysis,
            checksum=checksum(as_text(analysis)),
            made_at=self.clock.now(),
            recheck=asked.today + RECHECK_DAYS,
        )
        async with self.aside() as work:
            if known is not None and known.state is State.DRAFT:
                again = replace(made, id=known.id, version=known.version)
                await work.analyses.redraft(again)
                return again
            number = made.number or await work.analyses.next_number(made.school)
            numbered = replace(made, number=number)
            return replace(numbered, id=await work.analyses.add(numbered))


def _stays(known: KeptAnalysis, rests: str, *, anew: bool) -> bool:
    if known.final or (known.state is State.SENT and not anew):
        return True
    return known.rests_on == rests and known.state is not State.RETURNED


async def _rests_on(work: DeskWork, asked: Asked) -> str:
    """The data shown, its moment, the zone, every version of the rules' settings."""
    school = asked.school.id
    passports = await work.findings.all_passports(school)
    versions = "".join(sorted(f"{one.rule}{one.version}" for one in passports))
    current = await work.journal.current_import(school)
    generation = current.id if current else 0
    zone = await work.findings.zone(school)
    return f"{generation}:{int(asked.as_of.timestamp())}:{zone}:{asked.school.name}:{versions}"
