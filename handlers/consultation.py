"""Questions in own words and /ask: answers, choices, the base section by section."""

from collections.abc import Sequence
from typing import Any

from aiogram import Bot, F, Router
from aiogram.filters import Command, CommandObject
from aiogram.types import CallbackQuery, InlineKeyboardButton, InlineKeyboardMarkup, Message

from handlers.binding import GROUPS
from handlers.callbacks import (
    AnswerPress,
    AnswerStep,
    ChoicePress,
    EntryPress,
    SectionPress,
    SectionsPress,
)
from handlers.commands import lines
from handlers.keyboards import button, in_rows, keyboard
from handlers.paging import label, page_of
from handlers.ports import Answer, Say
from handlers.suggestions import offer
from services.access import Actor, Capability
from services.consultation.desk import Questions, Reply
from services.consultation.entries import Entry, Section
from services.consultation.keeping import ConsultationId


async def answer_question(
    message: Message,
    text: str,
    *,
    actor: Actor,
    consultation: Questions,
    answer: Answer,
    say: Say,
) -> None:
    """Answer, three buttons, or an honest «I do not know»: always a message."""
    reply = await consultation.ask(actor, text)
    if reply.entry is not None:
        await answer.reply(
            message, "consultation/answer", keyboard=_verdict(reply, say), **_view(reply)
        )
    elif reply.choices:
        await answer.reply(message, "consultation/choices", keyboard=_choices(reply, say))
    else:
        await answer.reply(
            message,
            "consultation/unknown",
            passed=reply.passed,
            staff=actor.may(Capability.STAFF_QUESTIONS),
            own=actor.may(Capability.IMPORT),
            gaps=actor.may(Capability.OWN_FINDINGS),
            commands=lines(actor, say),
        )


async def ask(
    message: Message,
    *,
    command: CommandObject,
    actor: Actor,
    consultation: Questions,
    answer: Answer,
    say: Say,
) -> None:
    """/ask with a question answers it, alone it opens the sections."""
    if command.args:
        await answer_question(
            message, command.args, actor=actor, consultation=consultation, answer=answer, say=say
        )
        return
    buttons = _sections(await consultation.sections(actor), actor, say)
    await answer.reply(message, "consultation/sections", keyboard=buttons)


async def answer_mention(
    message: Message,
    *,
    bot: Bot,
    actor: Actor,
    consultation: Questions,
    answer: Answer,
    say: Say,
) -> None:
    """In a group only what is said to the bot by name is a question."""
    text = (message.text or "").replace(await _name(bot), " ").strip()
    await answer_question(
        message, text, actor=actor, consultation=consultation, answer=answer, say=say
    )


async def mentioned(message: Message, bot: Bot) -> bool:
    return await _name(bot) in (message.text or "")


async def choose(
    press: CallbackQuery,
    *,
    callback_data: ChoicePress,
    actor: Actor,
    consultation: Questions,
    answer: Answer,
    say: Say,
) -> None:
    number = ConsultationId(callback_data.number)
    reply = await consultation.choose(actor, number, callback_data.entry)
    await answer.edit(press, "consultation/answer", keyboard=_verdict(reply, say), **_view(reply))


async def thank(
    press: CallbackQuery,
    *,
    callback_data: AnswerPress,
    actor: Actor,
    consultation: Questions,
    answer: Answer,
) -> None:
    await consultation.helped(actor, ConsultationId(callback_data.number))
    await answer.alert(press, "consultation/thanks")


async def pass_on(
    press: CallbackQuery,
    *,
    callback_data: AnswerPress,
    actor: Actor,
    consultation: Questions,
    answer: Answer,
    say: Say,
) -> None:
    """Not helped, or a person is wanted: both reach the administrator."""
    called = callback_data.step is AnswerStep.CALL
    number = ConsultationId(callback_data.number)
    reply = await consultation.not_helped(actor, number, called=called)
    await answer.edit(
        press,
        "consultation/passed",
        keyboard=_others(reply, actor, say),
        passed=reply.passed,
        called=called,
        ticket=reply.ticket,
        others=bool(reply.choices),
    )


async def list_sections(
    press: CallbackQuery, *, actor: Actor, consultation: Questions, answer: Answer, say: Say
) -> None:
    buttons = _sections(await consultation.sections(actor), actor, say)
    await answer.edit(press, "consultation/sections", keyboard=buttons)


async def list_entries(
    press: CallbackQuery,
    *,
    callback_data: SectionPress,
    actor: Actor,
    consultation: Questions,
    answer: Answer,
    say: Say,
) -> None:
    title, entries = await consultation.section(actor, callback_data.section)
    buttons = _entries(entries, callback_data.page, say)
    await answer.edit(press, "consultation/section", keyboard=buttons, title=title)


async def show_entry(
    press: CallbackQuery,
    *,
    callback_data: EntryPress,
    actor: Actor,
    consultation: Questions,
    answer: Answer,
    say: Say,
) -> None:
    reply = await consultation.entry(actor, callback_data.entry)
    section = reply.entry.section if reply.entry else ""
    back = button(say("Back"), SectionPress(section=section, page=callback_data.page))
    await answer.edit(press, "consultation/answer", keyboard=keyboard([back]), **_view(reply))


def _view(reply: Reply) -> dict[str, Any]:
    return {"section": reply.section, "entry": reply.entry, "grounds": reply.grounds}


def _verdict(reply: Reply, say: Say) -> InlineKeyboardMarkup | None:
    if reply.number is None:
        return None
    number = reply.number
    helped = button(say("It helped"), AnswerPress(step=AnswerStep.HELPED, number=number))
    not_helped = button(say("Not helped"), AnswerPress(step=AnswerStep.NOT_HELPED, number=number))
    return keyboard([helped, not_helped], [_call(number, say)])


def _choices(reply: Reply, say: Say) -> InlineKeyboardMarkup | None:
    if reply.number is None or not reply.choices:
        return None
    calls = [] if reply.passed else [_call(reply.number, say)]
    return keyboard(*_entry_rows(reply, reply.number), calls)


def _others(reply: Reply, actor: Actor, say: Say) -> InlineKeyboardMarkup | None:
    """After an answer that did not help a person can still be called, by whoever gets a ticket."""
    if reply.number is None:
        return None
    calls = reply.ticket is None and actor.may(Capability.OPEN_TICKET)
    rows = [*_entry_rows(reply, reply.number), [_call(reply.number, say)] if calls else []]
    return keyboard(*rows) if any(rows) else None


def _entry_rows(reply: Reply, number: ConsultationId) -> list[list[InlineKeyboardButton]]:
    return [
        [button(label(one.question), ChoicePress(number=number, entry=one.id))]
        for one in reply.choices
    ]


def _call(number: ConsultationId, say: Say) -> InlineKeyboardButton:
    return button(say("Call the administrator"), AnswerPress(step=AnswerStep.CALL, number=number))


def _sections(sections: Sequence[Section], actor: Actor, say: Say) -> InlineKeyboardMarkup:
    """Whoever may suggest an answer is offered that too."""
    buttons = [button(one.title, SectionPress(section=one.id)) for one in sections]
    suggest = [offer(say)] if actor.may(Capability.SUGGEST_QUESTIONS) else []
    return keyboard(*in_rows(buttons, across=2), suggest)


def _entries(entries: Sequence[Entry], number: int, say: Say) -> InlineKeyboardMarkup:
    """Eight a page, with the way back to the sections."""
    page = page_of(entries, number)
    rows = [
        [button(label(one.question), EntryPress(entry=one.id, page=page.number))]
        for one in page.shown
    ]
    section = entries[0].section
    arrows = page.arrows(lambda to: SectionPress(section=section, page=to))
    return keyboard(*rows, arrows, [button(say("Back"), SectionsPress())])


async def _name(bot: Bot) -> str:
    return f"@{(await bot.me()).username}"


def router() -> Router:
    routes = Router(name=__name__)
    routes.message.register(ask, Command("ask"))
    said = F.text & ~F.text.startswith("/")
    routes.message.register(answer_mention, F.chat.type.in_(GROUPS), said, mentioned)
    routes.callback_query.register(choose, ChoicePress.filter())
    routes.callback_query.register(thank, AnswerPress.filter(F.step == AnswerStep.HELPED))
    routes.callback_query.register(pass_on, AnswerPress.filter())
    routes.callback_query.register(list_sections, SectionsPress.filter())
    routes.callback_query.register(list_entries, SectionPress.filter())
    routes.callback_query.register(show_entry, EntryPress.filter())
    return routes
