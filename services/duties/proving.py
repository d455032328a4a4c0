"""How a duty stands: what was demanded beside what shows that it was done."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from services.duties.duty import (
    ASKS,
    CLAUSES,
    DEBTS,
    Demand,
    Duty,
    Entry,
    Every,
    Proof,
    State,
    Trace,
    What,
)

RETURNED = "returned"
"""State of an analysis that is not with the director any more."""
MONTH = re.compile(r"\d{4}-\d{2}")


@dataclass(frozen=True, slots=True)
class Proving:
    """In a school's zone as of ``today`` (ordinal)."""

    zone: str
    today: int

    def duty(self, demand: Demand, traces: Iterable[Trace], entries: Iterable[Entry]) -> Duty:
        found = [Proof(self._day(one.at), one) for one in traces if not self._runs(one)]
        own = [Proof(one.day, one) for one in entries if belongs(one, demand)]
        proofs = sorted([*found, *own], key=lambda one: one.day)
        done = [one.day for one in proofs if self._proves(one, demand)]
        return Duty(
            demand=demand,
            state=self._state(demand, proofs, done=bool(done)),
            done=min(done, default=None),
            proofs=proofs,
        )

    def _state(self, demand: Demand, proofs: Sequence[Proof], *, done: bool) -> State:
        whats = {one.shown.what for one in proofs if isinstance(one.shown, Trace)}
        if whats & DEBTS:
            return State.OVERDUE
        if done:
            return State.DONE
        asks = ASKS & set(CLAUSES[demand.clause].shown_by)
        if asks and not asks & whats:
            return State.FREE
        return State.OVERDUE if demand.due < self.today else State.WAITING

    def _runs(self, trace: Trace) -> bool:
        """Nothing is owed before its day has gone by."""
        return trace.what in DEBTS and self._day(trace.at) >= self.today

    @staticmethod
    def _proves(proof: Proof, demand: Demand) -> bool:
        """An analysis of a period that still ran when it was sent does not."""
        shown = proof.shown
        if isinstance(shown, Entry):
            return True
        if shown.what is What.ANALYSIS:
            return shown.name != RETURNED and proof.day >= demand.span.last
        return shown.what not in ASKS | DEBTS

    def _day(self, at: datetime) -> int:
        return at.astimezone(ZoneInfo(self.zone)).date().toordinal()


def belongs(entry: Entry, demand: Demand) -> bool:
    """Written for the period, or for a month in it where the clause asks for none by itself."""
    if entry.clause != demand.clause:
        return False
    if entry.period == demand.name:
        return True
    monthly = Every.MONTH in CLAUSES[demand.clause].every
    return not monthly and bool(MONTH.fullmatch(entry.period)) and demand.span.holds(entry.day)
