"""C3: a pupil came or left during the year, and no order is named.

An order of moving may stand at either of its two lines; the order by which a pupil once came says
nothing of leaving: it is told by standing at lines of that day that go on, or by a date in it near
that day. A school whose lists name no order at all has not sent them: nothing is said. Coming by
the first day of the year's first term and leaving on the last day of its last one or later are no
changes, and neither is a line that goes on in the same class the next day: a changed surname.
"""

import re
from collections.abc import Mapping
from contextlib import suppress
from datetime import date

from services.completeness.rule import Extent, Facts, Rule, Said, Severity

STATEMENT = """
, ordered AS MATERIALIZED (
    SELECT COUNT(*) AS orders FROM journal_enrollments AS e
    WHERE e.school = :school AND COALESCE(e.order_text, '') <> ''
), years AS MATERIALIZED (
    SELECT scope.class_unit,
           COALESCE(MIN(t.first), :year_first + 31) AS first,
           COALESCE(MAX(t.last), :year_first + 292) AS last
    FROM scope
    LEFT JOIN journal_class_terms AS t ON t.school = :school AND t.class_unit = scope.class_unit
         AND t.first BETWEEN :year_first AND :year_first + 364
    GROUP BY scope.class_unit
), moves AS MATERIALIZED (
    SELECT e.class_unit, e.pupil, e.person, e.first AS day, 1 AS came
    FROM years AS y
    JOIN journal_enrollments AS e ON e.school = :school AND e.class_unit = y.class_unit
    WHERE e.first > y.first AND e.first <= :today AND COALESCE(e.order_text, '') = ''
      AND NOT EXISTS (
           SELECT 1 FROM journal_enrollments AS o
           WHERE o.school = :school AND o.class_unit = e.class_unit AND o.pupil = e.pupil
             AND o.last = e.first - 1)
    UNION ALL
    SELECT e.class_unit, e.pupil, e.person, e.last, 0
    FROM years AS y
    JOIN journal_enrollments AS e ON e.school = :school AND e.class_unit = y.class_unit
    WHERE e.last >= y.first AND e.last < y.last AND e.last < :today
      AND COALESCE(e.order_text, '') = ''
      AND NOT EXISTS (
           SELECT 1 FROM journal_enrollments AS o
           WHERE o.school = :school AND o.class_unit = e.class_unit AND o.pupil = e.pupil
             AND o.first = e.last + 1)
), other_lines AS MATERIALIZED (
    -- the other line of the same move; of one left, only an order of leaving
    SELECT m.class_unit, m.pupil, m.day, e.order_text, e.first AS since, m.came
    FROM moves AS m
    JOIN journal_enrollments AS e ON e.school = :school AND e.person = m.person
         AND COALESCE(e.order_text, '') <> ''
         AND ((m.came = 1 AND e.last BETWEEN m.day - 14 AND m.day)
              OR (m.came = 0 AND e.first BETWEEN m.day AND m.day + 14))
    WHERE m.came = 0 OR NOT EXISTS (
          SELECT 1 FROM journal_enrollments AS o
          WHERE o.school = :school AND o.order_text = e.order_text AND o.first = e.first
            AND o.last > e.last)
), unordered AS MATERIALIZED (
    SELECT m.*, o.order_text AS other_order, o.since AS other_since
    FROM moves AS m
    CROSS JOIN ordered AS w
    LEFT JOIN other_lines AS o ON o.class_unit = m.class_unit AND o.pupil = m.pupil
         AND o.day = m.day AND o.came = m.came
    WHERE w.orders > 0
      AND (m.came = 1 OR o.order_text IS NULL)
      AND NOT EXISTS (
           -- one move, two lines: told as coming
           SELECT 1 FROM moves AS n
           WHERE m.came = 0 AND n.came = 1 AND n.person = m.person
             AND n.day BETWEEN m.day AND m.day + 14)
)
SELECT u.class_unit, NULL AS subject, 0 AS study_group, NULL AS staff, u.day, NULL AS number,
       u.pupil, MAX(u.came) AS came, u.day AS moved,
       MAX(u.other_order) AS other_order, MAX(u.other_since) AS other_since
FROM unordered AS u
JOIN scope ON scope.class_unit = u.class_unit AND u.day >= scope.first
GROUP BY u.class_unit, u.pupil, u.day
"""
_DATED = re.compile(r"\b(\d{1,2})\.(\d{1,2})\.(\d{4}|\d{2})\b")
_CENTURY = 2000


def unordered(facts: Facts) -> Mapping[str, object] | None:
    """None where the line before names an order that may be one of leaving."""
    said, since = facts["other_order"], facts["other_since"]
    if said is None or _of_coming(said, since=since, left=facts["moved"]):
        return {"came": facts["came"]}
    return None


def _of_coming(said: str, *, since: int, left: int) -> bool:
    """Whether its dates are all nearer to the line's beginning than to its end."""
    days = []
    for day, month, year in _DATED.findall(said):
        full = int(year) if int(year) >= _CENTURY else _CENTURY + int(year)
        with suppress(ValueError):
            days.append(date(full, int(month), int(day)).toordinal())
    return bool(days) and all(abs(day - since) < abs(day - left) for day in days)


def why(facts: Facts) -> Said:
    if facts["came"]:
        return Said("The pupil came on %(day)s, and no order is named.", {
            "day": ("day", facts["day"]),
        })  # fmt: skip
    return Said("The pupil left on %(day)s, and no order is named.", {
        "day": ("day", facts["day"]),
    })  # fmt: skip


RULE = Rule(
    code="C3",
    title="Движение без приказа",
    severity=Severity.MAJOR,
    extent=Extent.COURSE,
    statement=STATEMENT,
    why=why,
    settle=unordered,
)
