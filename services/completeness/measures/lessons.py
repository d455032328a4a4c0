"""Held lessons past their deadline: topics, attendance, and how many were filled in time.

A field of which the file says nothing (NULL) is in neither part, and so is, for timeliness, a
filled lesson whose moment of entry is unknown; T1 and this index know it alike, from «Внесено» or
else from the journal's log. A slot of the timetable without a line in a file
that covers it (P1) lacks both fields and is unfilled.
"""

from services.completeness.logged import LOGGED, LOGGED_LESSONS
from services.completeness.measures.measure import Measure

COUNTS = """
SELECT l.class_unit, l.subject, l.study_group, l.staff, l.day, l.number,
       COUNT(*) AS lessons,
       SUM(CASE WHEN l.topic IS NULL THEN 0 ELSE 1 END) AS topics_due,
       SUM(CASE WHEN length(l.topic) >= :shortest
                     AND l.topic_plain NOT IN ('', 'урок', 'тема') THEN 1 ELSE 0 END) AS topics,
       SUM(CASE WHEN l.attendance_taken IS NULL THEN 0 ELSE 1 END) AS attendance_due,
       SUM(COALESCE(l.attendance_taken, 0)) AS attendance,
       SUM(CASE WHEN l.topic = '' OR l.attendance_taken = 0 THEN 1 ELSE 0 END) AS unfilled,
       SUM(CASE WHEN COALESCE(l.topic, '-') <> '' AND COALESCE(l.attendance_taken, 1) = 1
                     AND COALESCE(l.entered_at, g.entered_at) <= c.deadline
                THEN 1 ELSE 0 END) AS in_time,
       SUM(CASE WHEN COALESCE(l.topic, '-') <> '' AND COALESCE(l.attendance_taken, 1) = 1
                     AND COALESCE(l.entered_at, g.entered_at) > c.deadline
                     AND COALESCE(l.entered_at, g.entered_at) <= :as_of
                THEN 1 ELSE 0 END) AS late
FROM scope
CROSS JOIN journal_lessons AS l
JOIN journal_calendar AS c ON c.school = l.school AND c.day = l.day
LEFT JOIN logged_lessons AS g ON g.class_unit = l.class_unit AND g.day = l.day
     AND g.number = l.number AND g.subject = l.subject AND g.study_group = l.study_group
WHERE l.school = :school AND l.class_unit = scope.class_unit
  AND l.day BETWEEN scope.first AND scope.last AND l.state = 1 AND c.deadline <= :as_of
  AND NOT EXISTS (
       SELECT 1 FROM journal_empty_rosters AS x
       WHERE x.school = l.school AND x.class_unit = l.class_unit
         AND x.study_group IN (0, l.study_group) AND l.day BETWEEN x.first AND x.last)
GROUP BY l.class_unit, l.subject, l.study_group, l.staff, l.day, l.number
UNION ALL
SELECT e.class_unit, e.subject, e.study_group, e.staff, e.day, e.number,
       0, COUNT(*), 0, COUNT(*), 0, COUNT(*), 0, 0
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
GROUP BY e.class_unit, e.subject, e.study_group, e.staff, e.day, e.number
"""

MEASURE = Measure(rule="P2", statement=LOGGED + LOGGED_LESSONS + COUNTS, optional=False)
