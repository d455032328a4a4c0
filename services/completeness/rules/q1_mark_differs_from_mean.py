"""Q1: a period mark that differs from the mean of the term's marks."""

from services.completeness.rule import Extent, Facts, Rule, Said, Severity, Threshold

STATEMENT = """
, ended AS MATERIALIZED (
    SELECT t.class_unit, t.year, t.kind, t.number, t.first, t.last
    FROM scope
    CROSS JOIN journal_class_terms AS t
    CROSS JOIN journal_calendar AS c
    WHERE t.school = :school AND t.class_unit = scope.class_unit AND t.kind <> 'год'
      AND t.last >= scope.first
      AND c.school = :school AND c.day = t.last AND c.ends <= :as_of
), covered AS MATERIALIZED (
    SELECT DISTINCT u.class_unit, u.year, u.kind, u.number, u.first, u.last, v.subject
    FROM ended AS u
    CROSS JOIN journal_coverage AS v
    JOIN journal_classes AS k ON k.school = :school AND k.class_unit = v.class_unit
    JOIN journal_subjects AS s ON s.school = :school AND s.subject = v.subject
    WHERE v.school = :school AND v.class_unit = u.class_unit AND v.kind = 'marks'
      AND v.first < u.first + 7 AND v.last > u.last - 7 AND k.grade > 1 AND s.marks = 1
), persons AS MATERIALIZED (
    SELECT DISTINCT e.pupil, e.person FROM journal_enrollments AS e WHERE e.school = :school
), kin AS MATERIALIZED (
    -- every number that one person has had: marks before a transfer count in the new class
    SELECT DISTINCT p.pupil, n.pupil AS other
    FROM persons AS p
    JOIN persons AS n ON n.person = p.person
), means AS MATERIALIZED (
    SELECT f.class_unit, f.subject, f.pupil, f.value, u.kind, u.number, u.first, u.last,
           (SELECT SUM(m.value * COALESCE(m.weight, 100)) * 10000 / SUM(COALESCE(m.weight, 100))
            FROM kin CROSS JOIN journal_marks AS m
            WHERE kin.pupil = f.pupil AND m.school = :school AND m.pupil = kin.other
              AND m.subject = f.subject AND m.day BETWEEN u.first AND u.last
              AND m.value IS NOT NULL AND (m.weight IS NULL OR m.weight > 0)) AS mean
    FROM (SELECT DISTINCT class_unit FROM ended) AS k
    CROSS JOIN journal_enrollments AS e
    CROSS JOIN journal_term_marks AS f
    CROSS JOIN covered AS u
    WHERE e.school = :school AND e.class_unit = k.class_unit
      AND f.school = :school AND f.pupil = e.pupil AND f.value IS NOT NULL
      AND u.class_unit = f.class_unit AND u.subject = f.subject AND u.year = f.year
      AND u.kind = f.kind AND u.number = f.number
      AND e.first <= u.last AND e.last >= u.last
), compared AS (
    SELECT m.*, m.mean / 10000 AS whole,
           m.mean / 10000
           + CASE WHEN m.mean % 10000 + 10 >= :k_percent * 100 THEN 1 ELSE 0 END AS expected,
           CASE WHEN m.mean % 10000 BETWEEN :k_percent * 100 - :disputed_percent * 100
                     AND :k_percent * 100 + :disputed_percent * 100
                THEN 1 ELSE 0 END AS disputed
    FROM means AS m
    WHERE m.mean IS NOT NULL
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
       c.kind, c.number AS term, c.value, c.mean, c.expected,
       (SELECT COUNT(*) FROM kin CROSS JOIN journal_marks AS m
        WHERE kin.pupil = c.pupil AND m.school = :school AND m.pupil = kin.other
          AND m.subject = c.subject AND m.day BETWEEN c.first AND c.last
          AND m.value IS NOT NULL) AS marks
FROM compared AS c
WHERE (c.disputed = 0 AND c.value <> c.expected)
   OR (c.disputed = 1 AND c.value NOT IN (c.whole, c.whole + 1))
"""


def why(facts: Facts) -> Said:
    return Said(
        "%(term)s: the mark is %(value)s, the mean of %(marks)s marks is %(mean)s, "
        "expected %(expected)s.",
        {
            "term": (facts["kind"], facts["term"]),
            "value": facts["value"],
            "marks": facts["marks"],
            "mean": ("mean", facts["mean"]),
            "expected": facts["expected"],
        },
    )


RULE = Rule(
    code="Q1",
    title="Итог расходится со средним",
    severity=Severity.MAJOR,
    extent=Extent.COURSE,
    statement=STATEMENT,
    why=why,
    thresholds={
        "k_percent": Threshold(50, 1, 99, "С какой доли округлять вверх, сотых"),
        "disputed_percent": Threshold(10, 0, 49, "Спорная зона возле неё, сотых"),
    },
)
