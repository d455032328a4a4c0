"""The figures of the weekly digest over the days of another period."""

from collections.abc import Mapping, Sequence

from services.analyses import period as periods
from services.analyses.asking import Asked
from services.analyses.gathering import Gathered
from services.analyses.period import Kind
from services.completeness.finding_store import Hit
from services.completeness.indices import Tally, indices_of, summed
from services.completeness.lines import Wording
from services.completeness.measuring import Measured
from services.completeness.rule import Rule, Said
from services.figures import HeatMap, Week
from services.helpdesk.outage_lines import outage_lines
from services.listing import class_order
from services.week_figures import (
    Standings,
    finding_lines,
    missing_files,
    moment_here,
    rule_counts,
    russian_day,
    unsigned_lines,
)

NO_COUNTS = Measured(cells={}, lesson_hits=[], course_hits=[])


def figures(
    asked: Asked, found: Gathered, hits: Sequence[Hit], rules: Mapping[str, Rule], wording: Wording
) -> Week:
    """``hits`` are the findings to be listed."""
    now, beside, directory = found.now.measured, found.beside, found.directory
    before = found.before.measured if found.before else NO_COUNTS
    zone = asked.school.timezone
    standings = Standings(now=now.cells, before=before.cells, directory=directory)
    span = asked.period.span
    dated, courses = rule_counts(rules, found.passports, _of_period(now, hits), before)
    unsigned = unsigned_lines(now.lesson_hits, directory, wording)
    return Week(
        school=asked.school.name,
        period=asked.period.name,
        first=russian_day(span.first),
        last=russian_day(span.last),
        as_of=moment_here(asked.as_of, zone),
        indices=indices_of(*standings.whole()),
        parallels=standings.parallels(),
        classes=standings.classes(),
        subjects=standings.subjects(),
        subject_groups=standings.subject_groups(),
        teachers=standings.teachers(),
        rules=dated,
        courses=courses,
        findings=finding_lines(hits, rules, directory, wording),
        unsigned_substitutions=len(unsigned),
        unsigned=unsigned,
        opened=beside.flow.opened,
        closed=beside.flow.closed,
        overdue=beside.flow.overdue,
        roster_orders=beside.orders,
        missing=missing_files(beside.sheets, beside.uncovered, directory),
        heat=heat(asked, standings, wording),
        consulted=beside.questions,
        desk=beside.desk,
        outages=outage_lines(beside.outages, zone, wording),
    )


def _of_period(now: Measured, hits: Sequence[Hit]) -> Measured:
    """Of terms and plans only what is dated in the period or open now, as it is listed."""
    listed = {hit.identity for hit in hits}
    courses = [hit for hit in now.course_hits if hit.identity in listed]
    return Measured(cells=now.cells, lesson_hits=now.lesson_hits, course_hits=courses)


def heat(asked: Asked, standings: Standings, wording: Wording) -> HeatMap:
    """Completeness by class and day of a month, by class and subject of a longer period."""
    period = wording.why(periods.said(asked.period))
    moment = moment_here(asked.as_of, asked.school.timezone)
    facts = {"period": period, "moment": moment}
    said = wording.why(Said("%(period)s, data as of %(moment)s", facts))
    title = wording.why(Said("How full the journal is, in per cent", {}))
    name = asked.school.name
    caption = f"{name}. {said}" if name else said
    if asked.period.kind is Kind.MONTH:
        return standings.heat(asked.period.span, title=title, caption=caption)
    return _by_subject(standings, title=title, caption=caption)


def _by_subject(standings: Standings, *, title: str, caption: str) -> HeatMap:
    names = standings.directory.names
    counted = summed(standings.now, lambda cell: (cell.class_unit, cell.subject))
    shares = {
        (names.class_units[unit], names.subjects[subject]): _share(tally)
        for (unit, subject), tally in counted.items()
        if unit is not None and subject is not None and tally.fields_due
    }
    rows = sorted({unit for unit, _ in shares}, key=class_order)
    columns = sorted({subject for _, subject in shares})
    return HeatMap(
        rows=rows,
        columns=columns,
        cells=[[shares.get((row, column)) for column in columns] for row in rows],
        title=title,
        caption=caption,
    )


def _share(tally: Tally) -> float:
    return 100.0 * tally.fields / tally.fields_due
