"""What buttons of /decisions carry."""

from enum import StrEnum

from aiogram.filters.callback_data import CallbackData

from handlers.callbacks import Day, Number
from services.decisions.decision import SourceKind
from services.decisions.register import Which


class DecisionsPage(CallbackData, prefix="dl"):
    """/decisions: a list; without ``which`` the counts of all lists."""

    which: Which | None = None
    page: int = 1


class DecisionStep(StrEnum):
    SHOW = "s"
    ACCEPT = "a"
    DONE = "d"
    BARE = "b"
    LATE = "l"
    NOTE = "n"
    CLOSE = "c"
    REOPEN = "o"
    ASK_UNDO = "u"
    UNDO = "y"
    MOVE = "m"
    KEEP = "k"
    ADD = "p"
    PROOFS = "f"


class DecisionPress(CallbackData, prefix="dd"):
    """A step with a decision of the school; ``page`` is that of the people to add."""

    step: DecisionStep
    number: Number
    page: int = 1


class DecisionDay(CallbackData, prefix="dm"):
    """A decision's new day: set by who follows it, or proposed by an owner; 0 is none."""

    number: Number
    day: Day = 0


class DecisionOwner(CallbackData, prefix="dp"):
    """One more owner of a decision."""

    number: Number
    person: Number


class FileKind(StrEnum):
    REGISTER = "r"
    ORDER = "o"


class DecisionFile(CallbackData, prefix="df"):
    """The register as a table, the draft of an order from the open decisions."""

    kind: FileKind


class NewStep(StrEnum):
    TEXT = "t"
    OWNERS = "o"
    DUE = "d"
    SOURCE = "s"
    REVIEW = "r"
    SET = "y"
    CANCEL = "x"


class NewPress(CallbackData, prefix="dn"):
    """A new decision: a step of its draft; ``page`` is that of the people."""

    step: NewStep
    page: int = 1


class OwnerPick(CallbackData, prefix="do"):
    """A new decision: the person owns it, or no longer."""

    person: Number
    page: int = 1


class DuePick(CallbackData, prefix="dt"):
    """A new decision: its day."""

    day: Day


class SourcePick(CallbackData, prefix="dc"):
    """A new decision: what it came of."""

    kind: SourceKind


class AssignPress(CallbackData, prefix="da"):
    """«Поручить» under something: ``ref`` is its id, ``item`` a place in it (-1: the whole)."""

    kind: SourceKind
    ref: Number
    item: int = -1


class ScenarioPress(CallbackData, prefix="dq"):
    """A new scenario card."""


class WatchPick(CallbackData, prefix="dw"):
    """A scenario card: the index or the rule that is watched."""

    watch: str


class ScenarioDay(CallbackData, prefix="dy"):
    """A scenario card: the day on which it is compared with the facts."""

    day: Day
