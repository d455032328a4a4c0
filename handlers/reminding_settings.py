"""/silence: quiet hours, the hour for today's lessons, who hears next and when."""

from aiogram import F, Router
from aiogram.types import CallbackQuery

from handlers import silence_cards as cards
from handlers.ports import Answer, Say
from handlers.reminder_callbacks import (
    LadderPick,
    LessonsPick,
    QuietPick,
    SilencePress,
    SilenceStep,
)
from services.access import Actor
from services.reminding.choosing import RemindingRules


async def show(
    press: CallbackQuery, *, actor: Actor, reminding_rules: RemindingRules, answer: Answer, say: Say
) -> None:
    known = await reminding_rules.show(actor)
    await answer.edit(press, "reminding/settings", keyboard=cards.settings(known, say))


async def ask_quiet(
    press: CallbackQuery, *, actor: Actor, reminding_rules: RemindingRules, answer: Answer, say: Say
) -> None:
    await reminding_rules.show(actor)
    await answer.edit(press, "reminding/ask-quiet", keyboard=cards.quiet(say))


async def set_quiet(
    press: CallbackQuery,
    *,
    callback_data: QuietPick,
    actor: Actor,
    reminding_rules: RemindingRules,
    answer: Answer,
    say: Say,
) -> None:
    since, until = callback_data.since, callback_data.until
    known = await reminding_rules.quiet(actor, since=since, until=until)
    await answer.edit(press, "reminding/settings", keyboard=cards.settings(known, say))


async def ask_lessons(
    press: CallbackQuery, *, actor: Actor, reminding_rules: RemindingRules, answer: Answer, say: Say
) -> None:
    await reminding_rules.show(actor)
    await answer.edit(press, "reminding/ask-lessons", keyboard=cards.lessons(say))


async def set_lessons(
    press: CallbackQuery,
    *,
    callback_data: LessonsPick,
    actor: Actor,
    reminding_rules: RemindingRules,
    answer: Answer,
    say: Say,
) -> None:
    known = await reminding_rules.lessons(actor, callback_data.minutes)
    await answer.edit(press, "reminding/settings", keyboard=cards.settings(known, say))


async def show_ladder(
    press: CallbackQuery, *, actor: Actor, reminding_rules: RemindingRules, answer: Answer, say: Say
) -> None:
    known = await reminding_rules.show(actor)
    await answer.edit(press, "reminding/ladder", keyboard=cards.ladder(known, say))


async def set_step(
    press: CallbackQuery,
    *,
    callback_data: LadderPick,
    actor: Actor,
    reminding_rules: RemindingRules,
    answer: Answer,
    say: Say,
) -> None:
    """A step is chosen first; then after how many days it is taken."""
    severity, level, days = callback_data.severity, callback_data.level, callback_data.days
    known = await reminding_rules.show(actor)
    if days < 0:
        await answer.edit(press, "reminding/ladder", keyboard=cards.steps(callback_data, say))
        return
    known = await reminding_rules.step(actor, severity, level, days)
    await answer.edit(press, "reminding/ladder", keyboard=cards.ladder(known, say))


def router() -> Router:
    routes = Router(name=__name__)
    for step, handler in (
        (SilenceStep.RULES, show),
        (SilenceStep.QUIET, ask_quiet),
        (SilenceStep.LESSONS, ask_lessons),
        (SilenceStep.LADDER, show_ladder),
    ):
        routes.callback_query.register(handler, SilencePress.filter(F.step == step))
    routes.callback_query.register(set_quiet, QuietPick.filter())
    routes.callback_query.register(set_lessons, LessonsPick.filter())
    routes.callback_query.register(set_step, LadderPick.filter())
    return routes
