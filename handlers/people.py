"""/invite: the role and the person by buttons, then a link."""

from collections.abc import Sequence

from aiogram import Bot, F, Router
from aiogram.enums import ChatType
from aiogram.filters import Command
from aiogram.fsm.context import FSMContext
from aiogram.types import CallbackQuery, InlineKeyboardButton, InlineKeyboardMarkup, Message
from aiogram.utils.deep_linking import create_deep_link

from handlers.callbacks import (
    CandidatesPage,
    InviteAgain,
    NameTyping,
    PersonPick,
    RolePick,
)
from handlers.keyboards import button, in_rows, keyboard
from handlers.ports import Answer, Say
from handlers.roles import ROLE_NAMES
from handlers.typed import NAME, Inviting
from services.access import Actor, Role
from services.ids import StaffId
from services.invitations import Invitations, Issued
from services.people import StaffMember

PAGE = 8
LETTERS_ACROSS = 5


async def choose_role(
    message: Message, *, actor: Actor, invitations: Invitations, answer: Answer, say: Say
) -> None:
    roles = _roles(invitations.roles(actor), say)
    await answer.reply(message, "people/invite", keyboard=roles)


async def choose_role_again(
    press: CallbackQuery,
    *,
    actor: Actor,
    invitations: Invitations,
    state: FSMContext,
    answer: Answer,
    say: Say,
) -> None:
    await state.clear()
    await answer.edit(press, "people/invite", keyboard=_roles(invitations.roles(actor), say))


async def choose_person(
    press: CallbackQuery,
    *,
    callback_data: RolePick | CandidatesPage,
    actor: Actor,
    invitations: Invitations,
    answer: Answer,
    say: Say,
) -> None:
    role = callback_data.role
    members = await invitations.candidates(actor, role)
    page = callback_data if isinstance(callback_data, CandidatesPage) else CandidatesPage(role=role)
    shown = candidates(members, page=page, say=say)
    await answer.edit(
        press, "people/candidates", keyboard=shown, role=say(ROLE_NAMES[role]), empty=not members
    )


async def ask_name(
    press: CallbackQuery,
    *,
    callback_data: NameTyping,
    actor: Actor,
    invitations: Invitations,
    state: FSMContext,
    answer: Answer,
    say: Say,
) -> None:
    role = callback_data.role
    await invitations.candidates(actor, role)
    await state.set_state(Inviting.name)
    await state.set_data({"role": role.value})
    unnamed = button(say("Without a name"), PersonPick(role=role, staff=0))
    back = button(say("Back"), RolePick(role=role))
    await answer.edit(
        press, "people/name", keyboard=keyboard([unnamed], [back]), role=say(ROLE_NAMES[role])
    )


async def invite_chosen(
    press: CallbackQuery,
    *,
    callback_data: PersonPick,
    actor: Actor,
    invitations: Invitations,
    state: FSMContext,
    answer: Answer,
    say: Say,
) -> None:
    staff = StaffId(callback_data.staff) if callback_data.staff else None
    name = await _name_of(press.bot)
    issued = await invitations.issue(actor, role=callback_data.role, staff=staff)
    await state.clear()
    link = _link(name, issued)
    role = say(ROLE_NAMES[issued.role])
    await answer.edit(press, "people/link", kept=False, issued=issued, role=role, link=link)


async def invite_named(
    message: Message,
    *,
    text: str,
    actor: Actor,
    invitations: Invitations,
    state: FSMContext,
    answer: Answer,
    say: Say,
) -> None:
    role = Role((await state.get_data())["role"])
    name = await _name_of(message.bot)
    issued = await invitations.issue(actor, role=role, name=text)
    await state.clear()
    link = _link(name, issued)
    await answer.hand(message, "people/link", issued=issued, role=say(ROLE_NAMES[role]), link=link)


def candidates(
    members: Sequence[StaffMember], *, page: CandidatesPage, say: Say
) -> InlineKeyboardMarkup:
    """A short list at once, a long one by the first letter of the surname, eight a page."""
    role = page.role
    few = len(members) <= PAGE
    missing = button(say("Not in the list"), NameTyping(role=role))
    if not few and not page.letter:
        initials = sorted({_initial(member) for member in members})
        letters = in_rows(
            (button(one, CandidatesPage(role=role, letter=one)) for one in initials),
            across=LETTERS_ACROSS,
        )
        return keyboard(*letters, [missing], [button(say("Back"), InviteAgain())])
    chosen = [one for one in members if few or _initial(one) == page.letter]
    first = page.page * PAGE
    names = [
        [button(member.name, PersonPick(role=role, staff=member.id))]
        for member in chosen[first : first + PAGE]
    ]
    back = InviteAgain() if few else CandidatesPage(role=role)
    turning = _turning(page, last=first + PAGE >= len(chosen))
    return keyboard(*names, turning, [missing], [button(say("Back"), back)])


def _turning(page: CandidatesPage, *, last: bool) -> list[InlineKeyboardButton]:
    back = [] if page.page == 0 else [button("‹", _turned(page, -1))]
    return back if last else [*back, button("›", _turned(page, +1))]


def _turned(page: CandidatesPage, by: int) -> CandidatesPage:
    return CandidatesPage(role=page.role, letter=page.letter, page=page.page + by)


def _initial(member: StaffMember) -> str:
    return member.name[:1].upper() or "?"


def _roles(roles: Sequence[Role], say: Say) -> InlineKeyboardMarkup:
    return keyboard(*([button(say(ROLE_NAMES[role]), RolePick(role=role))] for role in roles))


async def _name_of(bot: Bot | None) -> str:
    """Asked before anything is issued: without the bot's name a code would lead nowhere."""
    return (bot and (await bot.me()).username) or ""


def _link(bot: str, issued: Issued) -> str:
    return create_deep_link(bot, link_type="start", payload=issued.code)


def router() -> Router:
    routes = Router(name=__name__)
    routes.message.filter(F.chat.type == ChatType.PRIVATE)
    routes.message.register(choose_role, Command("invite"))
    routes.message.register(invite_named, Inviting.name, NAME, F.text.as_("text"))
    routes.callback_query.register(choose_role_again, InviteAgain.filter())
    routes.callback_query.register(choose_person, RolePick.filter())
    routes.callback_query.register(choose_person, CandidatesPage.filter())
    routes.callback_query.register(ask_name, NameTyping.filter())
    routes.callback_query.register(invite_chosen, PersonPick.filter())
    return routes
