"""P1: a lesson past its deadline with no topic or attendance, or with no line in the journal."""

from services.completeness.rule import Extent, Facts, Rule, Said, Severity

STATEMENT = """
SELECT l.class_unit, l.subject, l.study_group, l.staff, l.day, l.number, NULL AS pupil,
       0 AS no_line, l.topic = '' AS no_topic, l.attendance_taken = 0 AS no_attendance
FROM scope
CROSS JOIN journal_lessons AS l
JOIN journal_calendar AS c ON c.school = l.school AND c.day = l.day
WHERE l.school = :school AND l.class_unit = scope.class_unit
  AND l.day BETWEEN scope.first AND scope.last AND l.state = 1 AND c.deadline <= :as_of
  AND (l.topic = '' OR l.attendance_taken = 0)
  AND NOT EXISTS (
       SELECT 1 FROM journal_empty_rosters AS x
       WHERE x.school = l.school AND x.class_unit = l.class_unit
         AND x.study_group IN (0, l.study_group) AND l.day BETWEEN x.first AND x.last)
UNION ALL
SELECT e.class_unit, e.subject, e.study_group, e.staff, e.day, e.number, NULL, 1, NULL, NULL
FROM scope
CROSS JOIN journal_expected_lessons AS e
JOIN journal_calendar AS c ON c.school = e.school AND c.day = e.day
WHERE e.school = :school AND e.class_unit = scope.class_unit
  AND e.day BETWEEN scope.first AND scope.last
  AND e.state = 1 AND e.day <= :today AND c.deadline <= :as_of
  AND NOT EXISTS (
       SELECT 1 FROM journal_lessons AS l
       WHERE l.school = e.school AND l.class_unit = e.class_unit AND l.day = e.day
         AND l.number = e.number AND l.subject = e.subject
         AND (l.study_group = e.study_group OR 0 IN (l.study_group, e.study_group)))
  AND EXISTS (
       SELECT 1 FROM journal_coverage AS v
       WHERE v.school = e.school AND v.kind = 'lessons' AND v.class_unit = e.class_unit
         AND v.subject = e.subject AND v.study_group IN (0, e.study_group)
         AND e.day BETWEEN v.first AND v.last)
  AND NOT EXISTS (
       SELECT 1 FROM journal_empty_rosters AS x
       WHERE x.school = e.school AND x.class_unit = e.class_unit
         AND x.study_group IN (0, e.study_group) AND e.day BETWEEN x.first AND x.last)
"""


def why(facts: Facts) -> Said:
    if facts["no_line"]:
        return Said("The timetable has this lesson, but the journal has no line for it.", {})
    if facts["no_topic"] and facts["no_attendance"]:
        return Said("The topic is empty and attendance is not marked.", {})
    if facts["no_topic"]:
        return Said("The topic is empty.", {})
    return Said("Attendance is not marked.", {})


RULE = Rule(
    code="P1",
    title="Урок не заполнен",
    severity=Severity.MAJOR,
    extent=Extent.LESSON,
    statement=STATEMENT,
    why=why,
)
