"""The consultation over one database: its base, its search, its desk."""

from typing import Any

from bot.faq import for_faq
from bot.helpdesk import for_helpdesk
from bot.queue import for_queue
from bot.render import Renderer
from bot.searching import indexing
from services.clock import Clock
from services.consultation.backlog_desk import BacklogDesk
from services.consultation.base import FirstBase, Shipped
from services.consultation.desk import Questions
from services.consultation.indexes import Indexes
from services.helpdesk.passed import PassedQuestions
from storage.database import Database


def first_base_of(database: Database, clock: Clock) -> FirstBase:
    return FirstBase(
        unit_of_work=database.unit_of_work, clock=clock, shipped=Shipped.with_program()
    )


def for_consultation(database: Database, *, clock: Clock, renderer: Renderer) -> dict[str, Any]:
    """Questions in own words and the base that answers them, by the handlers' parameters."""
    indexes = Indexes(
        reading=database.reading, first_base=first_base_of(database, clock), index=indexing()
    )
    questions = Questions(
        unit_of_work=database.unit_of_work,
        reading=database.reading,
        clock=clock,
        indexes=indexes,
        desk=PassedQuestions(clock, BacklogDesk(clock)),
    )
    faq = for_faq(database, clock=clock, indexes=indexes)
    desk = for_helpdesk(database, clock=clock, renderer=renderer, indexes=indexes)
    beside = for_queue(
        database,
        clock=clock,
        queue=desk["queue"],
        editing=faq["editing"],
        unanswered=faq["unanswered"],
    )
    return {"consultation": questions, **faq, **desk, **beside}
