"""What ``enough_marks`` counts, at the end of every week at once: ``day`` is the week's last one.

A row a class, subject and week; the term asked about is the latest one begun by then, and marks are
counted in one pass over them, by person and week.
"""

from services.completeness.measures.measure import Measure

STATEMENT = """
, looks AS MATERIALIZED (
    SELECT (c.day - 1) / 7 AS week, MAX(c.day) AS upto
    FROM journal_calendar AS c
    WHERE c.school = :school AND c.day BETWEEN :first_day AND :upto
    GROUP BY (c.day - 1) / 7
), terms_begun AS MATERIALIZED (
    SELECT k.week, k.upto AS day, t.class_unit, t.kind, t.first, t.last,
           CASE WHEN t.last < k.upto THEN t.last ELSE k.upto END AS upto
    FROM looks AS k
    JOIN journal_class_terms AS t ON t.first <= k.upto
    JOIN scope ON scope.class_unit = t.class_unit
    WHERE t.school = :school AND t.kind <> 'год'
), begun AS MATERIALIZED (
    SELECT t.* FROM terms_begun AS t
    WHERE NOT EXISTS (
          SELECT 1 FROM terms_begun AS n
          WHERE n.class_unit = t.class_unit AND n.week = t.week AND n.first > t.first)
), taught AS MATERIALIZED (
    SELECT u.class_unit, u.week, u.day, u.kind, u.first, u.last, u.upto, a.subject, a.study_group,
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
    GROUP BY u.class_unit, u.week, u.day, u.kind, u.first, u.last, u.upto, a.subject,
             a.study_group
), pupils_taught AS MATERIALIZED (
    SELECT t.class_unit, t.week, t.day, t.kind, t.first, t.last, t.upto, t.subject, e.pupil,
           e.person, MAX(t.study_group) AS study_group, SUM(t.hours) AS hours, MAX(t.staff) AS staff
    FROM taught AS t
    CROSS JOIN journal_enrollments AS e
    WHERE e.school = :school AND e.class_unit = t.class_unit
      AND e.first <= t.upto AND e.last >= t.upto
      AND (t.study_group = 0 OR EXISTS (
           SELECT 1 FROM journal_group_pupils AS g
           WHERE g.school = :school AND g.study_group = t.study_group AND g.pupil = e.pupil))
    GROUP BY t.class_unit, t.week, t.day, t.kind, t.first, t.last, t.upto, t.subject, e.pupil,
             e.person
), spans AS MATERIALIZED (
    SELECT DISTINCT first, last, upto FROM begun
), persons AS MATERIALIZED (
    SELECT DISTINCT e.pupil, e.person FROM journal_enrollments AS e WHERE e.school = :school
), counted AS MATERIALIZED (
    -- a term may begin or end within a week, so its days stay apart
    SELECT p.person, m.subject, m.day, COUNT(*) AS marks
    FROM journal_marks AS m
    JOIN persons AS p ON p.pupil = m.pupil
    WHERE m.school = :school AND m.day BETWEEN :first_day AND :upto AND m.value IS NOT NULL
    GROUP BY p.person, m.subject, m.day
), weeks AS MATERIALIZED (
    SELECT e.person, u.first, u.last, u.upto,
           SUM((CASE WHEN e.last < u.upto THEN e.last ELSE u.upto END - 1) / 7
               - (CASE WHEN e.first > u.first THEN e.first ELSE u.first END - 1) / 7 + 1) AS own,
           (u.last - 1) / 7 - (u.first - 1) / 7 + 1 AS whole
    FROM journal_enrollments AS e
    JOIN spans AS u ON e.first <= u.upto AND e.last >= u.first
    WHERE e.school = :school
    GROUP BY e.person, u.first, u.last, u.upto
), required AS MATERIALIZED (
    SELECT t.*,
           (SELECT COALESCE(SUM(c.marks), 0) FROM counted AS c
            WHERE c.person = t.person AND c.subject = t.subject
              AND c.day BETWEEN t.first AND t.upto) AS marks,
           CASE WHEN t.kind = 'полугодие'
                THEN CASE WHEN t.hours <= 200 THEN :half_few ELSE :half_many END
                ELSE CASE WHEN t.hours <= 200 THEN :few ELSE :many END END
           * (CASE WHEN w.own < w.whole THEN w.own ELSE w.whole END) / w.whole AS least
    FROM pupils_taught AS t
    JOIN weeks AS w ON w.person = t.person AND w.first = t.first AND w.last = t.last
         AND w.upto = t.upto
)
SELECT r.class_unit, r.subject, r.study_group, r.staff, r.day, COUNT(*) AS pupils_due,
       SUM(CASE WHEN r.marks >= r.least THEN 1 ELSE 0 END) AS pupils
FROM required AS r
GROUP BY r.class_unit, r.subject, r.study_group, r.staff, r.day
"""

MEASURE = Measure(rule="N1", statement=STATEMENT)
