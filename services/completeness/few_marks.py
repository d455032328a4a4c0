"""Pupils' marks in a term beside the minimum of N1, as tables for the rules that ask about it.

A rule puts ``asked`` before them: class_unit, year, kind, number, first, last of a term, ``upto``
(the day up to which it is looked at) and ``share`` (of the minimum, in per cent, that is due by
then). ``required`` then has a row a pupil and subject whose ``marks`` may be fewer than the share
of ``least``, the minimum that the pupil's weekly ``hours`` and weeks in the term ask for.
"""

from services.completeness.rule import Threshold

ENDED = """
, asked AS MATERIALIZED (
    SELECT t.class_unit, t.year, t.kind, t.number, t.first, t.last, t.last AS upto, 100 AS share
    FROM scope
    CROSS JOIN journal_class_terms AS t
    CROSS JOIN journal_calendar AS c
    WHERE t.school = :school AND t.class_unit = scope.class_unit AND t.kind <> 'год'
      AND t.last >= scope.first
      AND c.school = :school AND c.day = t.last AND c.ends <= :as_of
)"""
"""``asked`` for terms that have ended: the whole minimum."""

FEW_MARKS = """
, taught AS MATERIALIZED (
    SELECT u.class_unit, u.year, u.kind, u.number, u.first, u.last, u.upto, u.share, a.subject,
           a.study_group, SUM(a.hours) AS hours, MAX(a.staff) AS staff
    FROM asked AS u
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
    GROUP BY u.class_unit, u.year, u.kind, u.number, u.first, u.last, u.upto, u.share, a.subject,
             a.study_group
), bounds AS MATERIALIZED (
    -- what the hours of all groups together would ask for: no pupil's minimum is above it
    SELECT t.class_unit, t.year, t.kind, t.number, t.subject,
           CASE WHEN t.kind = 'полугодие'
                THEN CASE WHEN SUM(t.hours) <= 200 OR :half_few > :half_many
                          THEN :half_few ELSE :half_many END
                ELSE CASE WHEN SUM(t.hours) <= 200 OR :few > :many
                          THEN :few ELSE :many END END AS marks
    FROM taught AS t
    GROUP BY t.class_unit, t.year, t.kind, t.number, t.subject
), short AS MATERIALIZED (
    -- whose own marks are below the bound: only for them is the rest worked out
    SELECT t.*, e.pupil, e.person
    FROM taught AS t
    JOIN bounds AS b ON b.class_unit = t.class_unit AND b.year = t.year AND b.kind = t.kind
         AND b.number = t.number AND b.subject = t.subject
    CROSS JOIN journal_enrollments AS e
    WHERE e.school = :school AND e.class_unit = t.class_unit
      AND e.first <= t.upto AND e.last >= t.upto
      AND (SELECT COUNT(*) FROM journal_marks AS m
           WHERE m.school = :school AND m.pupil = e.pupil AND m.subject = t.subject
             AND m.day BETWEEN t.first AND t.upto AND m.value IS NOT NULL) * 100
          < b.marks * t.share
      AND (t.study_group = 0 OR EXISTS (
           SELECT 1 FROM journal_group_pupils AS g
           WHERE g.school = :school AND g.study_group = t.study_group AND g.pupil = e.pupil))
), pupils_taught AS MATERIALIZED (
    SELECT s.class_unit, s.year, s.kind, s.number, s.first, s.last, s.upto, s.share, s.subject,
           s.pupil, s.person, MAX(s.study_group) AS study_group, SUM(s.hours) AS hours,
           MAX(s.staff) AS staff
    FROM short AS s
    GROUP BY s.class_unit, s.year, s.kind, s.number, s.first, s.last, s.upto, s.share, s.subject,
             s.pupil, s.person
), spans AS MATERIALIZED (
    SELECT DISTINCT first, last FROM asked
), persons AS MATERIALIZED (
    SELECT DISTINCT e.pupil, e.person FROM journal_enrollments AS e WHERE e.school = :school
), kin AS MATERIALIZED (
    -- every number that one person has had: marks before a transfer count in the new class
    SELECT DISTINCT p.pupil, n.pupil AS other
    FROM persons AS p
    JOIN persons AS n ON n.person = p.person
), weeks AS MATERIALIZED (
    SELECT e.person, u.first, u.last,
           SUM((CASE WHEN e.last < u.last THEN e.last ELSE u.last END - 1) / 7
               - (CASE WHEN e.first > u.first THEN e.first ELSE u.first END - 1) / 7 + 1) AS own,
           (u.last - 1) / 7 - (u.first - 1) / 7 + 1 AS whole
    FROM journal_enrollments AS e
    JOIN spans AS u ON e.first <= u.last AND e.last >= u.first
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
)"""
"""Takes the thresholds of N1."""

MINIMUM = {
    "few": Threshold(3, 0, 30, "Отметок за четверть при 1–2 часах в неделю"),
    "many": Threshold(5, 0, 30, "Отметок за четверть при 3 часах и больше"),
    "half_few": Threshold(5, 0, 60, "Отметок за полугодие при 1–2 часах"),
    "half_many": Threshold(7, 0, 60, "Отметок за полугодие при 3 часах и больше"),
}
"""Marks in a quarter or trimester at up to two hours a week, at more; in a half-year likewise."""
