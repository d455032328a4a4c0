"""What a raw update says before anyone decodes it: whose it is, whether a group has moved."""

import json
from typing import Any

from bot.polling import update_id
from storage.inbox import Arrival

_LARGEST = 2**63
_PRESENT = ("member", "administrator", "creator", "restricted")


def arrival(raw: object) -> Arrival | None:
    """The row of an update; None for what has no number and so cannot be told from its copies."""
    number = update_id(raw)
    if number is None:
        return None
    return Arrival(update_id=number, chat=chat(raw) or 0, raw=json.dumps(raw))


def chat(raw: Any) -> int | None:  # noqa: ANN401  # as it came
    """Whose order the update keeps: its chat, else its author; a press belongs to its message."""
    for event in _events(raw):
        for holder in (event, event.get("message")):
            if isinstance(holder, dict) and (found := _number(holder.get("chat"))) is not None:
                return found
        for name in ("from", "user"):
            if (found := _number(event.get(name))) is not None:
                return found
    return None


def moved_to(raw: dict[str, Any]) -> tuple[int, int] | None:
    """(old, new) when the update says that a group became a supergroup."""
    message = raw.get("message")
    if not isinstance(message, dict):
        return None
    here = _number(message.get("chat"))
    new, old = message.get("migrate_to_chat_id"), message.get("migrate_from_chat_id")
    if here is not None and type(new) is int:
        return here, new
    if here is not None and type(old) is int:
        return old, here
    return None


def shows_life(raw: dict[str, Any]) -> int | None:
    """The chat that can evidently be written to again, None when the update does not tell."""
    member = raw.get("my_chat_member")
    if isinstance(member, dict):
        after = member.get("new_chat_member")
        status = after.get("status") if isinstance(after, dict) else None
        return chat(raw) if status in _PRESENT else None
    return chat(raw) if "message" in raw or "callback_query" in raw else None


def _events(raw: object) -> list[dict[str, Any]]:
    return (
        [event for event in raw.values() if isinstance(event, dict)]
        if isinstance(raw, dict)
        else []
    )


def _number(holder: object) -> int | None:
    number = holder.get("id") if isinstance(holder, dict) else None
    return number if type(number) is int and abs(number) < _LARGEST else None
