"""Reminders, silences and the hours of both over one database."""

from typing import Any

from bot.render import Renderer
from bot.wording import Wording
from services.clock import Clock
from services.completeness.rules import catalogue
from services.reminding.choosing import ReminderHours, RemindingRules
from services.reminding.reaching import Reaching
from services.reminding.sending import Reminders
from services.reminding.showing import Showing
from services.reminding.silencing import SilenceDesk
from storage.database import Database


def reminders_of(database: Database, clock: Clock) -> Reminders:
    return Reminders(unit_of_work=database.unit_of_work, reading=database.reading, clock=clock)


def reaching_of(database: Database, clock: Clock) -> Reaching:
    return Reaching(unit_of_work=database.unit_of_work, reading=database.reading, clock=clock)


def showing_of(database: Database, renderer: Renderer) -> Showing:
    def wording(zone: str) -> Wording:
        return Wording(renderer, zone)

    return Showing(
        rules=catalogue(), reading=database.reading, clock=database.clock, wording=wording
    )


def for_reminding(database: Database, *, clock: Clock) -> dict[str, Any]:
    """What handlers ask for by name."""
    work, reading = database.unit_of_work, database.reading
    return {
        "silences": SilenceDesk(rules=catalogue(), unit_of_work=work, reading=reading, clock=clock),
        "reminder_hours": ReminderHours(unit_of_work=work, reading=reading),
        "reminding_rules": RemindingRules(unit_of_work=work, reading=reading, clock=clock),
    }
