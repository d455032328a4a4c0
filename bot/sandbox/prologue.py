"""What had happened in the demo's school before the page is opened: played, not written down.

The administrator comes in by the setup code, loads last week's journal and invites people; they
follow their links; the group is bound; last Friday's digest comes.
"""

import asyncio
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, cast
from zoneinfo import ZoneInfo

from bot.app import App
from bot.journal import imports_of
from bot.sandbox.cast import Cast
from bot.sandbox.clock import MovableClock
from bot.sandbox.live import REPORT_TIME
from bot.sandbox.people import Json
from bot.sandbox.world import World
from services.access import Actor, Role
from services.generator import GeneratedSchool
from services.ids import ChatId, ImportId
from services.journal.imports import Source
from services.people import UserId

if TYPE_CHECKING:
    from services.invitations import Invitations
    from services.people import People
    from services.pins import Pins

SETUP_CODE = "demo-setup-code"
PIN = "2580"
SCHOOL = "Школа № 17"
FILE = "Журнал на прошлую неделю.xlsx"
PATIENCE = 60
GLANCE = 0.05


@dataclass(frozen=True, slots=True, kw_only=True)
class Prologue:
    app: App
    world: World
    clock: MovableClock
    cast: Cast
    group: int
    school: GeneratedSchool
    zone: ZoneInfo

    async def play(self, opening: datetime) -> None:
        """Leave the clock at ``opening``."""
        owner = self.cast.administrator.persona.id
        await self._told(owner, f"/start {SETUP_CODE}")
        actor = await self._actor()
        await asyncio.gather(self._told(owner, SCHOOL), self._load(actor))
        await asyncio.gather(self._told(owner, "/start"), self._invite(actor), self._bind(owner))
        await self._report(opening)

    async def _actor(self) -> Actor:
        people = cast("People", self.app.dispatcher["people"])
        number = self.cast.administrator.persona.id
        return (await people.recognise(user=UserId(number), chat=ChatId(number))).actor

    async def _load(self, actor: Actor) -> None:
        """The journal as of a week ago; its rows need no file to be read from."""
        imports = imports_of(self.app.database, self.clock)
        source = Source(name=FILE, sha256="", format="F12", batch=self.school.before)
        preview = await imports.preview(actor, [source])
        await imports.apply(actor, ImportId(preview.number))

    async def _invite(self, actor: Actor) -> None:
        """Heads take the administrator's PIN, which holds for the whole round."""
        await cast("Pins", self.app.dispatcher["pins"]).enter(actor, PIN)
        invitations = cast("Invitations", self.app.dispatcher["invitations"])
        candidates = await invitations.candidates(actor, Role.TEACHER)
        known = {one.name: one.id for one in candidates}
        async with asyncio.TaskGroup() as tasks:
            for part in self.cast.invited:
                staff = known[part.name] if part.staff else None
                issued = await invitations.issue(actor, role=part.role, staff=staff, name=part.name)
                tasks.create_task(self._enter(part.persona.id, issued.code))

    async def _enter(self, person: int, code: str) -> None:
        """Then they are greeted with what they may do, which is the chat's menu too."""
        await self._told(person, f"/start {code}")
        await self._told(person, "/start")

    async def _bind(self, owner: int) -> None:
        offer = await self._told(owner, "/bind", chat=self.group)
        [[button]] = offer["reply_markup"]["inline_keyboard"]
        self.world.press(owner, offer, button["callback_data"])
        number = offer["message_id"]
        await self.world.until(
            self.group,
            lambda shown: shown["message_id"] == number and "edit_date" in shown,
            seconds=PATIENCE,
        )

    async def _report(self, opening: datetime) -> None:
        """Last Friday's digest comes at its hour; then it is now, and all of it has been read."""
        reported = self.clock.now().astimezone(self.zone).replace(hour=REPORT_TIME.hour, minute=0)
        for moment in (reported, opening):
            self.clock.move(max(moment - self.clock.now(), timedelta()))
            await self.app.schedule.tick()
            await self._posted()
        for chat in self.world.chats.values():
            for person in self.world.personas:
                if chat.has(person):
                    self.world.read(person, chat.id)

    async def _posted(self) -> None:
        """Nothing waits in the outbox any more."""
        while True:
            async with self.app.database.reading() as work:
                counts = await work.outbox.counts()
            if not any(counts.get(state) for state in ("new", "sending")):
                return
            await asyncio.sleep(GLANCE)

    async def _told(self, person: int, text: str, *, chat: int | None = None) -> Json:
        """What the bot replied."""
        place = person if chat is None else chat
        said = self.world.send_text(person, place, text)

        def answers(shown: Json) -> bool:
            replied = shown.get("reply_to_message", {}).get("message_id")
            return bool(replied == said["message_id"])

        return await self.world.until(place, answers, seconds=PATIENCE)
