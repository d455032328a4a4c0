"""Buttons under outages."""

from collections.abc import Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from aiogram.types import InlineKeyboardButton, InlineKeyboardMarkup

from handlers.callbacks import OwnPress, OwnStep
from handlers.keyboards import button, in_rows, keyboard
from handlers.outage_callbacks import OutagePress, OutageStart, OutageStep
from handlers.ports import Say
from services.helpdesk.outage import Outage, OutageNumber
from services.helpdesk.outage_register import Start
from services.helpdesk.tickets import TicketNumber

MINUTE = 60
NEW = OutageNumber(0)
ACROSS = 2


def root(recent: Sequence[Outage], zone: ZoneInfo, say: Say) -> InlineKeyboardMarkup:
    rows = [[step(_named(one, zone, say), OutageStep.SHOW, one.number)] for one in recent]
    return keyboard([step(say("The journal does not work"), OutageStep.NEW)], *rows)


def starts(found: Sequence[Start], say: Say) -> InlineKeyboardMarkup:
    lessons = [
        button(
            say("Lesson %(number)s, %(hour)s", number=one.lesson, hour=f"{one.at:%H:%M}"),
            OutageStart(minute=int(one.at.timestamp()) // MINUTE),
        )
        for one in found
    ]
    return keyboard(
        [button(say("Now"), OutageStart())],
        *in_rows(lessons, across=ACROSS),
        [step(say("Cancel"), OutageStep.LIST)],
    )


def plan(say: Say) -> InlineKeyboardMarkup:
    return keyboard(
        [step(say("Declare"), OutageStep.DECLARE)],
        [step(say("Name the end"), OutageStep.ASK_END), step(say("Other start"), OutageStep.NEW)],
        [step(say("Cancel"), OutageStep.LIST)],
    )


def card(outage: Outage, now: datetime, say: Say) -> InlineKeyboardMarkup:
    number = outage.number
    works = step(say("The journal works again"), OutageStep.END, number)
    begin = step(say("Mend the start"), OutageStep.FIX_BEGIN, number)
    named = say("Mend the end") if outage.ends else say("Name the end")
    begun = outage.begins <= now
    return keyboard(
        [works] if begun and not outage.over(now) else [],
        [begin, step(named, OutageStep.FIX_END, number)],
        [step(say("Declared by mistake"), OutageStep.UNDO, number)],
        [step(say("All outages"), OutageStep.LIST)],
    )


def undo(number: OutageNumber, say: Say) -> InlineKeyboardMarkup:
    sure = step(say("Yes, take it back"), OutageStep.UNDO_SURE, number)
    return keyboard([sure], [step(say("Cancel"), OutageStep.SHOW, number)])


def cancel(number: OutageNumber, say: Say) -> InlineKeyboardMarkup:
    """Out of a question for a moment: back to what it was about."""
    return keyboard([step(say("Cancel"), OutageStep.SHOW if number else OutageStep.PLAN, number)])


def not_solved(tickets: Sequence[TicketNumber], say: Say) -> InlineKeyboardMarkup:
    """Under the news that the journal works: for whom it does not."""
    rows = [
        [
            button(
                say("№ %(number)s: still not solved", number=number),
                OwnPress(step=OwnStep.REOPEN, number=number),
            )
        ]
        for number in tickets
    ]
    return keyboard(*rows)


def step(text: str, to: OutageStep, number: OutageNumber = NEW) -> InlineKeyboardButton:
    return button(text, OutagePress(step=to, number=number))


def _named(outage: Outage, zone: ZoneInfo, say: Say) -> str:
    begins = f"{outage.begins.astimezone(zone):%d.%m %H:%M}"
    if outage.ends is None:
        return say("since %(moment)s", moment=begins)
    ends = outage.ends.astimezone(zone)
    same = ends.date() == outage.begins.astimezone(zone).date()
    return f"{begins}–{ends:%H:%M}" if same else f"{begins} – {ends:%d.%m %H:%M}"
