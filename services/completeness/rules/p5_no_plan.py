"""P5: a class and subject of the load without a plan, or with one of other hours.

A week's hours times the weeks of the year are not the lessons that the calendar leaves, so a plan
is right when it is near either, and only a plan far from both is reported. A school without any
plan has not loaded its plans yet.
"""

from services.completeness.rule import Extent, Facts, Rule, Said, Severity, Threshold

STATEMENT = """
, plans AS MATERIALIZED (
    SELECT i.class_unit, i.subject, i.study_group, SUM(i.hours) AS hours
    FROM scope
    CROSS JOIN journal_plan_items AS i
    WHERE i.school = :school AND i.class_unit = scope.class_unit
      AND (i.day IS NULL OR i.day >= :year_first)
    GROUP BY i.class_unit, i.subject, i.study_group
), loads AS MATERIALIZED (
    -- a group's hours a week now; successive teachers are not added
    SELECT a.class_unit, a.subject, a.study_group, MAX(a.hours) AS least, SUM(a.hours) AS most,
           MAX(a.staff) AS staff
    FROM scope
    CROSS JOIN journal_assignments AS a
    WHERE a.school = :school AND a.class_unit = scope.class_unit AND a.hours > 0
      AND :today BETWEEN a.first AND a.last AND :today > :year_first + 30 + :due_day
      AND EXISTS (
           SELECT 1 FROM journal_plan_items AS i
           WHERE i.school = :school AND (i.day IS NULL OR i.day >= :year_first))
      AND NOT EXISTS (
           SELECT 1 FROM journal_empty_rosters AS x
           WHERE x.school = :school AND x.class_unit = a.class_unit
             AND x.study_group IN (0, a.study_group) AND :today BETWEEN x.first AND x.last)
    GROUP BY a.class_unit, a.subject, a.study_group
), years AS MATERIALIZED (
    -- days of study in the class's year, 34 weeks where no term is known
    SELECT scope.class_unit,
           COALESCE((SELECT SUM(t.last - t.first + 1) FROM journal_class_terms AS t
                     WHERE t.school = :school AND t.class_unit = scope.class_unit
                       AND t.kind <> 'год' AND t.first >= :year_first
                       AND t.first < :year_first + 365), 238) AS days
    FROM scope
), planned AS MATERIALIZED (
    SELECT g.class_unit, g.subject, g.study_group, g.staff, g.least, g.most, y.days,
           (SELECT SUM(p.hours) FROM plans AS p
            WHERE p.class_unit = g.class_unit AND p.subject = g.subject
              AND (p.study_group = g.study_group
                   OR (p.study_group = 0 AND NOT EXISTS (
                       SELECT 1 FROM plans AS o
                       WHERE o.class_unit = g.class_unit AND o.subject = g.subject
                         AND o.study_group = g.study_group)))) AS hours,
           (SELECT MAX(p.hours) FROM plans AS p
            WHERE p.class_unit = g.class_unit AND p.subject = g.subject) AS any_hours
    FROM loads AS g
    JOIN years AS y ON y.class_unit = g.class_unit
), lacking AS MATERIALIZED (
    -- without any plan the subject is named once, whatever its groups
    SELECT o.class_unit, o.subject,
           CASE WHEN o.any_hours IS NULL THEN 0 ELSE o.study_group END AS study_group,
           MAX(o.staff) AS staff, MAX(o.least) AS least, NULL AS hours
    FROM planned AS o
    WHERE o.hours IS NULL AND (o.study_group <> 0 OR o.any_hours IS NULL)
    GROUP BY o.class_unit, o.subject,
             CASE WHEN o.any_hours IS NULL THEN 0 ELSE o.study_group END
), timetabled AS MATERIALIZED (
    SELECT o.class_unit, o.subject, o.study_group, o.staff, o.least, o.most, o.days, o.hours,
           (SELECT COUNT(DISTINCT e.day * 100 + e.number) FROM journal_expected_lessons AS e
            WHERE e.school = :school AND e.class_unit = o.class_unit AND e.subject = o.subject
              AND e.study_group IN (0, o.study_group) AND e.state IN (1, 2, 3)
              AND e.day BETWEEN :year_first AND :year_first + 365) AS lessons
    FROM planned AS o
    WHERE o.hours * 7 * 100 < o.least * o.days * (100 - :percent)
       OR o.hours * 7 * 100 > o.most * o.days * (100 + :percent)
)
SELECT o.class_unit, o.subject, o.study_group, o.staff, NULL AS day, NULL AS number,
       NULL AS pupil, o.hours AS planned, o.least * o.days / 7 AS due, o.least AS weekly
FROM timetabled AS o
WHERE o.lessons = 0
   OR o.hours < o.lessons * (100 - :percent) OR o.hours > o.lessons * (100 + :percent)
UNION ALL
SELECT o.class_unit, o.subject, o.study_group, o.staff, NULL, NULL, NULL, NULL, NULL, o.least
FROM lacking AS o
"""


def why(facts: Facts) -> Said:
    if facts["planned"] is None:
        return Said("The load has %(weekly)s hours a week, and there is no plan.", {
            "weekly": ("hours", facts["weekly"]),
        })  # fmt: skip
    return Said("The plan has %(planned)s hours, and %(weekly)s hours a week make about %(due)s.", {
        "planned": ("hours", facts["planned"]),
        "weekly": ("hours", facts["weekly"]),
        "due": ("hours", round(facts["due"], -2)),
    })  # fmt: skip


RULE = Rule(
    code="P5",
    title="Нет КТП",
    severity=Severity.MAJOR,
    extent=Extent.COURSE,
    statement=STATEMENT,
    why=why,
    thresholds={
        "due_day": Threshold(10, 1, 60, "День сентября, к которому нужен КТП"),
        "percent": Threshold(10, 0, 50, "Насколько часы КТП могут расходиться с нагрузкой, %"),
    },
)
