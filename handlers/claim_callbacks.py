"""What buttons carry that say something of a finding, or answer it."""

from enum import StrEnum

from aiogram.filters.callback_data import CallbackData

from handlers.callbacks import Day, Number
from services.claims.register import Tab


class ClaimStep(StrEnum):
    MENDED = "m"
    MENDED_DAY = "a"
    DISPUTE = "d"
    POSTPONE = "p"
    WITHDRAW = "w"


class ClaimPress(CallbackData, prefix="xs"):
    """Under a finding of /my; ``page`` is where its button stands."""

    step: ClaimStep
    finding: Number
    page: int = 1


class DisputePick(CallbackData, prefix="xr"):
    """Not agreed, for a ready reason."""

    finding: Number
    canned: str
    page: int = 1


class DelayDay(CallbackData, prefix="xd"):
    """Postponed till a day, an ordinal; why is asked next."""

    finding: Number
    until: Day
    page: int = 1


class DelayPick(CallbackData, prefix="xp"):
    """Postponed till a day, for a ready reason."""

    finding: Number
    until: Day
    canned: str
    page: int = 1


class AppealsPage(CallbackData, prefix="xl"):
    """The administrator's list of what teachers say."""

    tab: Tab = Tab.DISPUTED
    page: int = 1


class AppealStep(StrEnum):
    SHOW = "s"
    WAIVE = "w"
    KEEP = "k"
    RESTORE = "r"
    RESTORE_SURE = "y"


class AppealPress(CallbackData, prefix="xk"):
    """A step with one claim; ``tab`` is the list that it was opened from."""

    step: AppealStep
    claim: Number
    tab: Tab = Tab.DISPUTED


class AnswerPick(CallbackData, prefix="xw"):
    """Waived or kept, in ready words."""

    step: AppealStep
    claim: Number
    canned: str
    tab: Tab = Tab.DISPUTED
