"""The journal's use cases over one database: rules, imports."""

from services.clock import Clock
from services.completeness.findings import Completeness
from services.completeness.rules import catalogue
from services.journal.imports import Imports
from storage.database import Database


def completeness_of(database: Database, clock: Clock) -> Completeness:
    return Completeness(
        rules=catalogue(),
        unit_of_work=database.unit_of_work,
        bulk=database.bulk,
        reading=database.reading,
        clock=clock,
    )


def imports_of(database: Database, clock: Clock) -> Imports:
    return Imports(
        unit_of_work=database.unit_of_work,
        bulk=database.bulk,
        ahead=database.ahead,
        reading=database.reading,
        clock=clock,
        analysis=completeness_of(database, clock),
    )
