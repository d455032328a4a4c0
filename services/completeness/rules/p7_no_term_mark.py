"""P7: an enrolled pupil without a period mark, from two school days before the term's end on."""

from services.completeness.rule import Extent, Facts, Rule, Said, Severity, Threshold

STATEMENT = """
, due AS MATERIALIZED (
    SELECT t.class_unit, t.year, t.kind, t.number, t.first, t.last
    FROM scope
    CROSS JOIN journal_class_terms AS t
    CROSS JOIN journal_class_days AS z
    CROSS JOIN journal_class_days AS d
    CROSS JOIN journal_calendar AS c
    WHERE t.school = :school AND t.class_unit = scope.class_unit AND t.kind <> 'год'
      AND t.last >= scope.first
      AND z.school = :school AND z.class_unit = t.class_unit AND z.day = t.last
      AND d.school = :school AND d.class_unit = t.class_unit AND d.seq = z.seq - :days_before
      AND d.school_day = 1
      AND c.school = :school AND c.day = d.day AND c.deadline <= :as_of
), loaded AS MATERIALIZED (
    SELECT DISTINCT a.class_unit FROM journal_assignments AS a WHERE a.school = :school
), taught AS MATERIALIZED (
    SELECT DISTINCT u.class_unit, u.year, u.kind, u.number, u.last, a.subject, a.study_group
    FROM due AS u
    CROSS JOIN journal_assignments AS a
    WHERE a.school = :school AND a.class_unit = u.class_unit
      AND a.first <= u.last AND a.last >= u.last
    UNION
    SELECT DISTINCT u.class_unit, u.year, u.kind, u.number, u.last, l.subject, l.study_group
    FROM due AS u
    CROSS JOIN journal_lessons AS l
    WHERE u.class_unit NOT IN (SELECT class_unit FROM loaded)
      AND l.school = :school AND l.class_unit = u.class_unit
      AND l.day BETWEEN u.first AND u.last AND l.state = 1
), asked AS MATERIALIZED (
    SELECT t.*
    FROM taught AS t
    JOIN journal_classes AS k ON k.school = :school AND k.class_unit = t.class_unit
    JOIN journal_subjects AS s ON s.school = :school AND s.subject = t.subject
    WHERE k.grade > 1 AND s.marks = 1 AND EXISTS (
          SELECT 1 FROM journal_term_coverage AS v
          WHERE v.school = :school AND v.class_unit = t.class_unit AND v.subject = t.subject
            AND v.year = t.year AND v.kind = t.kind AND v.number = t.number)
)
SELECT t.class_unit, t.subject, t.study_group,
       (SELECT MAX(a.staff) FROM journal_assignments AS a
        WHERE a.school = :school AND a.class_unit = t.class_unit AND a.subject = t.subject
          AND a.study_group = t.study_group AND a.first <= t.last AND a.last >= t.last) AS staff,
       t.last AS day, NULL AS number, e.pupil, t.kind, t.number AS term
FROM asked AS t
CROSS JOIN journal_enrollments AS e
WHERE e.school = :school AND e.class_unit = t.class_unit
  AND e.first <= t.last AND e.last >= t.last
  AND NOT EXISTS (
       SELECT 1 FROM journal_term_marks AS m
       WHERE m.school = :school AND m.pupil = e.pupil AND m.subject = t.subject
         AND m.number = t.number AND m.kind = t.kind AND m.year = t.year
         AND (m.value BETWEEN 2 AND 5 OR m.code IN ('зач', 'незач', 'н/а', 'осв')))
  AND (t.study_group = 0 OR EXISTS (
       SELECT 1 FROM journal_group_pupils AS g
       WHERE g.school = :school AND g.study_group = t.study_group AND g.pupil = e.pupil))
  -- who has a group of their own is asked there, not once more for the whole class
  AND (t.study_group <> 0 OR NOT EXISTS (
       SELECT 1 FROM asked AS o
       JOIN journal_group_pupils AS g ON g.school = :school AND g.study_group = o.study_group
       WHERE o.class_unit = t.class_unit AND o.subject = t.subject AND o.kind = t.kind
         AND o.number = t.number AND o.year = t.year AND g.pupil = e.pupil))
"""


def why(facts: Facts) -> Said:
    return Said("No mark for the period: %(term)s.", {
        "term": (facts["kind"], facts["term"]),
    })  # fmt: skip


RULE = Rule(
    code="P7",
    title="Нет итоговой отметки",
    severity=Severity.CRITICAL,
    extent=Extent.COURSE,
    statement=STATEMENT,
    why=why,
    thresholds={"days_before": Threshold(2, 0, 10, "Учебных дней до конца периода")},
)
