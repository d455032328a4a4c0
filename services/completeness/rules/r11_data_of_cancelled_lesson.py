"""R11: marks or attendance on a cancelled lesson, whether or not the journal has its line."""

from services.completeness.rule import Extent, Facts, Rule, Said, Severity

STATEMENT = """
, cancelled AS MATERIALIZED (
    SELECT l.class_unit, l.subject, l.study_group, MAX(l.staff) AS staff, l.day, l.number,
           MAX(COALESCE(l.attendance_said, 0)) AS taken
    FROM scope
    CROSS JOIN journal_lessons AS l
    WHERE l.school = :school AND l.class_unit = scope.class_unit
      AND l.day BETWEEN scope.first AND scope.last AND l.day <= :today AND l.state = 2
    GROUP BY l.class_unit, l.subject, l.study_group, l.day, l.number
    UNION ALL
    SELECT e.class_unit, e.subject, e.study_group, e.staff, e.day, e.number, 0
    FROM scope
    CROSS JOIN journal_expected_lessons AS e
    WHERE e.school = :school AND e.class_unit = scope.class_unit
      AND e.day BETWEEN scope.first AND scope.last AND e.day <= :today AND e.state = 3
      AND NOT EXISTS (
           SELECT 1 FROM journal_lessons AS l
           WHERE l.school = e.school AND l.class_unit = e.class_unit AND l.day = e.day
             AND l.number = e.number AND l.subject = e.subject
             AND (l.study_group = e.study_group OR 0 IN (l.study_group, e.study_group)))
), filled AS MATERIALIZED (
    SELECT o.*,
           (SELECT COUNT(*) FROM journal_marks AS m
            WHERE m.school = :school AND m.class_unit = o.class_unit AND m.day = o.day
              AND m.number = o.number AND m.subject = o.subject
              AND (m.study_group = o.study_group
                   OR 0 IN (m.study_group, o.study_group))) AS marks,
           (SELECT COUNT(*) FROM journal_attendance AS a
            WHERE a.school = :school AND a.class_unit = o.class_unit AND a.day = o.day
              AND a.number = o.number AND a.subject = o.subject
              AND (a.study_group = o.study_group
                   OR 0 IN (a.study_group, o.study_group))) AS codes
    FROM cancelled AS o
    -- held all the same, by another line of the same lesson
    WHERE NOT EXISTS (
          SELECT 1 FROM journal_lessons AS h
          WHERE h.school = :school AND h.class_unit = o.class_unit AND h.day = o.day
            AND h.number = o.number AND h.subject = o.subject AND h.state = 1
            AND (h.study_group = o.study_group OR 0 IN (h.study_group, o.study_group)))
)
SELECT f.class_unit, f.subject, f.study_group, f.staff, f.day, f.number, NULL AS pupil,
       f.marks, f.codes
FROM filled AS f
WHERE f.marks + f.codes + f.taken > 0
"""


def why(facts: Facts) -> Said:
    if facts["marks"] + facts["codes"]:
        return Said("The lesson is cancelled, yet it has marks: %(marks)s, absences: %(codes)s.", {
            "marks": facts["marks"], "codes": facts["codes"],
        })  # fmt: skip
    return Said("The lesson is cancelled, yet its attendance is marked.", {})


RULE = Rule(
    code="R11",
    title="Отменённый урок с данными",
    severity=Severity.MAJOR,
    extent=Extent.LESSON,
    statement=STATEMENT,
    why=why,
)
