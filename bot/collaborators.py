"""What handlers ask for by name, built over one database."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

from argon2 import PasswordHasher

from bot.downloads import download
from bot.journal import imports_of
from services.binding import Binding
from services.clock import Clock
from services.entrance import Entrance
from services.health import HealthDesk
from services.invitations import Invitations
from services.journal.clarifying import Clarification
from services.journal.exporting import Export
from services.journal.identifying import Identification
from services.journal.memory import Memory
from services.journal.previews import Preview
from services.journal.receiving import Receiving
from services.people import HOME_ZONE, People, StaffDirectory
from services.pins import Hasher, Pins
from services.privacy import Privacy
from services.schools import SchoolSettings
from services.setup import Setup
from storage.database import Database
from storage.new_files import DirectoryOfNewFiles
from storage.shelf import DirectoryShelf


def for_people(
    database: Database,
    *,
    clock: Clock,
    staff: StaffDirectory,
    timezone: str = HOME_ZONE,
    hasher: Hasher | None = None,
) -> dict[str, Any]:
    """Access, invitations, groups and settings, under the names of the handlers' parameters."""
    work, reading = database.unit_of_work, database.reading
    pins = Pins(unit_of_work=work, reading=reading, clock=clock, hasher=hasher or PasswordHasher())
    setup = Setup(unit_of_work=work, clock=clock, timezone=timezone)
    invitations = Invitations(unit_of_work=work, clock=clock, staff=staff, pins=pins)
    people = People(unit_of_work=work, reading=reading, clock=clock)
    entrance = Entrance(
        unit_of_work=work, clock=clock, setup=setup, invitations=invitations, people=people
    )
    return {
        "binding": Binding(unit_of_work=work, reading=reading, clock=clock),
        "entrance": entrance,
        "invitations": invitations,
        "people": people,
        "pins": pins,
        "privacy": Privacy(unit_of_work=work, reading=reading, clock=clock, staff=staff),
        "school_settings": SchoolSettings(unit_of_work=work, reading=reading, clock=clock),
        "setup": setup,
    }


def for_imports(
    database: Database,
    *,
    clock: Clock,
    people: People,
    data_dir: Path,
    arrived: Callable[[], None],
) -> dict[str, Any]:
    """Loading the journal; ``arrived`` is called when a file lies ready to be read."""
    receiving = Receiving(
        imports=imports_of(database, clock),
        shelf=DirectoryShelf(data_dir / "imports"),
        people=people,
        unit_of_work=database.unit_of_work,
        reading=database.reading,
        clock=clock,
        arrived=arrived,
        folder=DirectoryOfNewFiles(data_dir / "inbox", clock),
    )
    return {
        "clarification": Clarification(receiving),
        "download": download,
        "export": Export(unit_of_work=database.unit_of_work, reading=database.reading, clock=clock),
        "identification": Identification(receiving),
        "memory": Memory(unit_of_work=database.unit_of_work, reading=database.reading, clock=clock),
        "receiving": receiving,
        "refusals": refusals,
    }


def for_health(
    database: Database, *, clock: Clock, again: Callable[[], None] = lambda: None
) -> dict[str, Any]:
    """How the bot itself is; ``again`` is called when an update is to be handled once more."""
    work, reading = database.unit_of_work, database.reading
    return {"health_desk": HealthDesk(unit_of_work=work, reading=reading, clock=clock, again=again)}


def refusals(preview: Preview) -> bytes:
    """The workbook's library is loaded with the first list."""
    from bot.workbooks.refused import refused_workbook  # noqa: PLC0415

    return refused_workbook(preview)
