"""What a template of the analysis may name: every field ready to be printed, none of a pupil."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from bot.shares import tenths
from bot.workbooks.book import clean
from services.analyses.view import Achievement, Analysis, Compared, Course, Marks, Method, Programme
from services.figures import Index, Standing

NO_DATA = "нет данных"
NOTHING = "–"
Row = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Heading:
    """``number`` is that of the school's analyses («»: not kept), ``version`` counts from 1."""

    number: str = ""
    version: int = 1


def fields_of(analysis: Analysis, heading: Heading) -> dict[str, Any]:
    """Name -> text, or a list of rows of such; described in docs/analyses.md."""
    figures, checked = analysis.figures, analysis.checked
    found = {
        "school": figures.school,
        "number": heading.number,
        "version": str(heading.version),
        "date": analysis.day,
        "period": analysis.title,
        "first": figures.first,
        "last": figures.last,
        "as_of": figures.as_of or NO_DATA,
        "running": analysis.running,
        "classes": ", ".join(checked.classes) or NO_DATA,
        "classes_count": str(len(checked.classes)),
        "teachers_count": str(checked.teachers),
        "lessons_count": str(checked.lessons),
        "marks_count": str(checked.marks),
        "late_classes": ", ".join(checked.late),
        "missing": "; ".join(figures.missing),
        "rules": [_method(one) for one in analysis.method],
        "rules_count": str(len(analysis.method)),
        "compared": [_compared(one) for one in analysis.compared],
        "previous": analysis.previous or NO_DATA,
        "year_ago": analysis.year_ago or NO_DATA,
        "by_class": [_standing(one) for one in figures.classes],
        "by_subject_group": [_standing(one) for one in figures.subject_groups],
        "by_rule": _by_rule(analysis),
        "lateness": [
            {
                "week": one.week,
                "judged": str(one.judged),
                "late": str(one.judged - one.in_time),
                "share": per_cent(one.late),
            }
            for one in analysis.lateness
        ],
        "repeated": [
            {
                "teacher": one.teacher,
                "rule": f"{one.rule} {one.title}",
                "weeks": str(one.weeks),
                "count": str(one.findings),
            }
            for one in analysis.repeated
        ],
        "works": [
            {"name": one.name, "works": str(one.works), "most": str(one.most)}
            for one in analysis.works
        ],
        "lags": [_course(one) for one in analysis.lags],
        "programme": [_programme(one) for one in analysis.programme],
        "programme_total": _programme(analysis.programme_total),
        "decisions_due": list(analysis.decisions_due),
        "clean_classes": ", ".join(analysis.clean_classes),
        "clean_teachers": ", ".join(analysis.clean_teachers),
        "clean_teachers_count": str(len(analysis.clean_teachers)),
        "remarks": [
            {"name": one.name, "count": str(one.findings), "rules": one.rules}
            for one in analysis.teacher_remarks
        ],
        "class_remarks": [
            {"name": one.name, "count": str(one.findings), "rules": one.rules}
            for one in analysis.class_remarks
        ],
        "findings_count": str(analysis.findings),
        "conclusions": analysis.drafted.conclusions,
        "recommendations": analysis.drafted.recommendations,
        "decision": analysis.drafted.decision,
        "recheck": analysis.recheck,
        **_activity(analysis),
        **_achievement(analysis.achievement),
    }
    return {name: _clean(value) for name, value in found.items()}


def per_cent(share: float | None) -> str:
    return NO_DATA if share is None else f"{tenths(share):.1f} %".replace(".", ",")


def number(value: float) -> str:
    return f"{value:g}".replace(".", ",")


def _clean(value: Any) -> Any:  # noqa: ANN401  # texts in lists and rows, to any depth
    if isinstance(value, str):
        return clean(value)
    if isinstance(value, list):
        return [_clean(one) for one in value]
    return {name: _clean(one) for name, one in value.items()} if isinstance(value, dict) else value


def _by_rule(analysis: Analysis) -> list[Row]:
    """Of the findings that are no mere advice, as all the lists of the document."""
    counted = Counter(identity.partition(":")[0] for identity in analysis.identities)
    return [
        {"code": one.code, "title": one.title, "count": str(counted[one.code])}
        for one in analysis.method
        if counted[one.code]
    ]


def _method(one: Method) -> Row:
    return {
        "code": one.code,
        "title": one.title,
        "version": str(one.version),
        "clause": one.clause or NOTHING,
    }


def _compared(one: Compared) -> Row:
    shown = per_cent if one.unit == "share" else _count
    change = "" if one.change is None else f"{one.change:+.1f}".replace(".", ",")
    if one.unit != "share" and one.change is not None:
        change = f"{one.change:+.0f}"
    return {
        "name": one.name,
        "now": shown(one.now),
        "before": shown(one.before),
        "year": shown(one.year),
        "change": change or NOTHING,
    }


def _count(value: float | None) -> str:
    return NO_DATA if value is None else f"{value:.0f}"


def _standing(one: Standing) -> Row:
    def shown(index: Index) -> str:
        return per_cent(index.value)

    return {
        "name": one.name,
        "completeness": shown(one.indices.completeness),
        "timeliness": shown(one.indices.timeliness),
        "accumulation": shown(one.indices.accumulation),
        "reliability": shown(one.indices.reliability),
        "findings": str(one.findings),
    }


def _course(one: Course) -> Row:
    return {
        "class_unit": one.class_unit,
        "subject": one.subject,
        "study_group": one.study_group,
        "teacher": one.teacher or NOTHING,
        "planned": number(one.planned),
        "held": str(one.held),
        "lag": number(one.lag),
    }


def _programme(one: Programme) -> Row:
    return {
        "name": one.name,
        "planned": number(one.planned),
        "done": number(one.done),
        "share": per_cent(one.share),
    }


def _marks(one: Marks) -> Row:
    return {
        "name": one.name,
        "total": str(one.total if one.pupils is None else one.pupils),
        "five": str(one.five),
        "four": str(one.four),
        "three": str(one.three),
        "two": str(one.two),
        "unattested": str(one.unattested),
        "success": per_cent(one.success),
        "quality": per_cent(one.quality),
        "sou": per_cent(one.sou),
    }


def _achievement(found: Achievement | None) -> dict[str, Any]:
    """``graded`` tells whether the period has marks of its own."""
    scopes = ("classes", "subjects", "subject_groups", "teachers")
    names = {scope: f"marks_by_{scope}" for scope in scopes}
    if found is None:
        empty: Mapping[str, Sequence[Row]] = {names[scope]: [] for scope in scopes}
        return {"graded": False, "marks": _marks(Marks(name="")), "groundless": NOTHING, **empty}
    groundless = NO_DATA if found.groundless is None else str(found.groundless)
    rows = {names[scope]: [_marks(one) for one in getattr(found, scope)] for scope in scopes}
    return {"graded": True, "marks": _marks(found.school), "groundless": groundless, **rows}


def _activity(analysis: Analysis) -> dict[str, str]:
    consulted, desk = analysis.figures.consulted, analysis.figures.desk
    return {
        "questions": str(consulted.asked if consulted else 0),
        "answered": str(consulted.answered if consulted else 0),
        "tickets_opened": str(desk.opened if desk else 0),
        "tickets_closed": str(desk.closed if desk else 0),
        "roster_orders": str(analysis.figures.roster_orders),
        "outages": "; ".join(analysis.figures.outages) or "не было",
    }
