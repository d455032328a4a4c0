"""Q2: a year mark that differs from the mean of the year's period marks.

Looked at when the year's last term has ended, for pupils enrolled on its last day, once the period
marks of every term of the class are in files. «н/а», «осв» and «зач» are not in the mean.
"""

from services.completeness.rule import Extent, Facts, Rule, Said, Severity, Threshold

STATEMENT = """
, years AS MATERIALIZED (
    SELECT t.class_unit, t.year, MAX(t.last) AS last
    FROM scope
    CROSS JOIN journal_class_terms AS t
    WHERE t.school = :school AND t.class_unit = scope.class_unit AND t.kind <> 'год'
    GROUP BY t.class_unit, t.year, scope.first
    HAVING MAX(t.last) >= scope.first
), ended AS MATERIALIZED (
    SELECT y.*
    FROM years AS y
    JOIN journal_calendar AS c ON c.school = :school AND c.day = y.last
    JOIN journal_classes AS k ON k.school = :school AND k.class_unit = y.class_unit
    WHERE c.ends <= :as_of AND k.grade > 1
      AND NOT EXISTS (
           SELECT 1 FROM journal_class_terms AS t
           WHERE t.school = :school AND t.class_unit = y.class_unit AND t.year = y.year
             AND t.kind <> 'год' AND NOT EXISTS (
                  SELECT 1 FROM journal_term_coverage AS v
                  WHERE v.school = :school AND v.class_unit = t.class_unit AND v.year = t.year
                    AND v.kind = t.kind AND v.number = t.number))
), persons AS MATERIALIZED (
    SELECT DISTINCT e.pupil, e.person FROM journal_enrollments AS e WHERE e.school = :school
), kin AS MATERIALIZED (
    -- every number that one person has had: period marks before a transfer count
    SELECT DISTINCT p.pupil, n.pupil AS other
    FROM persons AS p
    JOIN persons AS n ON n.person = p.person
), means AS MATERIALIZED (
    SELECT f.class_unit, f.subject, f.pupil, f.value, f.year, u.last,
           (SELECT SUM(p.value) * 10000 / COUNT(p.value)
            FROM kin CROSS JOIN journal_term_marks AS p
            WHERE kin.pupil = f.pupil AND p.school = :school AND p.pupil = kin.other
              AND p.subject = f.subject AND p.year = f.year AND p.number > 0) AS mean
    FROM ended AS u
    CROSS JOIN journal_enrollments AS e
    CROSS JOIN journal_term_marks AS f
    WHERE e.school = :school AND e.class_unit = u.class_unit
      AND e.first <= u.last AND e.last >= u.last
      AND f.school = :school AND f.pupil = e.pupil AND f.kind = 'год' AND f.year = u.year
      AND f.value IS NOT NULL
), compared AS (
    SELECT m.*, m.mean / 10000 AS whole,
           m.mean / 10000
           + CASE WHEN m.mean % 10000 + 10 >= :k_percent * 100 THEN 1 ELSE 0 END AS expected,
           CASE WHEN m.mean % 10000 BETWEEN :k_percent * 100 - :disputed_percent * 100
                     AND :k_percent * 100 + :disputed_percent * 100
                THEN 1 ELSE 0 END AS disputed
    FROM means AS m
    JOIN journal_subjects AS s ON s.school = :school AND s.subject = m.subject
    WHERE s.marks = 1 AND m.mean IS NOT NULL
)
SELECT c.class_unit, c.subject,
       COALESCE((SELECT MAX(g.study_group) FROM journal_group_pupils AS g
                 JOIN study_groups AS n ON n.id = g.study_group
                 WHERE g.school = :school AND g.pupil = c.pupil AND n.class_unit = c.class_unit
                   AND n.subject = c.subject), 0) AS study_group,
       (SELECT MAX(a.staff) FROM journal_assignments AS a
        WHERE a.school = :school AND a.class_unit = c.class_unit AND a.subject = c.subject
          AND a.first <= c.last AND a.last >= c.last
          AND (a.study_group = 0 OR EXISTS (
               SELECT 1 FROM journal_group_pupils AS g
               WHERE g.school = :school AND g.study_group = a.study_group
                 AND g.pupil = c.pupil))) AS staff,
       c.last AS day, NULL AS number, c.pupil,
       CASE WHEN c.disputed = 1 THEN 'advice' END AS severity,
       c.value, c.mean, c.expected,
       (SELECT COUNT(p.value) FROM kin CROSS JOIN journal_term_marks AS p
        WHERE kin.pupil = c.pupil AND p.school = :school AND p.pupil = kin.other
          AND p.subject = c.subject AND p.year = c.year AND p.number > 0) AS marks
FROM compared AS c
WHERE (c.disputed = 0 AND c.value <> c.expected)
   OR (c.disputed = 1 AND c.value NOT IN (c.whole, c.whole + 1))
"""


def why(facts: Facts) -> Said:
    return Said(
        "The year's mark is %(value)s, the mean of %(marks)s period marks is %(mean)s, "
        "expected %(expected)s.",
        {
            "value": facts["value"],
            "marks": facts["marks"],
            "mean": ("mean", facts["mean"]),
            "expected": facts["expected"],
        },
    )


RULE = Rule(
    code="Q2",
    title="Год расходится с периодами",
    severity=Severity.MAJOR,
    extent=Extent.COURSE,
    statement=STATEMENT,
    why=why,
    thresholds={
        "k_percent": Threshold(50, 1, 99, "С какой доли округлять вверх, сотых"),
        "disputed_percent": Threshold(10, 0, 49, "Спорная зона возле неё, сотых"),
    },
)
