"""The help desk over one database, by the handlers' parameters."""

from typing import Any

from bot.outages import outages_of
from bot.render import Renderer
from bot.wording import Wording
from services.clock import Clock
from services.completeness.rules import catalogue
from services.consultation.indexes import Indexes
from services.helpdesk.arranging import Arranging
from services.helpdesk.canned import Canned
from services.helpdesk.life import Life
from services.helpdesk.likely import LikelyAnswers
from services.helpdesk.linked import FindingWords
from services.helpdesk.merging import Merging
from services.helpdesk.opening import Opening
from services.helpdesk.putting_off import PuttingOff
from services.helpdesk.queue import Queue
from services.helpdesk.receipts import Receipts
from services.helpdesk.relay import Relay
from storage.database import Database


def for_helpdesk(
    database: Database, *, clock: Clock, renderer: Renderer, indexes: Indexes
) -> dict[str, Any]:
    """``indexes`` are those of the questions: likely answers are shown before a ticket is sent."""
    work, reading = database.unit_of_work, database.reading
    findings = FindingWords(
        rules=catalogue(), reading=reading, wording=lambda zone: Wording(renderer, zone)
    )
    queue = Queue(reading=reading, clock=clock, findings=findings)
    likely = LikelyAnswers(unit_of_work=work, clock=clock, indexes=indexes)
    return {
        "arranging": Arranging(unit_of_work=work, reading=reading, clock=clock),
        "canned": Canned(reading=reading, queue=queue),
        "life": Life(unit_of_work=work, clock=clock),
        "outages": outages_of(database, clock),
        "merging": Merging(unit_of_work=work, clock=clock),
        "opening": Opening(
            unit_of_work=work, reading=reading, clock=clock, answering=likely, findings=findings
        ),
        "putting_off": PuttingOff(unit_of_work=work, reading=reading, clock=clock),
        "queue": queue,
        "relay": Relay(unit_of_work=work, reading=reading, clock=clock),
    }


def receipts_of(database: Database, clock: Clock) -> Receipts:
    return Receipts(unit_of_work=database.aside, reading=database.reading, clock=clock)
