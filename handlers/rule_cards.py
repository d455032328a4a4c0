"""What the pages of /rules show: families, a rule's card, a change as it would have been."""

from collections.abc import Sequence
from typing import Any

from aiogram.types import InlineKeyboardButton, InlineKeyboardMarkup

from handlers.keyboards import button, in_rows, keyboard
from handlers.paging import label
from handlers.ports import Say, words
from handlers.rules_callbacks import (
    FamilyPage,
    FileStep,
    PassportFilePress,
    RulePress,
    RuleStep,
    RuleTurn,
    ThresholdAsk,
)
from services.completeness.passport_changes import Card, Family, Trial, Turn

FAMILIES = {
    "P": words("Completeness"),
    "T": words("Timeliness"),
    "R": words("Reliability"),
    "N": words("Marks"),
    "Q": words("Term marks"),
    "K": words("Programme"),
    "L": words("Load"),
    "C": words("Lists"),
    "A": words("Anomalies"),
}
WEIGHTS = {
    "critical": words("critical"),
    "major": words("major"),
    "minor": words("minor"),
    "advice": words("advice"),
}


def root(families: Sequence[Family], say: Say) -> dict[str, Any]:
    def named(family: Family) -> InlineKeyboardButton:
        counts = f"{family.on}/{family.rules}"
        text = f"{family.letter} · {say(FAMILIES[family.letter])} · {counts}"
        return button(text, FamilyPage(letter=family.letter))

    files = [
        button(say("Into a file"), PassportFilePress(step=FileStep.EXPORT)),
        button(say("From a file"), PassportFilePress(step=FileStep.ASK)),
    ]
    shown = keyboard(*([named(family)] for family in families), files)
    on, rules = sum(one.on for one in families), sum(one.rules for one in families)
    return {"keyboard": shown, "on": on, "rules": rules}


def row(card: Card) -> str:
    mark = "✓" if card.passport.enabled else "✕"
    return label(f"{mark} {card.rule.code} {card.rule.title}")


def to_card(code: str) -> RulePress:
    return RulePress(step=RuleStep.SHOW, rule=code)


def turn(card: Card, turn: Turn, *, item: int = 0, value: int = 0) -> RuleTurn:
    return RuleTurn(rule=card.rule.code, turn=turn, item=item, value=value)


def facts(card: Card, say: Say) -> dict[str, Any]:
    return {"card": card, "severity": say(WEIGHTS[card.passport.severity.value])}


def view_of(card: Card, say: Say, *, changed: bool = False) -> dict[str, Any]:
    code, on = card.rule.code, card.passport.enabled
    switch = button(say("Switch off") if on else say("Switch on"),
                    turn(card, Turn.SWITCH, value=int(not on)))  # fmt: skip
    thresholds = [
        [button(label(bounds.about), ThresholdAsk(rule=code, item=place))]
        for place, bounds in enumerate(card.rule.thresholds.values())
    ]
    pages = (
        (say("Weight"), RuleStep.SEVERITY),
        (say("Clause of the act"), RuleStep.CLAUSE),
        (say("History"), RuleStep.HISTORY),
    )
    more = [button(text, RulePress(step=step, rule=code)) for text, step in pages]
    back = button(say("Back"), FamilyPage(letter=code[0]))
    shown = keyboard([switch], *thresholds, *in_rows(more, across=2), [back])
    return {"keyboard": shown, "changed": changed, **facts(card, say)}


def trial_view(trial: Trial, pressed: RuleTurn, say: Say) -> dict[str, Any]:
    return {
        "keyboard": _sure(trial, pressed, say),
        "trial": trial,
        "was": say(WEIGHTS[trial.before.severity.value]),
        "becomes": say(WEIGHTS[trial.after.severity.value]),
    }


def _sure(trial: Trial, pressed: RuleTurn, say: Say) -> InlineKeyboardMarkup:
    agreed = pressed.model_copy(update={"sure": True, "version": trial.before.version})
    return keyboard(
        [button(say("Apply to the whole year"), agreed)],
        [button(say("Apply from today"), agreed.model_copy(update={"today": True}))],
        [button(say("Leave it"), to_card(trial.rule.code))],
    )
