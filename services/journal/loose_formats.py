"""Formats whose layout is nobody's contract: how each is told, and who reads it."""

from collections.abc import Callable, Mapping
from typing import NamedTuple

from services.journal.readers import f3, f4, f5, f6, f7, f8, f9, f10, f11
from services.journal.readers.extract import Extract
from services.journal.readers.loose import Given
from services.journal.readers.tables import Table


class Loose(NamedTuple):
    """``likeness`` of a table, in a file of this name, is 0-1."""

    likeness: Callable[[Table, str], float]
    read: Callable[[Given], Extract]


LOOSE: Mapping[str, Loose] = {
    "F3": Loose(f3.likeness, f3.read_f3),
    "F4": Loose(f4.likeness, f4.read_f4),
    "F5": Loose(f5.likeness, f5.read_f5),
    "F6": Loose(f6.likeness, f6.read_f6),
    "F7": Loose(f7.likeness, f7.read_f7),
    "F8": Loose(f8.likeness, f8.read_f8),
    "F9": Loose(f9.likeness, f9.read_f9),
    "F10": Loose(f10.likeness, f10.read_f10),
    "F11": Loose(f11.likeness, f11.read_f11),
}
