"""Period marks of the pupils who are enrolled on the term's last day.

A class's term is the one that ends in the period: the half-year of grades 10-11 counts with the
quarter in which it ends. With ``:whole_year`` they are the year's marks, at the end of the last
term. Grade 1 and subjects without marks have none. ``given`` is a row a mark.
"""

GIVEN = """
, ending AS MATERIALIZED (
    SELECT t.class_unit, t.year, t.kind, t.number, t.last
    FROM scope
    CROSS JOIN journal_class_terms AS t
    WHERE :whole_year = 0 AND t.school = :school AND t.class_unit = scope.class_unit
      AND t.kind <> 'год' AND t.last BETWEEN :first_day AND :last_day
    UNION ALL
    SELECT t.class_unit, t.year, 'год', 0, MAX(t.last)
    FROM scope
    CROSS JOIN journal_class_terms AS t
    WHERE :whole_year = 1 AND t.school = :school AND t.class_unit = scope.class_unit
      AND t.kind <> 'год' AND t.last BETWEEN :first_day AND :last_day
    GROUP BY t.class_unit, t.year
), asked AS MATERIALIZED (
    SELECT e.* FROM ending AS e
    WHERE NOT EXISTS (
          SELECT 1 FROM ending AS n WHERE n.class_unit = e.class_unit AND n.last > e.last)
), groups AS MATERIALIZED (
    SELECT g.pupil, n.class_unit, n.subject, MAX(g.study_group) AS study_group
    FROM journal_group_pupils AS g
    JOIN study_groups AS n ON n.id = g.study_group
    WHERE g.school = :school
    GROUP BY g.pupil, n.class_unit, n.subject
), given AS MATERIALIZED (
    SELECT u.class_unit, u.last, f.subject, COALESCE(g.study_group, 0) AS study_group, f.pupil,
           f.value, f.code
    FROM asked AS u
    CROSS JOIN journal_enrollments AS e
    CROSS JOIN journal_term_marks AS f
    JOIN journal_classes AS k ON k.school = :school AND k.class_unit = f.class_unit
    JOIN journal_subjects AS s ON s.school = :school AND s.subject = f.subject
    LEFT JOIN groups AS g ON g.pupil = f.pupil AND g.class_unit = f.class_unit
         AND g.subject = f.subject
    WHERE e.school = :school AND e.class_unit = u.class_unit AND u.last BETWEEN e.first AND e.last
      AND f.school = :school AND f.class_unit = u.class_unit AND f.pupil = e.pupil
      AND f.year = u.year AND f.kind = u.kind AND (u.kind = 'год' OR f.number = u.number)
      AND k.grade > 1 AND s.marks = 1
)"""

COUNTED = """
, counted AS MATERIALIZED (
    SELECT m.class_unit, m.last, m.subject, m.study_group,
           SUM(CASE WHEN m.value = 5 THEN 1 ELSE 0 END) AS five,
           SUM(CASE WHEN m.value = 4 THEN 1 ELSE 0 END) AS four,
           SUM(CASE WHEN m.value = 3 THEN 1 ELSE 0 END) AS three,
           SUM(CASE WHEN m.value <= 2 THEN 1 ELSE 0 END) AS two,
           SUM(CASE WHEN m.value IS NULL AND m.code = 'н/а' THEN 1 ELSE 0 END) AS unattested
    FROM given AS m
    GROUP BY m.class_unit, m.last, m.subject, m.study_group
)
SELECT c.class_unit, c.subject, c.study_group, c.five, c.four, c.three, c.two, c.unattested,
       (SELECT MAX(a.staff) FROM journal_assignments AS a
        WHERE a.school = :school AND a.class_unit = c.class_unit AND a.subject = c.subject
          AND a.study_group IN (0, c.study_group) AND c.last BETWEEN a.first AND a.last) AS staff
FROM counted AS c
"""
PUPILS = """
, pupils AS MATERIALIZED (
    SELECT m.class_unit, m.pupil,
           MAX(CASE WHEN m.value IS NULL OR m.value <= 2 THEN 1 ELSE 0 END) AS failing,
           MAX(CASE WHEN m.value IS NULL OR m.value <= 3 THEN 1 ELSE 0 END) AS lower
    FROM given AS m
    WHERE m.value IS NOT NULL OR m.code = 'н/а'
    GROUP BY m.class_unit, m.pupil
)
SELECT p.class_unit, COUNT(*) AS pupils, SUM(1 - p.failing) AS passed, SUM(1 - p.lower) AS good
FROM pupils AS p
GROUP BY p.class_unit
"""
BY_COURSE = GIVEN + COUNTED
"""Marks by class, subject and group, with the teacher of the term's last day."""

BY_CLASS = GIVEN + PUPILS
"""Pupils who have a mark or «н/а»; without 2 and «н/а»; with nothing below 4."""
