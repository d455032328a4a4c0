"""/queue report: what the help desk did and what problems came of; the queue by states."""

import asyncio
from typing import Any

from aiogram import Bot, F, Router
from aiogram.filters import Command, CommandObject
from aiogram.types import BufferedInputFile, CallbackQuery, InlineKeyboardMarkup, Message

from handlers.callbacks import QueuePage, TicketPress, TicketStep
from handlers.cause_words import cause_of
from handlers.keyboards import button, keyboard
from handlers.paging import label, page_of
from handlers.ports import Answer, CausesBook, Say, words
from handlers.queue_callbacks import FiguresPress, StatesPress
from handlers.ticket_words import title_of
from services.access import Actor
from services.helpdesk.figures import DeskFigures, Figures, Period
from services.helpdesk.tickets import UNFINISHED, State

ASKED = {"report", "отчёт", "отчет"}
BOOK = "Обращения"
MOST = 8
"""Categories and causes that the message names."""
PERIODS = {
    Period.MONTH: words("This month"),
    Period.LAST_MONTH: words("Last month"),
    Period.YEAR: words("The school year"),
}
STATES = {
    State.NEW: words("New ones"),
    State.TAKEN: words("In work"),
    State.WAITS_AUTHOR: words("Waiting for the author"),
    State.WAITS_OTHERS: words("Waiting for others"),
    State.SOLVED: words("Solved, not closed"),
}


async def report(
    message: Message, *, actor: Actor, desk_figures: DeskFigures, answer: Answer, say: Say
) -> None:
    figures = await desk_figures.of(actor, Period.MONTH)
    shown = _periods(Period.MONTH, say)
    await answer.reply(message, "helpdesk/report", keyboard=shown, **_view(figures, say))


async def turn(
    press: CallbackQuery,
    *,
    callback_data: FiguresPress,
    actor: Actor,
    desk_figures: DeskFigures,
    answer: Answer,
    say: Say,
) -> None:
    figures = await desk_figures.of(actor, callback_data.period)
    shown = _periods(callback_data.period, say)
    await answer.edit(press, "helpdesk/report", keyboard=shown, **_view(figures, say))


async def give_book(
    press: CallbackQuery,
    *,
    callback_data: FiguresPress,
    actor: Actor,
    desk_figures: DeskFigures,
    causes_book: CausesBook,
    bot: Bot,
    say: Say,
) -> None:
    """No words of a ticket and nobody's name stand in it."""
    figures = await desk_figures.of(actor, callback_data.period)
    content = await asyncio.to_thread(causes_book, figures, say)
    await press.answer()
    name = f"{BOOK} {figures.first:%d.%m.%Y}-{figures.last:%d.%m.%Y}.xlsx"
    await bot.send_document(actor.chat, BufferedInputFile(content, name))


async def count_states(
    press: CallbackQuery, *, actor: Actor, desk_figures: DeskFigures, answer: Answer, say: Say
) -> None:
    counts = await desk_figures.states(actor)
    rows = [
        [button(f"{say(title)}: {counts[state]}", StatesPress(state=state.value))]
        for state, title in STATES.items()
        if counts.get(state)
    ]
    shown = keyboard(*rows, [button(say("To the queue"), QueuePage())])
    total = sum(counts.values())
    await answer.edit(press, "helpdesk/states", keyboard=shown, total=total)


async def list_state(
    press: CallbackQuery,
    *,
    callback_data: StatesPress,
    actor: Actor,
    desk_figures: DeskFigures,
    answer: Answer,
    say: Say,
) -> None:
    state = State(callback_data.state)
    found = await desk_figures.in_state(actor, state)
    page = page_of(found, callback_data.page)
    rows = [
        [
            button(
                label(f"№ {ticket.number} · {title_of(category, say)}"),
                TicketPress(step=TicketStep.SHOW, number=ticket.number),
            )
        ]
        for ticket, category in page.shown
    ]
    arrows = page.arrows(lambda to: StatesPress(state=state.value, page=to))
    shown = keyboard(*rows, arrows, [button(say("Back"), StatesPress())])
    title = say(STATES[state])
    await answer.edit(press, "helpdesk/state", keyboard=shown, title=title, count=len(found))


def _view(figures: Figures, say: Say) -> dict[str, Any]:
    return {
        "figures": figures,
        "categories": [(title_of(one, say), told) for one, told in figures.categories[:MOST]],
        "causes": [(cause_of(code, say), count) for code, count in figures.causes[:MOST]],
    }


def _periods(now: Period, say: Say) -> InlineKeyboardMarkup:
    others = [
        button(say(title), FiguresPress(period=period))
        for period, title in PERIODS.items()
        if period is not now
    ]
    book = button(say("As a table"), FiguresPress(period=now, book=True))
    return keyboard([book], others, [button(say("By state"), StatesPress())])


def _asks(command: CommandObject) -> bool:
    return (command.args or "").strip().casefold() in ASKED


def router() -> Router:
    routes = Router(name=__name__)
    routes.message.register(report, Command("queue", magic=F.func(_asks)))
    routes.callback_query.register(give_book, FiguresPress.filter(F.book))
    routes.callback_query.register(turn, FiguresPress.filter())
    known = {state.value for state in UNFINISHED}
    routes.callback_query.register(list_state, StatesPress.filter(F.state.in_(known)))
    routes.callback_query.register(count_states, StatesPress.filter())
    return routes
