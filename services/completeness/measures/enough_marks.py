"""Pupils x subjects in the latest term begun, and those with enough marks for N1.

While the term runs its minimum shrinks to the share of weeks gone by (as N1's does for a pupil who
is there only for a part), rounded down.
"""

from services.completeness.measures.measure import Measure

STATEMENT = """
, terms_begun AS MATERIALIZED (
    SELECT t.class_unit, t.kind, t.first, t.last,
           CASE WHEN t.last < :upto THEN t.last ELSE :upto END AS upto
    FROM scope
    CROSS JOIN journal_class_terms AS t
    WHERE t.school = :school AND t.class_unit = scope.class_unit AND t.kind <> 'год'
      AND t.first <= :upto
), begun AS MATERIALIZED (
    SELECT t.* FROM terms_begun AS t
    WHERE NOT EXISTS (
          SELECT 1 FROM terms_begun AS n
          WHERE n.class_unit = t.class_unit AND n.first > t.first)
), taught AS MATERIALIZED (
    SELECT u.class_unit, u.kind, u.first, u.last, u.upto, a.subject, a.study_group,
           SUM(a.hours) AS hours, MAX(a.staff) AS staff
    FROM begun AS u
    CROSS JOIN journal_assignments AS a
    JOIN journal_classes AS k ON k.school = :school AND k.class_unit = a.class_unit
    JOIN journal_subjects AS s ON s.school = :school AND s.subject = a.subject
    WHERE a.school = :school AND a.class_unit = u.class_unit
      AND a.first <= u.upto AND a.last >= u.upto AND k.grade > 1 AND s.marks = 1
      AND EXISTS (
           SELECT 1 FROM journal_coverage AS v
           WHERE v.school = :school AND v.kind = 'marks' AND v.class_unit = a.class_unit
             AND v.subject = a.subject AND v.study_group IN (0, a.study_group)
             AND v.first < u.first + 7 AND v.last > u.upto - 7)
    GROUP BY u.class_unit, u.kind, u.first, u.last, u.upto, a.subject, a.study_group
), pupils_taught AS MATERIALIZED (
    SELECT t.class_unit, t.kind, t.first, t.last, t.upto, t.subject, e.pupil, e.person,
           MAX(t.study_group) AS study_group, SUM(t.hours) AS hours, MAX(t.staff) AS staff
    FROM taught AS t
    CROSS JOIN journal_enrollments AS e
    WHERE e.school = :school AND e.class_unit = t.class_unit
      AND e.first <= t.upto AND e.last >= t.upto
      AND (t.study_group = 0 OR EXISTS (
           SELECT 1 FROM journal_group_pupils AS g
           WHERE g.school = :school AND g.study_group = t.study_group AND g.pupil = e.pupil))
    GROUP BY t.class_unit, t.kind, t.first, t.last, t.upto, t.subject, e.pupil, e.person
), spans AS MATERIALIZED (
    SELECT DISTINCT first, last, upto FROM begun
), persons AS MATERIALIZED (
    SELECT DISTINCT e.pupil, e.person FROM journal_enrollments AS e WHERE e.school = :school
), kin AS MATERIALIZED (
    -- every number that one person has had: marks before a transfer count in the new class
    SELECT DISTINCT p.pupil, n.pupil AS other
    FROM persons AS p
    JOIN persons AS n ON n.person = p.person
), weeks AS MATERIALIZED (
    SELECT e.person, u.first, u.last,
           SUM((CASE WHEN e.last < u.upto THEN e.last ELSE u.upto END - 1) / 7
               - (CASE WHEN e.first > u.first THEN e.first ELSE u.first END - 1) / 7 + 1) AS own,
           (u.last - 1) / 7 - (u.first - 1) / 7 + 1 AS whole
    FROM journal_enrollments AS e
    JOIN spans AS u ON e.first <= u.upto AND e.last >= u.first
    WHERE e.school = :school
    GROUP BY e.person, u.first, u.last
), required AS MATERIALIZED (
    SELECT t.*,
           (SELECT COUNT(*) FROM kin CROSS JOIN journal_marks AS m
            WHERE kin.pupil = t.pupil AND m.school = :school AND m.pupil = kin.other
              AND m.subject = t.subject AND m.day BETWEEN t.first AND t.upto
              AND m.value IS NOT NULL) AS marks,
           CASE WHEN t.kind = 'полугодие'
                THEN CASE WHEN t.hours <= 200 THEN :half_few ELSE :half_many END
                ELSE CASE WHEN t.hours <= 200 THEN :few ELSE :many END END
           * (CASE WHEN w.own < w.whole THEN w.own ELSE w.whole END) / w.whole AS least
    FROM pupils_taught AS t
    JOIN weeks AS w ON w.person = t.person AND w.first = t.first AND w.last = t.last
)
SELECT r.class_unit, r.subject, r.study_group, r.staff, NULL AS day, COUNT(*) AS pupils_due,
       SUM(CASE WHEN r.marks >= r.least THEN 1 ELSE 0 END) AS pupils
FROM required AS r
GROUP BY r.class_unit, r.subject, r.study_group, r.staff
"""

MEASURE = Measure(rule="N1", statement=STATEMENT)
