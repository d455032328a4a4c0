"""A ticket's card: what stands on it and its buttons, for administrators and for its author."""

from typing import Any

from aiogram.types import InlineKeyboardButton, InlineKeyboardMarkup

from handlers.callbacks import OwnPress, OwnStep, QueuePage, RatePress, TicketPress, TicketStep
from handlers.keyboards import button, keyboard
from handlers.knowledge_callbacks import KnowledgePress, KnowledgeStep
from handlers.ports import Say
from handlers.queue_callbacks import CausePress
from handlers.ticket_words import place_of, title_of
from services.access import Actor, Capability
from services.helpdesk.life import RATINGS
from services.helpdesk.queue import Card, OwnCard
from services.helpdesk.tickets import OPEN, State, TicketNumber

LATEST = 4
"""Messages that a card shows, the last of them."""


def view_of(card: Card, say: Say) -> dict[str, Any]:
    """For the template ``helpdesk/card``; the first message is the ticket's own text."""
    first, *rest = card.messages
    return {
        "card": card,
        "ticket": card.line.ticket,
        "category": title_of(card.line.category, say),
        "place": place_of(card.line.ticket.place),
        "first": first.message,
        "earlier": max(0, len(rest) - LATEST),
        "latest": rest[-LATEST:],
    }


def own_view(card: OwnCard, say: Say) -> dict[str, Any]:
    """For the templates ``helpdesk/own`` and ``helpdesk/thread``."""
    return {
        "ticket": card.ticket,
        "category": title_of(card.category, say),
        "place": place_of(card.ticket.place),
        "messages": card.messages[-LATEST:],
        "findings": card.findings,
        "erased": card.erased,
    }


def buttons(card: Card, actor: Actor, say: Say) -> InlineKeyboardMarkup:
    """Whoever only looks on has none but the history."""
    ticket = card.line.ticket
    number = ticket.number
    looks = [_step(say("History"), TicketStep.HISTORY, number), _to_queue(say)]
    if not actor.may(Capability.ANSWER_TICKETS):
        return keyboard(looks)
    if ticket.state not in OPEN:
        closing = _step(say("Close"), TicketStep.CLOSE, number)
        return keyboard(
            [_step(say("Reply"), TicketStep.REPLY, number)],
            [closing] if ticket.state is State.SOLVED else [],
            _lessons(number, say),
            looks,
        )
    return keyboard(
        [*_taking(card, actor, say), _step(say("Reply"), TicketStep.REPLY, number)],
        [
            _step(say("Ready replies"), TicketStep.CANNED, number),
            _step(say("Note"), TicketStep.NOTE, number),
        ],
        _waiting(ticket.state, number, say),
        [
            _step(say("Solved"), TicketStep.SOLVE, number),
            _step(say("Close"), TicketStep.CLOSE, number),
        ],
        [
            _step(say("Put off"), TicketStep.POSTPONE, number),
            _step(say("Merge"), TicketStep.MERGE, number),
        ],
        _lessons(number, say),
        looks,
    )


def own_buttons(card: OwnCard, actor: Actor, say: Say) -> InlineKeyboardMarkup:
    ticket = card.ticket
    add = _own(say("Add something"), OwnStep.ADD, ticket.number)
    again = _own(say("Not solved"), OwnStep.REOPEN, ticket.number)
    close = _own(say("Close"), OwnStep.CLOSE, ticket.number)
    closes = ticket.state is not State.CLOSED and actor.may(Capability.CLOSE_OWN_TICKET)
    return keyboard(
        [add, *([close] if closes else [])],
        [again] if ticket.state not in OPEN else [],
        [_own(say("All my tickets"), OwnStep.LIST, TicketNumber(0))],
    )


def solved_buttons(number: TicketNumber, actor: Actor, say: Say) -> InlineKeyboardMarkup:
    """Under the news that a ticket is solved."""
    close = _own(say("Yes, close"), OwnStep.CLOSE, number)
    again = _own(say("Not solved"), OwnStep.REOPEN, number)
    return keyboard([close] if actor.may(Capability.CLOSE_OWN_TICKET) else [], [again])


def stars(number: TicketNumber, say: Say) -> InlineKeyboardMarkup:
    marks = [button(str(one), RatePress(number=number, stars=one)) for one in RATINGS]
    return keyboard(marks, [_own(say("Not solved"), OwnStep.REOPEN, number)])


def to_ticket(number: TicketNumber, say: Say) -> InlineKeyboardMarkup:
    return keyboard([_step(say("Show"), TicketStep.SHOW, number)])


def back(number: TicketNumber, say: Say) -> InlineKeyboardMarkup:
    return keyboard([back_button(number, say)])


def back_button(number: TicketNumber, say: Say) -> InlineKeyboardButton:
    return _step(say("Back"), TicketStep.SHOW, number)


def cancel(number: TicketNumber, say: Say) -> InlineKeyboardMarkup:
    return keyboard([_step(say("Cancel"), TicketStep.SHOW, number)])


def to_own(number: TicketNumber, say: Say) -> InlineKeyboardMarkup:
    return keyboard([_own(say("Show"), OwnStep.SHOW, number)])


def cancel_own(number: TicketNumber, say: Say) -> InlineKeyboardMarkup:
    return keyboard([_own(say("Cancel"), OwnStep.SHOW, number)])


def _taking(card: Card, actor: Actor, say: Say) -> list[InlineKeyboardButton]:
    ticket = card.line.ticket
    if ticket.taken_by is None or not card.line.holder:
        return [_step(say("Take"), TicketStep.TAKE, ticket.number)]
    if ticket.taken_by != actor.person:
        return [_step(say("Take over"), TicketStep.TAKE_OVER, ticket.number)]
    return []


def _waiting(state: State, number: TicketNumber, say: Say) -> list[InlineKeyboardButton]:
    author = _step(say("Wait for the author"), TicketStep.WAIT_AUTHOR, number)
    others = _step(say("Wait for others"), TicketStep.WAIT_OTHERS, number)
    on = _step(say("In work again"), TicketStep.GO_ON, number)
    if state is State.WAITS_AUTHOR:
        return [on, others]
    if state is State.WAITS_OTHERS:
        return [on, author]
    return [author, others]


def _lessons(number: TicketNumber, say: Say) -> list[InlineKeyboardButton]:
    """What is learnt of a ticket: its cause, an answer for the base."""
    keeps = KnowledgePress(step=KnowledgeStep.BEGIN, number=number)
    return [
        button(say("Cause"), CausePress(number=number)),
        button(say("Into the base of answers"), keeps),
    ]


def _step(text: str, step: TicketStep, number: TicketNumber) -> InlineKeyboardButton:
    return button(text, TicketPress(step=step, number=number))


def _own(text: str, step: OwnStep, number: TicketNumber) -> InlineKeyboardButton:
    return button(text, OwnPress(step=step, number=number))


def _to_queue(say: Say) -> InlineKeyboardButton:
    return button(say("To the queue"), QueuePage())
