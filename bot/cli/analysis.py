"""``digest monthly|term``: the figures of an analysis, its message, picture, workbook, document."""

from collections.abc import Mapping
from dataclasses import asdict, fields
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from bot.cli import arguments
from bot.cli.opening import opened
from services.analyses.period import Kind

if TYPE_CHECKING:
    from bot.settings import Settings
    from services.analyses.view import Achievement, Analysis, Marks


class Made(NamedTuple):
    analysis: "Analysis"
    as_of: datetime
    message: str


async def make(
    settings: "Settings", kind: Kind, period: str | None, as_of: datetime | date | None
) -> Made | None:
    """None where the period has no data."""
    from bot.analyses import analyses_of  # noqa: PLC0415  # loaded where it is needed
    from bot.render import Renderer  # noqa: PLC0415

    renderer = Renderer()
    async with opened(settings) as place:
        zone = place.school.timezone
        moment = None if as_of is None else arguments.at(as_of, zone)
        analyses = analyses_of(place.database, place.database.clock, renderer)
        found = await analyses.asked(place.school.id, kind, period, moment)
        if found is None:
            return None
        analysis = await analyses.compose(found)
    message = renderer.voice(zone=zone).render("analyses/analysis", analysis=analysis, version=None)
    return Made(analysis, found.as_of_here, message)


def write(made: Made, out: Path) -> None:
    from bot.analysis_files import make_files  # noqa: PLC0415

    files = make_files(made.analysis)
    (out / "digest.xlsx").write_bytes(files.book)
    (out / "analysis.docx").write_bytes(files.document)
    if files.picture is not None:
        (out / "digest.png").write_bytes(files.picture)


def figures(made: Made) -> Mapping[str, object]:
    """The keys of the weekly figures, and those of an analysis."""
    analysis = made.analysis
    week = analysis.figures
    indices = {each.name: getattr(week.indices, each.name) for each in fields(week.indices)}
    return {
        "period": analysis.period,
        "as_of": made.as_of.isoformat(),
        "first": week.first,
        "last": week.last,
        "indices": {name: index.value for name, index in indices.items()},
        "changes": {name: index.change for name, index in indices.items()},
        "rules": {rule.code: rule.count for rule in (*week.rules, *week.courses)},
        "classes": {one.name: one.indices.completeness.value for one in week.classes},
        "opened": week.opened,
        "closed": week.closed,
        "overdue": week.overdue,
        "unsigned_substitutions": week.unsigned_substitutions,
        "roster_orders": week.roster_orders,
        "missing": week.missing,
        "checked": asdict(analysis.checked),
        "findings": analysis.findings,
        "lateness": [{**asdict(one), "late": one.late} for one in analysis.lateness],
        "repeated": [asdict(one) for one in analysis.repeated],
        "works": {one.name: one.works for one in analysis.works},
        "lags": [{**asdict(one), "lag": one.lag} for one in analysis.lags],
        "programme": {one.name: one.share for one in analysis.programme},
        "programme_total": analysis.programme_total.share,
        "compared": {
            one.key: {"now": one.now, "before": one.before, "year": one.year}
            for one in analysis.compared
        },
        "clean_classes": analysis.clean_classes,
        "clean_teachers": analysis.clean_teachers,
        "conclusions": analysis.drafted.conclusions,
        "recommendations": analysis.drafted.recommendations,
        "decision": analysis.drafted.decision,
        "recheck": analysis.recheck,
        **_achievement(analysis.achievement),
    }


def _achievement(found: "Achievement | None") -> Mapping[str, Any]:
    """Of a term or year only: the school's three figures, and those of every scope."""
    if found is None:
        return {}
    school = found.school
    scopes = ("classes", "subjects", "subject_groups", "teachers")
    return {
        "success": school.success,
        "quality": school.quality,
        "sou": school.sou,
        "unattested": school.unattested,
        "groundless": found.groundless,
        "marks": {
            "school": _marks(school),
            **{scope: {one.name: _marks(one) for one in getattr(found, scope)} for scope in scopes},
        },
    }


def _marks(one: "Marks") -> Mapping[str, object]:
    counts = {name: value for name, value in asdict(one).items() if name != "name"}
    return {
        **counts,
        "success": one.success,
        "quality": one.quality,
        "success_by_marks": one.success_by_marks,
        "quality_by_marks": one.quality_by_marks,
        "sou": one.sou,
    }
