"""Handlers ask for their collaborators by name; a typo must fail here, not in a chat."""

import inspect
from pathlib import Path

from aiogram.dispatcher.event.handler import HandlerObject
from aiogram.filters.callback_data import CallbackData
from aiogram.utils.magic_filter import AsFilterResultOperation

from bot.app import build
from bot.settings import Settings
from handlers import routers
from tests.conftest import FrozenClock

BY_RECOGNITION = {"actor", "answer", "render", "say"}
BY_AIOGRAM = {"bot", "state", "command", "callback_data"}


async def test_every_handler_parameter_is_provided(tmp_path: Path, clock: FrozenClock) -> None:
    database = f"sqlite+aiosqlite:///{tmp_path / 'yozh.db'}"
    chosen = {"bot_token": "42:TEST", "database_url": database, "data_dir": tmp_path}
    settings = Settings.model_validate(chosen)
    app = build(settings, clock=clock)
    provided = BY_RECOGNITION | BY_AIOGRAM | set(app.dispatcher.workflow_data)
    await app.bot.session.close()
    await app.database.close()

    asked = {
        (handler.callback.__module__, handler.callback.__name__, name)
        for router in routers()
        for observer in router.observers.values()
        for handler in observer.handlers
        for name in list(inspect.signature(handler.callback).parameters)[1:]
        if name not in provided | _named_by_filters(handler)
    }
    assert not asked


def test_every_family_of_buttons_has_a_short_prefix_of_its_own() -> None:
    routers()
    prefixes = [family.__prefix__ for family in CallbackData.__subclasses__()]
    assert len(prefixes) == len(set(prefixes))
    assert max(len(one) for one in prefixes) <= 3


def _named_by_filters(handler: HandlerObject) -> set[str]:
    """What a route itself provides, as ``F.text.as_("text")`` does."""
    steps = (step for one in handler.filters or () if one.magic for step in one.magic._operations)
    return {step.name for step in steps if isinstance(step, AsFilterResultOperation)}
