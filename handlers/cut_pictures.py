"""Pictures of a cut, in a message of their own where each replaces the one before."""

import asyncio

from aiogram import F, Router
from aiogram.enums import ParseMode
from aiogram.exceptions import TelegramBadRequest
from aiogram.methods import SendPhoto
from aiogram.types import (
    BufferedInputFile,
    CallbackQuery,
    InlineKeyboardMarkup,
    InputMediaPhoto,
    Message,
)

from handlers.cut_callbacks import CutPart, CutPress
from handlers.cuts import pages, where
from handlers.ports import DrawHeat, DrawTrend, Render, Say
from services.access import Actor
from services.cuts.desk import CutDesk


async def show_heat(
    press: CallbackQuery,
    *,
    callback_data: CutPress,
    actor: Actor,
    cuts: CutDesk,
    draw_heat: DrawHeat,
    say: Say,
    render: Render,
) -> None:
    digest, cut = where(callback_data)
    heading, heat = await cuts.heat(actor, digest, cut)
    view = await cuts.open(actor, digest, cut)
    keys = pages(callback_data, actor, say).picture(view, CutPart.HEAT)
    await press.answer()
    picture = await asyncio.to_thread(draw_heat, heat)
    await _show(press, picture, render("cuts/picture", heading=heading), keys)


async def show_trend(
    press: CallbackQuery,
    *,
    callback_data: CutPress,
    actor: Actor,
    cuts: CutDesk,
    draw_trend: DrawTrend,
    say: Say,
    render: Render,
) -> None:
    digest, cut = where(callback_data)
    view = await cuts.open(actor, digest, cut)
    keys = pages(callback_data, actor, say).picture(view, CutPart.TREND)
    await press.answer()
    heading, trend = await cuts.trend(actor, digest, cut)
    picture = await asyncio.to_thread(draw_trend, trend)
    await _show(press, picture, render("cuts/picture", heading=heading), keys)


async def _show(
    press: CallbackQuery, picture: bytes, caption: str, keys: InlineKeyboardMarkup
) -> None:
    """Under a picture the new one takes its place; under a text it comes as a message."""
    photo, shown = BufferedInputFile(picture, "cut.png"), press.message
    if isinstance(shown, Message) and shown.photo:
        media = InputMediaPhoto(media=photo, caption=caption, parse_mode=ParseMode.HTML)
        try:
            await shown.edit_media(media, reply_markup=keys)
        except TelegramBadRequest:  # too old, or deleted meanwhile
            pass
        else:
            return
    call = SendPhoto(
        chat_id=shown.chat.id if shown is not None else press.from_user.id,
        photo=photo,
        caption=caption,
        parse_mode=ParseMode.HTML,
        reply_markup=keys,
        message_thread_id=shown.message_thread_id if isinstance(shown, Message) else None,
    )
    await call.as_(press.bot)


def router() -> Router:
    routes = Router(name=__name__)
    routes.callback_query.register(show_heat, CutPress.filter(F.part == CutPart.HEAT))
    routes.callback_query.register(show_trend, CutPress.filter(F.part == CutPart.TREND))
    return routes
