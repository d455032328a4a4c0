"""The journal of own duties over one database: its files, its weekly reminder."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, time
from typing import Any
from zoneinfo import ZoneInfo

from aiogram.enums import ParseMode
from aiogram.methods import SendMessage

from bot.presenting import Calls, Present
from bot.render import Reader, Renderer
from bot.schedule import Due, Weekly, week_of
from handlers import duty_cards, duty_words
from services.access import Capability
from services.analyses.period import month_name
from services.clock import Clock
from services.duties.duty import PrintedDuty
from services.duties.journal import DutyJournal
from services.duties.reminding import JOB, KIND, DutyReminders
from services.ids import SchoolId
from services.outgoing import Letter
from services.people import People, UserId
from storage.database import Database

MONDAY, HOUR = 0, time(9)
"""Of the school's week, when what is overdue is told."""


@dataclass(frozen=True, slots=True)
class PrintedDuties:
    """The port ``handlers.ports.DutyFiles``; each library is loaded with the first file."""

    def table(self, school: str, month: str, lines: Sequence[PrintedDuty], /) -> bytes:
        from bot.workbooks.duties import duties_workbook  # noqa: PLC0415

        return duties_workbook(school, month, lines)

    def document(self, school: str, month: str, lines: Sequence[PrintedDuty], /) -> bytes:
        from bot.documents.duties import duties_document  # noqa: PLC0415

        return duties_document(school, month, lines)


def for_duties(database: Database, *, clock: Clock) -> dict[str, Any]:
    """Under the names of the handlers' parameters."""
    return {"duty_journal": journal_of(database, clock), "duty_files": PrintedDuties()}


def journal_of(database: Database, clock: Clock) -> DutyJournal:
    return DutyJournal(reading=database.reading, unit_of_work=database.unit_of_work, clock=clock)


def duty_reminders(database: Database, clock: Clock) -> DutyReminders:
    return DutyReminders(journal=journal_of(database, clock), unit_of_work=database.unit_of_work)


@dataclass(frozen=True, slots=True)
class OverdueDuties:
    """Due on Monday at nine in every school; a week slept through is made up for in that week."""

    reminders: DutyReminders
    name: str = JOB

    async def due(self, now: datetime) -> Sequence[Due]:
        found: list[Due] = []
        for school, since in await self.reminders.schools():
            zone = ZoneInfo(school.timezone)
            moment = Weekly(MONDAY, HOUR, zone).latest(now)
            if moment >= since:
                found.append(Due(school.id, week_of(moment, zone)))
        return found

    async def run(self, due: Due) -> None:
        await self.reminders.send(due.school, due.period)


@dataclass(frozen=True, slots=True)
class DutyMessages:
    """``kinds`` is what ``Presenters`` asks for; no call where nothing is overdue any more."""

    reminders: DutyReminders
    people: People
    renderer: Renderer

    @property
    def kinds(self) -> Mapping[str, Present]:
        return {KIND: self.present}

    async def present(self, letter: Letter, reader: Reader) -> Calls:
        actor = (await self.people.recognise(user=UserId(letter.chat), chat=letter.chat)).actor
        if actor.school != letter.school or not actor.may(Capability.KEEP_DUTIES):
            return []
        overdue = await self.reminders.overdue(SchoolId(letter.school or 0))
        if not overdue:
            return []
        voice = self.renderer.voice(reader.language, reader.zone)
        rows = [
            (
                one.demand.clause,
                duty_words.title(one.demand.clause, voice.say),
                duty_words.period(one.demand, voice.say),
                duty_words.state(one, voice.say),
            )
            for one in overdue
        ]
        now = self.reminders.journal.clock.now().astimezone(ZoneInfo(reader.zone))
        month = month_name(now.date().toordinal())
        message = SendMessage(
            chat_id=letter.chat,
            text=voice.render(KIND, rows=rows),
            parse_mode=ParseMode.HTML,
            reply_markup=duty_cards.to_month(month, voice.say),
        )
        return [message]
