"""What buttons carry: ids and steps, never state."""

from datetime import date
from enum import StrEnum
from typing import Annotated

from aiogram.filters.callback_data import CallbackData
from pydantic import Field

from services.access import Role

Number = Annotated[int, Field(ge=0, lt=2**31)]
"""As a database keeps it; a button with any other is nobody's."""
Day = Annotated[int, Field(ge=0, le=date.max.toordinal())]


class RolePick(CallbackData, prefix="ir"):
    """/invite: the role was chosen."""

    role: Role


class CandidatesPage(CallbackData, prefix="il"):
    """/invite: a letter of the staff list; an empty one is the list of letters."""

    role: Role
    letter: str = ""
    page: int = 0


class PersonPick(CallbackData, prefix="ip"):
    """/invite: the person was chosen; ``staff`` 0 is a link without a name."""

    role: Role
    staff: int


class NameTyping(CallbackData, prefix="it"):
    """/invite: the person is not in the list."""

    role: Role


class InviteAgain(CallbackData, prefix="ia"):
    """/invite: back to the roles."""


class PersonView(CallbackData, prefix="pv"):
    """/people: one person's card; 0 is the list."""

    person: int


class PersonRevoke(CallbackData, prefix="pr"):
    """/people: end the access; asked about first, then ``sure``."""

    person: int
    sure: bool = False


class Cancel(CallbackData, prefix="cn"):
    """Leave a question that waits for typed text."""


class BindingStep(StrEnum):
    BIND = "b"
    UNBIND = "u"


class BindingPress(CallbackData, prefix="bd"):
    step: BindingStep


class SettingsStep(StrEnum):
    ROOT = "r"
    NAME = "n"
    ZONE = "z"
    WEEKDAY = "d"


class SettingsPage(CallbackData, prefix="st"):
    step: SettingsStep


class ZonePick(CallbackData, prefix="sz"):
    """The place in ``services.schools.ZONES``."""

    zone: int


class WeekdayPick(CallbackData, prefix="sd"):
    weekday: int


class HourPick(CallbackData, prefix="sh"):
    weekday: int
    hour: int


class LanguagePick(CallbackData, prefix="sl"):
    language: str


class PrivacyStep(StrEnum):
    MINE = "m"
    FILE = "f"
    ASK = "a"
    FORGET = "y"
    KEEP = "n"


class PrivacyPress(CallbackData, prefix="pm"):
    """/privacy, /my_data and /forget: a person's own data."""

    step: PrivacyStep


class ImportStep(StrEnum):
    SHOW = "s"
    APPLY = "a"
    CANCEL = "c"
    REFUSED = "r"
    UNDO = "u"
    UNDO_SURE = "y"
    KEEP = "k"


class ImportPress(CallbackData, prefix="im"):
    """A step of an import; ``page`` is that of its unknown names."""

    step: ImportStep
    number: int
    page: int = 0


class NameAdd(CallbackData, prefix="na"):
    """Import: let an unknown name in, by its place in the preview; -1 is all of them."""

    number: int
    index: int


class NameChoice(CallbackData, prefix="nc"):
    """Import: whom an unknown name means; page 0 has the likest."""

    number: int
    index: int
    page: int = 0


class NamePick(CallbackData, prefix="np"):
    """Import: that is whom the name means."""

    number: int
    index: int
    target: int


class DigestPart(StrEnum):
    HOME = "h"
    CLASSES = "c"
    CLASS = "k"
    TEACHERS = "t"
    TEACHER = "p"
    RULES = "r"
    RULE = "l"
    ACCEPT = "a"


class DigestPress(CallbackData, prefix="dg"):
    """Under a digest: a part of it; ``item`` is its place in the digest's list of such parts."""

    digest: int
    part: DigestPart
    item: int = 0
    page: int = 1


class GapsPage(CallbackData, prefix="gp"):
    """/my: the gaps with a page of their buttons."""

    page: int = 1


class GapWhy(CallbackData, prefix="gw"):
    """/my: why a finding is there; ``page`` is where its button stands."""

    finding: int
    page: int = 1


class GapHelp(CallbackData, prefix="gh"):
    """/my: help with a finding is asked for."""

    finding: int


class HealthStep(StrEnum):
    SHOW = "s"
    REPEAT = "r"
    DROP = "d"


class HealthPress(CallbackData, prefix="hl"):
    """/health: an update set aside, by its number."""

    step: HealthStep
    number: int = 0


class AnswerStep(StrEnum):
    HELPED = "h"
    NOT_HELPED = "n"
    CALL = "c"


class AnswerPress(CallbackData, prefix="qa"):
    """Under an answer: what it was worth; ``number`` is the question's place in the log."""

    step: AnswerStep
    number: int


class ChoicePress(CallbackData, prefix="qc"):
    """One of the entries that a question may have meant."""

    number: int
    entry: str


class SectionsPress(CallbackData, prefix="qs"):
    """/ask: the sections of the base."""


class SectionPress(CallbackData, prefix="ql"):
    """/ask: a section's entries."""

    section: str
    page: int = 1


class EntryPress(CallbackData, prefix="qe"):
    """/ask: an entry; ``page`` is where its button stands in the section."""

    entry: str
    page: int = 1


class ProblemStep(StrEnum):
    CATEGORIES = "c"
    WORDS = "w"
    PLACES = "p"
    DAYS = "d"
    REVIEW = "r"
    ANSWER = "a"
    HELPED = "h"
    SEND = "s"
    CANCEL = "x"


class ProblemPress(CallbackData, prefix="tp"):
    """/problem: a step of the draft; ``item`` is a place in the list that the step shows."""

    step: ProblemStep
    item: int = -1
    page: int = 1


class ProblemPick(CallbackData, prefix="tc"):
    """/problem: what it is about."""

    category: str


class PlacePick(CallbackData, prefix="tl"):
    """/problem: the class and subject by their place in the list; -1 is none."""

    item: int = -1


class DayPick(CallbackData, prefix="td"):
    """/problem: the day, an ordinal; 0 is none."""

    day: Day = 0


class OwnStep(StrEnum):
    LIST = "l"
    SHOW = "s"
    ADD = "a"
    CLOSE = "c"
    REOPEN = "r"
    COMMENT = "w"


class OwnPress(CallbackData, prefix="to"):
    """/tickets: a step with an own ticket; a number counts in the person's school."""

    step: OwnStep
    number: Number = 0
    page: int = 1


class RatePress(CallbackData, prefix="tr"):
    """A finished ticket: how well it went, 1 to 5."""

    number: Number
    stars: int


class QueuePage(CallbackData, prefix="tn"):
    """/queue: the open tickets."""

    page: int = 1


class TicketStep(StrEnum):
    SHOW = "s"
    TAKE = "t"
    TAKE_OVER = "o"
    REPLY = "r"
    CANNED = "k"
    NOTE = "n"
    WAIT_AUTHOR = "a"
    WAIT_OTHERS = "w"
    GO_ON = "g"
    SOLVE = "v"
    CLOSE = "c"
    POSTPONE = "p"
    MERGE = "m"
    HISTORY = "h"


class TicketPress(CallbackData, prefix="tk"):
    """An administrator's step with a ticket of the school."""

    step: TicketStep
    number: Number


class CannedPick(CallbackData, prefix="tq"):
    """A ready reply by its place in the list; ``sure`` sends it."""

    number: Number
    item: int
    sure: bool = False


class PutOffPick(CallbackData, prefix="tw"):
    """A ticket is put off: ``days`` on from today in the morning, 0 is the next working day."""

    number: Number
    days: Number = 0
