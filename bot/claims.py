"""What is said of findings, over one database, by the handlers' parameters."""

from typing import Any

from services.claims.appeals import Appeals
from services.claims.cards import GapCards
from services.claims.checking import Checks
from services.claims.register import AppealRegister
from services.claims.saying import Claims
from services.claims.words import ClaimWords
from services.clock import Clock
from services.completeness.rules import catalogue
from services.gaps import GapDesk
from storage.database import Database


def for_claims(database: Database, *, clock: Clock, gaps: GapDesk) -> dict[str, Any]:
    """``gaps`` are a teacher's own, with the rules and words of findings."""
    work, reading = database.unit_of_work, database.reading
    words = ClaimWords(rules=gaps.rules, wording=gaps.wording)
    return {
        "appeals": Appeals(
            register=AppealRegister(reading=reading, clock=clock, words=words),
            unit_of_work=work,
            clock=clock,
        ),
        "claims": Claims(
            cards=GapCards(gaps=gaps, reading=reading, words=words),
            unit_of_work=work,
            reading=reading,
            clock=clock,
        ),
    }


def checks_of(clock: Clock) -> Checks:
    return Checks(rules=catalogue(), clock=clock)
