"""/health and /backup: how the bot is, what it set aside, when it was last copied."""

from typing import Any

from aiogram import F, Router
from aiogram.enums import ChatType
from aiogram.filters import Command
from aiogram.types import CallbackQuery, InlineKeyboardMarkup, Message

from handlers.callbacks import HealthPress, HealthStep
from handlers.keyboards import button, keyboard
from handlers.ports import Answer, Say
from services.access import Actor
from services.health import Backup, Health, HealthDesk

SHOWN = 8
"""Updates set aside that one message lists."""
MEGABYTE = 1_000_000


async def show(
    message: Message, *, actor: Actor, health_desk: HealthDesk, answer: Answer, say: Say
) -> None:
    health = await health_desk.show(actor)
    await answer.reply(message, "health/state", keyboard=_buttons(health, say), **_view(health))


async def refresh(
    press: CallbackQuery, *, actor: Actor, health_desk: HealthDesk, answer: Answer, say: Say
) -> None:
    health = await health_desk.show(actor)
    await answer.edit(press, "health/state", keyboard=_buttons(health, say), **_view(health))


async def repeat(
    press: CallbackQuery,
    *,
    callback_data: HealthPress,
    actor: Actor,
    health_desk: HealthDesk,
    answer: Answer,
    say: Say,
) -> None:
    if not await health_desk.repeat(actor, callback_data.number):
        await answer.alert(press, "health/gone")
        return
    await refresh(press, actor=actor, health_desk=health_desk, answer=answer, say=say)


async def drop(
    press: CallbackQuery,
    *,
    callback_data: HealthPress,
    actor: Actor,
    health_desk: HealthDesk,
    answer: Answer,
    say: Say,
) -> None:
    if not await health_desk.drop(actor, callback_data.number):
        await answer.alert(press, "health/gone")
        return
    await refresh(press, actor=actor, health_desk=health_desk, answer=answer, say=say)


async def tell_backup(
    message: Message, *, actor: Actor, health_desk: HealthDesk, answer: Answer
) -> None:
    """Never the file itself: a chat is no place for a school's data."""
    await answer.reply(message, "health/backup", **_copy(await health_desk.backup(actor)))


def _view(health: Health) -> dict[str, Any]:
    return {"health": health, "shown": SHOWN, **_copy(health.backup)}


def _copy(backup: Backup | None) -> dict[str, Any]:
    size = 0.0 if backup is None else backup.size / MEGABYTE
    return {
        "backup": backup,
        "megabytes": f"{size:.1f}",
        "backup_failed": backup is not None and backup.failed_at is not None,
    }


def _buttons(health: Health, say: Say) -> InlineKeyboardMarkup:
    rows = []
    for one in health.stuck[:SHOWN]:
        press = HealthPress(step=HealthStep.REPEAT, number=one.number)
        gone = HealthPress(step=HealthStep.DROP, number=one.number)
        row = [button(say("Repeat No. %(number)s", number=one.number), press)]
        rows.append(
            (row if one.repeatable else [])
            + [button(say("Drop No. %(number)s", number=one.number), gone)]
        )
    return keyboard(*rows, [button(say("Refresh"), HealthPress(step=HealthStep.SHOW))])


def to_list(say: Say) -> InlineKeyboardMarkup:
    """Under a card that tells of an update set aside."""
    return keyboard([button(say("Show the list"), HealthPress(step=HealthStep.SHOW))])


def router() -> Router:
    routes = Router(name=__name__)
    routes.message.filter(F.chat.type == ChatType.PRIVATE)
    routes.message.register(show, Command("health"))
    routes.message.register(tell_backup, Command("backup"))
    steps = ((refresh, HealthStep.SHOW), (repeat, HealthStep.REPEAT), (drop, HealthStep.DROP))
    for handler, step in steps:
        routes.callback_query.register(handler, HealthPress.filter(F.step == step))
    return routes
