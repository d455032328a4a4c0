"""Hours of plans dated from ``:begin`` to ``:upto`` and the lessons held there, by course.

As rule K1 counts them, whoever teaches: a plan of the whole class holds for each of its groups, and
items of days that no file covers are left out.
"""

STATEMENT = """
, held AS MATERIALIZED (
    SELECT l.class_unit, l.subject, l.study_group, COUNT(*) AS lessons, MAX(l.staff) AS staff
    FROM scope
    CROSS JOIN journal_lessons AS l
    WHERE l.school = :school AND l.class_unit = scope.class_unit AND l.state = 1
      AND l.day BETWEEN :begin AND :upto
    GROUP BY l.class_unit, l.subject, l.study_group
), groups AS MATERIALIZED (
    SELECT a.class_unit, a.subject, a.study_group FROM journal_assignments AS a
    WHERE a.school = :school AND a.study_group <> 0 AND a.first <= :upto
    UNION
    SELECT h.class_unit, h.subject, h.study_group FROM held AS h WHERE h.study_group <> 0
), planned AS MATERIALIZED (
    SELECT i.class_unit, i.subject, i.study_group, SUM(i.hours) AS hours
    FROM scope
    CROSS JOIN journal_plan_items AS i
    WHERE i.school = :school AND i.class_unit = scope.class_unit
      AND i.day BETWEEN :begin AND :upto
      AND EXISTS (
           SELECT 1 FROM journal_coverage AS v
           WHERE v.school = :school AND v.kind = 'lessons' AND v.class_unit = i.class_unit
             AND v.subject = i.subject AND i.day BETWEEN v.first AND v.last)
    GROUP BY i.class_unit, i.subject, i.study_group
), plans AS MATERIALIZED (
    SELECT p.class_unit, p.subject, COALESCE(g.study_group, p.study_group) AS study_group,
           SUM(p.hours) AS hours
    FROM planned AS p
    LEFT JOIN groups AS g ON g.class_unit = p.class_unit AND g.subject = p.subject
         AND p.study_group IN (0, g.study_group)
    GROUP BY p.class_unit, p.subject, COALESCE(g.study_group, p.study_group)
)
SELECT p.class_unit, p.subject, p.study_group, p.hours,
       COALESCE((SELECT SUM(h.lessons) FROM held AS h
                 WHERE h.class_unit = p.class_unit AND h.subject = p.subject
                   AND h.study_group IN (0, p.study_group)), 0) AS held,
       COALESCE((SELECT MAX(a.staff) FROM journal_assignments AS a
                 WHERE a.school = :school AND a.class_unit = p.class_unit
                   AND a.subject = p.subject AND a.study_group IN (0, p.study_group)
                   AND :upto BETWEEN a.first AND a.last),
                (SELECT MAX(h.staff) FROM held AS h
                 WHERE h.class_unit = p.class_unit AND h.subject = p.subject
                   AND h.study_group IN (0, p.study_group))) AS staff
FROM plans AS p
"""
