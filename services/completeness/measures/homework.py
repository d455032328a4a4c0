"""Lessons where P3 asks for homework, and those that have it."""

from services.completeness.measures.measure import Measure

STATEMENT = """
SELECT l.class_unit, l.subject, l.study_group, l.staff, l.day, l.number,
       COUNT(*) AS homework_due,
       SUM(CASE WHEN length(l.homework) >= :shortest THEN 1 ELSE 0 END) AS homework
FROM scope
CROSS JOIN journal_lessons AS l
JOIN journal_calendar AS c ON c.school = l.school AND c.day = l.day
JOIN journal_classes AS k ON k.school = l.school AND k.class_unit = l.class_unit
JOIN journal_subjects AS s ON s.school = l.school AND s.subject = l.subject
LEFT JOIN journal_class_days AS d
     ON d.school = l.school AND d.class_unit = l.class_unit AND d.day = l.day
WHERE l.school = :school AND l.class_unit = scope.class_unit
  AND l.day BETWEEN scope.first AND scope.last AND l.state = 1 AND c.ends <= :as_of
  AND l.homework IS NOT NULL AND l.work_kind = ''
  AND k.grade > 1 AND s.homework = 1
  AND NOT EXISTS (
       SELECT 1 FROM journal_empty_rosters AS x
       WHERE x.school = l.school AND x.class_unit = l.class_unit
         AND x.study_group IN (0, l.study_group) AND l.day BETWEEN x.first AND x.last)
  -- of a double only the last lesson is asked
  AND NOT EXISTS (
       SELECT 1 FROM journal_lessons AS n
       WHERE n.school = l.school AND n.class_unit = l.class_unit AND n.day = l.day
         AND n.subject = l.subject AND n.study_group = l.study_group AND n.state = 1
         AND n.number = l.number + 1)
  -- the last held lesson of the term is not: none follows in the journal or in the timetable
  AND (d.term_last IS NULL OR EXISTS (
       SELECT 1 FROM journal_lessons AS n
       WHERE n.school = l.school AND n.class_unit = l.class_unit AND n.subject = l.subject
         AND n.study_group = l.study_group AND n.state = 1
         AND n.day BETWEEN l.day AND d.term_last AND (n.day > l.day OR n.number > l.number))
       OR (d.term_last >= :today AND EXISTS (
       SELECT 1 FROM journal_expected_lessons AS e
       WHERE e.school = l.school AND e.class_unit = l.class_unit AND e.subject = l.subject
         AND (e.study_group = l.study_group OR 0 IN (e.study_group, l.study_group))
         AND e.state = 1 AND e.day > l.day AND e.day > :today AND e.day <= d.term_last))
       OR (d.term_last > :today AND NOT EXISTS (
       SELECT 1 FROM journal_expected_lessons AS e
       WHERE e.school = l.school AND e.class_unit = l.class_unit AND e.subject = l.subject)))
GROUP BY l.class_unit, l.subject, l.study_group, l.staff, l.day, l.number
"""

MEASURE = Measure(rule="P3", statement=STATEMENT)
