"""Hours of plans and lessons held by course, as tables for whoever compares the two.

``plans`` has a row a course with its ``hours`` (hundredths) dated in the days asked about, ``held``
its lessons there and whoever taught. A plan of the whole class holds for each of its groups; items
of days that no file covers are left out.
"""

_PLAN_HOURS = """
, held AS MATERIALIZED (
    SELECT l.class_unit, l.subject, l.study_group, COUNT(*) AS lessons, MAX(l.staff) AS staff
    FROM scope
    CROSS JOIN journal_lessons AS l
    WHERE l.school = :school AND l.class_unit = scope.class_unit AND l.state = 1
      AND l.day BETWEEN {begin} AND {upto}
    GROUP BY l.class_unit, l.subject, l.study_group
), groups AS MATERIALIZED (
    SELECT a.class_unit, a.subject, a.study_group FROM journal_assignments AS a
    WHERE a.school = :school AND a.study_group <> 0 AND a.first <= {upto}
    UNION
    SELECT h.class_unit, h.subject, h.study_group FROM held AS h WHERE h.study_group <> 0
), planned AS MATERIALIZED (
    SELECT i.class_unit, i.subject, i.study_group, SUM(i.hours) AS hours
    FROM scope
    CROSS JOIN journal_plan_items AS i
    WHERE i.school = :school AND i.class_unit = scope.class_unit
      AND i.day BETWEEN {begin} AND {upto}
      AND EXISTS (
           SELECT 1 FROM journal_coverage AS v
           WHERE v.school = :school AND v.kind = 'lessons' AND v.class_unit = i.class_unit
             AND v.subject = i.subject AND i.day BETWEEN v.first AND v.last)
    GROUP BY i.class_unit, i.subject, i.study_group
), plans AS MATERIALIZED (
    SELECT p.class_unit, p.subject, COALESCE(g.study_group, p.study_group) AS study_group,
           SUM(p.hours) AS hours
    FROM planned AS p
    LEFT JOIN groups AS g ON g.class_unit = p.class_unit AND g.subject = p.subject
         AND p.study_group IN (0, g.study_group)
    GROUP BY p.class_unit, p.subject, COALESCE(g.study_group, p.study_group)
)"""


def plan_hours(begin: str, upto: str) -> str:
    """The tables over these days: SQL for an ordinal each."""
    return _PLAN_HOURS.replace("{begin}", begin).replace("{upto}", upto)
