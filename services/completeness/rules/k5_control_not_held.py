"""K5: a control work of the plan whose day has passed, and no control lesson is held instead.

A control lesson of the course counts for an item from ``days`` before its day to ``days`` before
the next item's: a work held late mends the finding. An item without a date is not asked, nor is
anything while no file tells kinds of works.
"""

from services.completeness.rule import Extent, Facts, Rule, Said, Severity, Threshold

STATEMENT = """
, works AS MATERIALIZED (
    SELECT i.class_unit, i.subject, i.study_group, i.day, MIN(i.position) AS position,
           MIN(i.topic) AS topic, MIN(i.work_kind) AS work_kind, MAX(i.staff) AS staff,
           LEAD(i.day) OVER (PARTITION BY i.class_unit, i.subject, i.study_group
                             ORDER BY i.day) AS next_day
    FROM scope
    CROSS JOIN journal_plan_items AS i
    WHERE i.school = :school AND i.class_unit = scope.class_unit AND i.work_kind <> ''
      AND i.day >= :year_first
    GROUP BY i.class_unit, i.subject, i.study_group, i.day
), overdue AS MATERIALIZED (
    SELECT w.*
    FROM works AS w
    JOIN scope ON scope.class_unit = w.class_unit AND w.day BETWEEN scope.first AND scope.last
    JOIN journal_calendar AS c ON c.school = :school AND c.day = w.day + :days
    WHERE c.ends <= :as_of
      AND EXISTS (
           SELECT 1 FROM journal_coverage AS v
           WHERE v.school = :school AND v.kind = 'lessons' AND v.class_unit = w.class_unit
             AND v.subject = w.subject AND v.first <= w.day AND v.last >= w.day + :days)
      AND EXISTS (
           SELECT 1 FROM journal_lessons AS l
           WHERE l.school = :school AND l.day >= :year_first
             AND (l.work_kind <> '' OR l.work_type IS NOT NULL))
), held AS MATERIALIZED (
    SELECT l.class_unit, l.subject, l.study_group, l.day, l.work_kind
    FROM scope
    CROSS JOIN journal_lessons AS l
    WHERE l.school = :school AND l.class_unit = scope.class_unit AND l.state = 1
      AND l.day BETWEEN :year_first - :days AND :today
      AND (l.work_kind <> '' OR l.study_group <> 0)
), groups AS MATERIALIZED (
    SELECT a.class_unit, a.subject, a.study_group FROM journal_assignments AS a
    WHERE a.school = :school AND a.study_group <> 0 AND a.first <= :today AND a.last >= :year_first
    UNION
    SELECT h.class_unit, h.subject, h.study_group FROM held AS h WHERE h.study_group <> 0
), asked AS MATERIALIZED (
    SELECT w.class_unit, w.subject, COALESCE(g.study_group, w.study_group) AS study_group, w.day,
           w.topic, w.work_kind, w.staff,
           CASE WHEN w.next_day - :days - 1 > w.day + :days THEN w.next_day - :days - 1
                WHEN w.next_day IS NULL THEN :today
                ELSE w.day + :days END AS until
    FROM overdue AS w
    LEFT JOIN groups AS g ON g.class_unit = w.class_unit AND g.subject = w.subject
         AND w.study_group IN (0, g.study_group)
)
SELECT w.class_unit, w.subject, w.study_group,
       COALESCE((SELECT MAX(a.staff) FROM journal_assignments AS a
                 WHERE a.school = :school AND a.class_unit = w.class_unit
                   AND a.subject = w.subject AND a.study_group IN (0, w.study_group)
                   AND w.day BETWEEN a.first AND a.last), w.staff) AS staff,
       w.day, NULL AS number, NULL AS pupil, w.topic, w.work_kind
FROM asked AS w
WHERE NOT EXISTS (
      SELECT 1 FROM held AS h
      WHERE h.class_unit = w.class_unit AND h.subject = w.subject
        AND h.study_group IN (0, w.study_group) AND h.work_kind <> ''
        AND h.day BETWEEN w.day - :days AND w.until)
"""


def why(facts: Facts) -> Said:
    return Said("The plan has «%(topic)s» on %(day)s, but no such work is in the journal.", {
        "topic": facts["topic"],
        "day": ("day", facts["day"]),
    })  # fmt: skip


RULE = Rule(
    code="K5",
    title="Контрольная не проведена",
    severity=Severity.MINOR,
    extent=Extent.LESSON,
    late=True,
    statement=STATEMENT,
    why=why,
    thresholds={"days": Threshold(5, 1, 60, "Дней после срока контрольной")},
)
