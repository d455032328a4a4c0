"""Where the queue is shown besides the private chats: in one bound group or in none."""

from aiogram import Bot, F, Router
from aiogram.exceptions import TelegramAPIError
from aiogram.types import CallbackQuery, InlineKeyboardMarkup

from handlers.callbacks import QueuePage
from handlers.keyboards import button, keyboard
from handlers.paging import label
from handlers.ports import Answer, Say
from handlers.queue_callbacks import PlaceChoice, PlacePress
from services.access import Actor
from services.helpdesk.topics import Choice, QueuePlaces
from services.ids import ChatId

CHOSEN = "✓ "


async def offer(
    press: CallbackQuery, *, actor: Actor, queue_places: QueuePlaces, answer: Answer, say: Say
) -> None:
    choice = await queue_places.choices(actor)
    await answer.edit(press, "helpdesk/group-choice", keyboard=_groups(choice, say), choice=choice)


async def choose(
    press: CallbackQuery,
    *,
    callback_data: PlaceChoice,
    actor: Actor,
    queue_places: QueuePlaces,
    bot: Bot,
    answer: Answer,
    say: Say,
) -> None:
    bound = {one.chat for one in (await queue_places.choices(actor)).groups}
    chat = ChatId(callback_data.chat)
    topics = chat in bound and await _has_topics(bot, chat)
    choice = await queue_places.choose(actor, chat, topics=topics)
    await answer.edit(press, "helpdesk/group-choice", keyboard=_groups(choice, say), choice=choice)


async def leave(
    press: CallbackQuery, *, actor: Actor, queue_places: QueuePlaces, answer: Answer, say: Say
) -> None:
    choice = await queue_places.leave(actor)
    await answer.edit(press, "helpdesk/group-choice", keyboard=_groups(choice, say), choice=choice)


async def _has_topics(bot: Bot, chat: ChatId) -> bool:
    """A messenger that does not say so has none."""
    try:
        return bool((await bot.get_chat(chat)).is_forum)
    except TelegramAPIError:
        return False


def _groups(choice: Choice, say: Say) -> InlineKeyboardMarkup:
    chosen = choice.chosen.chat if choice.chosen else None
    rows = [
        [
            button(
                label(f"{CHOSEN if one.chat == chosen else ''}{one.title}"),
                PlaceChoice(chat=one.chat),
            )
        ]
        for one in choice.groups
    ]
    nowhere = [button(say("Nowhere but here"), PlaceChoice())] if chosen else []
    return keyboard(*rows, nowhere, [button(say("To the queue"), QueuePage())])


def router() -> Router:
    routes = Router(name=__name__)
    routes.callback_query.register(offer, PlacePress.filter())
    routes.callback_query.register(leave, PlaceChoice.filter(F.chat == 0))
    routes.callback_query.register(choose, PlaceChoice.filter())
    return routes
