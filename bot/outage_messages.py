"""Letters about outages: rendered as the outage is when they leave, for the school's staff."""

from collections.abc import Mapping
from dataclasses import dataclass

from aiogram.enums import ParseMode
from aiogram.methods import SendMessage

from bot.presenting import Calls, Present
from bot.render import Reader, Renderer
from handlers import outage_cards
from services.access import Capability
from services.helpdesk.outage import OutageNumber
from services.helpdesk.outage_letters import ENDED, KINDS
from services.helpdesk.tickets import TicketNumber
from services.ids import SchoolId
from services.outgoing import Letter
from services.people import People, UserId
from storage.database import Database


@dataclass(frozen=True, slots=True)
class OutageMessages:
    """``kinds`` is what ``Presenters`` asks for; no call for whoever has left the school."""

    database: Database
    people: People
    renderer: Renderer

    @property
    def kinds(self) -> Mapping[str, Present]:
        return dict.fromkeys(KINDS, self.present)

    async def present(self, letter: Letter, reader: Reader) -> Calls:
        actor = (await self.people.recognise(user=UserId(letter.chat), chat=letter.chat)).actor
        if actor.school != letter.school or not actor.may(Capability.OPEN_TICKET):
            return []
        number, tickets = _numbers(letter)
        async with self.database.reading() as work:
            outage = await work.outages.get(SchoolId(letter.school or 0), number)
        if outage is None or (outage.undone_at is not None and letter.kind == ENDED):
            return []
        now = self.database.clock.now()
        view = {"outage": outage, "tickets": tickets, "now": now}
        voice = self.renderer.voice(reader.language, reader.zone)
        shown = outage_cards.not_solved(tickets, voice.say) if letter.kind == ENDED else None
        message = SendMessage(
            chat_id=letter.chat,
            text=voice.render(letter.kind, **view),
            parse_mode=ParseMode.HTML,
            reply_markup=shown if tickets else None,
        )
        return [message]


def _numbers(letter: Letter) -> tuple[OutageNumber, list[TicketNumber]]:
    number, tickets = letter.view["outage"], letter.view["tickets"]
    if not isinstance(number, int) or not isinstance(tickets, list):
        raise TypeError(letter.view)
    return OutageNumber(number), [TicketNumber(one) for one in tickets]
