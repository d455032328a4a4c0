"""P4: attendance not marked by the end of the lesson (without bells, by the day's deadline)."""

from services.completeness.rule import Extent, Facts, Rule, Said, Severity

STATEMENT = """
SELECT l.class_unit, l.subject, l.study_group, l.staff, l.day, l.number, NULL AS pupil,
       b.ends IS NOT NULL AS by_bell
FROM scope
CROSS JOIN journal_lessons AS l
JOIN journal_calendar AS c ON c.school = l.school AND c.day = l.day
LEFT JOIN journal_class_bells AS b
     ON b.school = l.school AND b.class_unit = l.class_unit AND b.number = l.number
WHERE l.school = :school AND l.class_unit = scope.class_unit
  AND l.day BETWEEN scope.first AND scope.last AND l.state = 1 AND l.attendance_taken = 0
  AND COALESCE(c.begins + b.ends * 60 + c.moved, c.deadline) <= :as_of
  AND NOT EXISTS (
       SELECT 1 FROM journal_empty_rosters AS x
       WHERE x.school = l.school AND x.class_unit = l.class_unit
         AND x.study_group IN (0, l.study_group) AND l.day BETWEEN x.first AND x.last)
"""


def why(facts: Facts) -> Said:
    if facts["by_bell"]:
        return Said("The lesson is over, and neither absences nor «all present» are marked.", {})
    return Said("Neither absences nor «all present» are marked.", {})


RULE = Rule(
    code="P4",
    title="Не отмечена посещаемость",
    severity=Severity.MAJOR,
    extent=Extent.LESSON,
    statement=STATEMENT,
    why=why,
)
