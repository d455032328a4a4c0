"""Letters as rows of the outbox."""

import json
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Row, Update, bindparam, update

from services.ids import ChatId, SchoolId
from services.outgoing import Letter
from storage.schema.process import outbox

SUSPECTED = 3
"""Crashes after which a letter that was on its way is sent alone, so the others are innocent."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Posted:
    """A letter on its way: ``step`` calls of it are acknowledged, ``message`` is its card's."""

    row: int
    letter: Letter
    step: int
    attempts: int
    ambiguous: bool
    message: str | None
    put_at: datetime
    suspect: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Sent:
    """One acknowledged call: ``message`` is what the messenger calls the new message."""

    row: int
    letter: Letter
    step: int
    last: bool
    message: str | None


def row_of(letter: Letter, now: datetime) -> dict[str, Any]:
    return {
        "school": letter.school,
        "chat": letter.chat,
        "kind": letter.kind,
        "view": json.dumps(dict(letter.view)),
        "dedupe": letter.dedupe,
        "card": letter.card,
        "reply_to": letter.reply_to,
        "not_before": letter.not_before,
        "expires_at": letter.expires_at,
        "put_at": now,
    }


def ended(which: ColumnElement[bool], *, state: str, error: str, at: datetime) -> Update:
    """The letters end unsent; nothing of what they would have told is kept."""
    values = {"state": state, "error": error, "view": "{}", "lease": None, "ended_at": at}
    return update(outbox).where(which).values(values)


WENT_ON = (
    update(outbox)
    .where(outbox.c.id == bindparam("row"))
    .values(step=bindparam("at"), message=bindparam("reference"))
)
"""For rows of ``acknowledged``."""


def acknowledged(call: Sent) -> dict[str, Any]:
    return {"row": call.row, "at": call.step, "reference": call.message}


def card_of(call: Sent) -> dict[str, Any]:
    letter = call.letter
    return {
        "card": letter.card,
        "chat": letter.chat,
        "school": letter.school,
        "message": call.message,
    }


def posted_of(row: Row[Any]) -> Posted:
    letter = Letter(
        school=None if row.school is None else SchoolId(row.school),
        chat=ChatId(row.chat),
        kind=row.kind,
        view=json.loads(row.view),
        dedupe=row.dedupe,
        card=row.card,
        reply_to=row.reply_to,
        not_before=row.not_before,
        expires_at=row.expires_at,
    )
    return Posted(
        row=row.id,
        letter=letter,
        step=row.step,
        attempts=row.attempts,
        ambiguous=row.ambiguous,
        message=row.card_message,
        put_at=row.put_at,
        suspect=row.crashes >= SUSPECTED,
    )
