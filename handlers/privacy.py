"""/privacy, /my_data, /forget: what is kept, what of a person, and how they take it back."""

from html import unescape

from aiogram import Bot, F, Router
from aiogram.filters import Command
from aiogram.fsm.context import FSMContext
from aiogram.types import BufferedInputFile, CallbackQuery, InlineKeyboardMarkup, Message

from handlers.callbacks import PrivacyPress, PrivacyStep
from handlers.keyboards import button, keyboard
from handlers.ports import Answer, Render, Say, words
from handlers.roles import ROLE_NAMES
from services.access import Actor, Role
from services.privacy import OwnData, Privacy

OTHERS = {
    Role.STRANGER: words("Guest"),
    Role.PUPIL: words("Pupil or parent"),
    Role.DISTRICT: words("District office"),
}
"""Roles that nobody is invited to by a button."""


async def explain(
    message: Message, *, actor: Actor, privacy: Privacy, answer: Answer, say: Say
) -> None:
    """What is kept, how long, who sees it; the way to what is the reader's own."""
    terms = await privacy.terms(actor)
    own = [button(say("What you keep of me"), PrivacyPress(step=PrivacyStep.MINE))]
    gone = [button(say("Forget me"), PrivacyPress(step=PrivacyStep.ASK))]
    shown = keyboard(own, gone) if terms.mine else None
    await answer.reply(message, "privacy/page", keyboard=shown, terms=terms)


async def show(
    message: Message, *, actor: Actor, privacy: Privacy, answer: Answer, say: Say
) -> None:
    own = await privacy.mine(actor)
    roles = _roles(own, say)
    await answer.reply(message, "privacy/mine", keyboard=_own(say), own=own, roles=roles)


async def show_again(
    press: CallbackQuery, *, actor: Actor, privacy: Privacy, answer: Answer, say: Say
) -> None:
    """The same from under /privacy."""
    own = await privacy.mine(actor)
    roles = _roles(own, say)
    await answer.edit(press, "privacy/mine", keyboard=_own(say), own=own, roles=roles)


async def give_file(
    press: CallbackQuery, *, actor: Actor, privacy: Privacy, render: Render, say: Say, bot: Bot
) -> None:
    """Plain text, so that any phone opens it."""
    own = await privacy.mine(actor)
    text = unescape(render("privacy/file", own=own, roles=_roles(own, say)))
    await press.answer()
    name = say("My data")
    await bot.send_document(actor.chat, BufferedInputFile(text.encode(), f"{name}.txt"))


async def ask(
    message: Message, *, actor: Actor, privacy: Privacy, answer: Answer, say: Say
) -> None:
    await privacy.ensure_may_go(actor)
    await answer.reply(message, "privacy/forget", keyboard=_sure(say))


async def ask_again(
    press: CallbackQuery, *, actor: Actor, privacy: Privacy, answer: Answer, say: Say
) -> None:
    """The same from under /my_data."""
    await privacy.ensure_may_go(actor)
    await answer.edit(press, "privacy/forget", keyboard=_sure(say))


async def forget(
    press: CallbackQuery, *, actor: Actor, privacy: Privacy, state: FSMContext, answer: Answer
) -> None:
    await privacy.forget(actor)
    await state.clear()
    await answer.edit(press, "privacy/forgotten")


async def keep(press: CallbackQuery, *, answer: Answer) -> None:
    await answer.edit(press, "privacy/kept")


def _own(say: Say) -> InlineKeyboardMarkup:
    return keyboard(
        [button(say("Everything as a file"), PrivacyPress(step=PrivacyStep.FILE))],
        [button(say("Forget me"), PrivacyPress(step=PrivacyStep.ASK))],
    )


def _sure(say: Say) -> InlineKeyboardMarkup:
    return keyboard(
        [button(say("Forget me for good"), PrivacyPress(step=PrivacyStep.FORGET))],
        [button(say("Cancel"), PrivacyPress(step=PrivacyStep.KEEP))],
    )


def _roles(own: OwnData, say: Say) -> list[tuple[str, object]]:
    return [(_called(role, say), since) for role, since in own.kept.roles]


def _called(role: Role, say: Say) -> str:
    return say({**ROLE_NAMES, **OTHERS}[role])


def router() -> Router:
    routes = Router(name=__name__)
    routes.message.register(explain, Command("privacy"))
    routes.message.register(show, Command("my_data"))
    routes.message.register(ask, Command("forget"))
    routes.callback_query.register(show_again, PrivacyPress.filter(F.step == PrivacyStep.MINE))
    routes.callback_query.register(give_file, PrivacyPress.filter(F.step == PrivacyStep.FILE))
    routes.callback_query.register(ask_again, PrivacyPress.filter(F.step == PrivacyStep.ASK))
    routes.callback_query.register(forget, PrivacyPress.filter(F.step == PrivacyStep.FORGET))
    routes.callback_query.register(keep, PrivacyPress.filter(F.step == PrivacyStep.KEEP))
    return routes
