"""What services send: a view of facts and a template's name, put into the outbox in their unit."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol

from services.ids import ChatId, SchoolId

LETTERS_KEPT = 30
"""Days for which a letter that was sent is kept in words."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Letter:
    """One message to one chat.

    ``kind`` names the template and its presenter (buttons, picture, file); ``view`` is plain JSON
    (str, int, float, bool, None, lists and dicts of those). ``dedupe`` makes a second letter with
    the same key vanish; ``card`` names the object that the message shows: where the chat already
    has a message for it, that one is edited. After ``expires_at`` it is no longer worth sending.
    ``reply_to`` is a message of that chat.
    """

    school: SchoolId | None
    chat: ChatId
    kind: str
    view: Mapping[str, object] = field(default_factory=dict)
    dedupe: str | None = None
    card: str | None = None
    reply_to: int | None = None
    not_before: datetime | None = None
    expires_at: datetime | None = None


class Outbox(Protocol):
    async def put(self, letter: Letter) -> None: ...
