"""A small school in the sandbox and its bot."""

import pytest
from aiogram import Bot

from bot.sandbox.world import World
from tests.bot.sandbox.stage import bot_of, school


@pytest.fixture
def world() -> World:
    return school()


@pytest.fixture
def bot(world: World) -> Bot:
    return bot_of(world)
