"""What a person at the help desk is told when something cannot be done."""

from services.errors import DomainError


class TicketGoneError(DomainError):
    """There is no ticket of this ``number`` that the person may see."""

    key = "errors/ticket-gone"


class TicketSettledError(DomainError):
    """Somebody was faster: ``number`` is in ``state`` by now, ``by`` whom («» by nobody's)."""

    key = "errors/ticket-settled"


class TicketTakenError(DomainError):
    """``number`` is in the hands of ``by`` already."""

    key = "errors/ticket-taken"


class TicketOldError(DomainError):
    """``number`` was closed more than ``days`` ago: it is not opened again."""

    key = "errors/ticket-old"


class TicketEmptyError(DomainError):
    """Neither words nor files."""

    key = "errors/ticket-empty"


class ReplyGoneError(DomainError):
    """The list of ready replies was changed since it was shown."""

    key = "errors/reply-gone"


class UnfitDeskSettingError(DomainError):
    """``what`` does not fit: hours, targets, title, reply, category, other, many."""

    key = "errors/desk-setting"


class UnfitMergeError(DomainError):
    """Into itself, into one that is not there, or one that is closed: ``into``."""

    key = "errors/ticket-merge"


class UnfitMomentError(DomainError):
    """A day that cannot be read, is past or lies more than a year ahead."""

    key = "errors/ticket-moment"
