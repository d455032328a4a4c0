"""Marks of a term by course, as tables for the rules that look for what is unusual in them.

``TERM_TALLIES`` is made once for all of them: a row a pupil, subject and term with the number of
marks, their ``total``, ``squares`` and ``fives``, for the latest term that has begun and the latest
that has ended, over the whole parallels of the scope. A rule puts ``asked`` before its tables:
class_unit, kind, number, first, last of the terms it looks at and ``upto``, the day up to which.
``own`` then has those tallies of its terms, ``courses`` adds them up by class, subject and group.
Only digits are marks; a subject whose marks no file covers from the term's first week to the last
is left out. Advice expires with its term, so a rule looks at the latest only.
"""

from services.completeness.rule import Shared

TERM_TALLIES = Shared(
    "term_tallies",
    """
, tally_terms AS MATERIALIZED (
    SELECT t.class_unit, t.kind, t.number, t.first, t.last,
           CASE WHEN t.last < :today THEN t.last ELSE :today END AS upto
    FROM journal_classes AS k
    CROSS JOIN journal_class_terms AS t
    WHERE k.school = :school AND k.grade > 1 AND k.grade IN (
          SELECT n.grade FROM scope
          JOIN journal_classes AS n ON n.school = :school AND n.class_unit = scope.class_unit)
      AND t.school = :school AND t.class_unit = k.class_unit AND t.kind <> 'год'
      AND t.last >= (SELECT MIN(scope.first) FROM scope) AND t.first <= :today
      AND NOT EXISTS (
           SELECT 1 FROM journal_class_terms AS n
           JOIN journal_calendar AS l ON l.school = n.school AND l.day = n.last
           WHERE n.school = :school AND n.class_unit = t.class_unit AND n.kind <> 'год'
             AND n.first > t.first AND n.last > t.last AND l.ends <= :as_of)
), tally_courses AS MATERIALIZED (
    SELECT DISTINCT u.class_unit, u.kind, u.number, u.first, u.last, u.upto, v.subject
    FROM tally_terms AS u
    CROSS JOIN journal_coverage AS v
    JOIN journal_subjects AS s ON s.school = v.school AND s.subject = v.subject
    WHERE v.school = :school AND v.kind = 'marks' AND v.class_unit = u.class_unit
      AND v.first < u.first + 7 AND v.last > u.upto - 7 AND s.marks = 1
), tally_pupils AS MATERIALIZED (
    SELECT DISTINCT e.class_unit, e.pupil
    FROM (SELECT DISTINCT class_unit FROM tally_terms) AS u
    CROSS JOIN journal_enrollments AS e
    WHERE e.school = :school AND e.class_unit = u.class_unit
), tally_groups AS MATERIALIZED (
    SELECT g.pupil, n.subject, MAX(g.study_group) AS study_group
    FROM journal_group_pupils AS g
    JOIN study_groups AS n ON n.id = g.study_group
    WHERE g.school = :school
    GROUP BY g.pupil, n.subject
), tallies AS MATERIALIZED (
    SELECT t.class_unit, t.kind, t.number, t.first, t.last, t.subject, e.pupil,
           COUNT(*) AS marks, SUM(m.value) AS total, SUM(m.value * m.value) AS squares,
           SUM(CASE WHEN m.value = 5 THEN 1 ELSE 0 END) AS fives
    FROM tally_courses AS t
    CROSS JOIN tally_pupils AS e
    CROSS JOIN journal_marks AS m
    WHERE e.class_unit = t.class_unit AND m.school = :school AND m.pupil = e.pupil
      AND m.subject = t.subject AND m.day BETWEEN t.first AND t.upto AND m.value IS NOT NULL
    GROUP BY t.class_unit, t.kind, t.number, t.first, t.last, t.subject, e.pupil
), term_tallies AS MATERIALIZED (
    SELECT t.*, COALESCE(g.study_group, 0) AS study_group
    FROM tallies AS t
    LEFT JOIN tally_groups AS g ON g.pupil = t.pupil AND g.subject = t.subject
)""",
)

BEGUN = """
, asked AS MATERIALIZED (
    SELECT t.class_unit, t.kind, t.number, t.first, t.last,
           CASE WHEN t.last < :today THEN t.last ELSE :today END AS upto
    FROM scope
    CROSS JOIN journal_class_terms AS t
    WHERE t.school = :school AND t.class_unit = scope.class_unit AND t.kind <> 'год'
      AND t.last >= scope.first AND t.first <= :today
      AND NOT EXISTS (
           SELECT 1 FROM journal_class_terms AS n
           WHERE n.school = :school AND n.class_unit = t.class_unit AND n.kind <> 'год'
             AND n.first > t.first AND n.first <= :today)
)"""
"""``asked`` for the latest term that has begun, up to now."""

CLOSED = """
, asked AS MATERIALIZED (
    SELECT t.class_unit, t.kind, t.number, t.first, t.last, t.last AS upto
    FROM scope
    CROSS JOIN journal_class_terms AS t
    CROSS JOIN journal_calendar AS c
    WHERE t.school = :school AND t.class_unit = scope.class_unit AND t.kind <> 'год'
      AND t.last >= scope.first
      AND c.school = :school AND c.day = t.last AND c.ends <= :as_of
      AND NOT EXISTS (
           SELECT 1 FROM journal_class_terms AS n
           JOIN journal_calendar AS l ON l.school = n.school AND l.day = n.last
           WHERE n.school = :school AND n.class_unit = t.class_unit AND n.kind <> 'год'
             AND n.last > t.last AND l.ends <= :as_of)
)"""
"""``asked`` for the latest term that has ended."""

COURSE_MARKS = """
, own AS MATERIALIZED (
    SELECT o.class_unit, o.subject, o.study_group, o.pupil, o.kind, o.number, o.last, u.upto,
           o.marks, o.total, o.squares, o.fives
    FROM asked AS u
    JOIN term_tallies AS o ON o.class_unit = u.class_unit AND o.kind = u.kind
         AND o.number = u.number AND o.first = u.first AND o.last = u.last
), courses AS MATERIALIZED (
    SELECT o.class_unit, o.subject, o.study_group, o.kind, o.number, o.last, o.upto,
           CAST(SUM(o.marks) AS INTEGER) AS marks, CAST(SUM(o.total) AS INTEGER) AS total,
           CAST(SUM(o.squares) AS INTEGER) AS squares, CAST(SUM(o.fives) AS INTEGER) AS fives
    FROM own AS o
    GROUP BY o.class_unit, o.subject, o.study_group, o.kind, o.number, o.last, o.upto
)"""

TOLD = """
SELECT s.class_unit, s.subject, s.study_group,
       (SELECT MAX(a.staff) FROM journal_assignments AS a
        WHERE a.school = :school AND a.class_unit = s.class_unit AND a.subject = s.subject
          AND a.study_group IN (0, s.study_group) AND s.upto BETWEEN a.first AND a.last) AS staff,
       s.last AS day, NULL AS number, NULL AS pupil, s.kind, s.number AS term, s.marks, s.found,
       s.usual
FROM strange AS s
"""


def strange_courses(asked: str, strange: str) -> str:
    """The statement of a rule whose ``strange`` tables take from these.

    The last of them, ``strange``, has the columns of ``courses`` and two numbers of the rule's own,
    ``found`` and ``usual``.
    """
    return asked + COURSE_MARKS + strange + TOLD
