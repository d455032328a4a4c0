"""An author's side: own tickets, words by replying to the bot, edits, late parts, rating."""

from aiogram import F, Router
from aiogram.dispatcher.event.bases import SkipHandler
from aiogram.enums import ChatType
from aiogram.filters import Command
from aiogram.fsm.context import FSMContext
from aiogram.types import CallbackQuery, InlineKeyboardMarkup, Message

from handlers import problem_draft as drafts
from handlers import problems, ticket_cards
from handlers.callbacks import OwnPress, OwnStep, RatePress
from handlers.keyboards import button, keyboard
from handlers.paging import label, page_of
from handlers.ports import Answer, Handler, Say
from handlers.said import CARRIED, WORDS, said_of
from handlers.ticket_words import title_of
from handlers.typed import TYPED, Problem, Ticket
from services.access import Actor
from services.helpdesk.errors import TicketOldError
from services.helpdesk.life import Life
from services.helpdesk.opening import Opening
from services.helpdesk.queue import Queue
from services.helpdesk.relay import REOPENED, Relay
from services.helpdesk.tickets import Source, TicketNumber
from services.ids import ChatId


async def list_own(
    message: Message, *, actor: Actor, queue: Queue, answer: Answer, say: Say
) -> None:
    mine = await queue.mine(actor)
    shown = await _list(actor, queue, 1, say)
    await answer.reply(message, "helpdesk/mine", keyboard=shown, count=len(mine))


async def turn_own(
    press: CallbackQuery,
    *,
    callback_data: OwnPress,
    actor: Actor,
    queue: Queue,
    state: FSMContext,
    answer: Answer,
    say: Say,
) -> None:
    mine = await queue.mine(actor)
    await state.clear()
    shown = await _list(actor, queue, callback_data.page, say)
    await answer.edit(press, "helpdesk/mine", keyboard=shown, count=len(mine))


async def show_own(
    press: CallbackQuery,
    *,
    callback_data: OwnPress,
    actor: Actor,
    queue: Queue,
    state: FSMContext,
    answer: Answer,
    say: Say,
) -> None:
    await _show(press, TicketNumber(callback_data.number), actor, queue, answer, say)
    await state.clear()


async def ask_more(
    press: CallbackQuery,
    *,
    callback_data: OwnPress,
    actor: Actor,
    queue: Queue,
    state: FSMContext,
    answer: Answer,
    say: Say,
) -> None:
    card = await queue.own(actor, TicketNumber(callback_data.number))
    number = card.ticket.number
    await state.set_state(Ticket.adding)
    await state.set_data({"number": number})
    shown = ticket_cards.cancel_own(number, say)
    await answer.edit(press, "helpdesk/ask-more", keyboard=shown, number=number)


async def add(
    message: Message,
    *,
    actor: Actor,
    relay: Relay,
    opening: Opening,
    state: FSMContext,
    answer: Answer,
    say: Say,
) -> None:
    number = TicketNumber((await state.get_data()).get("number", 0))
    await opening.categories(actor)
    if await _carried(message, number, actor, relay, state):
        await state.clear()
    else:
        await _begin_anew(message, actor, opening, answer, say)


async def take_reply(
    message: Message,
    *,
    actor: Actor,
    relay: Relay,
    opening: Opening,
    state: FSMContext,
    answer: Answer,
    say: Say,
) -> None:
    """A reply to the bot's message about a ticket; any other reply is somebody else's."""
    replied = message.reply_to_message
    number = None
    if replied is not None:
        number = await relay.refer(actor, Source(ChatId(message.chat.id), replied.message_id))
    if number is None:
        raise SkipHandler
    if not await _carried(message, number, actor, relay, state):
        await _begin_anew(message, actor, opening, answer, say)


async def join_album(message: Message, *, actor: Actor, relay: Relay) -> None:
    """A late part of an album that went into a ticket."""
    if await relay.join(actor, said_of(message)) is None:
        raise SkipHandler


async def carry_edit(message: Message, *, actor: Actor, relay: Relay) -> None:
    said = said_of(message)
    if said.source is None or await relay.edit(actor, said.source, said.text) is None:
        raise SkipHandler


async def close(
    press: CallbackQuery,
    *,
    callback_data: OwnPress,
    actor: Actor,
    life: Life,
    answer: Answer,
    say: Say,
) -> None:
    ticket = await life.close_own(actor, TicketNumber(callback_data.number))
    shown = ticket_cards.stars(ticket.number, say)
    await answer.edit(press, "helpdesk/rate", keyboard=shown, number=ticket.number, findings=[])


async def reopen(
    press: CallbackQuery, *, callback_data: OwnPress, actor: Actor, life: Life, answer: Answer
) -> None:
    ticket = await life.reopen(actor, TicketNumber(callback_data.number))
    await answer.edit(press, "helpdesk/reopened", number=ticket.number)


async def rate(
    press: CallbackQuery,
    *,
    callback_data: RatePress,
    actor: Actor,
    life: Life,
    answer: Answer,
    say: Say,
) -> None:
    ticket = await life.rate(actor, TicketNumber(callback_data.number), callback_data.stars)
    add_word = OwnPress(step=OwnStep.COMMENT, number=ticket.number)
    shown = keyboard([button(say("Add a word"), add_word)])
    await answer.edit(press, "helpdesk/rated", keyboard=shown, stars=callback_data.stars)


async def ask_comment(
    press: CallbackQuery,
    *,
    callback_data: OwnPress,
    actor: Actor,
    queue: Queue,
    state: FSMContext,
    answer: Answer,
    say: Say,
) -> None:
    card = await queue.own(actor, TicketNumber(callback_data.number))
    await state.set_state(Ticket.rating)
    await state.set_data({"number": card.ticket.number})
    shown = ticket_cards.cancel_own(card.ticket.number, say)
    await answer.edit(press, "helpdesk/ask-comment", keyboard=shown, number=card.ticket.number)


async def comment(
    message: Message, *, text: str, actor: Actor, life: Life, state: FSMContext, answer: Answer
) -> None:
    number = TicketNumber((await state.get_data()).get("number", 0))
    await life.comment(actor, number, text)
    await state.clear()
    await answer.reply(message, "helpdesk/commented")


async def _carried(
    message: Message, number: TicketNumber, actor: Actor, relay: Relay, state: FSMContext
) -> bool:
    """What comes too late for its ticket is not lost: it becomes the draft of a new one."""
    said = said_of(message)
    try:
        await relay.say(actor, number, said)
    except TicketOldError:
        await state.set_state(Problem.category)
        await state.set_data(drafts.with_said({}, said))
        return False
    return True


async def _begin_anew(
    message: Message, actor: Actor, opening: Opening, answer: Answer, say: Say
) -> None:
    shown = problems.category_buttons(await opening.categories(actor), say)
    await answer.reply(message, "helpdesk/too-old", keyboard=shown, days=REOPENED.days)


async def _show(
    press: CallbackQuery,
    number: TicketNumber,
    actor: Actor,
    queue: Queue,
    answer: Answer,
    say: Say,
) -> None:
    card = await queue.own(actor, number)
    shown = ticket_cards.own_buttons(card, actor, say)
    await answer.edit(press, "helpdesk/thread", keyboard=shown, **ticket_cards.own_view(card, say))


async def _list(actor: Actor, queue: Queue, number: int, say: Say) -> InlineKeyboardMarkup:
    page = page_of(await queue.mine(actor), number)
    rows = [
        [
            button(
                label(f"№ {ticket.number} · {title_of(category, say)}"),
                OwnPress(step=OwnStep.SHOW, number=ticket.number),
            )
        ]
        for ticket, category in page.shown
    ]
    return keyboard(*rows, page.arrows(lambda to: OwnPress(step=OwnStep.LIST, page=to)))


def router() -> Router:
    routes = Router(name=__name__)
    private = F.chat.type == ChatType.PRIVATE
    routes.message.register(list_own, Command("tickets"))
    routes.message.register(join_album, private, F.media_group_id, CARRIED)
    routes.message.register(take_reply, private, F.reply_to_message, ~F.text.startswith("/"))
    routes.message.register(add, private, Ticket.adding, WORDS)
    routes.message.register(comment, private, Ticket.rating, TYPED, F.text.as_("text"))
    routes.edited_message.register(carry_edit, private, F.text | F.caption)
    routes.callback_query.register(rate, RatePress.filter())
    steps: dict[OwnStep, Handler] = {
        OwnStep.LIST: turn_own,
        OwnStep.SHOW: show_own,
        OwnStep.ADD: ask_more,
        OwnStep.CLOSE: close,
        OwnStep.REOPEN: reopen,
        OwnStep.COMMENT: ask_comment,
    }
    for step, handler in steps.items():
        routes.callback_query.register(handler, OwnPress.filter(F.step == step))
    return routes
