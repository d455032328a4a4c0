"""R7: a mark in the first grade or in a subject without marks."""

from services.completeness.rule import Extent, Facts, Rule, Said, Severity

STATEMENT = """
, unmarked AS MATERIALIZED (
    SELECT s.subject FROM journal_subjects AS s WHERE s.school = :school AND s.marks = 0
), listed AS MATERIALIZED (
    SELECT DISTINCT e.class_unit, e.pupil, scope.first, scope.last
    FROM scope JOIN journal_enrollments AS e ON e.class_unit = scope.class_unit
    WHERE e.school = :school
), digits AS MATERIALIZED (
    SELECT m.class_unit, m.subject, m.study_group, m.day, m.number, m.pupil, 1 AS first_grade
    FROM scope
    CROSS JOIN journal_classes AS k
    CROSS JOIN journal_marks AS m
    WHERE k.school = :school AND k.class_unit = scope.class_unit AND k.grade = 1
      AND m.school = :school AND m.class_unit = scope.class_unit
      AND m.day BETWEEN scope.first AND scope.last AND m.value IS NOT NULL
    UNION
    SELECT m.class_unit, m.subject, m.study_group, m.day, m.number, m.pupil, 0
    FROM listed AS p
    CROSS JOIN unmarked AS u
    CROSS JOIN journal_marks AS m
    WHERE m.school = :school AND m.pupil = p.pupil AND m.subject = u.subject
      AND m.day BETWEEN p.first AND p.last AND m.value IS NOT NULL
    UNION
    -- a class without a list
    SELECT m.class_unit, m.subject, m.study_group, m.day, m.number, m.pupil, 0
    FROM scope
    CROSS JOIN journal_marks AS m
    WHERE scope.class_unit NOT IN (SELECT class_unit FROM listed)
      AND m.school = :school AND m.class_unit = scope.class_unit
      AND m.day BETWEEN scope.first AND scope.last
      AND m.subject IN (SELECT subject FROM unmarked) AND m.value IS NOT NULL
), cells AS MATERIALIZED (
    SELECT d.class_unit, d.subject, MAX(d.study_group) AS study_group, d.day, d.number, d.pupil,
           MAX(d.first_grade) AS first_grade
    FROM digits AS d
    WHERE d.day <= :today
    GROUP BY d.class_unit, d.subject, d.day, d.number, d.pupil
)
SELECT o.class_unit, o.subject, o.study_group,
       (SELECT MAX(l.staff) FROM journal_lessons AS l
        WHERE l.school = :school AND l.class_unit = o.class_unit AND l.day = o.day
          AND l.number = o.number AND l.subject = o.subject
          AND (l.study_group = o.study_group OR 0 IN (l.study_group, o.study_group))) AS staff,
       o.day, CASE WHEN o.number <= 100 THEN o.number END AS number, o.pupil, o.first_grade
FROM cells AS o
"""


def why(facts: Facts) -> Said:
    if facts["first_grade"]:
        return Said("The first grade is taught without marks.", {})
    return Said("This subject is taught without marks.", {})


RULE = Rule(
    code="R7",
    title="Отметка там, где не оценивают",
    severity=Severity.MAJOR,
    extent=Extent.LESSON,
    statement=STATEMENT,
    why=why,
)
