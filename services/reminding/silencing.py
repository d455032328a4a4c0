"""/silence: the administrator keeps findings silent for a time, and hears what that covers."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from zoneinfo import ZoneInfo

from services.access import Actor, Capability, NotAllowedError, demand
from services.audit import AuditEntry
from services.clock import Clock
from services.completeness.lines import Directory
from services.completeness.rule import Rule
from services.ids import PersonId, SchoolId
from services.listing import class_order
from services.reminding.ports import Transactions, Work
from services.reminding.silence import (
    UNNUMBERED,
    Covered,
    Silence,
    SilenceGoneError,
    SilenceNumber,
    SilenceUnfitError,
)

SHOWN = 8
LONGEST = 366
"""Days: a silence of a school year at most."""
REASON = range(3, 301)
"""How long a reason may be."""
_WRITTEN = re.compile(r"(\d{1,2})\.(\d{1,2})(?:\.(\d{4}))?")


@dataclass(frozen=True, slots=True, kw_only=True)
class SilenceCard:
    """``findings`` are open and covered; ``title`` is the rule's, ``place`` a name ("": all)."""

    silence: Silence
    title: str
    place: str
    until: date
    author: str
    ended_by: str
    active: bool
    findings: int


@dataclass(frozen=True, slots=True)
class Silences:
    """``findings`` are open and under any of the active ones."""

    active: Sequence[SilenceCard]
    ended: Sequence[SilenceCard]
    findings: int


@dataclass(frozen=True, slots=True)
class Places:
    """(id, name) of what a silence may be of, in reading order."""

    classes: Sequence[tuple[int, str]]
    teachers: Sequence[tuple[int, str]]
    subjects: Sequence[tuple[int, str]]


@dataclass(frozen=True, slots=True, kw_only=True)
class SilenceDesk:
    rules: Mapping[str, Rule]
    unit_of_work: Transactions
    reading: Transactions
    clock: Clock

    async def list(self, actor: Actor) -> Silences:
        school = demand(actor, Capability.SILENCES)
        async with self.reading() as work:
            today = await self._today(work, school)
            active = await work.silences.active(school, today)
            ended = await work.silences.ended(school, today, limit=SHOWN)
            cards = await self._cards(work, school, [*active, *ended])
            found = await work.reminding.open(school)
        under = [one for one in found if any(each.covered.holds(one.hit) for each in active)]
        return Silences(cards[: len(active)], cards[len(active) :], len(under))

    async def card(self, actor: Actor, number: SilenceNumber) -> SilenceCard:
        """SilenceGoneError where the school has none of this number."""
        school = demand(actor, Capability.SILENCES)
        async with self.reading() as work:
            [card] = await self._cards(work, school, [await _known(work, school, number)])
        return card

    async def places(self, actor: Actor) -> Places:
        school = demand(actor, Capability.SILENCES)
        async with self.reading() as work:
            names = (await work.measures.directory(school)).names
        return Places(
            sorted(names.class_units.items(), key=lambda one: class_order(one[1])),
            sorted(names.staff.items(), key=lambda one: one[1]),
            sorted(names.subjects.items(), key=lambda one: one[1]),
        )

    async def today(self, actor: Actor) -> int:
        """An ordinal of the school's calendar."""
        school = demand(actor, Capability.SILENCES)
        async with self.reading() as work:
            return await self._today(work, school)

    async def read(self, actor: Actor, words: str) -> int:
        """The day of «24.11» (the next one there is) or «24.11.2026»; else SilenceUnfitError."""
        today = await self.today(actor)
        day = _written(words, date.fromordinal(today))
        _ensure_near(day, today)
        return day

    async def plan(self, actor: Actor, covered: Covered, until: int) -> SilenceCard:
        """What setting it would do; SilenceUnfitError where it could not be set."""
        school, person = _author(actor)
        now = self.clock.now()
        async with self.reading() as work:
            _ensure_near(until, await self._today(work, school))
            silence = Silence(
                school=school, number=UNNUMBERED, covered=covered, until=until, reason="",
                set_by=person, set_at=now,
            )  # fmt: skip
            [card] = await self._cards(work, school, [silence])
        return card

    async def set(self, actor: Actor, covered: Covered, until: int, reason: str) -> SilenceCard:
        """SilenceUnfitError where the day or the reason does not do."""
        planned = (await self.plan(actor, covered, until)).silence
        words = " ".join(reason.split())
        if len(words) not in REASON:
            raise SilenceUnfitError(why="reason")
        async with self.unit_of_work() as work:
            silence = await work.silences.add(replace(planned, reason=words))
            await work.audit.add(self._entry(silence, planned.set_by, "silence set"))
        return await self.card(actor, silence.number)

    async def end(self, actor: Actor, number: SilenceNumber) -> SilenceCard:
        """Before its day; one that is over stays as it is."""
        school, person = _author(actor)
        async with self.unit_of_work() as work:
            silence = await _known(work, school, number)
            if silence.active(await self._today(work, school)):
                ended = replace(silence, ended_by=person, ended_at=self.clock.now())
                await work.silences.end(ended)
                await work.audit.add(self._entry(ended, person, "silence ended"))
        return await self.card(actor, number)

    async def _today(self, work: Work, school: SchoolId) -> int:
        zone = ZoneInfo((await work.schools.get(school)).timezone)
        return self.clock.now().astimezone(zone).date().toordinal()

    async def _cards(
        self, work: Work, school: SchoolId, silences: Sequence[Silence]
    ) -> Sequence[SilenceCard]:
        found = await work.reminding.open(school)
        directory = await work.measures.directory(school)
        people = {one.id: one.name for one in await work.people.list(school, self.clock.now())}
        today = await self._today(work, school)
        return [
            SilenceCard(
                silence=one,
                title=self._title(one.covered.rule),
                place=_place(one.covered, directory),
                until=date.fromordinal(one.until),
                author=people.get(one.set_by, ""),
                ended_by=people.get(one.ended_by, "") if one.ended_by else "",
                active=one.active(today),
                findings=sum(one.covered.holds(each.hit) for each in found),
            )
            for one in silences
        ]

    def _title(self, rule: str) -> str:
        return f"{rule} {self.rules[rule].title}" if rule in self.rules else rule

    def _entry(self, silence: Silence, person: PersonId, what: str) -> AuditEntry:
        return AuditEntry(
            school=silence.school,
            person=person,
            what=what,
            at=self.clock.now(),
            facts={"silence": silence.number, "rule": silence.covered.rule},
        )


async def _known(work: Work, school: SchoolId, number: SilenceNumber) -> Silence:
    silence = await work.silences.get(school, number)
    if silence is None:
        raise SilenceGoneError(number=number)
    return silence


def _author(actor: Actor) -> tuple[SchoolId, PersonId]:
    school = demand(actor, Capability.SILENCES)
    if actor.person is None:
        raise NotAllowedError(capability=Capability.SILENCES.value)
    return school, actor.person


def _place(covered: Covered, directory: Directory) -> str:
    names = directory.names
    named = (
        names.class_units.get(covered.class_unit or 0),
        names.staff.get(covered.staff or 0),
        names.subjects.get(covered.subject or 0),
    )
    return next((one for one in named if one), "")


def _written(words: str, today: date) -> int:
    found = _WRITTEN.fullmatch(words.strip())
    if found is None:
        raise SilenceUnfitError(why="day")
    day, month, year = (None if one is None else int(one) for one in found.groups())
    for chosen in (year,) if year else (today.year, today.year + 1):
        try:
            named = date(chosen, month or 0, day or 0)
        except ValueError:
            continue
        if year or named >= today:
            return named.toordinal()
    raise SilenceUnfitError(why="day")


def _ensure_near(day: int, today: int) -> None:
    if day < today:
        raise SilenceUnfitError(why="past")
    if day > today + LONGEST:
        raise SilenceUnfitError(why="far")
