"""Buttons under reminders, and of when they come."""

from aiogram.types import InlineKeyboardButton, InlineKeyboardMarkup

from handlers.callbacks import DigestPart, DigestPress, GapsPage
from handlers.keyboards import button, in_rows, keyboard
from handlers.ports import Say
from handlers.reminder_callbacks import NOT_AT_ALL, ReminderHour, ReminderPress
from services.access import Actor, Capability
from services.kept_digests import KeptDigest
from services.reminding.choosing import Hours
from services.reminding.settings import HOUR
from services.reminding.showing import Shown

CLASSES = 12
ACROSS = 4


def reminder(shown: Shown, digest: KeptDigest | None, say: Say) -> InlineKeyboardMarkup:
    own = [button(say("Open my list"), GapsPage())] if shown.own else []
    return keyboard(own, *in_rows(_classes(shown, digest), across=ACROSS), [when(say)])


def when(say: Say) -> InlineKeyboardButton:
    return button(say("When to remind"), ReminderPress())


def hours(known: Hours, actor: Actor, say: Say) -> InlineKeyboardMarkup:
    offered = [
        button(_marked(clock(one), one == known.chosen), ReminderHour(minutes=one))
        for one in known.offered
    ]
    never = button(_marked(say("Never"), known.chosen is None), ReminderHour(minutes=NOT_AT_ALL))
    own = actor.staff is not None and actor.may(Capability.OWN_FINDINGS)
    back = [button(say("My gaps"), GapsPage())] if own else []
    return keyboard(*in_rows(offered, across=ACROSS), [never], back)


def clock(minutes: int) -> str:
    """«16:30»."""
    return f"{minutes // HOUR}:{minutes % HOUR:02d}"


def _marked(text: str, chosen: bool) -> str:  # noqa: FBT001  # one word beside another
    return f"✓ {text}" if chosen else text


def _classes(shown: Shown, digest: KeptDigest | None) -> list[InlineKeyboardButton]:
    """A page of the latest digest for each class that it has."""
    if digest is None:
        return []
    places = {one.name: place for place, one in enumerate(digest.week.classes)}
    names = dict.fromkeys(one.class_unit for one in shown.waiting if one.class_unit in places)
    return [
        button(name, DigestPress(digest=digest.id, part=DigestPart.CLASS, item=places[name]))
        for name in list(names)[:CLASSES]
    ]
