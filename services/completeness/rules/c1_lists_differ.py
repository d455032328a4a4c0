"""C1: the journal's list of a class and the list by orders differ, either way.

Who has marks, absences or period marks in a class and no line of its list is in the journal only
(after the last day by orders it is R3). Who is on the list and in no mark, absence or period mark
of at least ``days`` days that files of marks cover is on the list only: asked where every other
pupil of the class has a mark, so that half a file tells nothing.
"""

from services.completeness.rule import Extent, Facts, Rule, Said, Severity, Threshold

STATEMENT = """
, listed AS MATERIALIZED (
    SELECT DISTINCT e.class_unit, e.pupil
    FROM scope
    JOIN journal_enrollments AS e ON e.school = :school AND e.class_unit = scope.class_unit
), marked AS MATERIALIZED (
    SELECT p.class_unit, p.id AS pupil,
           CASE WHEN EXISTS (
                SELECT 1 FROM journal_marks AS m
                WHERE m.school = :school AND m.pupil = p.id
                  AND m.day BETWEEN :year_first AND :today)
                OR EXISTS (
                SELECT 1 FROM journal_term_marks AS t
                JOIN journal_class_terms AS u ON u.school = :school
                     AND u.class_unit = t.class_unit AND u.year = t.year
                     AND u.last >= :year_first
                WHERE t.school = :school AND t.pupil = p.id
                  AND (t.value IS NOT NULL OR t.code <> ''))
                THEN 1 ELSE 0 END AS has_marks
    FROM pupils AS p
    WHERE p.school = :school AND p.class_unit IN (SELECT class_unit FROM scope)
), without_marks AS MATERIALIZED (
    SELECT p.class_unit, p.pupil FROM marked AS p WHERE p.has_marks = 0
), seen AS MATERIALIZED (
    SELECT p.class_unit, p.pupil FROM marked AS p WHERE p.has_marks = 1
    UNION
    SELECT a.class_unit, a.pupil
    FROM (SELECT DISTINCT w.class_unit FROM without_marks AS w) AS w
    CROSS JOIN journal_attendance AS a
    WHERE a.school = :school AND a.class_unit = w.class_unit
      AND a.day BETWEEN :year_first AND :today
      AND a.pupil IN (SELECT pupil FROM without_marks)
), stays AS MATERIALIZED (
    -- this year's days of who is on the list today
    SELECT e.class_unit, e.pupil,
           CASE WHEN MAX(e.first) > :year_first THEN MAX(e.first) ELSE :year_first END AS since
    FROM scope
    JOIN journal_enrollments AS e ON e.school = :school AND e.class_unit = scope.class_unit
    WHERE :today BETWEEN e.first AND e.last
    GROUP BY e.class_unit, e.pupil
), lacking AS MATERIALIZED (
    SELECT s.class_unit, s.pupil, s.since FROM stays AS s
    WHERE NOT EXISTS (
          SELECT 1 FROM seen AS x WHERE x.class_unit = s.class_unit AND x.pupil = s.pupil)
      AND EXISTS (
          SELECT 1 FROM journal_coverage AS v
          WHERE v.school = :school AND v.kind = 'marks' AND v.class_unit = s.class_unit
            AND v.last - CASE WHEN v.first > s.since THEN v.first ELSE s.since END >= :days)
)
SELECT x.class_unit, NULL AS subject, 0 AS study_group, NULL AS staff, NULL AS day,
       NULL AS number, x.pupil, 1 AS in_journal
FROM seen AS x
WHERE x.class_unit IN (SELECT class_unit FROM listed)
  AND NOT EXISTS (
       SELECT 1 FROM listed AS o WHERE o.class_unit = x.class_unit AND o.pupil = x.pupil)
UNION ALL
SELECT w.class_unit, NULL, 0, NULL, NULL, NULL, w.pupil, 0
FROM lacking AS w
JOIN journal_classes AS k ON k.school = :school AND k.class_unit = w.class_unit
WHERE k.grade > 1
  AND (SELECT COUNT(*) FROM lacking AS o WHERE o.class_unit = w.class_unit) * 2
      <= (SELECT COUNT(*) FROM seen AS o WHERE o.class_unit = w.class_unit)
"""


def why(facts: Facts) -> Said:
    if facts["in_journal"]:
        return Said(
            "The journal has entries of this pupil, and the class list does not have the pupil.", {}
        )
    return Said("The pupil is on the class list, and the journal has no entry of this pupil.", {})


RULE = Rule(
    code="C1",
    title="Список журнала расходится с приказами",
    severity=Severity.MAJOR,
    extent=Extent.COURSE,
    statement=STATEMENT,
    why=why,
    thresholds={"days": Threshold(30, 7, 200, "Дней без единой записи об ученике из списка")},
)
