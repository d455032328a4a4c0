"""Substitutions past their deadline that the substitute has not signed.

The lesson's line is missing, or unfilled, or taught by who was to be absent. Only where a file
covers the lesson: no file received is no fault of the substitute.
"""

STATEMENT = """
SELECT s.class_unit, s.subject, s.study_group, s.substitute AS staff, s.day, s.number
FROM journal_substitutions AS s
JOIN scope ON scope.class_unit = s.class_unit AND s.day BETWEEN scope.first AND scope.last
JOIN journal_calendar AS c ON c.school = s.school AND c.day = s.day
WHERE s.school = :school AND s.substitute IS NOT NULL AND c.deadline <= :as_of
  AND EXISTS (
       SELECT 1 FROM journal_coverage AS v
       WHERE v.school = s.school AND v.kind = 'lessons' AND v.class_unit = s.class_unit
         AND v.subject = s.subject AND v.study_group IN (0, s.study_group)
         AND s.day BETWEEN v.first AND v.last)
  AND NOT EXISTS (
       SELECT 1 FROM journal_empty_rosters AS x
       WHERE x.school = s.school AND x.class_unit = s.class_unit
         AND x.study_group IN (0, s.study_group) AND s.day BETWEEN x.first AND x.last)
  -- signed, or not held after all
  AND NOT EXISTS (
       SELECT 1 FROM journal_lessons AS l
       WHERE l.school = s.school AND l.class_unit = s.class_unit AND l.day = s.day
         AND l.number = s.number AND l.subject = s.subject
         AND (l.study_group = s.study_group OR 0 IN (l.study_group, s.study_group))
         AND (l.state <> 1
              OR ((s.absent IS NULL OR l.staff <> s.absent)
                  AND COALESCE(l.topic, '-') <> '' AND COALESCE(l.attendance_taken, 1) = 1)))
"""
