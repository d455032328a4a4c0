"""The figures' use cases over one database: a week counted, the digest, a teacher's gaps."""

from typing import Any

from bot.claims import for_claims
from bot.cuts import for_cuts
from bot.journal import completeness_of
from bot.own_class import for_own_class
from bot.render import Renderer
from bot.wording import Wording
from services.clock import Clock
from services.completeness.measuring import Measuring
from services.completeness.rules import catalogue
from services.digest_letters import DigestLetters
from services.digests import Digests
from services.forecasts.forecast import Forecasts
from services.gaps import GapDesk
from services.people import People
from storage.database import Database


def digests_of(database: Database, clock: Clock, renderer: Renderer) -> Digests:
    def wording(zone: str) -> Wording:
        return Wording(renderer, zone)

    measuring = Measuring(
        completeness=completeness_of(database, clock), rules=catalogue(), reading=database.reading
    )
    return Digests(measuring=measuring, reading=database.reading, wording=wording)


def for_figures(
    database: Database, *, clock: Clock, people: People, renderer: Renderer
) -> dict[str, Any]:
    """The digest, its cuts and a teacher's own gaps."""
    digests = digests_of(database, clock, renderer)
    gaps = GapDesk(rules=digests.measuring.rules, reading=database.reading, wording=digests.wording)
    return {
        "digests": DigestLetters(
            digests=digests,
            people=people,
            unit_of_work=database.unit_of_work,
            aside=database.aside,
            reading=database.reading,
            clock=clock,
        ),
        "gaps": gaps,
        "forecasts": Forecasts(measuring=digests.measuring, reading=database.reading),
        **for_claims(database, clock=clock, gaps=gaps),
        **for_cuts(database, clock=clock, digests=digests),
        **for_own_class(database, clock=clock, digests=digests),
    }
