"""Control works past T2's limit: pupils who were present, and those who have their mark.

Which works are asked and who was present is what T2 says; a double's mark may stand in either cell.
"""

from services.completeness.control_works import CONTROL_WORKS
from services.completeness.measures.measure import Measure

COUNTED = """
, asked AS MATERIALIZED (
    SELECT w.*, e.pupil
    FROM overdue AS w
    CROSS JOIN journal_enrollments AS e
    WHERE e.school = :school AND e.class_unit = w.class_unit AND w.day BETWEEN e.first AND e.last
      AND (w.study_group = 0 OR EXISTS (
           SELECT 1 FROM journal_group_pupils AS g
           WHERE g.school = :school AND g.study_group = w.study_group AND g.pupil = e.pupil))
      AND NOT EXISTS (
           SELECT 1 FROM journal_attendance AS a
           WHERE a.school = :school AND a.class_unit = w.class_unit AND a.day = w.day
             AND a.number = w.number AND a.subject = w.subject AND a.pupil = e.pupil
             AND a.code IN ('Н', 'Б', 'У'))
      AND NOT EXISTS (
           SELECT 1 FROM exempt AS x
           WHERE x.pupil = e.pupil AND x.subject = w.subject AND w.day BETWEEN x.first AND x.last)
)
SELECT p.class_unit, p.subject, p.study_group, p.staff, p.day, p.number, COUNT(*) AS present,
       SUM(CASE WHEN EXISTS (
           SELECT 1 FROM journal_marks AS m
           WHERE m.school = :school AND m.class_unit = p.class_unit AND m.day = p.day
             AND m.number BETWEEN p.number - p.double_before AND p.number + p.double_after
             AND m.subject = p.subject AND m.pupil = p.pupil) THEN 1 ELSE 0 END) AS marked
FROM asked AS p
GROUP BY p.class_unit, p.subject, p.study_group, p.staff, p.day, p.number
"""

MEASURE = Measure(rule="T2", statement=CONTROL_WORKS + COUNTED)
