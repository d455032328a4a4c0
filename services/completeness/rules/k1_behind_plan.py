"""K1: fewer lessons held than the plan has hours by now, whoever teaches."""

from services.completeness.rule import Extent, Facts, Rule, Said, Severity, Threshold

STATEMENT = """
, held AS MATERIALIZED (
    SELECT l.class_unit, l.subject, l.study_group, COUNT(*) AS lessons, MAX(l.staff) AS staff
    FROM scope
    CROSS JOIN journal_lessons AS l
    WHERE l.school = :school AND l.class_unit = scope.class_unit AND l.state = 1
      AND l.day BETWEEN :year_first AND :today
    GROUP BY l.class_unit, l.subject, l.study_group
), groups AS MATERIALIZED (
    SELECT a.class_unit, a.subject, a.study_group FROM journal_assignments AS a
    WHERE a.school = :school AND a.study_group <> 0 AND a.first <= :today
    UNION
    SELECT h.class_unit, h.subject, h.study_group FROM held AS h WHERE h.study_group <> 0
), planned AS MATERIALIZED (
    SELECT i.class_unit, i.subject, i.study_group, SUM(i.hours) AS hours
    FROM scope
    CROSS JOIN journal_plan_items AS i
    WHERE i.school = :school AND i.class_unit = scope.class_unit
      AND i.day BETWEEN :year_first AND :today
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
), lags AS MATERIALIZED (
    SELECT p.class_unit, p.subject, p.study_group, p.hours,
           COALESCE((SELECT SUM(h.lessons) FROM held AS h
                     WHERE h.class_unit = p.class_unit AND h.subject = p.subject
                       AND h.study_group IN (0, p.study_group)), 0) AS held
    FROM plans AS p
)
SELECT g.class_unit, g.subject, g.study_group,
       COALESCE((SELECT MAX(a.staff) FROM journal_assignments AS a
        WHERE a.school = :school AND a.class_unit = g.class_unit AND a.subject = g.subject
          AND a.study_group IN (0, g.study_group) AND :today BETWEEN a.first AND a.last),
       (SELECT MAX(h.staff) FROM held AS h
        WHERE h.class_unit = g.class_unit AND h.subject = g.subject
          AND h.study_group IN (0, g.study_group))) AS staff,
       NULL AS day, NULL AS number, NULL AS pupil,
       CASE WHEN g.hours - g.held * 100 >= :critical_lessons * 100
                 OR (g.hours - g.held * 100) * 100 > g.hours * :critical_percent
            THEN 'critical' END AS severity,
       g.hours, g.held
FROM lags AS g
WHERE g.hours - g.held * 100 >= :least_lessons * 100
"""


def why(facts: Facts) -> Said:
    return Said(
        "Planned by now %(planned)s hours, lessons held %(held)s, behind by %(lag)s.",
        {
            "planned": ("hours", facts["hours"]),
            "held": facts["held"],
            "lag": ("hours", facts["hours"] - facts["held"] * 100),
        },
    )


RULE = Rule(
    code="K1",
    title="Отставание от КТП",
    severity=Severity.MINOR,
    extent=Extent.COURSE,
    statement=STATEMENT,
    why=why,
    thresholds={
        "least_lessons": Threshold(2, 1, 50, "Отставание, уроков"),
        "critical_lessons": Threshold(4, 1, 50, "Критичное отставание, уроков"),
        "critical_percent": Threshold(10, 1, 100, "Критичное отставание, % от плана"),
    },
)
