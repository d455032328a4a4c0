"""What was never received: whole sheets, and the lessons and marks of the load."""

SHEETS = """
SELECT EXISTS (SELECT 1 FROM journal_terms WHERE school = :school) AS terms,
       EXISTS (SELECT 1 FROM journal_enrollments WHERE school = :school) AS pupils,
       EXISTS (SELECT 1 FROM journal_assignments WHERE school = :school) AS load,
       EXISTS (SELECT 1 FROM journal_timetable_slots WHERE school = :school) AS timetable,
       EXISTS (SELECT 1 FROM journal_plan_items WHERE school = :school) AS plans
"""

UNCOVERED = """
, studied AS (
    SELECT d.class_unit, MIN(d.day) AS first, MAX(d.day) AS last
    FROM journal_class_days AS d
    WHERE d.school = :school AND d.school_day = 1 AND d.day BETWEEN :first_day AND :upto
    GROUP BY d.class_unit
), load AS (
    SELECT DISTINCT a.class_unit, a.subject
    FROM journal_assignments AS a
    JOIN scope ON scope.class_unit = a.class_unit
    JOIN studied AS u ON u.class_unit = a.class_unit
         AND a.first <= u.last AND a.last >= u.first
    WHERE a.school = :school AND a.hours > 0
), wanted AS (
    SELECT o.class_unit, o.subject, 'lessons' AS kind FROM load AS o
    UNION ALL
    SELECT o.class_unit, o.subject, 'marks' FROM load AS o
    JOIN journal_classes AS k ON k.school = :school AND k.class_unit = o.class_unit
    JOIN journal_subjects AS s ON s.school = :school AND s.subject = o.subject
    WHERE k.grade > 1 AND s.marks = 1
)
SELECT w.kind, w.class_unit, w.subject,
       CASE WHEN EXISTS (
            SELECT 1 FROM journal_coverage AS v
            WHERE v.school = :school AND v.kind = w.kind AND v.class_unit = w.class_unit
              AND v.subject = w.subject AND v.first <= u.last AND v.last >= u.first)
            THEN 1 ELSE 0 END AS covered
FROM wanted AS w
JOIN studied AS u ON u.class_unit = w.class_unit
"""
"""Class x subject of the load in the days studied so far, with whether a file covers any."""
