"""/rules: passports of the rules, by family; a rule's card and its history."""

from aiogram import F, Router
from aiogram.enums import ChatType
from aiogram.filters import Command
from aiogram.fsm.context import FSMContext
from aiogram.types import CallbackQuery, Message

from handlers.keyboards import button, in_rows, keyboard
from handlers.paging import page_of
from handlers.ports import Answer, Say
from handlers.rule_cards import FAMILIES, facts, root, row, to_card, turn, view_of
from handlers.rules_callbacks import FamiliesPage, FamilyPage, RulePress, RuleStep
from services.access import Actor
from services.completeness.passport_changes import Turn
from services.completeness.passports import PassportDesk

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
    await answer.reply(message, "rules/root", **root(families, say))


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
    await answer.edit(press, "rules/root", **root(families, say))


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
    rows = [[button(row(card), to_card(card.rule.code))] for card in page.shown]
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
    await answer.edit(press, "rules/card", **view_of(card, say))


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
            turn(card, Turn.VERSION, value=one.passport.version),
        )
        for one, _ in versions[1 : VERSIONS + 1]
    ]
    shown = keyboard(*in_rows(again, across=1), [button(say("Back"), to_card(card.rule.code))])
    view = {"versions": versions[: VERSIONS + 1], "hidden": len(versions) - VERSIONS - 1}
    await answer.edit(press, "rules/history", keyboard=shown, **(facts(card, say) | view))


def router() -> Router:
    routes = Router(name=__name__)
    routes.message.filter(F.chat.type == ChatType.PRIVATE)
    routes.message.register(show, Command("rules"))
    routes.callback_query.register(to_families, FamiliesPage.filter())
    routes.callback_query.register(list_family, FamilyPage.filter())
    routes.callback_query.register(show_card, RulePress.filter(F.step == RuleStep.SHOW))
    routes.callback_query.register(show_history, RulePress.filter(F.step == RuleStep.HISTORY))
    return routes
