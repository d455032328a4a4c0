"""Which period is meant, and whether it has data."""

from dataclasses import dataclass
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from services.analyses import period as periods
from services.analyses.period import ClassTerm, Kind, Period
from services.analyses.ports import AnalysisWork
from services.analyses.statements import terms
from services.completeness.extent import Scope
from services.ids import SchoolId
from services.schools import School


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """Which period of which school, as of when; ``today`` is the day of ``as_of`` there."""

    school: School
    period: Period
    as_of: datetime
    today: int
    terms: list[ClassTerm]

    @property
    def upto(self) -> int:
        """The last day of the period that has come."""
        return min(self.period.span.last, self.today)

    @property
    def running(self) -> bool:
        return self.today <= self.period.span.last

    @property
    def as_of_here(self) -> datetime:
        return self.as_of.astimezone(ZoneInfo(self.school.timezone))

    @property
    def moments(self) -> tuple[datetime, datetime]:
        """From the period's first midnight to the data's moment, or to its last midnight."""
        since, until = (
            _midnight(day, self.school.timezone)
            for day in (self.period.span.first, self.period.span.last + 1)
        )
        return since, min(self.as_of, until)


async def terms_in(work: AnalysisWork, school: SchoolId) -> list[ClassTerm]:
    return periods.terms_of(await work.measures.rows(terms.STATEMENT, school, Scope(), {}))


async def asked(
    work: AnalysisWork,
    school: SchoolId,
    kind: Kind,
    name: str | None = None,
    as_of: datetime | None = None,
) -> Asked | None:
    """The period of that name, or the latest with entries; None where it has none.

    Of terms the latest is one that has ended, else the running one. ``as_of`` is that of the latest
    import unless it is given. ValueError where ``name`` is no name of such a period.
    """
    if name is not None:
        _ensure(kind, name)
    current = await work.journal.current_import(school)
    if current is None:
        return None
    moment = as_of or current.as_of
    found = await work.schools.get(school)
    today = moment.astimezone(ZoneInfo(found.timezone)).date().toordinal()
    known = await terms_in(work, school)
    latest = await work.measures.latest_day(school, today)
    period = _period(kind, name, known, latest, today)
    if period is None:
        return None
    made = Asked(school=found, period=period, as_of=moment, today=today, terms=known)
    last = await work.measures.latest_day(school, made.upto)
    return made if period.span.holds(last) else None


def _ensure(kind: Kind, name: str) -> None:
    if kind is Kind.MONTH:
        periods.month(name)
    else:
        periods.ensure_term(name)


def _period(
    kind: Kind, name: str | None, known: list[ClassTerm], latest: int | None, today: int
) -> Period | None:
    if name is not None:
        return periods.month(name) if kind is Kind.MONTH else periods.named_term(known, name)
    if latest is None:
        return None
    if kind is Kind.MONTH:
        return periods.month(periods.month_name(latest))
    begun = [one for one in periods.known_terms(known) if one.span.first <= latest]
    ended = [one for one in begun if one.span.last < today]
    chosen = ended or begun
    return chosen[-1] if chosen else None


def _midnight(day: int, zone: str) -> datetime:
    return datetime.fromordinal(day).replace(tzinfo=ZoneInfo(zone)).astimezone(UTC)
