"""Under the digest: by class, by teacher, the list behind each number, «Принято»."""

from aiogram import F, Router
from aiogram.types import CallbackQuery

from handlers.callbacks import DigestPart, DigestPress
from handlers.digest_pages import BY_CLASS, BY_TEACHER, Pages, Shown
from handlers.ports import Answer, Say
from services.access import Actor
from services.digest_letters import DigestLetters
from services.kept_digests import DigestId


async def home(
    press: CallbackQuery,
    *,
    callback_data: DigestPress,
    actor: Actor,
    digests: DigestLetters,
    answer: Answer,
    say: Say,
) -> None:
    opened = await digests.open(actor, DigestId(callback_data.digest))
    await _edit(press, answer, Pages(opened, say).home())


async def accept(
    press: CallbackQuery,
    *,
    callback_data: DigestPress,
    actor: Actor,
    digests: DigestLetters,
    answer: Answer,
    say: Say,
) -> None:
    opened = await digests.accept(actor, DigestId(callback_data.digest))
    await _edit(press, answer, Pages(opened, say).home())


async def classes(
    press: CallbackQuery,
    *,
    callback_data: DigestPress,
    actor: Actor,
    digests: DigestLetters,
    answer: Answer,
    say: Say,
) -> None:
    opened = await digests.open(actor, DigestId(callback_data.digest))
    await _edit(press, answer, Pages(opened, say).standings(BY_CLASS, callback_data))


async def one_class(
    press: CallbackQuery,
    *,
    callback_data: DigestPress,
    actor: Actor,
    digests: DigestLetters,
    answer: Answer,
    say: Say,
) -> None:
    opened = await digests.open(actor, DigestId(callback_data.digest))
    await _edit(press, answer, Pages(opened, say).standing(BY_CLASS, callback_data))


async def teachers(
    press: CallbackQuery,
    *,
    callback_data: DigestPress,
    actor: Actor,
    digests: DigestLetters,
    answer: Answer,
    say: Say,
) -> None:
    opened = await digests.by_teachers(actor, DigestId(callback_data.digest))
    await _edit(press, answer, Pages(opened, say).standings(BY_TEACHER, callback_data))


async def one_teacher(
    press: CallbackQuery,
    *,
    callback_data: DigestPress,
    actor: Actor,
    digests: DigestLetters,
    answer: Answer,
    say: Say,
) -> None:
    opened = await digests.by_teachers(actor, DigestId(callback_data.digest))
    await _edit(press, answer, Pages(opened, say).standing(BY_TEACHER, callback_data))


async def rules(
    press: CallbackQuery,
    *,
    callback_data: DigestPress,
    actor: Actor,
    digests: DigestLetters,
    answer: Answer,
    say: Say,
) -> None:
    opened = await digests.open(actor, DigestId(callback_data.digest))
    await _edit(press, answer, Pages(opened, say).rules())


async def one_rule(
    press: CallbackQuery,
    *,
    callback_data: DigestPress,
    actor: Actor,
    digests: DigestLetters,
    answer: Answer,
    say: Say,
) -> None:
    opened = await digests.open(actor, DigestId(callback_data.digest))
    await _edit(press, answer, Pages(opened, say).rule(callback_data))


async def _edit(press: CallbackQuery, answer: Answer, shown: Shown) -> None:
    await answer.edit(press, shown.template, keyboard=shown.keyboard, **shown.view)


def router() -> Router:
    routes = Router(name=__name__)
    parts = {
        DigestPart.HOME: home,
        DigestPart.ACCEPT: accept,
        DigestPart.CLASSES: classes,
        DigestPart.CLASS: one_class,
        DigestPart.TEACHERS: teachers,
        DigestPart.TEACHER: one_teacher,
        DigestPart.RULES: rules,
        DigestPart.RULE: one_rule,
    }
    for part, handler in parts.items():
        routes.callback_query.register(handler, DigestPress.filter(F.part == part))
    return routes
