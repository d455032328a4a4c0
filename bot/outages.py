"""«Журнал не работает» over one database."""

from bot.journal import completeness_of
from services.clock import Clock
from services.helpdesk.outage_register import OutageRegister
from services.helpdesk.outages import Outages
from storage.database import Database


def outages_of(database: Database, clock: Clock) -> Outages:
    return Outages(
        register=OutageRegister(reading=database.reading, clock=clock),
        unit_of_work=database.unit_of_work,
        clock=clock,
        findings=completeness_of(database, clock),
    )
