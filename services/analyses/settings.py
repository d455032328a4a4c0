"""What a school sets for its analyses: its own form of the document, and the director's deputy."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from services.access import Actor, Capability, NotAllowedError, Role, demand
from services.analyses.deciders import with_role
from services.analyses.life import AnalysisSettings, Transactions
from services.audit import AuditEntry
from services.clock import Clock
from services.ids import PersonId, SchoolId
from services.people import Person


@dataclass(frozen=True, slots=True, kw_only=True)
class SettingsView:
    """``deputies`` are who may be named; ``deputy`` is who is, None: nobody."""

    own_form: bool
    deputy: Person | None
    deputies: Sequence[Person]


@dataclass(frozen=True, slots=True, kw_only=True)
class AnalysisRoom:
    """``check`` raises BrokenTemplateError for a form that cannot be filled."""

    check: Callable[[bytes], None]
    unit_of_work: Transactions
    reading: Transactions
    clock: Clock

    async def show(self, actor: Actor) -> SettingsView:
        school = demand(actor, Capability.PREPARE_ANALYSES)
        async with self.reading() as work:
            settings = await work.analyses.settings(school)
            everybody = await work.people.list(school, self.clock.now())
        return _view(settings, everybody)

    async def take(self, actor: Actor, template: bytes) -> None:
        """The school's own form from now on; BrokenTemplateError leaves the one before."""
        school = demand(actor, Capability.PREPARE_ANALYSES)
        self.check(template)
        await self._keep(actor, school, template)

    async def drop(self, actor: Actor) -> SettingsView:
        """Back to the form that is shipped."""
        await self._keep(actor, demand(actor, Capability.PREPARE_ANALYSES), None)
        return await self.show(actor)

    async def name_deputy(self, actor: Actor, person: PersonId | None) -> SettingsView:
        """Somebody of the administration, or nobody."""
        school = demand(actor, Capability.PREPARE_ANALYSES)
        async with self.unit_of_work() as work:
            everybody = await work.people.list(school, self.clock.now())
            known = [one.id for one in with_role(everybody, Role.ADMINISTRATION)]
            if person is not None and person not in known:
                raise NotAllowedError(capability=Capability.PREPARE_ANALYSES.value)
            await work.analyses.name_deputy(school, person)
            await work.audit.add(self._entry(actor, school, {"deputy": person}))
        return await self.show(actor)

    async def _keep(self, actor: Actor, school: SchoolId, template: bytes | None) -> None:
        async with self.unit_of_work() as work:
            await work.analyses.keep_template(school, template, self.clock.now())
            await work.audit.add(self._entry(actor, school, {"form": template is not None}))

    def _entry(self, actor: Actor, school: SchoolId, facts: dict[str, object]) -> AuditEntry:
        return AuditEntry(
            school=school,
            person=actor.person,
            what="analysis setting changed",
            at=self.clock.now(),
            facts=facts,
        )


def _view(settings: AnalysisSettings, everybody: Sequence[Person]) -> SettingsView:
    deputies = with_role(everybody, Role.ADMINISTRATION)
    named = [one for one in deputies if one.id == settings.deputy]
    return SettingsView(
        own_form=settings.template is not None,
        deputy=named[0] if named else None,
        deputies=deputies,
    )
