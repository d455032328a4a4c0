"""Control works past T2's limit: pupils who were present, and those who have their mark.

Which works are asked and who was present is what T2 says; a double's mark may stand in either cell.
"""

from services.completeness.measures.measure import Measure

STATEMENT = """
, control AS MATERIALIZED (
    SELECT l.class_unit, l.subject, l.study_group, l.staff, l.day, l.number, d.seq,
           CASE WHEN l.work_kind IN ('контрольная', 'диктант') THEN :control_days
                WHEN l.work_kind = 'сочинение' AND k.grade >= 10 THEN :senior_essay_days
                WHEN l.work_kind IN ('сочинение', 'изложение') THEN :essay_days
                ELSE :test_days END AS days_given,
           EXISTS (SELECT 1 FROM journal_lessons AS n
                   WHERE n.school = l.school AND n.class_unit = l.class_unit AND n.day = l.day
                     AND n.number = l.number - 1 AND n.subject = l.subject
                     AND n.study_group = l.study_group AND n.state = 1) AS double_before,
           EXISTS (SELECT 1 FROM journal_lessons AS n
                   WHERE n.school = l.school AND n.class_unit = l.class_unit AND n.day = l.day
                     AND n.number = l.number + 1 AND n.subject = l.subject
                     AND n.study_group = l.study_group AND n.state = 1) AS double_after
    FROM scope
    CROSS JOIN journal_lessons AS l
    JOIN journal_classes AS k ON k.school = l.school AND k.class_unit = l.class_unit
    JOIN journal_subjects AS s ON s.school = l.school AND s.subject = l.subject
    JOIN journal_class_days AS d
         ON d.school = l.school AND d.class_unit = l.class_unit AND d.day = l.day
    WHERE l.school = :school AND l.class_unit = scope.class_unit
      AND l.day BETWEEN scope.first AND scope.last AND l.day <= :today
      AND l.state = 1 AND l.work_kind <> '' AND k.grade > 1 AND s.marks = 1
), overdue AS MATERIALIZED (
    SELECT w.*
    FROM control AS w
    CROSS JOIN journal_class_days AS due
    CROSS JOIN journal_calendar AS c
    WHERE due.school = :school AND due.class_unit = w.class_unit
      AND due.seq = w.seq + w.days_given AND due.school_day = 1
      AND c.school = :school AND c.day = due.day AND c.ends <= :as_of
      -- of a double whose lessons are both control works only the first is asked
      AND NOT EXISTS (
           SELECT 1 FROM control AS n
           WHERE n.class_unit = w.class_unit AND n.day = w.day AND n.number = w.number - 1
             AND n.subject = w.subject AND n.study_group = w.study_group)
      AND EXISTS (
           SELECT 1 FROM journal_coverage AS v
           WHERE v.school = :school AND v.kind = 'marks' AND v.class_unit = w.class_unit
             AND v.subject = w.subject AND v.study_group IN (0, w.study_group)
             AND w.day BETWEEN v.first AND v.last)
), exempt AS MATERIALIZED (
    SELECT f.pupil, f.subject, t.first, t.last
    FROM journal_term_marks AS f
    JOIN journal_class_terms AS t ON t.school = f.school AND t.class_unit = f.class_unit
         AND t.year = f.year AND t.kind = f.kind AND t.number = f.number
    WHERE f.school = :school AND f.code = 'осв'
), asked AS MATERIALIZED (
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
SELECT p.class_unit, p.subject, p.study_group, p.staff, p.day, COUNT(*) AS present,
       SUM(CASE WHEN EXISTS (
           SELECT 1 FROM journal_marks AS m
           WHERE m.school = :school AND m.class_unit = p.class_unit AND m.day = p.day
             AND m.number BETWEEN p.number - p.double_before AND p.number + p.double_after
             AND m.subject = p.subject AND m.pupil = p.pupil) THEN 1 ELSE 0 END) AS marked
FROM asked AS p
GROUP BY p.class_unit, p.subject, p.study_group, p.staff, p.day
"""

MEASURE = Measure(rule="T2", statement=STATEMENT)
