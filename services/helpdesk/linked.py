"""The findings that tickets are about, in words: no pupil is named, «5А №17» stands for one."""

from collections.abc import Callable, Collection, Mapping, Sequence
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass
from typing import NamedTuple, Protocol

from services.completeness.finding_store import Hit
from services.completeness.lines import Wording, line_of
from services.completeness.rule import Rule
from services.figures import FindingLine
from services.gaps import Directories, FindingId
from services.helpdesk.tickets import Place
from services.ids import SchoolId, StaffId
from services.schools import Schools

OTHER_RULES = "mark_topic"
BY_FAMILY = {"K": "plan", "N": "term_mark", "Q": "term_mark"}
BY_RULE = {"P5": "plan", "P7": "term_mark", "P8": "timetable", "R1": "timetable", "R5": "timetable"}
"""Which of the shipped categories a finding's ticket begins with; its author may choose another."""


class Known(NamedTuple):
    """A finding as it was seen last; ``living``: the data that is shown has it."""

    id: FindingId
    hit: Hit
    living: bool


class FindingStore(Protocol):
    async def known(self, school: SchoolId, findings: Collection[FindingId]) -> Sequence[Known]:
        """Those that the school has, in the order of their ids."""
        ...


class Work(Protocol):
    @property
    def gaps(self) -> FindingStore: ...

    @property
    def measures(self) -> Directories: ...

    @property
    def schools(self) -> Schools: ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Linked:
    """``staff`` is whose finding it is, ``category`` what its ticket is likely about."""

    id: FindingId
    line: FindingLine
    place: Place
    category: str
    staff: StaffId | None
    living: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class FindingWords:
    """``wording`` gives the words for readers in a zone."""

    rules: Mapping[str, Rule]
    reading: Callable[[], AbstractAsyncContextManager[Work]]
    wording: Callable[[str], Wording]

    async def told(self, school: SchoolId, findings: Collection[FindingId]) -> Sequence[Linked]:
        """For whoever may see the ticket; those of rules that are no more are left out."""
        if not findings:
            return []
        async with self.reading() as work:
            found = await work.gaps.known(school, findings)
            directory = await work.measures.directory(school)
            wording = self.wording((await work.schools.get(school)).timezone)
        return [
            _linked(one, line_of(one.hit, self.rules[one.hit.rule], directory, wording))
            for one in found
            if one.hit.rule in self.rules
        ]


def _linked(known: Known, line: FindingLine) -> Linked:
    hit = known.hit
    return Linked(
        id=known.id,
        line=line,
        place=Place(class_unit=line.class_unit, subject=line.subject, day=hit.day),
        category=BY_RULE.get(hit.rule) or BY_FAMILY.get(hit.rule[:1], OTHER_RULES),
        staff=None if hit.staff is None else StaffId(hit.staff),
        living=known.living,
    )
