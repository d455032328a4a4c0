"""The desk's settings: for how long the words of closed tickets are kept."""

from aiogram import F, Router
from aiogram.types import CallbackQuery, InlineKeyboardMarkup

from handlers.desk_callbacks import DeskPress, DeskStep, KeepPick
from handlers.keyboards import button, in_rows, keyboard
from handlers.ports import Answer, Say, words
from services.access import Actor
from services.helpdesk.arranging import Arranging
from services.helpdesk.settings import PERIODS

TITLES = {
    90: words("3 months"),
    180: words("6 months"),
    365: words("a year"),
    1095: words("3 years"),
}


async def show(
    press: CallbackQuery, *, actor: Actor, arranging: Arranging, answer: Answer, say: Say
) -> None:
    kept = (await arranging.show(actor)).settings.kept
    await answer.edit(
        press, "helpdesk/keeping", keyboard=_periods(kept, say), period=_said(kept, say)
    )


async def choose(
    press: CallbackQuery,
    *,
    callback_data: KeepPick,
    actor: Actor,
    arranging: Arranging,
    answer: Answer,
    say: Say,
) -> None:
    await arranging.keep(actor, callback_data.days)
    await show(press, actor=actor, arranging=arranging, answer=answer, say=say)


def _said(days: int, say: Say) -> str:
    return say(TITLES[days])


def _periods(kept: int, say: Say) -> InlineKeyboardMarkup:
    offered = [
        button(f"✓ {_said(days, say)}" if days == kept else _said(days, say), KeepPick(days=days))
        for days in PERIODS
    ]
    return keyboard(
        *in_rows(offered, across=2), [button(say("Back"), DeskPress(step=DeskStep.ROOT))]
    )


def router() -> Router:
    routes = Router(name=__name__)
    routes.callback_query.register(show, DeskPress.filter(F.step == DeskStep.KEEPING))
    routes.callback_query.register(choose, KeepPick.filter())
    return routes
