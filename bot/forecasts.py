"""The look ahead before a term ends: when it is sent, and how it is shown."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from aiogram.enums import ParseMode
from aiogram.methods import SendMessage

from bot.presenting import Calls, Present
from bot.render import Reader, Renderer
from bot.schedule import Due
from handlers.forecasts import school_buttons
from services.access import TABLE, Capability
from services.forecasts.forecast import Forecasts
from services.forecasts.notice import AHEAD, KIND, reached
from services.ids import ChatId, SchoolId
from services.outgoing import Letter
from services.people import People, Person, UserId
from storage.database import Database

HOUR = 9
"""Of the school's day, not before which anything is sent."""
_HEADS = TABLE[Capability.SCHOOL_FIGURES]


@dataclass(frozen=True, slots=True)
class TermAhead:
    """Looks once a day in every school whether a term ends in two weeks, in one, in three days."""

    database: Database
    forecasts: Forecasts
    name: str = "term ahead"

    async def due(self, now: datetime) -> Sequence[Due]:
        async with self.database.reading() as work:
            zones = {
                school: ZoneInfo((await work.schools.get(school)).timezone)
                for school in await work.helpdesk.schools()
            }
        return [
            Due(school, f"{now.astimezone(zone):%Y-%m-%d}")
            for school, zone in zones.items()
            if now.astimezone(zone).hour >= HOUR
        ]

    async def run(self, due: Due) -> None:
        """Each stage of a term once; of several slept through only the nearest."""
        today = datetime.fromisoformat(due.period).toordinal()
        terms = await self.forecasts.running(due.school, today)
        stages = {one.last: reached(one.last - today) for one in terms}
        async with self.database.aside() as work:
            if await work.job_runs.claim(self.name, due.school, due.period):
                people = await work.people.list(due.school, self.database.clock.now())
                for last, stage in stages.items():
                    period = f"{last}:{stage}"
                    if stage and await work.job_runs.claim(AHEAD, due.school, period):
                        for letter in _letters(due.school, people, last, period):
                            await work.outbox.put(letter)


def _letters(
    school: SchoolId, people: Sequence[Person], last: int, period: str
) -> Iterator[Letter]:
    for person in people:
        if person.roles & _HEADS:
            yield Letter(
                school=school,
                chat=ChatId(person.user),
                kind=KIND,
                view={"last": last},
                dedupe=f"{KIND}:{school}:{period}",
            )


@dataclass(frozen=True, slots=True)
class ForecastMessages:
    """``kinds`` is what ``Presenters`` asks for; nothing where there is nothing to foresee."""

    database: Database
    forecasts: Forecasts
    people: People
    renderer: Renderer

    @property
    def kinds(self) -> Mapping[str, Present]:
        return {KIND: self.present}

    async def present(self, letter: Letter, reader: Reader) -> Calls:
        actor = (await self.people.recognise(user=UserId(letter.chat), chat=letter.chat)).actor
        if actor.school != letter.school or not actor.may(Capability.SCHOOL_FIGURES):
            return []
        found = await self.forecasts.of(SchoolId(letter.school or 0))
        last, zone = letter.view["last"], ZoneInfo(reader.zone)
        if not isinstance(last, int) or all(one.term.last != last for one in found.terms):
            return []
        left = last - self.database.clock.now().astimezone(zone).date().toordinal()
        voice = self.renderer.voice(reader.language, reader.zone)
        view: dict[str, Any] = {"forecast": found, "left": max(0, left)}
        message = SendMessage(
            chat_id=letter.chat,
            text=voice.render(KIND, **view),
            parse_mode=ParseMode.HTML,
            reply_markup=school_buttons(found),
        )
        return [message]
