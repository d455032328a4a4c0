"""The administrators' side: /queue, a ticket's card, its steps."""

from collections.abc import Sequence

from aiogram import F, Router
from aiogram.filters import Command, CommandObject
from aiogram.fsm.context import FSMContext
from aiogram.types import (
    CallbackQuery,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    Message,
)

from handlers import ticket_cards
from handlers.callbacks import QueuePage, TicketPress, TicketStep
from handlers.claim_callbacks import AppealsPage
from handlers.desk_callbacks import DeskPress, DeskStep
from handlers.keyboards import button, keyboard
from handlers.paging import label, page_of
from handlers.ports import Answer, Handler, Say
from handlers.queue_callbacks import FiguresPress, PlacePress, StatesPress
from handlers.ticket_words import title_of
from services.access import Actor, Capability
from services.claims.appeals import Appeals
from services.helpdesk.figures import Period
from services.helpdesk.life import Life
from services.helpdesk.queue import Queue
from services.helpdesk.tickets import State, TicketNumber

PRESSING = {1: "", 2: "", 3: "❗ "}
"""Before a line of the queue, by its urgency."""


async def show(
    message: Message,
    *,
    command: CommandObject,
    actor: Actor,
    queue: Queue,
    appeals: Appeals,
    answer: Answer,
    say: Say,
) -> None:
    """/queue lists what is open, «/queue 17» opens a ticket."""
    words = (command.args or "").removeprefix("№").strip()
    if words.isdecimal():
        card = await queue.card(actor, TicketNumber(int(words[:9])))
        shown = ticket_cards.buttons(card, actor, say)
        view = ticket_cards.view_of(card, say)
        await answer.reply(message, "helpdesk/card", keyboard=shown, **view)
        return
    lines = await queue.open(actor)
    late = sum(line.targets.late for line in lines)
    shown = await _list(actor, queue, appeals, 1, say)
    await answer.reply(message, "helpdesk/queue", keyboard=shown, count=len(lines), late=late)


async def turn(
    press: CallbackQuery,
    *,
    callback_data: QueuePage,
    actor: Actor,
    queue: Queue,
    appeals: Appeals,
    answer: Answer,
    say: Say,
) -> None:
    lines = await queue.open(actor)
    late = sum(line.targets.late for line in lines)
    shown = await _list(actor, queue, appeals, callback_data.page, say)
    await answer.edit(press, "helpdesk/queue", keyboard=shown, count=len(lines), late=late)


async def look(
    press: CallbackQuery,
    *,
    callback_data: TicketPress,
    actor: Actor,
    queue: Queue,
    state: FSMContext,
    answer: Answer,
    say: Say,
) -> None:
    await show_card(press, TicketNumber(callback_data.number), actor, queue, answer, say)
    await state.clear()


async def take(
    press: CallbackQuery,
    *,
    callback_data: TicketPress,
    actor: Actor,
    life: Life,
    queue: Queue,
    answer: Answer,
    say: Say,
) -> None:
    over = callback_data.step is TicketStep.TAKE_OVER
    ticket = await life.take(actor, TicketNumber(callback_data.number), over=over)
    await show_card(press, ticket.number, actor, queue, answer, say)


async def wait(
    press: CallbackQuery,
    *,
    callback_data: TicketPress,
    actor: Actor,
    life: Life,
    queue: Queue,
    answer: Answer,
    say: Say,
) -> None:
    states = {
        TicketStep.WAIT_AUTHOR: State.WAITS_AUTHOR,
        TicketStep.WAIT_OTHERS: State.WAITS_OTHERS,
        TicketStep.GO_ON: State.TAKEN,
    }
    number = TicketNumber(callback_data.number)
    ticket = await life.wait(actor, number, states[callback_data.step])
    await show_card(press, ticket.number, actor, queue, answer, say)


async def end(
    press: CallbackQuery,
    *,
    callback_data: TicketPress,
    actor: Actor,
    life: Life,
    queue: Queue,
    answer: Answer,
    say: Say,
) -> None:
    """Solved, or closed; the second of two who press at once is told so."""
    number = TicketNumber(callback_data.number)
    ending = life.solve if callback_data.step is TicketStep.SOLVE else life.close
    ticket = await ending(actor, number)
    await show_card(press, ticket.number, actor, queue, answer, say)


async def tell_history(
    press: CallbackQuery,
    *,
    callback_data: TicketPress,
    actor: Actor,
    queue: Queue,
    answer: Answer,
    say: Say,
) -> None:
    number = TicketNumber(callback_data.number)
    events = await queue.history(actor, number)
    back = ticket_cards.back(number, say)
    await answer.edit(press, "helpdesk/history", keyboard=back, number=number, events=events)


async def show_card(
    press: CallbackQuery,
    number: TicketNumber,
    actor: Actor,
    queue: Queue,
    answer: Answer,
    say: Say,
) -> None:
    card = await queue.card(actor, number)
    shown = ticket_cards.buttons(card, actor, say)
    await answer.edit(press, "helpdesk/card", keyboard=shown, **ticket_cards.view_of(card, say))


async def _list(
    actor: Actor, queue: Queue, appeals: Appeals, number: int, say: Say
) -> InlineKeyboardMarkup:
    page = page_of(await queue.open(actor), number)
    rows = []
    for line in page.shown:
        words = f"{PRESSING[line.urgency]}№ {line.ticket.number} · {title_of(line.category, say)}"
        press = TicketPress(step=TicketStep.SHOW, number=line.ticket.number)
        rows.append([button(label(words), press)])
    states = button(say("By state"), StatesPress())
    figures = button(say("Report"), FiguresPress(period=Period.MONTH))
    settings = button(say("Settings"), DeskPress(step=DeskStep.ROOT))
    arrows = page.arrows(lambda to: QueuePage(page=to))
    may = actor.may(Capability.SETTINGS)
    groups = button(say("Show it in a group"), PlacePress())
    return keyboard(
        *rows,
        arrows,
        await _objections(actor, appeals, say),
        [states, figures],
        [settings, groups] if may else [],
    )


async def _objections(actor: Actor, appeals: Appeals, say: Say) -> Sequence[InlineKeyboardButton]:
    """What teachers say of findings, for whoever answers it."""
    if not actor.may(Capability.ANSWER_CLAIMS):
        return []
    count = await appeals.register.count(actor)
    return [button(say("Objections: %(count)s", count=count), AppealsPage())]


def router() -> Router:
    routes = Router(name=__name__)
    routes.message.register(show, Command("queue"))
    routes.callback_query.register(turn, QueuePage.filter())
    steps: dict[TicketStep, Handler] = {
        TicketStep.SHOW: look,
        TicketStep.TAKE: take,
        TicketStep.TAKE_OVER: take,
        TicketStep.WAIT_AUTHOR: wait,
        TicketStep.WAIT_OTHERS: wait,
        TicketStep.GO_ON: wait,
        TicketStep.SOLVE: end,
        TicketStep.CLOSE: end,
        TicketStep.HISTORY: tell_history,
    }
    for step, handler in steps.items():
        routes.callback_query.register(handler, TicketPress.filter(F.step == step))
    return routes
