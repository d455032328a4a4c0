"""What a ticket came of, by one press."""

from aiogram import F, Router
from aiogram.types import CallbackQuery, InlineKeyboardMarkup

from handlers import ticket_cards
from handlers.cause_words import cause_of
from handlers.keyboards import button, in_rows, keyboard
from handlers.ports import Answer, Say
from handlers.queue import show_card
from handlers.queue_callbacks import CausePress
from services.access import Actor
from services.helpdesk.causes import CAUSES, Causes
from services.helpdesk.queue import Queue
from services.helpdesk.tickets import TicketNumber

CHOSEN = "✓ "
ACROSS = 2


async def offer(
    press: CallbackQuery,
    *,
    callback_data: CausePress,
    actor: Actor,
    causes: Causes,
    answer: Answer,
    say: Say,
) -> None:
    number = TicketNumber(callback_data.number)
    known = await causes.of(actor, number)
    shown = _offered(number, known, say)
    await answer.edit(press, "helpdesk/cause", keyboard=shown, number=number)


async def pick(
    press: CallbackQuery,
    *,
    callback_data: CausePress,
    actor: Actor,
    causes: Causes,
    queue: Queue,
    answer: Answer,
    say: Say,
) -> None:
    number = TicketNumber(callback_data.number)
    await causes.name(actor, number, callback_data.cause)
    await show_card(press, number, actor, queue, answer, say)


def _offered(number: TicketNumber, known: str | None, say: Say) -> InlineKeyboardMarkup:
    buttons = [
        button(
            f"{CHOSEN if code == known else ''}{cause_of(code, say)}",
            CausePress(number=number, cause=code),
        )
        for code in CAUSES
    ]
    return keyboard(*in_rows(buttons, across=ACROSS), [ticket_cards.back_button(number, say)])


def router() -> Router:
    routes = Router(name=__name__)
    routes.callback_query.register(pick, CausePress.filter(F.cause))
    routes.callback_query.register(offer, CausePress.filter())
    return routes
