"""What buttons of a ticket that becomes knowledge carry."""

from enum import StrEnum

from aiogram.filters.callback_data import CallbackData


class KnowledgeStep(StrEnum):
    BEGIN = "b"
    SHOW = "s"
    QUESTION = "q"
    ANSWER = "a"
    KEEP = "k"
    SAME = "m"


class KnowledgePress(CallbackData, prefix="tb"):
    """«В базу ответов»: a step with the pair that a ticket's words make."""

    step: KnowledgeStep
    number: int


class KnowledgePick(CallbackData, prefix="te"):
    """The entry that answers the ticket's question already."""

    number: int
    entry: str
