"""/rules: changing a passport; what it would have been last month is shown first."""

from aiogram import F, Router
from aiogram.enums import ChatType
from aiogram.fsm.context import FSMContext
from aiogram.types import CallbackQuery, Message

from handlers.keyboards import button, keyboard
from handlers.ports import Answer, Handler, Say
from handlers.rule_cards import WEIGHTS, facts, to_card, trial_view, turn, view_of
from handlers.rules_callbacks import RulePress, RuleStep, RuleTurn, ThresholdAsk
from handlers.typed import TYPED, Passports
from services.access import Actor
from services.completeness.passport_changes import SEVERITIES, Turn
from services.completeness.passports import PassportDesk


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
        [
            button(
                say(WEIGHTS[one.value]),
                turn(card, Turn.SEVERITY, value=place),
            )
        ]
        for place, one in enumerate(SEVERITIES)
        if one is not card.passport.severity
    ]
    shown = keyboard(*rows, [button(say("Back"), to_card(card.rule.code))])
    await answer.edit(press, "rules/severity", keyboard=shown, **facts(card, say))


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
    shown = keyboard([button(say("Back"), to_card(card.rule.code))])
    view = facts(card, say) | {
        "threshold": bounds,
        "value": card.passport.thresholds[name],
    }
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
    await answer.reply(message, "rules/trial", **trial_view(trial, pressed, say))


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
    await answer.edit(press, "rules/trial", **trial_view(trial, callback_data, say))


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
    await answer.edit(press, "rules/card", **view_of(card, say, changed=True))


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
    shown = keyboard(away, [button(say("Back"), to_card(card.rule.code))])
    await answer.edit(press, "rules/ask-clause", keyboard=shown, **facts(card, say))


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
    await answer.reply(message, "rules/card", **view_of(card, say, changed=True))


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
    await answer.edit(press, "rules/card", **view_of(card, say, changed=True))


def router() -> Router:
    routes = Router(name=__name__)
    routes.message.filter(F.chat.type == ChatType.PRIVATE)
    routes.message.register(try_number, Passports.threshold, TYPED, F.text.as_("text"))
    routes.message.register(set_clause, Passports.clause, TYPED, F.text.as_("text"))
    routes.callback_query.register(ask_threshold, ThresholdAsk.filter())
    routes.callback_query.register(apply, RuleTurn.filter(F.sure))
    routes.callback_query.register(try_change, RuleTurn.filter())
    steps: dict[RuleStep, Handler] = {
        RuleStep.SEVERITY: offer_severities,
        RuleStep.CLAUSE: ask_clause,
        RuleStep.NO_CLAUSE: drop_clause,
    }
    for step, handler in steps.items():
        routes.callback_query.register(handler, RulePress.filter(F.step == step))
    return routes
