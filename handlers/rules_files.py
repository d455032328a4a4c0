"""/rules: all passports into a file and out of one."""

from aiogram import Bot, F, Router
from aiogram.enums import ChatType
from aiogram.filters import StateFilter
from aiogram.fsm.context import FSMContext
from aiogram.types import BufferedInputFile, CallbackQuery, Message

from handlers.keyboards import button, keyboard
from handlers.ports import Answer, Content, Handler, Say
from handlers.rules_callbacks import FamiliesPage, FileStep, PassportFilePress
from handlers.typed import Passports
from services.access import Actor
from services.completeness.passport_changes import NotPassportsError
from services.completeness.passports import PassportDesk

NAME = "Правила Ежа.yaml"


async def export(press: CallbackQuery, *, actor: Actor, passports: PassportDesk, bot: Bot) -> None:
    content = await passports.export(actor)
    await press.answer()
    await bot.send_document(actor.chat, BufferedInputFile(content, NAME))


async def ask(
    press: CallbackQuery,
    *,
    actor: Actor,
    passports: PassportDesk,
    state: FSMContext,
    answer: Answer,
    say: Say,
) -> None:
    await passports.families(actor)
    await state.set_state(Passports.file)
    shown = keyboard([button(say("Back"), FamiliesPage())])
    await answer.edit(press, "rules/ask-file", keyboard=shown)


async def take(
    message: Message,
    *,
    actor: Actor,
    passports: PassportDesk,
    passports_file: Content,
    state: FSMContext,
    answer: Answer,
    say: Say,
) -> None:
    """Kept in the conversation till the button; the state stays after a file that is none."""
    await passports.families(actor)
    content = await passports_file(message)
    changes = await passports.compare(actor, content)
    await state.update_data(text=content.decode("utf-8-sig"))
    sure = [button(say("Apply"), PassportFilePress(step=FileStep.APPLY))] if changes else []
    shown = keyboard(sure, [button(say("Leave it"), FamiliesPage())])
    titles = [f"{rule.code} {rule.title}" for rule, _ in changes]
    await answer.reply(message, "rules/file", keyboard=shown, titles=titles)


async def apply(
    press: CallbackQuery,
    *,
    actor: Actor,
    passports: PassportDesk,
    state: FSMContext,
    answer: Answer,
    say: Say,
) -> None:
    await passports.families(actor)
    text = (await state.get_data()).get("text")
    if not isinstance(text, str):
        raise NotPassportsError(place="")
    codes = await passports.load(actor, text.encode())
    await state.clear()
    shown = keyboard([button(say("Back"), FamiliesPage())])
    await answer.edit(press, "rules/file-applied", keyboard=shown, count=len(codes))


def router() -> Router:
    routes = Router(name=__name__)
    routes.message.filter(F.chat.type == ChatType.PRIVATE)
    waiting = StateFilter(Passports.file)
    routes.message.register(take, waiting, ~F.forward_origin, F.document)
    steps: dict[FileStep, Handler] = {
        FileStep.EXPORT: export,
        FileStep.ASK: ask,
        FileStep.APPLY: apply,
    }
    for step, handler in steps.items():
        routes.callback_query.register(handler, PassportFilePress.filter(F.step == step))
    return routes
