"""aiogram loaded leaner is the same aiogram."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any, Optional

import pytest
from pydantic import BaseModel

from bot.lean_aiogram import in_order

ROOT = Path(__file__).parents[2]
LEAN = "from bot import lean_aiogram; lean_aiogram.load()"
TOO_LATE = f"import aiogram; {LEAN}"
SENDER = {"id": 7, "is_bot": False, "first_name": "A"}
CHAT = {"id": 7, "type": "private"}
EARLIER = {"message_id": 1, "date": 0, "chat": CHAT, "from": SENDER, "text": "/start"}
UPDATE = {
    "update_id": 5,
    "message": {
        "message_id": 2,
        "date": 1,
        "chat": CHAT,
        "from": SENDER,
        "reply_to_message": {
            **EARLIER,
            "entities": [{"type": "bot_command", "offset": 0, "length": 6}],
        },
        "document": {"file_id": "f", "file_unique_id": "u"},
        "not_known_yet": {"a": [1]},
    },
}
TOLD = """
import json
from pathlib import Path
from pydantic import BaseModel
memory = Path("/proc/self/status").read_text().split("VmRSS:")[1].split()[0]
plain = BaseModel.model_rebuild.__func__.__module__ == "pydantic.main"
from aiogram import methods, types
every = [getattr(where, name) for where in (types, methods) for name in where.__all__]
models = [one for one in every if isinstance(one, type) and issubclass(one, BaseModel)]
print(json.dumps({
    "mb": int(memory) / 1024,
    "restored": plain,
    "models": [one.__name__ for one in models],
    "incomplete": [one.__name__ for one in models if not one.__pydantic_complete__],
    "update": types.Update.model_validate(UPDATE).model_dump_json(),
    "refused": [error["loc"] for error in refused(types.Update)],
}))
"""
REFUSED = """
def refused(model):
    from pydantic import ValidationError
    try:
        model.model_validate({"update_id": 1, "message": {"chat": {"id": "x"}}})
    except ValidationError as error:
        return error.errors(include_input=False)
"""


class Leaf(BaseModel):
    size: int


class Ring(BaseModel):
    next: Optional["Hub"] = None


class Hub(BaseModel):
    back: Ring
    leaf: "Alias | None" = None


class Other(BaseModel):
    hub: Hub


Alias = Leaf | int


def told(statement: str) -> dict[str, Any]:
    """What a process of its own finds after ``statement``."""
    code = f"{statement}\nUPDATE = {UPDATE!r}\n{REFUSED}\n{TOLD}"
    done = subprocess.run(  # noqa: S603  # ours
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, check=True, text=True
    )
    found: dict[str, Any] = json.loads(done.stdout)
    return found


@pytest.fixture(scope="module")
def lean() -> dict[str, Any]:
    return told(LEAN)


@pytest.fixture(scope="module")
def plain() -> dict[str, Any]:
    """Loaded by somebody else before: the call changes nothing then."""
    return told(TOO_LATE)


def test_every_type_and_method_is_complete(lean: dict[str, Any], plain: dict[str, Any]) -> None:
    assert lean["models"] == plain["models"]
    assert lean["incomplete"] == []


def test_an_update_is_read_and_refused_as_ever(lean: dict[str, Any], plain: dict[str, Any]) -> None:
    assert lean["update"] == plain["update"]
    assert lean["refused"] == plain["refused"] != []


def test_it_takes_60_mb_less(lean: dict[str, Any], plain: dict[str, Any]) -> None:
    assert lean["mb"] < plain["mb"] - 60


def test_pydantic_is_left_as_it_was(lean: dict[str, Any], plain: dict[str, Any]) -> None:
    assert lean["restored"]
    assert plain["restored"]


def test_parts_come_before_what_is_made_of_them_and_the_most_used_opens_a_ring() -> None:
    names = {"Other": Other, "Ring": Ring, "Hub": Hub, "Alias": Alias, "Leaf": Leaf, "List": list}

    assert in_order(names) == [Leaf, Hub, Ring, Other]


def test_without_names_there_is_nothing_to_build() -> None:
    assert in_order({}) == []
