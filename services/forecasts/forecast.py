"""Before a term ends: who will lack marks, which plans will lag, which period marks be late."""

from collections import Counter, defaultdict
from collections.abc import Callable, Mapping, Sequence
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple, Protocol
from zoneinfo import ZoneInfo

from services.access import Actor, Capability, demand
from services.completeness.extent import Scope
from services.completeness.lines import Directory
from services.completeness.measures import ENOUGH_MARKS
from services.completeness.measuring import MeasureStore, MeasureWork, Measuring
from services.completeness.rule import Passport
from services.forecasts.chances import (
    Expected,
    amended,
    around,
    chance_short,
    lessons_held,
    share_of,
    summed,
)
from services.forecasts.foreseen import Forecast, Lag, Risk, Term, TermForecast
from services.forecasts.statements import BEFORE, HOURS, MARKS, TERMS, TOTALS
from services.ids import SchoolId
from services.journal.records import ImportRecord
from services.periods import year_first
from services.schools import Schools
from services.week_figures import moment_here

LIKELY = 0.5
"""From this chance on a pupil is named."""
HOUR = 100


class Store(MeasureStore, Protocol):
    async def directory(self, school: SchoolId, as_of: datetime | None = None) -> Directory: ...


class CurrentImport(Protocol):
    async def current_import(self, school: SchoolId) -> ImportRecord | None: ...


class Work(MeasureWork, Protocol):
    @property
    def schools(self) -> Schools: ...

    @property
    def journal(self) -> CurrentImport: ...

    @property
    def measures(self) -> Store: ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Forecasts:
    measuring: Measuring
    reading: Callable[[], AbstractAsyncContextManager[Work]]

    async def ask(self, actor: Actor) -> Forecast:
        """For those who see the school's figures."""
        return await self.of(demand(actor, Capability.SCHOOL_FIGURES))

    async def of(
        self, school: SchoolId, today: int | None = None, as_of: datetime | None = None
    ) -> Forecast:
        """As of the latest data (or ``as_of``), or of the end of an earlier day of theirs."""
        async with self.reading() as work:
            current = await work.journal.current_import(school)
            if current is None:
                return Forecast()
            zone = (await work.schools.get(school)).timezone
            moment = as_of or current.as_of
            day = today or moment.astimezone(ZoneInfo(zone)).date().toordinal()
            passports = await self.measuring.passports(work.findings, school)
            moments = Moments(day, ZoneInfo(zone), int(moment.timestamp()))
            counted = await _counted(work.measures, school, moments, passports)
            directory = await work.measures.directory(school)
        least = passports["K1"].thresholds["least_lessons"]
        terms = [_forecast(term, day, counted, directory, least) for term in counted.terms]
        shown = directory.names.class_units
        return Forecast(moment_here(moment, zone), terms, shown)

    async def running(self, school: SchoolId, today: int) -> Sequence[Term]:
        """The terms that a day lies in."""
        async with self.reading() as work:
            rows = await work.measures.rows(TERMS, school, Scope(), {"today": today})
        return list(dict.fromkeys(_term(row) for row in rows))


class Moments(NamedTuple):
    """The day looked from, in the school's zone, and the data's moment (seconds)."""

    today: int
    zone: ZoneInfo
    now: int

    def end_of(self, day: int) -> int:
        """What was entered by then: the end of the day, or the data's moment."""
        midnight = datetime.fromordinal(day + 1).replace(tzinfo=self.zone)
        return min(self.now, int(midnight.timestamp()))


class Past(NamedTuple):
    """The term before, so many days from its end: what was ``foreseen``, and what ``came``."""

    foreseen: float
    came: int


class _Counted(NamedTuple):
    past: Mapping[Term, Past]
    terms: Sequence[Term]
    marks: Mapping[Term, Sequence[Mapping[str, Any]]]
    hours: Mapping[Term, Sequence[Mapping[str, Any]]]
    earlier: Mapping[Term, Mapping[str, Any]]
    due: Mapping[Term, int]


async def _counted(
    store: Store, school: SchoolId, moments: Moments, passports: Mapping[str, Passport]
) -> _Counted:
    today, thresholds = moments.today, passports["N1"].thresholds
    minimum = {"today": today, "moment": moments.end_of(today), **thresholds}
    running = await store.rows(TERMS, school, Scope(), {"today": today})
    terms = {row["class_unit"]: _term(row) for row in running}
    if not terms:
        return _Counted({}, [], {}, {}, {}, {})
    marks = await store.rows(MARKS, school, Scope(), minimum)
    year = {"today": today, "year_first": year_first(today)}
    hours = await store.rows(HOURS, school, Scope(), year)
    earlier = await store.rows(TOTALS, school, Scope(), {"today": today})
    scope = Scope(first=today, last=today)
    asked = await store.rows(ENOUGH_MARKS.statement, school, scope, {**minimum, "upto": today})
    due: Counter[Term] = Counter()
    for row in (one for one in asked if one["class_unit"] in terms):
        due[terms[row["class_unit"]]] += row["pupils_due"]
    return _Counted(
        await _past(store, school, moments, thresholds),
        list(dict.fromkeys(terms.values())),
        _by_term(marks),
        _by_term(hours),
        {_term(row): row for row in earlier},
        due,
    )


async def _past(
    store: Store, school: SchoolId, moments: Moments, thresholds: Mapping[str, int]
) -> Mapping[Term, Past]:
    """The same forecast of the term before, as its journal stood then, and its end."""
    found = {}
    for row in await store.rows(BEFORE, school, Scope(), {"today": moments.today}):
        term, before = _term(row), row["before"]
        then = before - (term.last - moments.today)
        seen = {"today": then, "moment": moments.end_of(then), **thresholds}
        ended = {"today": before, "moment": moments.now, **thresholds}
        chances = [
            chance_of(one)
            for one in await store.rows(MARKS, school, Scope(), seen)
            if one["last"] == before
        ]
        lacked = await store.rows(MARKS, school, Scope(), ended)
        came = sum(one["last"] == before for one in lacked)
        found[term] = Past(sum(chances), came)
    return found


def _forecast(
    term: Term, today: int, counted: _Counted, directory: Directory, least: int
) -> TermForecast:
    risks, chances, past = [], [], counted.past.get(term)
    means: dict[int, float] = defaultdict(float)
    for row in counted.marks.get(term, []):
        chance = chance_of(row)
        chances.append(chance)
        means[row["class_unit"]] += chance
        if chance >= LIKELY:
            risks.append(_risk(row, chance, directory))
    lags = [_lag(row, directory) for row in counted.hours.get(term, [])]
    return TermForecast(
        term=term,
        left=term.last - today,
        lacking=summed(chances),
        ends=past and amended(sum(chances), len(chances), foreseen=past.foreseen, came=past.came),
        by_class=sorted(means.items(), key=lambda one: (-one[1], one[0])),
        risks=sorted(risks, key=_worst),
        lags=sorted(
            (one for one in lags if one.lacks.mean >= least),
            key=lambda one: (-one.lacks.mean, one.class_unit, one.subject),
        ),
        totals=counted.due.get(term, 0),
        late=_late(counted.earlier.get(term), counted.due.get(term, 0)),
    )


def chance_of(row: Mapping[str, Any]) -> float:
    """By the timetable's lessons; by school days where it has none."""
    gone, ahead = row["gone"], row["ahead"]
    if not gone:
        gone, ahead = row["days_gone"], row["days_ahead"]
    pace = row["class_marks"] / (row["pupils"] * gone) if gone and row["pupils"] else 0.0
    return chance_short(row["marks"], row["least"], gone=gone, ahead=ahead or 0, pace=pace)


def _risk(row: Mapping[str, Any], chance: float, directory: Directory) -> Risk:
    return Risk(
        class_unit=row["class_unit"],
        pupil=directory.pupil(row["pupil"]),
        subject=directory.names.subjects[row["subject"]],
        marks=row["marks"],
        least=row["least"],
        chance=chance,
    )


def _worst(risk: Risk) -> tuple[float, str, int, str]:
    """The likeliest first; «5А №2» before «5А №10»."""
    return -risk.chance, risk.subject, len(risk.pupil), risk.pupil


def _lag(row: Mapping[str, Any], directory: Directory) -> Lag:
    held, deviation = lessons_held(row["ahead"], held=row["held"], slots=row["gone"])
    group = row["study_group"]
    return Lag(
        class_unit=row["class_unit"],
        subject=directory.names.subjects[row["subject"]],
        study_group=directory.names.study_groups.get(group, "") if group else "",
        lacks=around(max(0.0, row["hours"] / HOUR - row["held"] - held), deviation),
    )


def _late(earlier: Mapping[str, Any] | None, due: int) -> Expected | None:
    if earlier is None or not due:
        return None
    return share_of(earlier["late"], earlier["marks"], of=due)


def _by_term(rows: Sequence[Mapping[str, Any]]) -> Mapping[Term, Sequence[Mapping[str, Any]]]:
    found: dict[Term, list[Mapping[str, Any]]] = defaultdict(list)
    for row in rows:
        found[_term(row)].append(row)
    return found


def _term(row: Mapping[str, Any]) -> Term:
    return Term(row["kind"], row["term"] if "term" in row else row["number"], row["last"])
