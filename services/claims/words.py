"""Claims with the findings they speak of, in words and with the journal's exact rows."""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass

from services.claims.claim import Claim
from services.claims.ports import Work
from services.completeness.lines import Wording, line_of
from services.completeness.rule import Rule
from services.figures import FindingLine
from services.gap_rows import rows_of
from services.helpdesk.linked import Known
from services.ids import FindingId, SchoolId
from services.week_figures import moment_here


@dataclass(frozen=True, slots=True)
class Spoken:
    """A finding as it was seen last; ``living``: the data that is shown has it."""

    finding: FindingId
    line: FindingLine
    living: bool
    rows: Sequence[str] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ClaimWords:
    """``wording`` gives the words for readers in a zone."""

    rules: Mapping[str, Rule]
    wording: Callable[[str], Wording]

    async def spoken(
        self, work: Work, school: SchoolId, claims: Collection[Claim], *, rows: int = 0
    ) -> Mapping[FindingId, Spoken]:
        """Findings of ``claims`` that the journal knows, the first ``rows`` with their rows."""
        if not claims:
            return {}
        found = await work.gaps.known(school, [one.finding for one in claims])
        directory = await work.measures.directory(school)
        wording = self.wording((await work.schools.get(school)).timezone)
        spoken: dict[FindingId, Spoken] = {}
        for known in found:
            rule = self.rules.get(known.hit.rule)
            if rule is not None:
                line = line_of(known.hit, rule, directory, wording)
                entered = await _rows(work, school, known, wording) if len(spoken) < rows else ()
                spoken[known.id] = Spoken(known.id, line, known.living, entered)
        return spoken

    async def as_of(self, work: Work, school: SchoolId) -> str:
        """«ДД.ММ ЧЧ:ММ» of the data that is shown; ``""`` without any."""
        current = await work.journal.current_import(school)
        zone = (await work.schools.get(school)).timezone
        return "" if current is None else moment_here(current.as_of, zone)


async def _rows(work: Work, school: SchoolId, known: Known, wording: Wording) -> Sequence[str]:
    lessons = await work.gaps.lessons(school, known.hit)
    marks = await work.gaps.marks(school, known.hit)
    return rows_of(lessons, marks, wording)
