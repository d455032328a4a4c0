"""What the buttons of /faq and of suggestions carry: ids and steps, never state."""

from enum import StrEnum

from aiogram.filters.callback_data import CallbackData

from services.consultation.entries import Audience


class FaqPage(StrEnum):
    ROOT = "r"
    SECTIONS = "s"
    FIND = "f"
    NEW = "n"
    BACKLOG = "b"
    SUGGESTED = "u"
    FIGURES = "g"
    EXPORT = "x"
    NOTATION = "y"
    LOAD = "l"


class FaqPress(CallbackData, prefix="fq"):
    """/faq: one of its pages; ``number`` is the place in a list of several."""

    page: FaqPage
    number: int = 1


class FaqSection(CallbackData, prefix="fl"):
    """/faq: a section's entries, withdrawn ones too."""

    section: str
    page: int = 1


class EditStep(StrEnum):
    SHOW = "s"
    QUESTION = "q"
    ANSWER = "a"
    AUDIENCE = "u"
    SECTION = "e"
    ALIASES = "l"
    ADD_ALIAS = "k"
    HISTORY = "h"
    UNDO = "z"
    WITHDRAW = "w"
    PUBLISH = "p"


class EditPress(CallbackData, prefix="fe"):
    """/faq: a step with an entry."""

    step: EditStep
    entry: str


class AudiencePick(CallbackData, prefix="fa"):
    """/faq: who is answered with the entry from now on."""

    entry: str
    audience: Audience


class SectionPick(CallbackData, prefix="fm"):
    """/faq: where the entry stands from now on."""

    entry: str
    section: str


class AliasDrop(CallbackData, prefix="fd"):
    """/faq: an alias goes, by its place in the version that was shown."""

    entry: str
    place: int
    version: int


class VersionPick(CallbackData, prefix="fv"):
    """/faq: a version of the history; ``back`` makes it the entry again."""

    entry: str
    number: int
    back: bool = False


class BacklogStep(StrEnum):
    SHOW = "s"
    ANSWER = "a"
    SAME = "e"
    DISMISS = "d"
    REOPEN = "r"


class BacklogPress(CallbackData, prefix="fb"):
    """/faq: a question without an answer; ``alone`` leaves out those that are like it."""

    step: BacklogStep
    question: int
    alone: bool = False


class SamePick(CallbackData, prefix="fc"):
    """/faq: the entry that answers such a question."""

    question: int
    entry: str
    alone: bool = False


class SuggestStep(StrEnum):
    NEW = "n"
    RECALL = "c"
    LOOK = "l"
    APPROVE = "y"
    REFUSE = "r"


class SuggestPress(CallbackData, prefix="fs"):
    """A suggested entry by its number."""

    step: SuggestStep
    number: int = 0


class BaseFileStep(StrEnum):
    APPLY = "a"
    CANCEL = "c"
    UNDO = "u"


class BaseFilePress(CallbackData, prefix="fx"):
    """/faq: a file of answers by its number."""

    step: BaseFileStep
    number: int
