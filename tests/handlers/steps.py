"""Steps that several conversations begin with."""

import re
from typing import Any

from sqlalchemy import Connection, select

from storage.schema import metadata
from tests.handlers.conversation import Conversation

LINK = re.compile(r"https://t\.me/test_bot\?start=([A-Za-z0-9_-]{22,64})$", re.MULTILINE)


async def invite_teacher(talk: Conversation, name: str, *, owner: int = 1) -> str:
    """The code of a new teacher's link."""
    [roles] = await talk.tell(owner, "/invite")
    [names] = await talk.press(owner, roles.buttons["Учитель"])
    [link] = await talk.press(owner, names.buttons[name])
    found = LINK.search(link.text)
    assert found, link.text
    return found[1]


async def with_pin(talk: Conversation, role: str, *, pin: str = "4071", owner: int = 1) -> str:
    """The code of a link for a role that takes the PIN; the person is left without a name."""
    [roles] = await talk.tell(owner, "/invite")
    answers = await talk.press(owner, roles.buttons[role])
    if "PIN" in answers[-1].text:
        answers = await talk.tell(owner, pin)
        answers = await talk.press(owner, answers[-1].buttons["Продолжить"])
    [asked] = await talk.press(owner, answers[-1].buttons["Нет в списке"])
    [link] = await talk.press(owner, asked.buttons["Без имени"])
    found = LINK.search(link.text)
    assert found, link.text
    return found[1]


def rows(connection: Connection) -> dict[str, list[dict[str, Any]]]:
    """Everything kept, by table."""
    return {
        table.name: [dict(row) for row in connection.execute(select(table)).mappings()]
        for table in metadata.sorted_tables
    }
