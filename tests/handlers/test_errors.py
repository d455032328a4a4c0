"""Refusals are explained; anything else goes on to whoever retries it."""

import importlib
import pkgutil
from collections.abc import Iterator

import pytest

import services
from bot.render import TEMPLATES
from services.errors import DomainError
from tests.handlers.conversation import Conversation


def test_every_refusal_has_its_words() -> None:
    """The generator's are told on the command line alone."""
    for module in pkgutil.walk_packages(services.__path__, "services."):
        importlib.import_module(module.name)
    every = _kinds(DomainError)
    known = [one for one in every if not one.__module__.startswith("services.generator")]
    assert known
    assert [one.key for one in known if not (TEMPLATES / f"{one.key}.html.j2").exists()] == []


async def test_a_broken_handler_is_not_hidden(
    talk: Conversation, monkeypatch: pytest.MonkeyPatch
) -> None:
    await talk.set_up()
    monkeypatch.delitem(talk.bot.dp.workflow_data, "invitations")

    with pytest.raises(TypeError):
        await talk.tell(1, "/invite")


async def test_a_refused_press_opens_a_small_window(talk: Conversation) -> None:
    [said] = await talk.press(9, "st:r")

    assert "недоступно" in said.text
    assert said.chat is None
    assert len(said.text) <= 200


def _kinds(of: type[DomainError]) -> Iterator[type[DomainError]]:
    for kind in of.__subclasses__():
        yield kind
        yield from _kinds(kind)
