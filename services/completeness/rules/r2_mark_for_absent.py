"""R2: a mark and an absence of one pupil in one lesson; a late-comer (О) may have a mark."""

from services.completeness.rule import Extent, Facts, Rule, Said, Severity

STATEMENT = """
SELECT a.class_unit, a.subject, a.study_group,
       (SELECT MAX(l.staff) FROM journal_lessons AS l
        WHERE l.school = a.school AND l.class_unit = a.class_unit AND l.day = a.day
          AND l.number = a.number AND l.subject = a.subject
          AND (l.study_group = a.study_group OR 0 IN (l.study_group, a.study_group))) AS staff,
       a.day, CASE WHEN a.number <= 100 THEN a.number END AS number, a.pupil, a.code
FROM scope
CROSS JOIN journal_attendance AS a
WHERE a.school = :school AND a.class_unit = scope.class_unit
  AND a.day BETWEEN scope.first AND scope.last AND a.day <= :today
  AND a.code IN ('Н', 'Б', 'У')
  AND EXISTS (
       SELECT 1 FROM journal_marks AS m
       WHERE m.school = a.school AND m.pupil = a.pupil AND m.day = a.day
         AND m.number = a.number AND m.subject = a.subject
         AND (m.value IS NOT NULL OR m.code IN ('зач', 'незач')))
"""


def why(facts: Facts) -> Said:
    return Said("The lesson has both a mark and the absence «%(code)s».", {"code": facts["code"]})


RULE = Rule(
    code="R2",
    title="Отметка отсутствующему",
    severity=Severity.MAJOR,
    extent=Extent.LESSON,
    statement=STATEMENT,
    why=why,
)
