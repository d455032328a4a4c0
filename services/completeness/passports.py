"""Passports of the rules as a school sets them: seen, tried on the last month, changed, told back.

Source: RULES.md, "every rule has a passport"; each change is a version of its own, and a finding
prints the one it rests on.
"""

from collections.abc import Callable, Mapping, Sequence
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Protocol
from zoneinfo import ZoneInfo

from services.access import Actor, Capability, demand
from services.audit import Audit, AuditEntry
from services.clock import Clock
from services.completeness.extent import Scope
from services.completeness.finding_store import FindingStore
from services.completeness.findings import Completeness
from services.completeness.passport_changes import (
    CLAUSE_LIMIT,
    MONTH,
    SEVERITIES,
    Card,
    Change,
    Family,
    NoRuleError,
    StalePassportError,
    Trial,
    Turn,
    UnfitClauseError,
    UnfitThresholdError,
    Version,
)
from services.completeness.rule import Passport, Rule, Threshold
from services.ids import PersonId, SchoolId
from services.people import PeopleStore
from services.schools import Schools


class PassportStore(FindingStore, Protocol):
    async def versions(self, school: SchoolId, rule: str) -> Sequence[Version]:
        """Those that the school made, the oldest first."""
        ...

    async def add_version(
        self, school: SchoolId, passport: Passport, *, by: PersonId | None, at: datetime
    ) -> None: ...

    async def open_by_rule(self, school: SchoolId) -> Mapping[str, int]: ...


class Work(Protocol):
    @property
    def findings(self) -> PassportStore: ...

    @property
    def schools(self) -> Schools: ...

    @property
    def people(self) -> PeopleStore: ...

    @property
    def audit(self) -> Audit: ...


@dataclass(frozen=True, slots=True, kw_only=True)
class PassportDesk:
    """The use cases of ``/rules``; the administrator and the director may."""

    completeness: Completeness
    unit_of_work: Callable[[], AbstractAsyncContextManager[Work]]
    reading: Callable[[], AbstractAsyncContextManager[Work]]
    clock: Clock

    async def families(self, actor: Actor) -> Sequence[Family]:
        school = demand(actor, Capability.RULES)
        async with self.reading() as work:
            known = await work.findings.passports(school)
        letters: dict[str, list[bool]] = {}
        for code, rule in self._rules.items():
            letters.setdefault(code[0], []).append(_of(rule, known).enabled)
        return [
            Family(letter=letter, rules=len(states), on=sum(states))
            for letter, states in letters.items()
        ]

    async def family(self, actor: Actor, letter: str) -> Sequence[Card]:
        """In the catalogue's order; NoRuleError for a letter that no rule has."""
        school = demand(actor, Capability.RULES)
        rules = [rule for code, rule in self._rules.items() if code[0] == letter]
        if not rules:
            raise NoRuleError(rule=letter)
        async with self.reading() as work:
            known = await work.findings.passports(school)
            found = await work.findings.open_by_rule(school)
        return [
            Card(rule=rule, passport=_of(rule, known), open=found.get(rule.code, 0))
            for rule in rules
        ]

    async def card(self, actor: Actor, code: str) -> Card:
        school, rule = demand(actor, Capability.RULES), self._rule(code)
        async with self.reading() as work:
            versions = await work.findings.versions(school, code)
            found = await work.findings.open_by_rule(school)
            latest = versions[-1] if versions else Version(passport=Passport.default(rule))
            return Card(
                rule=rule,
                passport=latest.passport.complete(rule),
                open=found.get(code, 0),
                by=await self._name(work, school, latest.by),
                at=latest.at,
            )

    async def history(self, actor: Actor, code: str) -> Sequence[tuple[Version, str]]:
        """The newest first, the default last, each with the name of whoever set it."""
        school, rule = demand(actor, Capability.RULES), self._rule(code)
        async with self.reading() as work:
            own = await work.findings.versions(school, code)
            return [
                (
                    replace(one, passport=one.passport.complete(rule)),
                    await self._name(work, school, one.by),
                )
                for one in reversed([Version(passport=Passport.default(rule)), *own])
            ]

    async def trial(self, actor: Actor, code: str, change: Change) -> Trial:
        """The change as it would have been last month; nothing is kept."""
        school, rule = demand(actor, Capability.RULES), self._rule(code)
        async with self.reading() as work:
            before, after = await self._turned(work, school, rule, change)
            latest = await work.findings.latest(school)
            zone = ZoneInfo((await work.schools.get(school)).timezone)
        trial = Trial(rule=rule, before=before, after=after)
        if latest is None:
            return trial
        last = latest.as_of.astimezone(zone).date()
        first = last - timedelta(days=MONTH - 1)
        scope = Scope(first=first.toordinal(), last=last.toordinal())
        counts = [
            len(await self.completeness.look(
                school, latest.as_of, scope=scope, only=[code], passport=passport))
            if passport.enabled else 0
            for passport in (before, after)
        ]  # fmt: skip
        return replace(trial, first=first, last=last, found=counts[0], would=counts[1])

    async def change(
        self, actor: Actor, code: str, change: Change, *, version: int, from_today: bool = False
    ) -> Card:
        """A new version, and the rule's findings anew; StalePassportError when overtaken.

        ``from_today`` leaves the days before today to the versions that held then.
        """
        school, rule = demand(actor, Capability.RULES), self._rule(code)
        async with self.unit_of_work() as work:
            before, after = await self._turned(work, school, rule, change)
            if before.version != version:
                raise StalePassportError(rule=code)
            zone = ZoneInfo((await work.schools.get(school)).timezone)
            since = self.clock.now().astimezone(zone).date().toordinal() if from_today else 0
            await self._keep(work, actor, school, replace(after, since=since))
        await self.completeness.relook(school, only=[code])
        return await self.card(actor, code)

    async def ground(self, actor: Actor, code: str, clause: str) -> Card:
        """Name the clause of the school's act that the rule rests on; ``""`` takes it away."""
        school, rule = demand(actor, Capability.RULES), self._rule(code)
        named = " ".join(clause.split())
        if len(named) > CLAUSE_LIMIT:
            raise UnfitClauseError(limit=CLAUSE_LIMIT)
        async with self.unit_of_work() as work:
            before = await self._latest(work, school, rule)
            if before.clause != named:
                after = replace(before, version=before.version + 1, clause=named, since=0)
                await self._keep(work, actor, school, after)
        await self.completeness.relook(school, only=[code])
        return await self.card(actor, code)

    async def export(self, actor: Actor) -> bytes:
        """Every rule's passport as a file that ``load`` takes."""
        from services.completeness import passport_file  # noqa: PLC0415  # its library is rare

        known = await self._complete(demand(actor, Capability.RULES))
        return passport_file.written(known, self._rules)

    async def compare(self, actor: Actor, content: bytes) -> Sequence[tuple[Rule, Passport]]:
        """What the file would change; nothing is kept. NotPassportsError where it is none."""
        from services.completeness import passport_file  # noqa: PLC0415  # its library is rare

        known = await self._complete(demand(actor, Capability.RULES))
        wanted = passport_file.read(content, known, self._rules)
        return [
            (self._rules[code], passport)
            for code, passport in wanted.items()
            if passport != known[code]
        ]

    async def load(self, actor: Actor, content: bytes) -> Sequence[str]:
        """A new version of each rule that the file changes; their codes."""
        changes = await self.compare(actor, content)
        school = demand(actor, Capability.RULES)
        async with self.unit_of_work() as work:
            for rule, passport in changes:
                before = await self._latest(work, school, rule)
                after = replace(passport, version=before.version + 1, since=0)
                await self._keep(work, actor, school, after)
        codes = [rule.code for rule, _ in changes]
        if codes:
            await self.completeness.relook(school, only=codes)
        return codes

    def bounds(self, actor: Actor, code: str, item: int) -> tuple[str, Threshold]:
        """A threshold by its place among the rule's; NoRuleError where there is none."""
        demand(actor, Capability.RULES)
        return self._threshold(self._rule(code), item)

    def threshold(self, actor: Actor, code: str, item: int, text: str) -> Change:
        """The change that a typed number means; UnfitThresholdError for any other."""
        name, bounds = self.bounds(actor, code, item)
        words = text.strip()
        value = int(words) if words.isdecimal() and len(words) <= len(str(bounds.most)) else None
        if value is None or not bounds.least <= value <= bounds.most:
            raise UnfitThresholdError(name=name, least=bounds.least, most=bounds.most)
        return Change(Turn.THRESHOLD, item, value)

    @property
    def _rules(self) -> Mapping[str, Rule]:
        return self.completeness.rules

    def _rule(self, code: str) -> Rule:
        if code not in self._rules:
            raise NoRuleError(rule=code)
        return self._rules[code]

    @staticmethod
    def _threshold(rule: Rule, item: int) -> tuple[str, Threshold]:
        if not 0 <= item < len(rule.thresholds):
            raise NoRuleError(rule=rule.code)
        return list(rule.thresholds.items())[item]

    async def _complete(self, school: SchoolId) -> Mapping[str, Passport]:
        async with self.reading() as work:
            known = await work.findings.passports(school)
        return {code: _of(rule, known) for code, rule in self._rules.items()}

    async def _latest(self, work: Work, school: SchoolId, rule: Rule) -> Passport:
        return _of(rule, await work.findings.passports(school))

    async def _turned(
        self, work: Work, school: SchoolId, rule: Rule, change: Change
    ) -> tuple[Passport, Passport]:
        """The passport that holds, and the next version of it."""
        before = await self._latest(work, school, rule)
        after = replace(before, version=before.version + 1, since=0)
        if change.turn is Turn.SWITCH:
            return before, replace(after, enabled=change.value != 0)
        if change.turn is Turn.SEVERITY:
            return before, replace(after, severity=SEVERITIES[change.value % len(SEVERITIES)])
        if change.turn is Turn.THRESHOLD:
            name, bounds = self._threshold(rule, change.item)
            if not bounds.least <= change.value <= bounds.most:
                raise UnfitThresholdError(name=name, least=bounds.least, most=bounds.most)
            return before, replace(after, thresholds={**before.thresholds, name: change.value})
        old = {one.passport.version: one.passport
               for one in await work.findings.versions(school, rule.code)}  # fmt: skip
        again = old.get(change.value, Passport.default(rule)).complete(rule)
        return before, replace(again, version=after.version, since=0)

    async def _keep(self, work: Work, actor: Actor, school: SchoolId, passport: Passport) -> None:
        now = self.clock.now()
        await work.findings.add_version(school, passport, by=actor.person, at=now)
        entry = AuditEntry(
            school=school,
            person=actor.person,
            what="rule changed",
            at=now,
            facts={"rule": passport.rule, "version": passport.version},
        )
        await work.audit.add(entry)

    async def _name(self, work: Work, school: SchoolId, person: PersonId | None) -> str:
        """Somebody who is gone since has none."""
        if person is None:
            return ""
        found = await work.people.get(school, person, self.clock.now())
        return found.name if found else ""


def _of(rule: Rule, known: Mapping[str, Passport]) -> Passport:
    return known.get(rule.code, Passport.default(rule)).complete(rule)
