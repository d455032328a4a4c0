"""What stands beside the queue, over one database: causes, figures, knowledge, by parameters."""

from typing import Any

from handlers.ports import Say
from services.clock import Clock
from services.consultation.editing import Editing
from services.consultation.unanswered import UnansweredDesk
from services.helpdesk.causes import Causes
from services.helpdesk.figures import DeskFigures, Figures
from services.helpdesk.knowledge import TicketKnowledge
from services.helpdesk.queue import Queue
from services.helpdesk.topics import QueuePlaces
from storage.database import Database


def for_queue(
    database: Database,
    *,
    clock: Clock,
    queue: Queue,
    editing: Editing,
    unanswered: UnansweredDesk,
) -> dict[str, Any]:
    work, reading = database.unit_of_work, database.reading
    return {
        "causes": Causes(unit_of_work=work, reading=reading, clock=clock),
        "causes_book": causes_book,
        "desk_figures": DeskFigures(reading=reading, clock=clock),
        "queue_places": QueuePlaces(unit_of_work=work, reading=reading, clock=clock),
        "ticket_knowledge": TicketKnowledge(queue=queue, editing=editing, entries=unanswered),
    }


def causes_book(figures: Figures, say: Say) -> bytes:
    """The workbook's library is loaded with the first report."""
    from bot.workbooks.causes import causes_workbook  # noqa: PLC0415

    return causes_workbook(figures, say)
