"""The desk as its school arranges it: hours, categories with their targets, ready replies."""

from collections.abc import Callable, Sequence
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass, replace
from typing import Protocol

from services.access import Actor, Capability, NotAllowedError, demand
from services.audit import Audit, AuditEntry
from services.clock import Clock
from services.helpdesk.errors import UnfitDeskSettingError
from services.helpdesk.hours import FIVE_DAYS, SIX_DAYS, WorkingHours
from services.helpdesk.ports import DeskStore
from services.helpdesk.settings import OTHER, PERIODS, CannedReply, Category, DeskSettings
from services.helpdesk.written import hours_of, targets_of

TITLE, TEXT = 40, 1000
"""Characters of a title and of a ready reply at most."""
MOST = 20
"""Categories, and ready replies."""
PRIORITIES = (1, 2, 3)
OWN = "own-"


class Work(Protocol):
    @property
    def helpdesk(self) -> DeskStore: ...

    @property
    def audit(self) -> Audit: ...


@dataclass(frozen=True, slots=True)
class Arranged:
    """``hours`` are those that hold, whether they were set or follow from the timetable."""

    settings: DeskSettings
    hours: WorkingHours


@dataclass(frozen=True, slots=True, kw_only=True)
class Arranging:
    unit_of_work: Callable[[], AbstractAsyncContextManager[Work]]
    reading: Callable[[], AbstractAsyncContextManager[Work]]
    clock: Clock

    async def show(self, actor: Actor) -> Arranged:
        school = demand(actor, Capability.SETTINGS)
        async with self.reading() as work:
            settings = await work.helpdesk.settings(school)
            usual = SIX_DAYS if await work.helpdesk.six_days(school) else FIVE_DAYS
        return Arranged(settings, settings.hours or usual)

    async def category(self, actor: Actor, code: str) -> Category:
        """UnfitDeskSettingError where it was taken away since."""
        return _one((await self.show(actor)).settings, code)

    async def set_hours(self, actor: Actor, words: str) -> None:
        """As ``hours_of`` reads them; UnfitDeskSettingError where it cannot."""
        demand(actor, Capability.SETTINGS)
        hours = hours_of(words)
        await self._change(actor, lambda settings: replace(settings, hours=hours))

    async def usual_hours(self, actor: Actor) -> None:
        """Back to those that follow from the timetable."""
        await self._change(actor, lambda settings: replace(settings, hours=None))

    async def keep(self, actor: Actor, days: int) -> None:
        """For how long words of closed tickets are kept. NotAllowedError unless in PERIODS."""
        demand(actor, Capability.SETTINGS)
        if days not in PERIODS:
            raise NotAllowedError(capability=Capability.SETTINGS.value)
        await self._change(actor, lambda settings: replace(settings, kept=days))

    async def set_targets(self, actor: Actor, code: str, words: str) -> None:
        demand(actor, Capability.SETTINGS)
        answer, solution = targets_of(words)
        await self._recategorise(
            actor, code, lambda one: replace(one, answer=answer, solution=solution)
        )

    async def raise_priority(self, actor: Actor, code: str) -> None:
        """To the next of the three, after the highest to the lowest."""
        await self._recategorise(
            actor, code, lambda one: replace(one, priority=one.priority % len(PRIORITIES) + 1)
        )

    async def switch(self, actor: Actor, code: str) -> None:
        """Offer a category no longer, or again; «other» always is."""
        demand(actor, Capability.SETTINGS)
        if code == OTHER:
            raise UnfitDeskSettingError(what="other")
        await self._recategorise(actor, code, lambda one: replace(one, hidden=not one.hidden))

    async def add_category(self, actor: Actor, title: str) -> str:
        """Its code. A category of one's own has the targets of «other» at first."""
        demand(actor, Capability.SETTINGS)
        name = _title(title)
        settings = (await self.show(actor)).settings
        known = {one.code for one in settings.categories}
        code = next(f"{OWN}{n}" for n in range(1, MOST * 2) if f"{OWN}{n}" not in known)
        if len(known) >= MOST:
            raise UnfitDeskSettingError(what="many")
        fresh = Category(code=code, title=name)
        await self._change(actor, lambda one: replace(one, categories=[*one.categories, fresh]))
        return code

    async def add_reply(self, actor: Actor, words: str) -> None:
        """Its title in the first line, its text below."""
        demand(actor, Capability.SETTINGS)
        title, _, text = words.strip().partition("\n")
        body = text.strip()
        if not 0 < len(body) <= TEXT:
            raise UnfitDeskSettingError(what="reply")
        reply = CannedReply(_title(title), body)
        if len((await self.show(actor)).settings.replies) >= MOST:
            raise UnfitDeskSettingError(what="many")
        await self._change(actor, lambda one: replace(one, replies=[*one.replies, reply]))

    async def drop_reply(self, actor: Actor, place: int) -> None:
        """One that is gone already changes nothing."""
        await self._change(
            actor,
            lambda one: replace(
                one, replies=[each for at, each in enumerate(one.replies) if at != place]
            ),
        )

    async def _recategorise(
        self, actor: Actor, code: str, change: Callable[[Category], Category]
    ) -> None:
        def changed(settings: DeskSettings) -> DeskSettings:
            new = change(_one(settings, code))
            return replace(settings, categories=_with(settings.categories, new))

        await self._change(actor, changed)

    async def _change(self, actor: Actor, change: Callable[[DeskSettings], DeskSettings]) -> None:
        school = demand(actor, Capability.SETTINGS)
        async with self.unit_of_work() as work:
            await work.helpdesk.set(school, change(await work.helpdesk.settings(school)))
            entry = AuditEntry(
                school=school,
                person=actor.person,
                what="setting changed",
                at=self.clock.now(),
                facts={"setting": "helpdesk"},
            )
            await work.audit.add(entry)


def _one(settings: DeskSettings, code: str) -> Category:
    found = next((one for one in settings.categories if one.code == code), None)
    if found is None:
        raise UnfitDeskSettingError(what="category")
    return found


def _with(categories: Sequence[Category], new: Category) -> Sequence[Category]:
    return [new if one.code == new.code else one for one in categories]


def _title(words: str) -> str:
    cut = " ".join(words.split())
    if not 0 < len(cut) <= TITLE:
        raise UnfitDeskSettingError(what="title")
    return cut
