"""Long lists of buttons: a page of rows, and the arrows to the others."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from aiogram.filters.callback_data import CallbackData
from aiogram.types import InlineKeyboardButton

from handlers.keyboards import button

PAGE = 8
LABEL = 60
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Page(Generic[T]):
    """``number`` and ``pages`` count from 1."""

    shown: Sequence[T]
    number: int
    pages: int

    def arrows(self, turn: Callable[[int], CallbackData]) -> list[InlineKeyboardButton]:
        steps = (("‹", self.number - 1), ("›", self.number + 1))
        return [button(sign, turn(to)) for sign, to in steps if 1 <= to <= self.pages]


def page_of(items: Sequence[T], number: int, *, size: int = PAGE) -> Page[T]:
    """The page asked for, or the nearest one that there is."""
    pages = max(1, -(-len(items) // size))
    number = min(max(1, number), pages)
    return Page(items[(number - 1) * size : number * size], number, pages)


def page_holding(place: int, *, size: int = PAGE) -> int:
    """The page on which the item at ``place`` (from 0) stands."""
    return place // size + 1


def label(text: str) -> str:
    """As much of a text as a button holds."""
    line = " ".join(text.split())
    return line if len(line) <= LABEL else f"{line[: LABEL - 1]}…"
