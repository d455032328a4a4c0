"""/rules: passports of the rules; every change is first shown as it would have been last month."""

from collections.abc import Sequence
from typing import Any

from aiogram import F, Router
from aiogram.enums import ChatType
from aiogram.filters import Command
from aiogram.fsm.context import FSMContext
from aiogram.types import CallbackQuery, InlineKeyboardButton, InlineKeyboardMarkup, Message

from handlers.keyboards import button, in_rows, keyboard
from handlers.paging import label, page_of
from handlers.ports import Answer, Handler, Say, words
from handlers.rules_callbacks import (
    FamiliesPage,
    FamilyPage,
    FileStep,
    PassportFilePress,
    RulePress,
    RuleStep,
    RuleTurn,
    ThresholdAsk,
)
from handlers.typed import TYPED, Passports
from services.access import Actor
from services.completeness.passports import SEVERITIES, Card, Family, PassportDesk, Trial, Turn

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
VERSIONS = 5
"""Earlier ones that a button leads back to."""


async def show(
    message: Message,
    *,
    actor: Actor,
    passports: PassportDesk,
    state: FSMContext,
    answer: Answer,
    say: Say,
) -> None:
    families = await passports.families(actor)
    await state.clear()
    await answer.reply(message, "rules/root", **_root(families, say))


async def to_families(
    press: CallbackQuery,
    *,
    actor: Actor,
    passports: PassportDesk,
    state: FSMContext,
    answer: Answer,
    say: Say,
) -> None:
    families = await passports.families(actor)
    await state.clear()
    await answer.edit(press, "rules/root", **_root(families, say))


async def list_family(
    press: CallbackQuery,
    *,
    callback_data: FamilyPage,
    actor: Actor,
    passports: PassportDesk,
    answer: Answer,
    say: Say,
) -> None:
    letter = callback_data.letter
    cards = await passports.family(actor, letter)
    page = page_of(cards, callback_data.page)
    rows = [[button(_row(card), _card(card.rule.code))] for card in page.shown]
    arrows = page.arrows(lambda number: FamilyPage(letter=letter, page=number))
    shown = keyboard(*rows, arrows, [button(say("Back"), FamiliesPage())])
    await answer.edit(press, "rules/family", keyboard=shown, title=say(FAMILIES[letter]))


async def show_card(
    press: CallbackQuery,
    *,
    callback_data: RulePress,
    actor: Actor,
    passports: PassportDesk,
    state: FSMContext,
    answer: Answer,
    say: Say,
) -> None:
    card = await passports.card(actor, callback_data.rule)
    await state.clear()
    await answer.edit(press, "rules/card", **_view(card, say))


async def offer_severities(
    press: CallbackQuery,
    *,
    callback_data: RulePress,
    actor: Actor,
    passports: PassportDesk,
    answer: Answer,
    say: Say,
) -> None:
    card = await passports.card(actor, callback_data.rule)
    rows = [
        [button(say(WEIGHTS[one.value]), _turn(card, Turn.SEVERITY, value=place))]
        for place, one in enumerate(SEVERITIES)
        if one is not card.passport.severity
    ]
    shown = keyboard(*rows, [button(say("Back"), _card(card.rule.code))])
    await answer.edit(press, "rules/severity", keyboard=shown, **_facts(card, say))


async def ask_threshold(
    press: CallbackQuery,
    *,
    callback_data: ThresholdAsk,
    actor: Actor,
    passports: PassportDesk,
    state: FSMContext,
    answer: Answer,
    say: Say,
) -> None:
    card = await passports.card(actor, callback_data.rule)
    name, bounds = passports.bounds(actor, card.rule.code, callback_data.item)
    await state.set_state(Passports.threshold)
    await state.set_data({"rule": card.rule.code, "item": callback_data.item})
    shown = keyboard([button(say("Back"), _card(card.rule.code))])
    view = _facts(card, say) | {"threshold": bounds, "value": card.passport.thresholds[name]}
    await answer.edit(press, "rules/ask-threshold", keyboard=shown, **view)


async def try_number(
    message: Message,
    *,
    text: str,
    actor: Actor,
    passports: PassportDesk,
    state: FSMContext,
    answer: Answer,
    say: Say,
) -> None:
    """The state stays until a number fits, so that it can be typed again."""
    kept = await state.get_data()
    code = str(kept.get("rule", ""))
    change = passports.threshold(actor, code, int(kept.get("item", 0)), text)
    trial = await passports.trial(actor, code, change)
    await state.clear()
    pressed = RuleTurn(rule=code, turn=change.turn, item=change.item, value=change.value)
    await answer.reply(message, "rules/trial", **_trial(trial, pressed, say))


async def try_change(
    press: CallbackQuery,
    *,
    callback_data: RuleTurn,
    actor: Actor,
    passports: PassportDesk,
    answer: Answer,
    say: Say,
) -> None:
    trial = await passports.trial(actor, callback_data.rule, callback_data.change)
    await answer.edit(press, "rules/trial", **_trial(trial, callback_data, say))


async def apply(
    press: CallbackQuery,
    *,
    callback_data: RuleTurn,
    actor: Actor,
    passports: PassportDesk,
    answer: Answer,
    say: Say,
) -> None:
    card = await passports.change(
        actor,
        callback_data.rule,
        callback_data.change,
        version=callback_data.version,
        from_today=callback_data.today,
    )
    await answer.edit(press, "rules/card", **_view(card, say, changed=True))


async def ask_clause(
    press: CallbackQuery,
    *,
    callback_data: RulePress,
    actor: Actor,
    passports: PassportDesk,
    state: FSMContext,
    answer: Answer,
    say: Say,
) -> None:
    card = await passports.card(actor, callback_data.rule)
    await state.set_state(Passports.clause)
    await state.set_data({"rule": card.rule.code})
    none = RulePress(step=RuleStep.NO_CLAUSE, rule=card.rule.code)
    away = [button(say("No clause"), none)] if card.passport.clause else []
    shown = keyboard(away, [button(say("Back"), _card(card.rule.code))])
    await answer.edit(press, "rules/ask-clause", keyboard=shown, **_facts(card, say))


async def set_clause(
    message: Message,
    *,
    text: str,
    actor: Actor,
    passports: PassportDesk,
    state: FSMContext,
    answer: Answer,
    say: Say,
) -> None:
    card = await passports.ground(actor, str((await state.get_data()).get("rule", "")), text)
    await state.clear()
    await answer.reply(message, "rules/card", **_view(card, say, changed=True))


async def drop_clause(
    press: CallbackQuery,
    *,
    callback_data: RulePress,
    actor: Actor,
    passports: PassportDesk,
    state: FSMContext,
    answer: Answer,
    say: Say,
) -> None:
    card = await passports.ground(actor, callback_data.rule, "")
    await state.clear()
    await answer.edit(press, "rules/card", **_view(card, say, changed=True))


async def show_history(
    press: CallbackQuery,
    *,
    callback_data: RulePress,
    actor: Actor,
    passports: PassportDesk,
    answer: Answer,
    say: Say,
) -> None:
    card = await passports.card(actor, callback_data.rule)
    versions = await passports.history(actor, callback_data.rule)
    again = [
        button(
            say("As in version %(version)s", version=one.passport.version)
            if one.at
            else say("As shipped"),
            _turn(card, Turn.VERSION, value=one.passport.version),
        )
        for one, _ in versions[1 : VERSIONS + 1]
    ]
    shown = keyboard(*in_rows(again, across=1), [button(say("Back"), _card(card.rule.code))])
    view = {"versions": versions[: VERSIONS + 1], "hidden": len(versions) - VERSIONS - 1}
    await answer.edit(press, "rules/history", keyboard=shown, **(_facts(card, say) | view))


def _root(families: Sequence[Family], say: Say) -> dict[str, Any]:
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


def _row(card: Card) -> str:
    mark = "✓" if card.passport.enabled else "✕"
    return label(f"{mark} {card.rule.code} {card.rule.title}")


def _card(code: str) -> RulePress:
    return RulePress(step=RuleStep.SHOW, rule=code)


def _turn(card: Card, turn: Turn, *, item: int = 0, value: int = 0) -> RuleTurn:
    return RuleTurn(rule=card.rule.code, turn=turn, item=item, value=value)


def _facts(card: Card, say: Say) -> dict[str, Any]:
    return {"card": card, "severity": say(WEIGHTS[card.passport.severity.value])}


def _view(card: Card, say: Say, *, changed: bool = False) -> dict[str, Any]:
    code, on = card.rule.code, card.passport.enabled
    switch = button(say("Switch off") if on else say("Switch on"),
                    _turn(card, Turn.SWITCH, value=int(not on)))  # fmt: skip
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
    return {"keyboard": shown, "changed": changed, **_facts(card, say)}


def _trial(trial: Trial, pressed: RuleTurn, say: Say) -> dict[str, Any]:
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
        [button(say("Leave it"), _card(trial.rule.code))],
    )


def router() -> Router:
    routes = Router(name=__name__)
    routes.message.filter(F.chat.type == ChatType.PRIVATE)
    routes.message.register(show, Command("rules"))
    routes.message.register(try_number, Passports.threshold, TYPED, F.text.as_("text"))
    routes.message.register(set_clause, Passports.clause, TYPED, F.text.as_("text"))
    routes.callback_query.register(to_families, FamiliesPage.filter())
    routes.callback_query.register(list_family, FamilyPage.filter())
    routes.callback_query.register(ask_threshold, ThresholdAsk.filter())
    routes.callback_query.register(apply, RuleTurn.filter(F.sure))
    routes.callback_query.register(try_change, RuleTurn.filter())
    steps: dict[RuleStep, Handler] = {
        RuleStep.SHOW: show_card,
        RuleStep.SEVERITY: offer_severities,
        RuleStep.CLAUSE: ask_clause,
        RuleStep.NO_CLAUSE: drop_clause,
        RuleStep.HISTORY: show_history,
    }
    for step, handler in steps.items():
        routes.callback_query.register(handler, RulePress.filter(F.step == step))
    return routes
