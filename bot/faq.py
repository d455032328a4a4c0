"""The base of answers in people's hands, over one database: /faq and suggestions."""

from collections.abc import Mapping, Sequence
from typing import Any

from aiogram.types import Message

from bot.downloads import download
from services.clock import Clock
from services.consultation.editing import Editing
from services.consultation.exchange import Exchange
from services.consultation.figures import ConsultationFigures
from services.consultation.indexes import Indexes
from services.consultation.library import Library
from services.consultation.suggesting import Suggesting
from services.consultation.table import LIMIT, NotABaseError, Row, read_file
from services.consultation.unanswered import UnansweredDesk
from storage.database import Database


def for_faq(database: Database, *, clock: Clock, indexes: Indexes) -> dict[str, Any]:
    """Under the names of the handlers' parameters; ``indexes`` are those of the questions."""
    work, reading = database.unit_of_work, database.reading
    return {
        "answers_book": answers_book,
        "answers_file": answers_file,
        "answers_notation": answers_notation,
        "consultation_figures": ConsultationFigures(reading=reading, clock=clock),
        "editing": Editing(unit_of_work=work, reading=reading, clock=clock, indexes=indexes),
        "exchange": Exchange(unit_of_work=work, reading=reading, clock=clock),
        "library": Library(reading=reading, clock=clock, indexes=indexes),
        "suggesting": Suggesting(unit_of_work=work, reading=reading, clock=clock, indexes=indexes),
        "unanswered": UnansweredDesk(
            unit_of_work=work, reading=reading, clock=clock, indexes=indexes
        ),
    }


async def answers_file(message: Message) -> list[Row]:
    """What is too large for a base of answers is not even fetched."""
    document, bot = message.document, message.bot
    if document is None or bot is None or (document.file_size or 0) > LIMIT:
        raise NotABaseError
    return await read_file(await download(bot, document.file_id, limit=LIMIT))


def answers_book(rows: Sequence[Mapping[str, str]]) -> bytes:
    """The workbook's library is loaded with the first file."""
    from bot.workbooks.answers import answers_workbook  # noqa: PLC0415

    return answers_workbook(rows)


def answers_notation(rows: Sequence[Mapping[str, str]]) -> bytes:
    """So is the one of YAML."""
    from services.consultation.notation import written  # noqa: PLC0415

    return written(rows)
