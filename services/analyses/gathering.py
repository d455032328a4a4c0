"""Everything that an analysis is made of, counted for one period."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta

from services.analyses import period as periods
from services.analyses.asking import Asked
from services.analyses.counting import Rows
from services.analyses.period import Kind, Period
from services.analyses.ports import AnalysisWork
from services.analyses.statements import extent, programme, term_marks, works
from services.completeness.extent import Scope
from services.completeness.lines import Directory
from services.completeness.measures import missing, orders
from services.completeness.measuring import Measured, Measuring
from services.completeness.rule import Passport
from services.consultation.figures import consulted
from services.figures import Consulted, Desk
from services.helpdesk.figures import desk_of
from services.helpdesk.outage import Outage
from services.week_view import Flow


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """The counts of one period, this one or one that it is compared with."""

    period: Period
    measured: Measured
    programme: Rows
    by_course: Rows
    by_class: Rows


@dataclass(frozen=True, slots=True, kw_only=True)
class Beside:
    """What stands beside the counts; only for the period itself."""

    flow: Flow
    orders: int
    sheets: Mapping[str, int]
    uncovered: Rows
    works: Rows
    beginnings: Rows
    marks: int
    teachers: Rows
    questions: Consulted
    desk: Desk | None
    outages: list[Outage]


@dataclass(frozen=True, slots=True, kw_only=True)
class Gathered:
    """``before`` and ``year`` are None where their periods have no data."""

    now: Part
    before: Part | None
    year: Part | None
    beside: Beside
    passports: Mapping[str, Passport]
    directory: Directory


async def gathered(measuring: Measuring, work: AnalysisWork, asked: Asked) -> Gathered:
    passports = await measuring.passports(work.findings, asked.school.id)
    return Gathered(
        now=await _part(measuring, work, asked, courses=True),
        before=await _earlier(measuring, work, asked, periods.before(asked.period, asked.terms)),
        year=await _earlier(measuring, work, asked, periods.year_before(asked.period, asked.terms)),
        beside=await _beside(work, asked),
        passports=passports,
        directory=await work.measures.directory(asked.school.id, asked.as_of),
    )


async def _earlier(
    measuring: Measuring, work: AnalysisWork, asked: Asked, period: Period | None
) -> Part | None:
    """As of the same day of that period; None where it has no data."""
    if period is None:
        return None
    days = asked.period.span.first - period.span.first
    then = Asked(
        school=asked.school,
        period=period,
        as_of=asked.as_of - timedelta(days=days),
        today=asked.today - days,
        terms=asked.terms,
    )
    latest = await work.measures.latest_day(asked.school.id, then.upto)
    if not period.span.holds(latest):
        return None
    return await _part(measuring, work, then, courses=False)


async def _part(measuring: Measuring, work: AnalysisWork, asked: Asked, *, courses: bool) -> Part:
    school, period = asked.school.id, asked.period
    scope = Scope(first=period.span.first, last=period.span.last)
    binds = {"begin": period.span.first, "upto": asked.upto}
    whole = {"whole_year": int(period.kind is Kind.YEAR)}
    graded = period.kind is not Kind.MONTH
    rows = work.measures.rows
    return Part(
        period=period,
        measured=await measuring.take(school, period.span, asked.as_of, courses=courses),
        programme=await rows(programme.STATEMENT, school, scope, binds),
        by_course=await rows(term_marks.BY_COURSE, school, scope, whole) if graded else [],
        by_class=await rows(term_marks.BY_CLASS, school, scope, whole) if graded else [],
    )


async def _beside(work: AnalysisWork, asked: Asked) -> Beside:
    school, (since, until) = asked.school.id, asked.moments
    scope = Scope(first=asked.period.span.first, last=asked.upto)
    binds = {"as_of": int(asked.as_of.timestamp()), "upto": asked.upto}
    rows = work.measures.rows
    [ordered] = await rows(orders.STATEMENT, school, scope, binds)
    [sheets] = await rows(missing.SHEETS, school, scope, binds)
    [marks] = await rows(extent.MARKS, school, scope, binds)
    return Beside(
        flow=await work.measures.flow(school, since),
        orders=ordered["orders"],
        sheets=sheets,
        uncovered=await rows(missing.UNCOVERED, school, scope, binds),
        works=await rows(works.STATEMENT, school, scope, binds),
        beginnings=await rows(extent.BEGINNINGS, school, scope, binds),
        marks=marks["marks"],
        teachers=await rows(extent.TEACHERS, school, scope, binds),
        questions=await consulted(work.consultations, school, until, since=since),
        desk=await desk_of(work.tickets, school, until, since=since),
        outages=list(await work.outages.between(school, since, until)),
    )
