"""What stands on a finding's card for its teacher, and the buttons under it."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from aiogram.types import InlineKeyboardButton, InlineKeyboardMarkup

from handlers.callbacks import GapHelp, GapsPage, GapWhy
from handlers.claim_callbacks import ClaimPress, ClaimStep, DelayDay, DelayPick, DisputePick
from handlers.keyboards import button, in_rows, keyboard
from handlers.ports import Say, words
from services.claims.cards import GapCard
from services.claims.claim import Claim, Words
from services.claims.days import Days
from services.claims.reasons import DISPUTE, POSTPONE, Canned
from services.ids import FindingId

ACROSS = 3
REASONS = {
    Canned.FILLED: words("It is filled in"),
    Canned.NO_LESSON: words("There was no lesson"),
    Canned.MOVED: words("The lesson was moved"),
    Canned.NOT_MINE: words("It is not my lesson"),
    Canned.CHECKING: words("I am still checking the works"),
    Canned.ILL: words("I am ill"),
    Canned.NO_ACCESS: words("I cannot get into the journal"),
    Canned.WAITING: words("I wait for a list or an order"),
    Canned.AGREED: words("The teacher is right"),
    Canned.WRONG_FILE: words("The file was wrong"),
    Canned.LOOKED: words("I looked: it is as the finding says"),
    Canned.PLEASE_FILL: words("Please fill it in"),
}


def reason_of(said: Words, say: Say) -> str:
    """A ready reason in the reader's language, or the words as they were typed."""
    ready = next((text for code, text in REASONS.items() if code.value == said.canned), None)
    if ready is not None:
        return say(ready)
    return said.text or say("the words are erased")


def view_of(card: GapCard, say: Say) -> dict[str, Any]:
    """For the template ``claims/gap``."""
    return {
        "reason": card.reason,
        "as_of": card.as_of,
        "claim": card.claim,
        "pending": card.standing is not None,
        **(claim_view(card.claim, say) if card.claim else {}),
    }


def claim_view(claim: Claim, say: Say) -> dict[str, Any]:
    """``said`` and ``answer`` are reasons in words, ``until`` is a date."""
    return {
        "said": reason_of(claim.words, say),
        "answer": reason_of(claim.answer.words, say) if claim.answer else "",
        "until": date_of(claim.until) if claim.until else None,
    }


def date_of(day: int) -> date:
    return date.fromordinal(day)


def buttons(card: GapCard, page: int, say: Say) -> InlineKeyboardMarkup:
    finding = card.finding
    help_me = button(say("I need help"), GapHelp(finding=finding))
    back = button(say("Back"), GapsPage(page=page))
    if card.standing is not None:
        taking_back = step(say("Take it back"), ClaimStep.WITHDRAW, finding, page)
        return keyboard([taking_back], [help_me, back])
    return keyboard(
        [step(say("Mended"), ClaimStep.MENDED, finding, page)],
        _whole_day(card, page, say),
        [
            step(say("I do not agree"), ClaimStep.DISPUTE, finding, page),
            step(say("Postpone"), ClaimStep.POSTPONE, finding, page),
        ],
        [help_me, back],
    )


def disputes(finding: FindingId, page: int, say: Say) -> InlineKeyboardMarkup:
    rows = [
        [button(say(REASONS[one]), DisputePick(finding=finding, canned=one.value, page=page))]
        for one in DISPUTE
    ]
    return keyboard(*rows, [cancel(finding, page, say)])


def days(offered: Days, finding: FindingId, page: int, say: Say) -> InlineKeyboardMarkup:
    dated = [
        button(_day(one, offered, say), DelayDay(finding=finding, until=one, page=page))
        for one in offered.offered
    ]
    return keyboard(*in_rows(dated, across=ACROSS), [cancel(finding, page, say)])


def delays(finding: FindingId, until: int, page: int, say: Say) -> InlineKeyboardMarkup:
    rows = [
        [
            button(
                say(REASONS[one]),
                DelayPick(finding=finding, until=until, canned=one.value, page=page),
            )
        ]
        for one in POSTPONE
    ]
    other = step(say("Another day"), ClaimStep.POSTPONE, finding, page)
    return keyboard(*rows, [other, cancel(finding, page, say)])


def to_findings(findings: Iterable[FindingId], say: Say) -> InlineKeyboardMarkup:
    """Under a letter about one finding or many: where they stand."""
    one = list(findings)
    shown = [[button(say("Show the finding"), GapWhy(finding=one[0]))]] if len(one) == 1 else []
    return keyboard(*shown, [button(say("My gaps"), GapsPage())])


def only_cancel(finding: FindingId, page: int, say: Say) -> InlineKeyboardMarkup:
    return keyboard([cancel(finding, page, say)])


def cancel(finding: FindingId, page: int, say: Say) -> InlineKeyboardButton:
    return button(say("Cancel"), GapWhy(finding=finding, page=page))


def step(text: str, to: ClaimStep, finding: FindingId, page: int) -> InlineKeyboardButton:
    return button(text, ClaimPress(step=to, finding=finding, page=page))


def _whole_day(card: GapCard, page: int, say: Say) -> list[InlineKeyboardButton]:
    """«Исправлено» for everything of the class and day, where that is more than this one."""
    if card.together < 2:  # noqa: PLR2004  # this one and another
        return []
    line = card.reason.line
    label = say(
        "All of %(day)s in %(class_unit)s is mended: %(count)s",
        day=line.date[:5],
        class_unit=line.class_unit or "…",
        count=card.together,
    )
    return [step(label, ClaimStep.MENDED_DAY, card.finding, page)]


def _day(day: int, offered: Days, say: Say) -> str:
    written = f"{date_of(day):%d.%m}"
    return say("Tomorrow, %(day)s", day=written) if day == offered.today + 1 else written
