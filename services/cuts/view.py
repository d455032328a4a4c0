"""What one cut shows, from the counts of two weeks."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import chain

from services.completeness.finding_store import Hit
from services.completeness.indices import Cells, Tally, indices_of, summed
from services.completeness.lines import Directory, Wording
from services.completeness.measuring import Measured
from services.completeness.rule import Passport, Rule
from services.cuts.path import Cut, CutGoneError, Level
from services.cuts.places import Places, lesson_of
from services.figures import FindingLine, Indices, RuleCount
from services.listing import class_order
from services.periods import week_name
from services.week_figures import finding_lines, moment_here, rule_counts
from services.week_view import Asked


@dataclass(frozen=True, slots=True)
class Crumb:
    """``level`` tells how the name is said; of a lesson ``day`` and ``number`` are the name."""

    level: Level
    name: str
    day: date | None = None
    number: int = 0


@dataclass(frozen=True, slots=True)
class Part:
    """One of the cuts further inwards."""

    cut: Cut
    crumb: Crumb
    indices: Indices
    findings: int


@dataclass(frozen=True, slots=True)
class Heading:
    """The way to a cut and the moment of its data: what stands above everything of it."""

    cut: Cut
    crumbs: Sequence[Crumb]
    period: str
    first: date
    last: date
    as_of: str


@dataclass(frozen=True, slots=True)
class CutView:
    """``rules`` and ``courses`` as in the digest, those with findings only; ``parts`` by ``by``."""

    heading: Heading
    indices: Indices
    rules: Sequence[RuleCount]
    courses: Sequence[RuleCount]
    by: Level | None = None
    parts: Sequence[Part] = field(default_factory=tuple)

    @property
    def findings(self) -> int:
        return sum(one.count for one in (*self.rules, *self.courses))


@dataclass(frozen=True, slots=True, kw_only=True)
class Counts:
    """A week counted, and the one before; everything that its cuts are made of."""

    asked: Asked
    now: Measured
    before: Measured
    passports: Mapping[str, Passport]
    directory: Directory

    @property
    def places(self) -> Places:
        return Places(self.directory)

    def heading(self, cut: Cut) -> Heading:
        """CutGoneError where a step leads nowhere."""
        asked = self.asked
        return Heading(
            cut=cut,
            crumbs=[self._crumb(Cut(cut.steps[:depth])) for depth in range(1, len(cut.steps) + 1)],
            period=week_name(asked.span.first),
            first=date.fromordinal(asked.span.first),
            last=date.fromordinal(asked.span.last),
            as_of=moment_here(asked.as_of, asked.school.timezone),
        )

    def cells(self, cut: Cut) -> Cells:
        places = self.places
        return {cell: one for cell, one in self.now.cells.items() if places.hold(cut, cell)}

    def hits(self, cut: Cut) -> list[Hit]:
        """Findings of the week, and those of terms and plans as they are open now."""
        places = self.places
        both = chain(self.now.lesson_hits, self.now.course_hits)
        return [hit for hit in both if places.hold(cut, hit)]

    def lines(
        self, cut: Cut, rules: Mapping[str, Rule], wording: Wording, *, rule: str = ""
    ) -> list[FindingLine]:
        """The list behind a number: of all rules, or of one."""
        found = [hit for hit in self.hits(cut) if rule in ("", hit.rule)]
        return finding_lines(found, rules, self.directory, wording)

    def view(self, cut: Cut, rules: Mapping[str, Rule], by: Level | None) -> CutView:
        """``by`` None is the first way inwards that there is; CutGoneError for one there is not."""
        inwards = cut.inwards
        level = by or (inwards[0] if inwards else None)
        if level is not None and level not in inwards:
            raise CutGoneError
        now, before = self._measured(self.now, cut), self._measured(self.before, cut)
        dated, courses = rule_counts(rules, self.passports, now, before)
        return CutView(
            heading=self.heading(cut),
            indices=indices_of(_whole(now.cells), _whole(before.cells)),
            rules=[one for one in dated if one.count],
            courses=[one for one in courses if one.count],
            by=level,
            parts=[] if level is None else self._parts(cut, level, now.cells, before.cells),
        )

    def _parts(self, cut: Cut, level: Level, now: Cells, before: Cells) -> list[Part]:
        places = self.places
        tallies = summed(now, lambda cell: places.id(level, cell))
        earlier = summed(before, lambda cell: places.id(level, cell))
        parts = [
            Part(
                cut=(inner := cut.at(level, identity)),
                crumb=self._crumb(inner),
                indices=indices_of(tally, earlier.get(identity)),
                findings=tally.findings,
            )
            for identity, tally in tallies.items()
        ]
        natural = level in (Level.PARALLEL, Level.LESSON)
        return sorted(parts, key=_place if natural else _worst)

    def _measured(self, measured: Measured, cut: Cut) -> Measured:
        hold = self.places.hold
        return Measured(
            cells={cell: one for cell, one in measured.cells.items() if hold(cut, cell)},
            lesson_hits=[hit for hit in measured.lesson_hits if hold(cut, hit)],
            course_hits=[hit for hit in measured.course_hits if hold(cut, hit)],
        )

    def _crumb(self, cut: Cut) -> Crumb:
        last = cut.steps[-1]
        name = self.places.name(last)
        if last.level is not Level.LESSON:
            return Crumb(last.level, name)
        day, number = lesson_of(last.id)
        if not self.asked.span.holds(day):
            raise CutGoneError
        return Crumb(last.level, name, date.fromordinal(day), number)


def _whole(cells: Cells) -> Tally:
    return summed(cells, lambda _: 0).get(0, Tally())


def _place(part: Part) -> int:
    return part.cut.steps[-1].id


def _worst(part: Part) -> tuple[bool, float, int, tuple[int, str]]:
    share = part.indices.completeness.value
    return share is None, share or 0.0, -part.findings, class_order(part.crumb.name)
