"""The commands people see, and the right that each takes: /help and the menu are made of it."""

from dataclasses import dataclass

from aiogram import Bot
from aiogram.exceptions import TelegramAPIError
from aiogram.types import BotCommand, BotCommandScopeChat

from handlers.ports import Say, words
from services.access import Actor, Capability


@dataclass(frozen=True, slots=True)
class Command:
    """``capability`` None is for everybody."""

    name: str
    about: str
    capability: Capability | None = None


COMMANDS = (
    Command("help", words("what I can do for you")),
    Command("ask", words("answers by topic"), Capability.PUBLIC_QUESTIONS),
    Command("problem", words("something is wrong: tell the administrator"), Capability.OPEN_TICKET),
    Command("tickets", words("what became of your tickets"), Capability.OPEN_TICKET),
    Command("my", words("your unfilled lessons"), Capability.OWN_FINDINGS),
    Command("status", words("the journal at a glance"), Capability.SCHOOL_FIGURES),
    Command("week", words("the weekly digest"), Capability.WEEKLY_DIGEST),
    Command("month", words("the analysis of a month"), Capability.ANALYSES),
    Command("term", words("the analysis of a term"), Capability.ANALYSES),
    Command("decisions", words("what was decided, who does it by when"), Capability.DECISIONS),
    Command("plan", words("the plan, own duties and how they stand"), Capability.DUTIES),
    Command("queue", words("open tickets of the school"), Capability.SEE_TICKETS),
    Command("outage", words("the journal does not work"), Capability.OUTAGES),
    Command("silence", words("what nobody is reminded of"), Capability.SILENCES),
    Command("faq", words("the base of answers, questions without one"), Capability.EDIT_QUESTIONS),
    Command("import", words("load the journal's export"), Capability.IMPORT),
    Command("template", words("a blank table to fill and send"), Capability.IMPORT),
    Command("rules", words("what is checked, and how strictly"), Capability.RULES),
    Command("invite", words("invite a colleague"), Capability.INVITE_TEACHER),
    Command("people", words("who has access"), Capability.PEOPLE),
    Command("bind", words("receive the digest in a group"), Capability.BIND_CHAT),
    Command("privacy", words("what I keep, how long, who sees it")),
    Command("lang", words("the language I speak"), Capability.MY_DATA),
    Command("my_data", words("what I keep of you"), Capability.MY_DATA),
    Command("forget", words("forget me"), Capability.MY_DATA),
    Command("health", words("how I am, and what I could not do"), Capability.HEALTH),
    Command("backup", words("the last backup"), Capability.HEALTH),
    Command("settings", words("the school's name, time zone, digest hour"), Capability.SETTINGS),
)


def allowed(actor: Actor) -> list[Command]:
    return [one for one in COMMANDS if one.capability is None or actor.may(one.capability)]


def lines(actor: Actor, say: Say) -> list[tuple[str, str]]:
    """Name and meaning of each command that the person may use here."""
    return [(one.name, say(one.about)) for one in allowed(actor)]


async def show_menu(bot: Bot, actor: Actor, say: Say) -> None:
    """The messenger's own menu in this chat; a convenience, so a failure is let go."""
    menu = [BotCommand(command=name, description=about) for name, about in lines(actor, say)]
    try:
        await bot.set_my_commands(menu, scope=BotCommandScopeChat(chat_id=actor.chat))
    except TelegramAPIError:
        return
