"""The bot as a process and people who talk to it through the third-party Bot API emulator.

The emulator checks every call against its own contract, serves getFile and the download of what it
holds, and does not model group events or the bot's username: the username is added here.
"""

import asyncio
import json
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path
from typing import Any

from lo_bot_api_emulator import LoBotApiEmulator

from tests.bot.servers import TOKEN, Running, listening, yozh

PATIENCE = 60
USERNAME = "yozh_bot"
Json = dict[str, Any]
DRAWN = ("sendMessage", "editMessageText", "sendPhoto", "sendDocument")


@dataclass(frozen=True, slots=True)
class Shown:
    """A message as the bot last made it."""

    chat: int
    number: int
    text: str
    buttons: Mapping[str, str]
    reply_to: int | None
    file: str | None = None
    photo: str = ""


class Emulator(LoBotApiEmulator):  # type: ignore[misc]  # the library is not typed
    """Remembers what was said, which the library does not; ``refused`` is what broke its rules."""

    def __init__(self) -> None:
        super().__init__()
        self.shown: list[Shown] = []
        self.news = asyncio.Event()

    def validate(self, method: str, fields: Json, uploads: Mapping[str, Json]) -> Any:
        said = dict(fields)
        result = super().validate(method, fields, uploads)
        if method == "getMe":
            return {**result, "username": USERNAME}
        if method in DRAWN:
            self.shown.append(_shown(said, uploads, result))
            self.news.set()
        return result

    @property
    def refused(self) -> list[str]:
        return [one["method"] for one in self.requests if one["status"] not in {200, 409}]


@dataclass(slots=True)
class Talk:
    """``answer`` waits for what a wish brings: messages made after it was spoken."""

    emulator: Emulator
    token: str = TOKEN
    _numbers: Any = field(default_factory=lambda: count(100_001))

    async def say(self, person: int, text: str, *, chat: int | None = None) -> Shown:
        """What the bot replied to this very text."""
        number = await self._send(person, {"text": text} | _command(text), chat)
        return await self.until(lambda shown: shown.reply_to == number)

    async def reply(self, person: int, shown: Shown, text: str) -> Shown:
        """Words in answer to a message of the bot, and what it replied to them."""
        told = {"message_id": shown.number, "date": 1, "chat": _chat(shown.chat), "text": "…"}
        number = await self._send(person, {"text": text, "reply_to_message": told}, None)
        return await self.until(lambda one: one.reply_to == number)

    async def send(self, person: int, parts: Json) -> int:
        """A message of these parts in the private chat; its number."""
        return await self._send(person, parts, None)

    async def send_photo(self, person: int, name: str, caption: str) -> int:
        self.emulator.assets[name] = {"data": b"a picture", "size": 9}
        size = {"file_id": name, "file_unique_id": name, "width": 90, "height": 60}
        return await self._send(person, {"photo": [size], "caption": caption}, None)

    async def send_file(self, person: int, name: str, content: bytes) -> int:
        self.emulator.assets[name] = {"data": content, "size": len(content)}
        document = {
            "file_id": name,
            "file_unique_id": name,
            "file_name": name,
            "file_size": len(content),
        }
        return await self._send(person, {"document": document}, None)

    async def press(self, person: int, shown: Shown, label: str) -> int:
        """Returns how many messages had been made before."""
        before = len(self.emulator.shown)
        message = {
            "message_id": shown.number,
            "date": 1,
            "chat": _chat(shown.chat),
            "from": {"id": 7, "is_bot": True, "first_name": "Fixture"},
            "text": shown.text,
        }
        query = {
            "id": str(next(self._numbers)),
            "from": _person(person),
            "message": message,
            "chat_instance": "1",
            "data": shown.buttons[label],
        }
        await self.emulator.enqueue_update({"callback_query": query}, token=self.token)
        return before

    async def pressed(self, person: int, shown: Shown, label: str) -> Shown:
        """The first message made or changed in that chat after the press."""
        before = await self.press(person, shown, label)
        return await self.until(lambda one: one.chat == shown.chat, since=before)

    async def until(self, wanted: Callable[[Shown], bool], *, since: int = 0) -> Shown:
        async with asyncio.timeout(PATIENCE):
            while True:
                self.emulator.news.clear()
                found = [one for one in self.emulator.shown[since:] if wanted(one)]
                if found:
                    return found[0]
                await self.emulator.news.wait()

    async def _send(self, person: int, parts: Json, chat: int | None) -> int:
        number = next(self._numbers)
        message = {
            "message_id": number,
            "date": 1,
            "chat": _chat(person if chat is None else chat),
            "from": _person(person),
        }
        await self.emulator.enqueue_update({"message": message | parts}, token=self.token)
        return int(number)


@asynccontextmanager
async def conversation(home: Path, **settings: str) -> AsyncIterator[tuple[Talk, Running]]:
    """``python -m bot run`` against the emulator."""
    emulator = Emulator()
    async with (
        listening(emulator.app()) as address,
        yozh("run", home=home, BOT_API_URL=address, **settings) as bot,
    ):
        yield Talk(emulator), bot


def _person(number: int) -> Json:
    return {"id": number, "is_bot": False, "first_name": f"Имя{number}", "language_code": "ru"}


def _chat(number: int) -> Json:
    if number > 0:
        return {"id": number, "type": "private", "first_name": f"Имя{number}"}
    return {"id": number, "type": "supergroup", "title": "Администрация"}


def _command(text: str) -> Json:
    if not text.startswith("/"):
        return {}
    length = len(text.split(maxsplit=1)[0])
    return {"entities": [{"type": "bot_command", "offset": 0, "length": length}]}


def _shown(said: Json, uploads: Mapping[str, Json], result: Json) -> Shown:
    markup = json.loads(said.get("reply_markup") or "{}")
    rows = markup.get("inline_keyboard", [])
    replied = json.loads(said.get("reply_parameters") or "{}").get("message_id")
    return Shown(
        chat=int(said["chat_id"]),
        number=result["message_id"],
        text=said.get("text") or said.get("caption") or "",
        buttons={one["text"]: one.get("callback_data", "") for row in rows for one in row},
        reply_to=replied,
        file=next((upload["filename"] for upload in uploads.values()), None),
        photo=str(said.get("photo") or ""),
    )
