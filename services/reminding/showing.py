"""A reminder as it is shown when it leaves: what is mended meanwhile is not told of."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

from services.access import Actor, Capability
from services.clock import Clock
from services.completeness.finding_store import Hit
from services.completeness.lines import Directory, Wording, line_of
from services.completeness.rule import Rule, Severity
from services.figures import FindingLine
from services.ids import FindingId, SchoolId
from services.listing import Gaps, class_order, own_gaps
from services.reminding.looking import look
from services.reminding.own import unfilled
from services.reminding.ports import OpenFinding, Transactions
from services.reminding.sending import Told
from services.reminding.settings import Level
from services.reminding.situation import Situation, place_of
from services.week_figures import moment_here

LESSON = frozenset({"P1", "P2", "P4"})
"""«Не заполнен»; all else is a finding."""
CRITICAL = Severity.CRITICAL.value


class Waiting(NamedTuple):
    """Of one class: ``lessons`` not filled in and other findings, longer than ``days``."""

    class_unit: str
    days: int
    lessons: int
    findings: int
    teachers: Sequence[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """What a message says; ``left`` other own findings wait, ``advice`` asks for a second look."""

    as_of: str
    lessons: Gaps
    critical: Gaps
    gaps: Gaps
    left: int
    advice: int
    waiting: Sequence[Waiting] = ()

    @property
    def own(self) -> int:
        return self.lessons.total + self.critical.total + self.gaps.total

    def __bool__(self) -> bool:
        return bool(self.own or self.waiting)


@dataclass(frozen=True, slots=True, kw_only=True)
class Showing:
    """``wording`` gives the words for readers in a zone."""

    rules: Mapping[str, Rule]
    reading: Transactions
    clock: Clock
    wording: Callable[[str], Wording]

    async def show(self, actor: Actor, school: SchoolId, day: int, told: Told) -> Shown | None:
        """None where nothing is left, the day is over, or the person may not see it any more."""
        async with self.reading() as work:
            situation = await look(work, school, self.clock.now())
            directory = await work.measures.directory(school)
        if actor.school != school or situation.as_of is None or day != situation.today:
            return None
        lines = _Lines(self.rules, directory, self.wording(situation.days.zone.key))
        seeing = actor.may(Capability.TEACHER_FIGURES)
        left = _Left(situation, [one for one in situation.pressing() if one.hit.rule in self.rules])
        own = left.own(actor) if actor.may(Capability.OWN_FINDINGS) else ()
        lessons = left.lessons(actor) if told.lessons and actor.may(Capability.OWN_FINDINGS) else ()
        shown = _shown(situation, told, own, lines.many(lessons), lines)
        return replace(shown, waiting=left.waiting(told.climbed, lines) if seeing else ()) or None


@dataclass(frozen=True, slots=True)
class _Lines:
    rules: Mapping[str, Rule]
    directory: Directory
    wording: Wording

    def many(self, hits: Iterable[Hit]) -> Sequence[FindingLine]:
        return [line_of(hit, self.rules[hit.rule], self.directory, self.wording) for hit in hits]


@dataclass(frozen=True, slots=True)
class _Left:
    """What is still open of what is told."""

    situation: Situation
    found: Sequence[OpenFinding]

    def own(self, actor: Actor) -> Sequence[OpenFinding]:
        mine = actor.staff is not None
        return [one for one in self.found if mine and one.hit.staff == actor.staff]

    def lessons(self, actor: Actor) -> Sequence[Hit]:
        staff = actor.staff
        return [] if staff is None else [one.hit for one in unfilled(self.situation, staff)]

    def waiting(
        self, climbed: Iterable[tuple[FindingId, Level]], lines: _Lines
    ) -> Sequence[Waiting]:
        """By class and by how long; classes in the order in which people count them."""
        levels = dict(climbed)
        groups: dict[tuple[str, int], list[OpenFinding]] = defaultdict(list)
        for one in self.found:
            if one.id in levels:
                name = lines.directory.names.class_units.get(one.hit.class_unit or 0, "")
                days = self.situation.settings.days(one.hit.severity, levels[one.id])
                groups[name, days].append(one)
        return [
            _waiting(name, days, groups[name, days], lines)
            for name, days in sorted(groups, key=lambda key: (class_order(key[0]), -key[1]))
        ]


def _waiting(name: str, days: int, found: Sequence[OpenFinding], lines: _Lines) -> Waiting:
    lessons = {place_of(one.hit) for one in found if one.hit.rule in LESSON}
    staff = lines.directory.names.staff
    return Waiting(
        class_unit=name,
        days=days,
        lessons=len(lessons),
        findings=sum(one.hit.rule not in LESSON for one in found),
        teachers=sorted({staff.get(one.hit.staff or 0, "") for one in found} - {""}),
    )


def _shown(
    situation: Situation,
    told: Told,
    own: Sequence[OpenFinding],
    lessons: Sequence[FindingLine],
    lines: _Lines,
) -> Shown:
    asked = set(told.own)
    due = lines.many(one.hit for one in own if one.id in asked)
    today = own_gaps(lessons)
    critical = own_gaps((each for each in due if each.severity == CRITICAL), after=today)
    gaps = own_gaps((each for each in due if each.severity != CRITICAL), after=today)
    rest = [one for one in own if one.id not in asked]
    advice = sum(one.hit.severity == Severity.ADVICE for one in rest)
    return Shown(
        as_of=moment_here(situation.as_of, situation.days.zone.key) if situation.as_of else "",
        lessons=today,
        critical=critical,
        gaps=gaps,
        left=len(rest) - advice,
        advice=advice,
    )
