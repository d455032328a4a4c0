"""R1: an entry on a day without lessons, or with neither a timetable slot nor a substitution."""

from services.completeness.rule import Extent, Facts, Rule, Said, Severity

STATEMENT = """
, known AS MATERIALIZED (
    SELECT scope.class_unit FROM scope
    WHERE EXISTS (
          SELECT 1 FROM journal_expected_lessons AS e
          WHERE e.school = :school AND e.class_unit = scope.class_unit)
), places AS MATERIALIZED (
    SELECT DISTINCT m.class_unit, m.day, m.number, m.subject
    FROM journal_marks AS m
    WHERE m.school = :school AND m.class_unit IN (SELECT class_unit FROM scope)
      AND m.day BETWEEN (SELECT MIN(first) FROM scope) AND :today
), orphans AS MATERIALIZED (
    -- marks without a lesson line, where a file covers the place, or the day is off, or no slot is
    SELECT o.class_unit, o.day, o.number, o.subject,
           CASE WHEN known.class_unit IS NULL THEN 0 ELSE COALESCE(d.off, 1) END AS day_off
    FROM places AS o
    JOIN scope ON scope.class_unit = o.class_unit AND o.day BETWEEN scope.first AND scope.last
    LEFT JOIN known ON known.class_unit = o.class_unit
    LEFT JOIN journal_class_days AS d
         ON d.school = :school AND d.class_unit = o.class_unit AND d.day = o.day
    WHERE NOT EXISTS (
          SELECT 1 FROM journal_lessons AS l
          WHERE l.school = :school AND l.class_unit = o.class_unit AND l.day = o.day
            AND l.number = o.number AND l.subject = o.subject)
      AND (o.number <= 100 OR NOT EXISTS (
          SELECT 1 FROM journal_lessons AS l
          WHERE l.school = :school AND l.class_unit = o.class_unit AND l.day = o.day
            AND l.subject = o.subject))
      AND ((o.number <= 100 AND EXISTS (
                SELECT 1 FROM journal_coverage AS v
                WHERE v.school = :school AND v.kind = 'lessons' AND v.class_unit = o.class_unit
                  AND v.subject = o.subject AND o.day BETWEEN v.first AND v.last))
           OR (known.class_unit IS NOT NULL AND COALESCE(d.off, 1) = 1)
           OR (known.class_unit IS NOT NULL AND o.number <= 100 AND NOT EXISTS (
                SELECT 1 FROM journal_expected_lessons AS e
                WHERE e.school = :school AND e.class_unit = o.class_unit AND e.day = o.day
                  AND e.number = o.number AND e.subject = o.subject)))
)
SELECT l.class_unit, l.subject, l.study_group, l.staff, l.day, l.number, NULL AS pupil,
       COALESCE(d.off, 1) AS day_off, 0 AS is_mark
FROM scope
CROSS JOIN journal_lessons AS l
JOIN known ON known.class_unit = l.class_unit
LEFT JOIN journal_class_days AS d
     ON d.school = l.school AND d.class_unit = l.class_unit AND d.day = l.day
WHERE l.school = :school AND l.class_unit = scope.class_unit
  AND l.day BETWEEN scope.first AND scope.last AND l.state = 1 AND l.day <= :today
  AND NOT EXISTS (
       SELECT 1 FROM journal_expected_lessons AS e
       WHERE e.school = l.school AND e.class_unit = l.class_unit AND e.day = l.day
         AND e.number = l.number AND e.subject = l.subject
         AND (e.study_group = l.study_group OR 0 IN (e.study_group, l.study_group)))
UNION ALL
SELECT m.class_unit, m.subject, m.study_group,
       (SELECT MAX(a.staff) FROM journal_assignments AS a
        WHERE a.school = m.school AND a.class_unit = m.class_unit AND a.subject = m.subject
          AND a.study_group IN (0, m.study_group) AND m.day BETWEEN a.first AND a.last), m.day,
       CASE WHEN m.number <= 100 THEN m.number END, m.pupil, o.day_off, 1
FROM orphans AS o
CROSS JOIN journal_marks AS m
WHERE m.school = :school AND m.class_unit = o.class_unit AND m.day = o.day
  AND m.number = o.number AND m.subject = o.subject AND m.position = 0
"""


def why(facts: Facts) -> Said:
    if facts["day_off"]:
        return Said("The class has no lessons on this day by the calendar.", {})
    if facts["is_mark"]:
        return Said("There is a mark, but the journal has no such lesson.", {})
    return Said("Neither the timetable nor the substitutions have this lesson.", {})


RULE = Rule(
    code="R1",
    title="Запись в каникулы или вне расписания",
    severity=Severity.MAJOR,
    extent=Extent.LESSON,
    statement=STATEMENT,
    why=why,
)
