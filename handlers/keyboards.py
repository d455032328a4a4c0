"""Inline keyboards from plain rows of buttons."""

from collections.abc import Iterable, Sequence

from aiogram.filters.callback_data import CallbackData
from aiogram.types import InlineKeyboardButton, InlineKeyboardMarkup


def button(text: str, press: CallbackData) -> InlineKeyboardButton:
    return InlineKeyboardButton(text=text, callback_data=press.pack())


def keyboard(*rows: Sequence[InlineKeyboardButton]) -> InlineKeyboardMarkup:
    """Empty rows are left out."""
    return InlineKeyboardMarkup(inline_keyboard=[list(row) for row in rows if row])


def in_rows(
    buttons: Iterable[InlineKeyboardButton], *, across: int
) -> list[list[InlineKeyboardButton]]:
    found = list(buttons)
    return [found[start : start + across] for start in range(0, len(found), across)]
