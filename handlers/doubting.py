"""Buttons about what files are: asked, remembered, forgotten; and those of /import itself."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from aiogram.types import InlineKeyboardButton, InlineKeyboardMarkup

from handlers.import_callbacks import (
    DoubtPress,
    HeaderForget,
    MemoryPage,
    MemoryPress,
    MemoryStep,
    RosterPress,
)
from handlers.keyboards import button, keyboard
from handlers.ports import Say, words
from services.journal.doubts import NO_JOURNAL
from services.journal.memory import Remembered

HEADERS = 2
PAGE = 8
SHOWN = 24
"""Characters of a name on a button."""


def cut(name: str) -> str:
    return name if len(name) <= SHOWN else f"{name[: SHOWN - 1]}…"


def of_familiar(view: Mapping[str, Any], say: Say) -> list[list[InlineKeyboardButton]]:
    """A button for each header by which a file was known from before."""
    headers = {header: name for name, header in view["familiar"]}
    return [
        [button(say("Ask again: %(name)s", name=cut(name)), HeaderForget(header=header))]
        for header, name in list(headers.items())[:HEADERS]
    ]


def of_unreadable(view: Mapping[str, Any], say: Say) -> InlineKeyboardMarkup | None:
    rows = of_familiar(view, say) if "familiar" in view else []
    return keyboard(*rows) if rows else None


FORMATS = {
    "F1": words("progress report of a class"),
    "F2": words("report card of a class"),
    "F3": words("log of changes"),
    "F4": words("journal page"),
    "F5": words("list of lessons"),
    "F6": words("calendar plan"),
    "F7": words("list of pupils"),
    "F8": words("staff and load"),
    "F9": words("timetable"),
    "F10": words("substitutions"),
    "F11": words("marks of a pupil"),
    NO_JOURNAL: words("not a journal"),
}


def of_doubt(view: Mapping[str, Any], say: Say) -> InlineKeyboardMarkup:
    """What the file may be, the likeliest first; then that it is nothing, or to leave it."""
    number = str(view["number"])
    return keyboard(
        *(
            [button(_label(say(FORMATS[each])), DoubtPress(number=number, format=each))]
            for each in (*view["formats"], NO_JOURNAL)
        ),
        [button(say("Cancel"), DoubtPress(number=number))],
    )


def _label(text: str) -> str:
    return f"{text[:1].upper()}{text[1:]}"


def of_ask(say: Say) -> InlineKeyboardMarkup:
    return keyboard(
        [button(say("Remembered names"), MemoryPage())],
        [button(say("Export as OneRoster"), RosterPress())],
    )


def of_roster(say: Say) -> InlineKeyboardMarkup:
    return keyboard([button(say("Yes, make the file"), RosterPress(sure=True))])


@dataclass(frozen=True, slots=True)
class Shown:
    """A page of what is remembered."""

    lines: Sequence[Remembered]
    page: int
    last: bool


def memory_page(known: Sequence[Remembered], page: int) -> Shown:
    """The page asked for, or the last one that is not empty."""
    page = min(max(page, 0), max(len(known) - 1, 0) // PAGE)
    first = page * PAGE
    return Shown(known[first : first + PAGE], page, first + PAGE >= len(known))


def of_memory(
    shown: Shown, say: Say, *, forgotten: Remembered | None = None
) -> InlineKeyboardMarkup | None:
    rows = [
        [button(f"✕ {cut(each.said)}", _memory(MemoryStep.FORGET, each, shown.page))]
        for each in shown.lines
    ]
    back = [button("‹", MemoryPage(page=shown.page - 1))] if shown.page else []
    further = [] if shown.last else [button("›", MemoryPage(page=shown.page + 1))]
    undo = [] if forgotten is None else [_undo(forgotten, shown.page, say)]
    return keyboard(*rows, [*back, *further], undo) if rows or undo else None


def of_forgotten(forgotten: Remembered, say: Say) -> InlineKeyboardMarkup:
    return keyboard([_undo(forgotten, 0, say)])


def _undo(forgotten: Remembered, page: int, say: Say) -> InlineKeyboardButton:
    label = say("Bring back: %(name)s", name=cut(forgotten.said))
    return button(label, _memory(MemoryStep.RESTORE, forgotten, page))


def _memory(step: MemoryStep, each: Remembered, page: int) -> MemoryPress:
    return MemoryPress(step=step, kept=each.kept, number=each.id, page=page)
