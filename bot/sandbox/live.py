"""The page's line: events of the messenger go out, deeds of the person come in."""

import asyncio
from collections.abc import Awaitable, Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from aiohttp import WSMsgType, web

from bot.sandbox import view
from bot.sandbox.clock import next_weekday
from bot.sandbox.errors import ImpossibleDeedError, forbid
from bot.sandbox.messenger import Events
from bot.sandbox.people import Json
from bot.sandbox.world import World

FRIDAY, REPORT_TIME = 4, time(16)
HEARTBEAT = 30.0
LONGEST_LINE = 64 * 1024


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadyFile:
    """A file that the page offers to send; ``content`` makes its bytes when it is chosen."""

    name: str
    about: str
    content: Callable[[], Awaitable[bytes]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Hint:
    """A step of «where to begin»; choosing it takes the person to that persona (and chat)."""

    text: str
    persona: int | None = None
    chat: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Stage:
    """``move_clock`` moves the application's clock to a moment (aware) and lets it act on it."""

    world: World
    files: Sequence[ReadyFile]
    hints: Sequence[Hint]
    move_clock: Callable[[datetime], Awaitable[None]]
    zone: ZoneInfo

    async def talk(self, request: web.Request) -> web.WebSocketResponse:
        line = web.WebSocketResponse(heartbeat=HEARTBEAT, max_msg_size=LONGEST_LINE)
        await line.prepare(request)
        with self.world.listening() as events:
            await line.send_json(self.state())
            async with asyncio.TaskGroup() as tasks:
                tasks.create_task(self._tell(line, events))
                async for spoken in line:
                    if spoken.type is WSMsgType.TEXT:
                        tasks.create_task(self._obey(spoken.json(), events))
                events.put_nowait(None)
        return line

    def state(self) -> Json:
        """All that the page needs to draw itself anew."""
        world = self.world
        chats = [
            view.chat(world, chat)
            | {"messages": [view.message(chat, one) for one in chat.messages.values()]}
            for chat in world.chats.values()
        ]
        people = [
            {"id": one.id, "name": one.name, "role": one.role} for one in world.personas.values()
        ]
        return {
            "event": "state",
            "bot": {
                "name": world.bot["first_name"],
                "username": world.bot["username"],
                "description": world.description,
            },
            "personas": people,
            "chats": chats,
            "files": [{"name": one.name, "about": one.about} for one in self.files],
            "hints": [
                {"text": one.text, "persona": one.persona, "chat": one.chat} for one in self.hints
            ],
            "now": world.now(),
            "zone": self.zone.key,
        }

    async def _tell(self, line: web.WebSocketResponse, events: Events) -> None:
        """A page that went away ends its own line only, not the deeds it began."""
        with suppress(ConnectionError):
            while (happened := await events.get()) is not None:
                await line.send_json(view.event(self.world, happened))
            await line.close()

    async def _obey(self, wish: Mapping[str, Any], events: Events) -> None:
        """A deed that cannot be is answered in the page; the line stays up."""
        try:
            await self._do(wish, events)
        except ImpossibleDeedError as refusal:
            events.put_nowait({"event": "refused", "key": refusal.key, "ref": wish.get("ref")})

    async def _do(self, wish: Mapping[str, Any], events: Events) -> None:
        world, persona, chat = self.world, wish.get("persona", 0), wish.get("chat", 0)
        match wish.get("do"):
            case "text":
                world.send_text(persona, chat, str(wish.get("text")), reply_to=wish.get("reply_to"))
            case "press":
                self._press(wish, events)
            case "read":
                world.read(persona, chat)
            case "join":
                world.add_to_group(chat, by=persona)
            case "file":
                await self._send_ready(wish)
            case "clock":
                await self._move(str(wish.get("step")))
            case _:
                forbid("unknown-deed")

    def _press(self, wish: Mapping[str, Any], events: Events) -> None:
        place = self.world.chats.get(wish.get("chat", 0))
        shown = place.messages.get(wish.get("number", 0)) if place else None
        if shown is None:
            forbid("no-such-button")
        query = self.world.press(wish.get("persona", 0), shown, str(wish.get("data")))
        events.put_nowait({"event": "pressed", "query": query, "ref": wish.get("ref")})

    async def _send_ready(self, wish: Mapping[str, Any]) -> None:
        chosen = next((one for one in self.files if one.name == wish.get("name")), None)
        if chosen is None:
            forbid("bad-file")
        data = await chosen.content()
        self.world.send_document(
            wish.get("persona", 0),
            wish.get("chat", 0),
            chosen.name,
            data,
            caption=str(wish.get("caption") or ""),
        )

    async def _move(self, step: str) -> None:
        now = self.world.clock.now()
        moments = {
            "hour": now + timedelta(hours=1),
            "day": now + timedelta(days=1),
            "friday": next_weekday(now, weekday=FRIDAY, at=REPORT_TIME, zone=self.zone),
        }
        if step not in moments:
            forbid("unknown-deed")
        await self.move_clock(moments[step])
        self.world.publish("clock", now=self.world.now())
