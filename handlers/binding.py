"""/bind: a group becomes the administration's chat, by whoever may do that."""

from aiogram import F, Router
from aiogram.enums import ChatType
from aiogram.filters import IS_MEMBER, IS_NOT_MEMBER, ChatMemberUpdatedFilter, Command
from aiogram.types import CallbackQuery, ChatMemberUpdated, InlineKeyboardMarkup, Message

from handlers.callbacks import BindingPress, BindingStep
from handlers.keyboards import button, keyboard
from handlers.ports import Answer, Say
from services.access import Actor
from services.binding import Binding
from services.ids import ChatId

GROUPS = {ChatType.GROUP, ChatType.SUPERGROUP}


def offer(say: Say) -> InlineKeyboardMarkup:
    return keyboard([button(say("Bind this group"), BindingPress(step=BindingStep.BIND))])


async def look(
    message: Message, *, actor: Actor, binding: Binding, answer: Answer, say: Say
) -> None:
    bound = await binding.look(actor)
    if bound is None:
        await answer.reply(message, "binding/offer", keyboard=offer(say), refused=False)
        return
    here = button(say("Send to this topic"), BindingPress(step=BindingStep.BIND))
    unbind = button(say("Unbind"), BindingPress(step=BindingStep.UNBIND))
    moved = bound.topic != _topic(message)
    rows = keyboard([here] if moved else [], [unbind])
    await answer.reply(message, "binding/already", keyboard=rows)


async def bind(press: CallbackQuery, *, actor: Actor, binding: Binding, answer: Answer) -> None:
    message = press.message
    title = (message.chat.title if message else None) or ""
    topic = _topic(message) if isinstance(message, Message) else None
    bound = await binding.bind(actor, title=title, topic=topic)
    await answer.edit(press, "binding/bound", next_digest=bound.next_digest)


async def unbind(press: CallbackQuery, *, actor: Actor, binding: Binding, answer: Answer) -> None:
    await binding.unbind(actor)
    await answer.edit(press, "binding/unbound")


async def joined(event: ChatMemberUpdated, *, answer: Answer, say: Say) -> None:
    """The bot was added to a group: say what it can do there."""
    await answer.post(event.chat.id, "binding/joined", keyboard=offer(say))


async def left(event: ChatMemberUpdated, *, binding: Binding) -> None:
    await binding.left(ChatId(event.chat.id))


async def moved(message: Message, *, binding: Binding) -> None:
    """Told twice, in the old group and in the new one; either may come first, or alone."""
    here = message.chat.id
    old, new = message.migrate_from_chat_id or here, message.migrate_to_chat_id or here
    await binding.moved(ChatId(old), ChatId(new))


def _topic(message: Message) -> int | None:
    return message.message_thread_id if message.is_topic_message else None


def router() -> Router:
    routes = Router(name=__name__)
    groups = F.chat.type.in_(GROUPS)
    routes.message.register(look, Command("bind"))
    routes.message.register(moved, groups, F.migrate_to_chat_id | F.migrate_from_chat_id)
    routes.callback_query.register(bind, BindingPress.filter(F.step == BindingStep.BIND))
    routes.callback_query.register(unbind, BindingPress.filter(F.step == BindingStep.UNBIND))
    routes.my_chat_member.register(
        joined, groups, ChatMemberUpdatedFilter(IS_NOT_MEMBER >> IS_MEMBER)
    )
    routes.my_chat_member.register(
        left, groups, ChatMemberUpdatedFilter(IS_MEMBER >> IS_NOT_MEMBER)
    )
    return routes
