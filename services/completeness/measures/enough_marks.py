"""Pupils x subjects in the latest term begun, and those with enough marks for N1.

While the term runs its minimum shrinks to the share of weeks gone by (as N1's does for a pupil who
is there only for a part), rounded down.
"""

from services.completeness.measures.measure import Measure

STATEMENT = """
, begun AS (
    SELECT t.class_unit, t.kind, t.first, t.last,
           CASE WHEN t.last < :upto THEN t.last ELSE :upto END AS upto
    FROM journal_class_terms AS t
    WHERE t.school = :school AND t.kind <> 'год' AND t.first <= :upto
      AND NOT EXISTS (
           SELECT 1 FROM journal_class_terms AS n
           WHERE n.school = t.school AND n.class_unit = t.class_unit AND n.kind <> 'год'
             AND n.first > t.first AND n.first <= :upto)
), taught AS (
    SELECT u.class_unit, u.kind, u.first, u.last, u.upto, a.subject, a.study_group,
           SUM(a.hours) AS hours, MAX(a.staff) AS staff
    FROM begun AS u
    JOIN journal_assignments AS a ON a.school = :school AND a.class_unit = u.class_unit
         AND a.first <= u.upto AND a.last >= u.upto
    JOIN journal_classes AS k ON k.school = :school AND k.class_unit = a.class_unit
    JOIN journal_subjects AS s ON s.school = :school AND s.subject = a.subject
    WHERE k.grade > 1 AND s.marks = 1
      AND EXISTS (
           SELECT 1 FROM journal_coverage AS v
           WHERE v.school = :school AND v.kind = 'marks' AND v.class_unit = a.class_unit
             AND v.subject = a.subject AND v.study_group IN (0, a.study_group)
             AND v.first < u.first + 7 AND v.last > u.upto - 7)
    GROUP BY u.class_unit, u.kind, u.first, u.last, u.upto, a.subject, a.study_group
), pupils_taught AS (
    SELECT t.class_unit, t.kind, t.first, t.last, t.upto, t.subject, e.pupil, e.person,
           MAX(t.study_group) AS study_group, SUM(t.hours) AS hours, MAX(t.staff) AS staff
    FROM taught AS t
    JOIN journal_enrollments AS e ON e.school = :school AND e.class_unit = t.class_unit
         AND e.first <= t.upto AND e.last >= t.upto
    WHERE t.study_group = 0 OR EXISTS (
          SELECT 1 FROM journal_group_pupils AS g
          WHERE g.school = :school AND g.study_group = t.study_group AND g.pupil = e.pupil)
    GROUP BY t.class_unit, t.kind, t.first, t.last, t.upto, t.subject, e.pupil, e.person
), persons AS (
    SELECT DISTINCT e.pupil, e.person FROM journal_enrollments AS e WHERE e.school = :school
), spans AS (
    SELECT DISTINCT first, last, upto FROM begun
), counted_spans AS (
    SELECT DISTINCT first, upto FROM begun
), counted AS (
    SELECT p.person, m.subject, u.first, u.upto, COUNT(*) AS marks
    FROM journal_marks AS m
    JOIN persons AS p ON p.pupil = m.pupil
    JOIN counted_spans AS u ON m.day BETWEEN u.first AND u.upto
    WHERE m.school = :school AND m.value IS NOT NULL
    GROUP BY p.person, m.subject, u.first, u.upto
), weeks AS (
    SELECT e.person, u.first, u.last, u.upto,
           SUM((CASE WHEN e.last < u.upto THEN e.last ELSE u.upto END - 1) / 7
               - (CASE WHEN e.first > u.first THEN e.first ELSE u.first END - 1) / 7 + 1) AS own,
           (u.last - 1) / 7 - (u.first - 1) / 7 + 1 AS whole
    FROM journal_enrollments AS e
    JOIN spans AS u ON e.first <= u.upto AND e.last >= u.first
    WHERE e.school = :school
    GROUP BY e.person, u.first, u.last, u.upto
), required AS (
    SELECT t.*, COALESCE(c.marks, 0) AS marks,
           CASE WHEN t.kind = 'полугодие'
                THEN CASE WHEN t.hours <= 200 THEN :half_few ELSE :half_many END
                ELSE CASE WHEN t.hours <= 200 THEN :few ELSE :many END END
           * (CASE WHEN w.own < w.whole THEN w.own ELSE w.whole END) / w.whole AS least
    FROM pupils_taught AS t
    JOIN weeks AS w ON w.person = t.person AND w.first = t.first AND w.last = t.last
         AND w.upto = t.upto
    LEFT JOIN counted AS c ON c.person = t.person AND c.subject = t.subject
         AND c.first = t.first AND c.upto = t.upto
)
SELECT r.class_unit, r.subject, r.study_group, r.staff, NULL AS day, COUNT(*) AS pupils_due,
       SUM(CASE WHEN r.marks >= r.least THEN 1 ELSE 0 END) AS pupils
FROM required AS r
JOIN scope ON scope.class_unit = r.class_unit
GROUP BY r.class_unit, r.subject, r.study_group, r.staff
"""

MEASURE = Measure(rule="N1", statement=STATEMENT)
