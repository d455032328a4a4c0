"""Buttons of an import's messages."""

from collections.abc import Mapping, Sequence
from typing import Any

from aiogram.types import InlineKeyboardButton, InlineKeyboardMarkup

from handlers.callbacks import ImportPress, ImportStep, NameAdd, NameChoice, NamePick
from handlers.doubting import cut, of_familiar
from handlers.keyboards import button, keyboard
from handlers.ports import Say
from services.journal.cards import REASONS
from services.journal.dictionary import Named

NAMES = 4
"""Unknown names with buttons on one page of a preview."""
LIKEST = 6
PAGE = 8


def of_preview(view: Mapping[str, Any], say: Say, *, page: int = 0) -> InlineKeyboardMarkup:
    """Unknown names and after them the new subjects, a page at a time."""
    number = int(view["number"])
    unknown = [name for _, name, _ in view["unknown"]]
    names = [*unknown, *view["new_subjects"]]
    first = page * NAMES
    rows = [
        _of_unknown(number, index, name, say)
        if index < len(unknown)
        else [button(say("%(name)s is…", name=cut(name)), NameChoice(number=number, index=index))]
        for index, name in enumerate(names[first : first + NAMES], first)
    ]
    everybody = button(
        say("Add all: %(count)s", count=len(unknown)), NameAdd(number=number, index=-1)
    )
    refused = button(say("List of refused rows"), _press(ImportStep.REFUSED, number))
    return keyboard(
        *rows,
        _turning(number, page, last=first + NAMES >= len(names)),
        [everybody] if len(unknown) > 1 else [],
        *of_familiar(view, say),
        [refused] if int(view["refused"]) > REASONS else [],
        [
            button(say("Apply"), _press(ImportStep.APPLY, number)),
            button(say("Cancel"), _press(ImportStep.CANCEL, number)),
        ],
    )


def _of_unknown(number: int, index: int, name: str, say: Say) -> list[InlineKeyboardButton]:
    return [
        button(say("Add %(name)s", name=cut(name)), NameAdd(number=number, index=index)),
        button(say("This is…"), NameChoice(number=number, index=index)),
    ]


def of_applied(number: int, say: Say) -> InlineKeyboardMarkup:
    return keyboard([button(say("Undo this import"), _press(ImportStep.UNDO, number))])


def of_undo(number: int, say: Say) -> InlineKeyboardMarkup:
    return keyboard(
        [button(say("Yes, undo"), _press(ImportStep.UNDO_SURE, number))],
        [button(say("Leave it as it is"), _press(ImportStep.KEEP, number))],
    )


def of_candidates(choice: NameChoice, known: Sequence[Named], say: Say) -> InlineKeyboardMarkup:
    """Page 0 has the likest, the others everybody in the alphabet's order."""
    number, index, page = choice.number, choice.index, choice.page
    everybody = sorted(known, key=lambda each: each.name)
    first = (page - 1) * PAGE
    shown = everybody[first : first + PAGE] if page else known[:LIKEST]
    names = [
        [button(each.name, NamePick(number=number, index=index, target=each.id))] for each in shown
    ]
    turning: list[InlineKeyboardButton] = []
    if page == 0 and len(known) > LIKEST:
        turning = [button(say("Somebody else…"), NameChoice(number=number, index=index, page=1))]
    elif page:
        turning = [
            button(sign, NameChoice(number=number, index=index, page=turned))
            for sign, turned in (("‹", page - 1), ("›", page + 1))
            if turned == page - 1 or first + PAGE < len(everybody)
        ]
    return keyboard(*names, turning, [button(say("Back"), _press(ImportStep.SHOW, number))])


def _turning(number: int, page: int, *, last: bool) -> list[InlineKeyboardButton]:
    back = [] if page == 0 else [button("‹", _press(ImportStep.SHOW, number, page - 1))]
    return back if last else [*back, button("›", _press(ImportStep.SHOW, number, page + 1))]


def _press(step: ImportStep, number: int, page: int = 0) -> ImportPress:
    return ImportPress(step=step, number=number, page=page)
