"""What buttons of a class teacher's own class carry, and those that say whose class it is."""

from enum import StrEnum
from typing import Annotated

from aiogram.filters.callback_data import CallbackData
from pydantic import Field

from handlers.callbacks import Number


class OwnClassPart(StrEnum):
    SHOW = "s"
    ABSENT = "a"
    MARKS = "m"
    SUBJECTS = "f"
    LIST = "l"
    TABLE = "x"


class OwnClassPress(CallbackData, prefix="oc"):
    """«Мой класс»: ``class_unit`` 0 is the first of the teacher's; ``subject`` is LIST's."""

    part: OwnClassPart
    class_unit: Number = 0
    subject: Number = 0
    page: Annotated[int, Field(ge=1, le=999)] = 1


class ClassOf(CallbackData, prefix="ok"):
    """/people: the classes of a class teacher; ``class_unit`` is given or taken, 0 shows them."""

    person: Number
    class_unit: Number = 0
