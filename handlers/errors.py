"""Expected failures become a sentence for the person; the rest goes on to whoever retries it."""

from typing import Any, cast

from aiogram import Router
from aiogram.filters import ExceptionTypeFilter
from aiogram.types import ErrorEvent

from handlers.binding import offer
from handlers.ports import Answer, Say
from services.access import Actor, NotAllowedError
from services.errors import DomainError


async def refuse(event: ErrorEvent, *, actor: Actor, answer: Answer, say: Say) -> None:
    """A refusal in a group that is bound to nothing comes with the offer to bind it."""
    message = event.update.message
    press = event.update.callback_query
    key = cast("NotAllowedError", event.exception).key
    if press is not None:
        await answer.alert(press, key)
    elif message is not None and actor.in_group and actor.group is None:
        await answer.reply(message, "binding/offer", keyboard=offer(say), refused=True)
    elif message is not None:
        await answer.reply(message, key)


async def explain(event: ErrorEvent, *, answer: Answer) -> None:
    failure = cast("DomainError", event.exception)
    facts: dict[str, Any] = dict(failure.facts)
    if event.update.callback_query is not None:
        await answer.alert(event.update.callback_query, failure.key, **facts)
    elif event.update.message is not None:
        await answer.reply(event.update.message, failure.key, **facts)


def router() -> Router:
    routes = Router(name=__name__)
    routes.error.register(refuse, ExceptionTypeFilter(NotAllowedError))
    routes.error.register(explain, ExceptionTypeFilter(DomainError))
    return routes
