"""What the administrator sees of claims: the list by tabs, a card, and the buttons of both."""

from collections.abc import Sequence
from typing import Any

from aiogram.types import InlineKeyboardButton, InlineKeyboardMarkup

from handlers.callbacks import QueuePage
from handlers.claim_callbacks import AnswerPick, AppealPress, AppealsPage, AppealStep
from handlers.claim_cards import REASONS, claim_view
from handlers.decision_cards import assign_button
from handlers.keyboards import button, keyboard
from handlers.paging import label, page_of
from handlers.ports import Say, words
from services.claims.claim import ClaimId, Kind, State
from services.claims.reasons import KEEP, WAIVE
from services.claims.register import AppealCard, AppealList, Listed, Tab
from services.decisions.decision import SourceKind
from services.figures import FindingLine

TABS = {
    Tab.DISPUTED: words("Not agreed"),
    Tab.POSTPONED: words("Postponed"),
    Tab.WAIVED: words("Waived"),
}
READY = {AppealStep.WAIVE: WAIVE, AppealStep.KEEP: KEEP}


def list_view(found: AppealList) -> dict[str, Any]:
    """For the template ``claims/list``."""
    return {"tab": found.tab.value, "count": len(found.listed)}


def list_buttons(found: AppealList, number: int, say: Say) -> InlineKeyboardMarkup:
    page = page_of(found.listed, number)
    rows = [[_row(one, found.tab)] for one in page.shown]
    arrows = page.arrows(lambda to: AppealsPage(tab=found.tab, page=to))
    others = [
        button(f"{say(title)}: {found.counts[tab]}", AppealsPage(tab=tab))
        for tab, title in TABS.items()
        if tab is not found.tab
    ]
    return keyboard(*rows, arrows, others, [button(say("To the queue"), QueuePage())])


def view_of(card: AppealCard, say: Say) -> dict[str, Any]:
    """For the template ``claims/appeal``."""
    return {"card": card, "claim": card.claim, **claim_view(card.claim, say)}


def buttons(card: AppealCard, tab: Tab, say: Say) -> InlineKeyboardMarkup:
    claim = card.claim
    back = button(say("To the list"), AppealsPage(tab=tab))
    if claim.state is State.WAIVED:
        return keyboard([step(say("Bring it back"), AppealStep.RESTORE, claim.id, tab)], [back])
    finding = [assign_button(SourceKind.FINDING, claim.finding, say)] if card.spoken.living else []
    return keyboard(_answers(card, tab, say) if card.answerable else [], finding, [back])


def answers(to: AppealStep, claim: ClaimId, tab: Tab, say: Say) -> InlineKeyboardMarkup:
    rows = [
        [button(say(REASONS[one]), AnswerPick(step=to, claim=claim, canned=one.value, tab=tab))]
        for one in READY[to]
    ]
    return keyboard(*rows, [cancel(claim, tab, say)])


def restoring(claim: ClaimId, tab: Tab, say: Say) -> InlineKeyboardMarkup:
    sure = step(say("Yes, bring it back"), AppealStep.RESTORE_SURE, claim, tab)
    return keyboard([sure], [cancel(claim, tab, say)])


def cancel(claim: ClaimId, tab: Tab, say: Say) -> InlineKeyboardButton:
    return step(say("Cancel"), AppealStep.SHOW, claim, tab)


def step(text: str, to: AppealStep, claim: ClaimId, tab: Tab) -> InlineKeyboardButton:
    return button(text, AppealPress(step=to, claim=claim, tab=tab))


def _answers(card: AppealCard, tab: Tab, say: Say) -> Sequence[InlineKeyboardButton]:
    claim = card.claim
    if claim.kind is Kind.POSTPONED:
        return [step(say("Refuse the delay"), AppealStep.KEEP, claim.id, tab)]
    return [
        step(say("Waive the finding"), AppealStep.WAIVE, claim.id, tab),
        step(say("Keep it"), AppealStep.KEEP, claim.id, tab),
    ]


def _row(one: Listed, tab: Tab) -> InlineKeyboardButton:
    return step(label(_spot(one.spoken.line)), AppealStep.SHOW, one.claim.id, tab)


def _spot(line: FindingLine) -> str:
    parts = (line.class_unit, line.date[:5], line.subject, line.pupil)
    where = " ".join(part for part in parts if part)
    return f"{line.rule} · {where} · {line.teacher}" if line.teacher else f"{line.rule} · {where}"
