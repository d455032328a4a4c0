"""The consultation over one database: its base, its search, its desk."""

from collections.abc import Sequence
from typing import Any

from services.clock import Clock
from services.consultation.backlog_desk import BacklogDesk
from services.consultation.base import FirstBase, Shipped
from services.consultation.desk import Questions
from services.consultation.entries import Entry
from services.consultation.indexes import Indexes, Searching
from storage.database import Database


def first_base_of(database: Database, clock: Clock) -> FirstBase:
    return FirstBase(
        unit_of_work=database.unit_of_work, clock=clock, shipped=Shipped.with_program()
    )


def for_consultation(database: Database, *, clock: Clock) -> dict[str, Any]:
    """Questions in own words, under the name of the handlers' parameter."""
    indexes = Indexes(
        reading=database.reading, first_base=first_base_of(database, clock), index=index
    )
    return {
        "consultation": Questions(
            unit_of_work=database.unit_of_work,
            reading=database.reading,
            clock=clock,
            indexes=indexes,
            desk=BacklogDesk(clock),
        )
    }


def index(entries: Sequence[Entry]) -> Searching:
    """The library of numbers is loaded with the first question."""
    from services.consultation.search import Search  # noqa: PLC0415

    return Search.over(entries)
