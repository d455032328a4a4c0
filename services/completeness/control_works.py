"""Written works past T2's limit, as tables for T2 and for the measure of it.

``overdue`` has one row a work whose marks are due by now, with ``double_before`` and
``double_after`` (0 or 1) for a held lesson of the same course right before and after it: the marks
may stand in either cell. ``exempt`` has the days for which a pupil is exempt from a subject.
"""

CONTROL_WORKS = """
, control AS MATERIALIZED (
    SELECT l.class_unit, l.subject, l.study_group, l.staff, l.day, l.number, l.work_kind,
           (SELECT d.seq FROM journal_class_days AS d
            WHERE d.school = l.school AND d.class_unit = l.class_unit AND d.day = l.day) AS seq,
           CASE WHEN l.work_kind IN ('контрольная', 'диктант') THEN :control_days
                WHEN l.work_kind = 'сочинение' AND k.grade >= 10 THEN :senior_essay_days
                WHEN l.work_kind IN ('сочинение', 'изложение') THEN :essay_days
                ELSE :test_days END AS days_given,
           CASE WHEN EXISTS (
                SELECT 1 FROM journal_lessons AS n
                WHERE n.school = l.school AND n.class_unit = l.class_unit AND n.day = l.day
                  AND n.number = l.number - 1 AND n.subject = l.subject
                  AND n.study_group = l.study_group AND n.state = 1)
                THEN 1 ELSE 0 END AS double_before,
           CASE WHEN EXISTS (
                SELECT 1 FROM journal_lessons AS n
                WHERE n.school = l.school AND n.class_unit = l.class_unit AND n.day = l.day
                  AND n.number = l.number + 1 AND n.subject = l.subject
                  AND n.study_group = l.study_group AND n.state = 1)
                THEN 1 ELSE 0 END AS double_after
    FROM scope
    CROSS JOIN journal_lessons AS l
    JOIN journal_classes AS k ON k.school = l.school AND k.class_unit = l.class_unit
    JOIN journal_subjects AS s ON s.school = l.school AND s.subject = l.subject
    WHERE l.school = :school AND l.class_unit = scope.class_unit
      AND l.day BETWEEN scope.first AND scope.last AND l.day <= :today
      AND l.state = 1 AND l.work_kind <> '' AND k.grade > 1 AND s.marks = 1
), overdue AS MATERIALIZED (
    SELECT w.*, due.day AS due_day
    FROM control AS w
    CROSS JOIN journal_class_days AS due
    CROSS JOIN journal_calendar AS c
    WHERE due.school = :school AND due.class_unit = w.class_unit
      AND due.seq = w.seq + w.days_given AND due.school_day = 1
      AND c.school = :school AND c.day = due.day AND c.ends <= :as_of
      -- of a double whose lessons are both control works only the first is asked
      AND NOT EXISTS (
           SELECT 1 FROM control AS n
           WHERE w.double_before = 1 AND n.class_unit = w.class_unit AND n.day = w.day
             AND n.number = w.number - 1 AND n.subject = w.subject
             AND n.study_group = w.study_group)
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
)"""
"""Takes the thresholds of T2."""
