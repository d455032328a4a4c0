"""«Мой класс»: absences, marks and open findings of a class teacher's own class."""

import asyncio

from aiogram import Bot, F, Router
from aiogram.types import (
    BufferedInputFile,
    CallbackQuery,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
)

from handlers.callbacks import GapsPage
from handlers.keyboards import button, keyboard
from handlers.own_class_callbacks import OwnClassPart, OwnClassPress
from handlers.paging import label, page_of
from handlers.ports import Answer, ClassBook, Handler, Say
from services.access import Actor
from services.listing import list_page
from services.own_class.desk import ClassDesk
from services.own_class.view import ClassView

PAGE = 20


async def show(
    press: CallbackQuery,
    *,
    callback_data: OwnClassPress,
    actor: Actor,
    own_class: ClassDesk,
    answer: Answer,
    say: Say,
) -> None:
    view = await own_class.show(actor, callback_data.class_unit)
    await answer.edit(press, "own_class/show", keyboard=_tabs(view, say), view=view)


async def list_absent(
    press: CallbackQuery,
    *,
    callback_data: OwnClassPress,
    actor: Actor,
    own_class: ClassDesk,
    answer: Answer,
    say: Say,
) -> None:
    view = await own_class.show(actor, callback_data.class_unit)
    page = page_of(view.missing, callback_data.page, size=PAGE)
    arrows = page.arrows(lambda to: callback_data.model_copy(update={"page": to}))
    keys = keyboard(arrows, [_back(view, say)])
    await answer.edit(press, "own_class/absent", keyboard=keys, view=view, page=page)


async def list_marks(
    press: CallbackQuery,
    *,
    callback_data: OwnClassPress,
    actor: Actor,
    own_class: ClassDesk,
    answer: Answer,
    say: Say,
) -> None:
    view = await own_class.show(actor, callback_data.class_unit)
    await answer.edit(press, "own_class/marks", keyboard=keyboard([_back(view, say)]), view=view)


async def list_subjects(
    press: CallbackQuery,
    *,
    callback_data: OwnClassPress,
    actor: Actor,
    own_class: ClassDesk,
    answer: Answer,
    say: Say,
) -> None:
    view = await own_class.show(actor, callback_data.class_unit)
    rows = [
        [
            _part(
                label(f"{one.subject or say('The whole class')} · {one.count}"),
                OwnClassPart.LIST,
                view.id,
                subject=one.id,
            )
        ]
        for one in view.findings
    ]
    keys = keyboard(*rows, [_back(view, say)])
    await answer.edit(press, "own_class/subjects", keyboard=keys, view=view)


async def list_findings(
    press: CallbackQuery,
    *,
    callback_data: OwnClassPress,
    actor: Actor,
    own_class: ClassDesk,
    answer: Answer,
    say: Say,
) -> None:
    unit, subject = callback_data.class_unit, callback_data.subject
    view = await own_class.show(actor, unit)
    lines = await own_class.findings(actor, unit, subject)
    page = list_page(lines, number=callback_data.page)
    steps = (("‹", page.number - 1), ("›", page.number + 1))
    arrows = [
        button(sign, callback_data.model_copy(update={"page": to}))
        for sign, to in steps
        if 1 <= to <= page.pages
    ]
    keys = keyboard(arrows, [_part(say("Back"), OwnClassPart.SUBJECTS, view.id)])
    named = next((one.subject for one in view.findings if one.id == subject), "")
    await answer.edit(press, "own_class/list", keyboard=keys, view=view, page=page, subject=named)


async def give_table(
    press: CallbackQuery,
    *,
    callback_data: OwnClassPress,
    actor: Actor,
    own_class: ClassDesk,
    class_book: ClassBook,
    bot: Bot,
) -> None:
    """No pupil and no teacher is named in it."""
    view, lines = await own_class.export(actor, callback_data.class_unit)
    content = await asyncio.to_thread(class_book, view, lines)
    await press.answer()
    await bot.send_document(actor.chat, BufferedInputFile(content, f"{view.name}.xlsx"))


async def with_class(
    keys: InlineKeyboardMarkup, actor: Actor, own_class: ClassDesk, say: Say
) -> InlineKeyboardMarkup:
    """The keyboard of /my with a button for each class that the person leads."""
    tabs = [
        _part(say("My class %(name)s", name=name), OwnClassPart.SHOW, unit)
        for unit, name in await own_class.classes(actor)
    ]
    return keyboard(*keys.inline_keyboard, tabs)


def _tabs(view: ClassView, say: Say) -> InlineKeyboardMarkup:
    """The other pages of the class, the teacher's other classes, and the way back to /my."""
    absent = say("Absences: %(count)s", count=len(view.missing))
    marks = say("Marks: %(count)s", count=len(view.few) + len(view.risks))
    found = say("Findings: %(count)s", count=view.total)
    others = [
        _part(name, OwnClassPart.SHOW, unit) for unit, name in view.classes if unit != view.id
    ]
    return keyboard(
        [
            *([_part(absent, OwnClassPart.ABSENT, view.id)] if view.missing else []),
            *([_part(marks, OwnClassPart.MARKS, view.id)] if view.few or view.risks else []),
        ],
        [
            *([_part(found, OwnClassPart.SUBJECTS, view.id)] if view.total else []),
            *([_part(say("As a table"), OwnClassPart.TABLE, view.id)] if view.as_of else []),
        ],
        others,
        [button(say("My lessons"), GapsPage())],
    )


def _back(view: ClassView, say: Say) -> InlineKeyboardButton:
    return _part(say("Back"), OwnClassPart.SHOW, view.id)


def _part(
    text: str, part: OwnClassPart, class_unit: int, *, subject: int = 0
) -> InlineKeyboardButton:
    return button(text, OwnClassPress(part=part, class_unit=class_unit, subject=subject))


def router() -> Router:
    routes = Router(name=__name__)
    parts: dict[OwnClassPart, Handler] = {
        OwnClassPart.SHOW: show,
        OwnClassPart.ABSENT: list_absent,
        OwnClassPart.MARKS: list_marks,
        OwnClassPart.SUBJECTS: list_subjects,
        OwnClassPart.LIST: list_findings,
        OwnClassPart.TABLE: give_table,
    }
    for part, handler in parts.items():
        routes.callback_query.register(handler, OwnClassPress.filter(F.part == part))
    return routes
