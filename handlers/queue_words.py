"""The administrators' words at a ticket: replies, ready ones, notes; merging, putting off."""

from typing import Any

from aiogram import F, Router
from aiogram.enums import ChatType
from aiogram.fsm.context import FSMContext
from aiogram.fsm.state import State
from aiogram.types import CallbackQuery, Message

from handlers import ticket_cards
from handlers.callbacks import CannedPick, PutOffPick, TicketPress, TicketStep
from handlers.keyboards import button, in_rows, keyboard
from handlers.paging import label
from handlers.ports import Answer, Handler, Say
from handlers.said import WORDS, said_of
from handlers.typed import TYPED, Ticket
from services.access import Actor
from services.helpdesk.canned import Canned
from services.helpdesk.errors import UnfitMergeError
from services.helpdesk.merging import Merging
from services.helpdesk.putting_off import PuttingOff
from services.helpdesk.relay import Relay
from services.helpdesk.tickets import Said, TicketNumber

DAYS = (2, 3, 7, 14)
"""Days ahead that are offered besides the next one of work."""
LONGEST = 9
"""Digits of a number."""
_ASKED: dict[TicketStep, tuple[State, str]] = {
    TicketStep.REPLY: (Ticket.answering, "helpdesk/ask-reply"),
    TicketStep.NOTE: (Ticket.noting, "helpdesk/ask-note"),
    TicketStep.MERGE: (Ticket.merging, "helpdesk/ask-merge"),
}


async def ask(
    press: CallbackQuery,
    *,
    callback_data: TicketPress,
    actor: Actor,
    canned: Canned,
    state: FSMContext,
    answer: Answer,
    say: Say,
) -> None:
    """The next words are the reply, the note, or the number to merge into."""
    number = TicketNumber(callback_data.number)
    await canned.replies(actor, number)
    waiting, template = _ASKED[callback_data.step]
    await state.set_state(waiting)
    await state.set_data({"number": number})
    shown = ticket_cards.cancel(number, say)
    await answer.edit(press, template, keyboard=shown, number=number)


async def reply(message: Message, *, actor: Actor, relay: Relay, state: FSMContext) -> None:
    """Its receipt comes by way of the outbox, under the words themselves."""
    number = TicketNumber((await state.get_data()).get("number", 0))
    await relay.answer(actor, number, said_of(message))
    await state.clear()


async def note(
    message: Message,
    *,
    text: str,
    actor: Actor,
    relay: Relay,
    state: FSMContext,
    answer: Answer,
    say: Say,
) -> None:
    number = TicketNumber((await state.get_data()).get("number", 0))
    kept = await relay.note(actor, number, text)
    await state.clear()
    shown = ticket_cards.to_ticket(kept, say)
    await answer.reply(message, "helpdesk/noted", keyboard=shown, number=kept)


async def merge(
    message: Message,
    *,
    text: str,
    actor: Actor,
    merging: Merging,
    state: FSMContext,
    answer: Answer,
    say: Say,
) -> None:
    words = text.strip().removeprefix("№").strip()
    if not words.isdecimal() or len(words) > LONGEST:
        raise UnfitMergeError(into=words[:LONGEST])
    number = TicketNumber((await state.get_data()).get("number", 0))
    target = await merging.merge(actor, number, TicketNumber(int(words)))
    await state.clear()
    shown = ticket_cards.to_ticket(target.number, say)
    view: dict[str, Any] = {"number": number, "into": target.number}
    await answer.reply(message, "helpdesk/merged", keyboard=shown, **view)


async def list_canned(
    press: CallbackQuery,
    *,
    callback_data: TicketPress,
    actor: Actor,
    canned: Canned,
    answer: Answer,
    say: Say,
) -> None:
    number = TicketNumber(callback_data.number)
    rows = [
        [button(label(one.title), CannedPick(number=number, item=place))]
        for place, one in enumerate(await canned.replies(actor, number))
    ]
    back = [ticket_cards.back_button(number, say)]
    await answer.edit(press, "helpdesk/canned", keyboard=keyboard(*rows, back), number=number)


async def show_canned(
    press: CallbackQuery,
    *,
    callback_data: CannedPick,
    actor: Actor,
    canned: Canned,
    answer: Answer,
    say: Say,
) -> None:
    """Once before it is sent."""
    number = TicketNumber(callback_data.number)
    reply = await canned.reply(actor, number, callback_data.item)
    send = button(say("Send"), callback_data.model_copy(update={"sure": True}))
    back = button(say("Back"), TicketPress(step=TicketStep.CANNED, number=number))
    shown = keyboard([send, back])
    await answer.edit(press, "helpdesk/canned-reply", keyboard=shown, text=reply.text)


async def send_canned(
    press: CallbackQuery,
    *,
    callback_data: CannedPick,
    actor: Actor,
    canned: Canned,
    relay: Relay,
    answer: Answer,
    say: Say,
) -> None:
    number = TicketNumber(callback_data.number)
    reply = await canned.reply(actor, number, callback_data.item)
    sent = await relay.answer(actor, number, Said(text=reply.text))
    shown = ticket_cards.to_ticket(sent, say)
    await answer.edit(press, "helpdesk/canned-sent", keyboard=shown, number=sent)


async def offer_days(
    press: CallbackQuery,
    *,
    callback_data: TicketPress,
    actor: Actor,
    canned: Canned,
    state: FSMContext,
    answer: Answer,
    say: Say,
) -> None:
    """By a button, or by writing the day."""
    number = TicketNumber(callback_data.number)
    await canned.replies(actor, number)
    await state.set_state(Ticket.postponing)
    await state.set_data({"number": number})
    morning = button(say("Till the next working morning"), PutOffPick(number=number))
    days = [
        button(say("%(days)s d", days=ahead), PutOffPick(number=number, days=ahead))
        for ahead in DAYS
    ]
    back = [ticket_cards.back_button(number, say)]
    shown = keyboard([morning], *in_rows(days, across=len(DAYS)), back)
    await answer.edit(press, "helpdesk/ask-day", keyboard=shown, number=number)


async def put_off(
    press: CallbackQuery,
    *,
    callback_data: PutOffPick,
    actor: Actor,
    putting_off: PuttingOff,
    state: FSMContext,
    answer: Answer,
    say: Say,
) -> None:
    number = TicketNumber(callback_data.number)
    ticket = await putting_off.ahead(actor, number, callback_data.days)
    await state.clear()
    shown = ticket_cards.to_ticket(ticket.number, say)
    view: dict[str, Any] = {"number": ticket.number, "until": ticket.postponed_until}
    await answer.edit(press, "helpdesk/put-off", keyboard=shown, **view)


async def put_off_till(
    message: Message,
    *,
    text: str,
    actor: Actor,
    putting_off: PuttingOff,
    state: FSMContext,
    answer: Answer,
    say: Say,
) -> None:
    number = TicketNumber((await state.get_data()).get("number", 0))
    ticket = await putting_off.written(actor, number, text)
    await state.clear()
    shown = ticket_cards.to_ticket(ticket.number, say)
    view: dict[str, Any] = {"number": ticket.number, "until": ticket.postponed_until}
    await answer.reply(message, "helpdesk/put-off", keyboard=shown, **view)


def router() -> Router:
    routes = Router(name=__name__)
    routes.message.filter(F.chat.type == ChatType.PRIVATE)
    routes.message.register(reply, Ticket.answering, WORDS)
    routes.message.register(note, Ticket.noting, TYPED, F.text.as_("text"))
    routes.message.register(merge, Ticket.merging, TYPED, F.text.as_("text"))
    routes.message.register(put_off_till, Ticket.postponing, TYPED, F.text.as_("text"))
    routes.callback_query.register(send_canned, CannedPick.filter(F.sure))
    routes.callback_query.register(show_canned, CannedPick.filter())
    routes.callback_query.register(put_off, PutOffPick.filter())
    steps: dict[TicketStep, Handler] = {
        TicketStep.REPLY: ask,
        TicketStep.NOTE: ask,
        TicketStep.MERGE: ask,
        TicketStep.CANNED: list_canned,
        TicketStep.POSTPONE: offer_days,
    }
    for step, handler in steps.items():
        routes.callback_query.register(handler, TicketPress.filter(F.step == step))
    return routes
