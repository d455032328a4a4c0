"""The analyses' use cases over one database."""

from typing import Any

from aiogram.types import Message

from bot.downloads import download
from bot.figures import digests_of
from bot.render import Renderer
from services.analyses.absences import SilencedPeople
from services.analyses.composing import Analyses
from services.analyses.desk import AnalysisDesk
from services.analyses.keeping import Versions
from services.analyses.schedule import AnalysisSchedule
from services.analyses.settings import AnalysisRoom
from services.analyses.templates import LARGEST, BrokenTemplateError
from services.clock import Clock
from services.decisions.due import DueDecisions
from services.people import People
from storage.database import Database


def analyses_of(database: Database, clock: Clock, renderer: Renderer) -> Analyses:
    digests = digests_of(database, clock, renderer)
    return Analyses(
        measuring=digests.measuring,
        reading=database.reading,
        wording=digests.wording,
        decisions=DueDecisions(database.reading),
    )


def versions_of(database: Database, clock: Clock, renderer: Renderer) -> Versions:
    return Versions(
        analyses=analyses_of(database, clock, renderer),
        aside=database.aside,
        reading=database.reading,
        clock=clock,
    )


def analysis_schedule(database: Database, desk: AnalysisDesk) -> AnalysisSchedule:
    return AnalysisSchedule(
        versions=desk.versions,
        unit_of_work=database.unit_of_work,
        reading=database.reading,
        clock=database.clock,
    )


def for_analyses(
    database: Database, *, clock: Clock, people: People, renderer: Renderer
) -> dict[str, Any]:
    """Under the names of the handlers' parameters."""
    work, reading = database.unit_of_work, database.reading
    return {
        "analyses": AnalysisDesk(
            versions=versions_of(database, clock, renderer),
            people=people,
            unit_of_work=work,
            reading=reading,
            clock=clock,
            absences=SilencedPeople(reading, clock),
        ),
        "analysis_form": analysis_form,
        "analysis_room": AnalysisRoom(
            check=check_form, unit_of_work=work, reading=reading, clock=clock
        ),
    }


async def analysis_form(message: Message) -> bytes:
    """What is too large for a form is not even fetched."""
    document, bot = message.document, message.bot
    if document is None or bot is None or (document.file_size or 0) > LARGEST:
        raise BrokenTemplateError(why="large", name="")
    return await download(bot, document.file_id, limit=LARGEST)


def check_form(template: bytes) -> None:
    """The document's library is loaded with the first form."""
    from bot.documents.sample import check  # noqa: PLC0415

    check(template)
