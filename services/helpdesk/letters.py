"""The names under which letters of the help desk are known to the outbox and to the chats."""

from services.helpdesk.tickets import TicketMessageId, TicketNumber
from services.ids import SchoolId

CARD = "helpdesk/card"
COPY = "helpdesk/copy"
OWN = "helpdesk/own"
RECEIPT = "helpdesk/receipt"
FAILED = "helpdesk/failed"
RATE = "helpdesk/rate"
NEWS = "helpdesk/news"
REMINDER = "helpdesk/reminder"
ESCALATION = "helpdesk/escalation"
KINDS = frozenset({CARD, COPY, OWN, RECEIPT, FAILED, RATE, NEWS, REMINDER, ESCALATION})

_TICKET, _OWN, _COPY, _RECEIPT = "ticket", "ticket-own", "ticket-copy", "ticket-receipt"


def card_name(school: SchoolId, number: TicketNumber) -> str:
    """The card of a ticket in the chats of administrators."""
    return f"{_TICKET}:{school}:{number}"


def own_name(school: SchoolId, number: TicketNumber) -> str:
    """The card of a ticket in its author's chat."""
    return f"{_OWN}:{school}:{number}"


def copy_name(message: TicketMessageId, part: int) -> str:
    return f"{_COPY}:{message}:{part}"


def receipt_name(message: TicketMessageId) -> str:
    """What stands under the message that was carried over."""
    return f"{_RECEIPT}:{message}"


def ticket_of(name: str) -> tuple[SchoolId, TicketNumber] | None:
    """The ticket that a card is named after; None for other cards."""
    kind, *numbers = name.split(":")
    if kind not in {_TICKET, _OWN}:
        return None
    school, number = map(int, numbers)
    return SchoolId(school), TicketNumber(number)


def message_of(name: str) -> TicketMessageId | None:
    """The message that a copy or a receipt is named after; None for other cards."""
    kind, *numbers = name.split(":")
    return TicketMessageId(int(numbers[0])) if kind in {_COPY, _RECEIPT} else None
