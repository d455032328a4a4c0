"""What buttons of /plan carry."""

from enum import StrEnum
from typing import Annotated

from aiogram.filters.callback_data import CallbackData
from pydantic import Field

from handlers.callbacks import Day, Number

Month = Annotated[str, Field(pattern=r"^\d{4}-(0[1-9]|1[0-2])$")]
Clause = Annotated[str, Field(pattern=r"^\d(\.\d{1,2})?$")]


class DutyMonth(CallbackData, prefix="um"):
    """The duties of a month."""

    month: Month


class DutyClause(CallbackData, prefix="uc"):
    """One clause in a month, with what shows that it was done."""

    month: Month
    clause: Clause


class FileKind(StrEnum):
    TABLE = "x"
    DOCUMENT = "d"


class DutyFile(CallbackData, prefix="uf"):
    """The journal of a month to be printed."""

    month: Month
    kind: FileKind


class NewEntry(CallbackData, prefix="un"):
    """A new entry: the clauses to choose from."""

    month: Month


class EntryClause(CallbackData, prefix="ue"):
    """A new entry about this clause."""

    month: Month
    clause: Clause


class EntryDay(CallbackData, prefix="ut"):
    """A new entry: the day on which it was done."""

    day: Day


class EntryBare(CallbackData, prefix="ub"):
    """A new entry: without a proof."""


class EntryUndo(CallbackData, prefix="uu"):
    """Withdraw an entry: asked about first, then ``sure``."""

    month: Month
    number: Number
    sure: bool = False
