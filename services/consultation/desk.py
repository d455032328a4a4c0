"""A question in own words is answered, narrowed down to a choice, or passed on to a person."""

from collections.abc import Callable, Sequence
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass

from services.access import Actor, Capability, NotAllowedError, Role
from services.clock import Clock
from services.consultation.entries import Audience, Entry, Section
from services.consultation.indexes import Base, Found, Indexes
from services.consultation.keeping import OWN, Consultation, ConsultationId
from services.consultation.normal import asks, plain
from services.consultation.passing import Desk, PassedOn, Work
from services.consultation.verdict import CERTAIN, CHOICES, LEAD, Band, band_of
from services.errors import DomainError
from services.helpdesk.tickets import TicketNumber
from services.ids import SchoolId

READ = 600
"""Characters of a question that are searched: whoever writes more has asked in the beginning."""
IDLE = "idle"
"""The band of what asks nothing, say a greeting: it is counted nowhere."""


class EntryGoneError(DomainError):
    """The entry was hidden or withdrawn, or is not for this reader."""

    key = "errors/entry-gone"


@dataclass(frozen=True, slots=True, kw_only=True)
class Reply:
    """What became of a question.

    ``entry`` with its ``section`` is the answer of the band ``answer``, ``grounds`` are the rules
    it explains, each with the clause of the school's own act («» while none is entered);
    ``choices`` are others that it may have meant. ``number`` is the question's place in the log
    (None: nothing is logged before there is a school). ``passed`` says that the administrator
    gets to see it, ``ticket`` is the number under which.
    """

    band: Band
    number: ConsultationId | None = None
    entry: Entry | None = None
    section: str = ""
    grounds: Sequence[tuple[str, str]] = ()
    choices: Sequence[Entry] = ()
    passed: bool = False
    ticket: TicketNumber | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Questions:
    unit_of_work: Callable[[], AbstractAsyncContextManager[Work]]
    reading: Callable[[], AbstractAsyncContextManager[Work]]
    clock: Clock
    indexes: Indexes
    desk: Desk

    async def ask(self, actor: Actor, text: str) -> Reply:
        """Search what the actor may read; log it; pass on what is a question without an answer.

        What asks nothing (a greeting, digits that may be a PIN) is answered, but kept nowhere.
        """
        school = await self._school(actor)
        if school is None:
            return Reply(band=Band.PASS)
        base = await self.indexes.of(school)
        readable = base.read_by(audience_of(actor))
        hits = own_first(base.search.ask(text[:READ], among=readable))
        band = band_of(hits)
        best = readable[hits[0].id] if band is Band.ANSWER else None
        async with self.unit_of_work() as work:
            number = await work.consultations.record(
                school,
                band=band.value if best or asks(text) else IDLE,
                text=text if asks(text) else "",
                entry=best.id if best else None,
                at=self.clock.now(),
            )
            passed = band is Band.PASS and asks(text)
            if passed:
                await self.desk.open_from_question(work, _passed_on(school, actor, text))
        return Reply(
            band=band,
            number=number,
            entry=best,
            section=_title(base, best),
            grounds=await self._grounds(school, best),
            choices=_choices(band, hits, readable),
            passed=passed and not _stranger(actor),
        )

    async def choose(self, actor: Actor, number: ConsultationId, entry: str) -> Reply:
        """The asker took one of those offered. EntryGoneError where it cannot be shown."""
        base, found = await self._entry(actor, entry)
        async with self.unit_of_work() as work:
            await work.consultations.choose(await self._home(actor), number, entry)
        return await self._answered(actor, base, found, number)

    async def helped(self, actor: Actor, number: ConsultationId) -> None:
        school = await self._home(actor)
        async with self.unit_of_work() as work:
            await work.consultations.judge(school, number, helped=True)

    async def not_helped(
        self, actor: Actor, number: ConsultationId, *, called: bool = False
    ) -> Reply:
        """The question goes to the backlog, once; the next best entries are offered instead.

        ``called``: to the administrator, as a ticket where the actor may open one.
        """
        school = await self._home(actor)
        async with self.unit_of_work() as work:
            asked = await work.consultations.get(school, number)
            if asked is None or not asked.text:
                return Reply(band=Band.PASS, number=number)
            called = called and actor.may(Capability.OPEN_TICKET)
            ticket = None
            if await work.consultations.judge(school, number, helped=False) or called:
                question = _passed_on(school, actor, asked.text, called=called)
                ticket = await self.desk.open_from_question(work, question)
        others = await self._others(actor, school, asked)
        return Reply(
            band=Band.PASS,
            number=number,
            choices=others,
            passed=not _stranger(actor),
            ticket=ticket,
        )

    async def sections(self, actor: Actor) -> Sequence[Section]:
        """Those that have something for the actor, in their order."""
        base = await self.indexes.of(await self._home(actor))
        used = {one.section for one in base.read_by(audience_of(actor)).values()}
        return [section for section in base.sections if section.id in used]

    async def section(self, actor: Actor, name: str) -> tuple[str, Sequence[Entry]]:
        """Title and entries of a section. EntryGoneError where there is nothing for the actor."""
        base = await self.indexes.of(await self._home(actor))
        readable = base.read_by(audience_of(actor)).values()
        entries = [one for one in readable if one.section == name]
        if not entries:
            raise EntryGoneError
        return _title(base, entries[0]), entries

    async def entry(self, actor: Actor, name: str) -> Reply:
        """An entry looked up in its section: nothing was asked, so nothing is logged."""
        base, found = await self._entry(actor, name)
        return await self._answered(actor, base, found, None)

    async def _answered(
        self, actor: Actor, base: Base, entry: Entry, number: ConsultationId | None
    ) -> Reply:
        return Reply(
            band=Band.ANSWER,
            number=number,
            entry=entry,
            section=_title(base, entry),
            grounds=await self._grounds(await self._home(actor), entry),
        )

    async def _grounds(self, school: SchoolId, entry: Entry | None) -> Sequence[tuple[str, str]]:
        """An entry for everybody names no clauses: they are the staff's."""
        if entry is None or not entry.rules or entry.audience is Audience.PUBLIC:
            return ()
        async with self.reading() as work:
            passports = await work.findings.passports(school)
        return [(rule, passports[rule].clause if rule in passports else "") for rule in entry.rules]

    async def _entry(self, actor: Actor, name: str) -> tuple[Base, Entry]:
        base = await self.indexes.of(await self._home(actor))
        found = base.read_by(audience_of(actor)).get(name)
        if found is None:
            raise EntryGoneError
        return base, found

    async def _others(self, actor: Actor, school: SchoolId, asked: Consultation) -> Sequence[Entry]:
        base = await self.indexes.of(school)
        readable = base.read_by(audience_of(actor))
        hits = base.search.ask(asked.text[:READ], among=readable)
        if band_of(hits) is Band.PASS:
            return ()
        return [readable[hit.id] for hit in hits if hit.id != asked.entry][:CHOICES]

    async def _school(self, actor: Actor) -> SchoolId | None:
        """Strangers read the oldest school's public entries."""
        if not actor.may(Capability.PUBLIC_QUESTIONS):
            raise NotAllowedError(capability=Capability.PUBLIC_QUESTIONS.value)
        if actor.school is not None:
            return actor.school
        async with self.reading() as work:
            oldest = await work.schools.first()
        return None if oldest is None else oldest.id

    async def _home(self, actor: Actor) -> SchoolId:
        school = await self._school(actor)
        if school is None:
            raise EntryGoneError
        return school


def own_first(hits: Sequence[Found]) -> list[Found]:
    """Where the school wrote an entry of its own, a shipped one that is about as like is left out.

    Only a question in a shipped entry's very words gets that one.
    """
    own = next((hit for hit in hits if hit.id.startswith(OWN)), None)
    if own is None or own.score * LEAD < hits[0].score or own.score < CERTAIN <= hits[0].score:
        return list(hits)
    rest = [hit for hit in hits if hit.id.startswith(OWN) or hit.score * LEAD < own.score]
    return sorted(rest, key=lambda hit: -hit.score)


def audience_of(actor: Actor) -> Audience:
    if actor.may(Capability.SCHOOL_FIGURES):
        return Audience.ADMINISTRATION
    return Audience.STAFF if actor.may(Capability.STAFF_QUESTIONS) else Audience.PUBLIC


def _passed_on(school: SchoolId, actor: Actor, text: str, *, called: bool = False) -> PassedOn:
    return PassedOn(school=school, person=actor.person, text=text, plain=plain(text), called=called)


def _choices(band: Band, hits: Sequence[Found], readable: dict[str, Entry]) -> Sequence[Entry]:
    return [readable[hit.id] for hit in hits[:CHOICES]] if band is Band.CHOICES else ()


def _title(base: Base, entry: Entry | None) -> str:
    titles = {one.id: one.title for one in base.sections}
    return titles.get(entry.section, "") if entry else ""


def _stranger(actor: Actor) -> bool:
    return actor.roles <= {Role.STRANGER}
