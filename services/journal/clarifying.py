"""A file of which no format is sure: the administrator says what it is, and is not asked again."""

from dataclasses import dataclass

from services.access import Actor, Capability, demand
from services.ids import SchoolId
from services.journal.deliveries import AskedId
from services.journal.doubts import NO_JOURNAL
from services.journal.imports import StaleImportError
from services.journal.receiving import Receiving


@dataclass(frozen=True, slots=True)
class Clarification:
    receiving: Receiving

    async def answer(self, actor: Actor, number: AskedId, format_: str) -> None:
        """One of the formats that were offered, or NO_JOURNAL; StaleImportError for any other.

        The file is read again so; where that gives rows, the header is remembered.
        """
        school = demand(actor, Capability.IMPORT)
        asked = await self.receiving.shelf.asked(school, number)
        offered = () if asked is None else (*asked.doubt.formats, NO_JOURNAL)
        known = format_ in offered
        delivery = await self.receiving.shelf.tell(school, number, format_) if known else None
        if delivery is None:
            raise StaleImportError
        await self.receiving.read_again(delivery, school)

    async def withdraw(self, actor: Actor, number: AskedId) -> SchoolId:
        """Nothing of these files is kept; StaleImportError where they were dealt with already."""
        school = demand(actor, Capability.IMPORT)
        if not await self.receiving.shelf.withdraw(school, number):
            raise StaleImportError
        return school
