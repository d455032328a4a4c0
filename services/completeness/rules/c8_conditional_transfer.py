"""C8: a conditional transfer whose deadline has passed, and the list still says so.

The order of the pupil's line says «условно». The deadline is the date that it names («до
01.12.2026»), else ``day`` and ``month`` of the academic year: a debt is settled within a year of
its arising (Federal Law 273-ФЗ, art. 58), that is by the end of the next year of study. A line
that has ended, or another one of the same pupil in force that is not conditional, settles it.
"""

import re
from collections.abc import Mapping
from datetime import date

from services.completeness.rule import Extent, Facts, Rule, Said, Severity, Threshold

STATEMENT = """
SELECT e.class_unit, NULL AS subject, 0 AS study_group, NULL AS staff, NULL AS day,
       NULL AS number, e.pupil, MIN(e.order_text) AS said, :today AS asked,
       :year_first AS year_first, :month AS month, :date AS date
FROM scope
JOIN journal_enrollments AS e ON e.school = :school AND e.class_unit = scope.class_unit
WHERE :today BETWEEN e.first AND e.last
  AND (e.order_text LIKE '%словно%' OR e.order_text LIKE '%СЛОВНО%')
  AND e.order_text NOT LIKE '%езусловно%'
  AND NOT EXISTS (
       SELECT 1 FROM journal_enrollments AS n
       WHERE n.school = :school AND n.person = e.person AND n.first > e.first
         AND n.first <= :today AND n.order_text <> '' AND n.order_text NOT LIKE '%словно%')
GROUP BY e.class_unit, e.pupil
"""
_UNTIL = re.compile(
    r"\b(?:до|по|срок\w*)\s*:?\s*(\d{1,2})\.(\d{1,2})\.(\d{4}|\d{2})\b", re.IGNORECASE
)
_CENTURY = 2000


def overdue(facts: Facts) -> Mapping[str, object] | None:
    """The deadline as the finding's fact; None while it has not passed."""
    due = _named(facts["said"]) or _usual(facts)
    return {"due_day": due} if due < facts["asked"] else None


def _named(said: str) -> int | None:
    found = _UNTIL.search(said)
    if found is None:
        return None
    day, month, year = (int(part) for part in found.groups())
    return _ordinal(year if year >= _CENTURY else _CENTURY + year, month, day)


def _usual(facts: Facts) -> int:
    autumn = date.fromordinal(facts["year_first"])
    year = autumn.year + (facts["month"] < autumn.month)
    day = int(facts["date"])
    while (due := _ordinal(year, facts["month"], day)) is None:
        day -= 1
    return due


def _ordinal(year: int, month: int, day: int) -> int | None:
    """None for a date that there is not: the 31st of June."""
    try:
        return date(year, month, day).toordinal()
    except ValueError:
        return None


def why(facts: Facts) -> Said:
    return Said("Transferred conditionally, the debt was to be settled by %(due)s.", {
        "due": ("day", facts["due_day"]),
    })  # fmt: skip


RULE = Rule(
    code="C8",
    title="Условный перевод просрочен",
    severity=Severity.MAJOR,
    extent=Extent.COURSE,
    statement=STATEMENT,
    why=why,
    settle=overdue,
    thresholds={
        "month": Threshold(6, 1, 12, "Срок ликвидации задолженности: месяц"),
        "date": Threshold(30, 1, 31, "Срок ликвидации задолженности: число"),
    },
)
