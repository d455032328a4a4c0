"""What a person is told when something cannot be said of a finding, or answered."""

from services.errors import DomainError


class ClaimPendingError(DomainError):
    """Something was said of it already: how it ``stands``, and ``until`` when (a date)."""

    key = "errors/claim-pending"


class ClaimSettledError(DomainError):
    """Too late: it is ``withdrawn``, ``waived``, ``kept``, ``restored``, ``over`` or ``gone``."""

    key = "errors/claim-settled"


class FindingWaivedError(DomainError):
    """The administrator waived it: nothing is to be done."""

    key = "errors/finding-waived"


class UnfitDayError(DomainError):
    """``why`` is unread, early, far (``last`` is the latest date that fits) or none (fits)."""

    key = "errors/claim-day"


class UnfitWordsError(DomainError):
    """``why`` is empty or long; ``limit`` in characters."""

    key = "errors/claim-words"
