"""Marks of a term by course, as tables for the rules that look for what is unusual in them.

A rule puts ``asked`` before them: class_unit, kind, number, first, last of a term and ``upto``, the
day up to which it is looked at. ``own`` then has a row a pupil, subject and term with the number of
marks, their ``total``, ``squares``, ``fives``, and ``late`` (on the term's last ``late_days``);
``courses`` adds them up by class, subject and group. Only digits are marks; a subject whose marks
no file covers from the term's first week to the last is left out. Advice expires with its term, so
a rule looks at the latest only.
"""

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
, told AS MATERIALIZED (
    SELECT DISTINCT u.class_unit, u.kind, u.number, u.first, u.last, u.upto, v.subject
    FROM asked AS u
    CROSS JOIN journal_coverage AS v
    JOIN journal_classes AS k ON k.school = v.school AND k.class_unit = v.class_unit
    JOIN journal_subjects AS s ON s.school = v.school AND s.subject = v.subject
    WHERE v.school = :school AND v.kind = 'marks' AND v.class_unit = u.class_unit
      AND v.first < u.first + 7 AND v.last > u.upto - 7 AND k.grade > 1 AND s.marks = 1
), listed AS MATERIALIZED (
    SELECT DISTINCT e.class_unit, e.pupil
    FROM (SELECT DISTINCT class_unit FROM asked) AS u
    CROSS JOIN journal_enrollments AS e
    WHERE e.school = :school AND e.class_unit = u.class_unit
), groups AS MATERIALIZED (
    SELECT g.pupil, n.subject, MAX(g.study_group) AS study_group
    FROM journal_group_pupils AS g
    JOIN study_groups AS n ON n.id = g.study_group
    WHERE g.school = :school
    GROUP BY g.pupil, n.subject
), own AS MATERIALIZED (
    SELECT t.class_unit, t.kind, t.number, t.last, t.upto, t.subject, e.pupil,
           COUNT(*) AS marks, SUM(m.value) AS total, SUM(m.value * m.value) AS squares,
           SUM(CASE WHEN m.value = 5 THEN 1 ELSE 0 END) AS fives,
           SUM(CASE WHEN m.day > t.last - {late_days} THEN 1 ELSE 0 END) AS late
    FROM told AS t
    CROSS JOIN listed AS e
    CROSS JOIN journal_marks AS m
    WHERE e.class_unit = t.class_unit AND m.school = :school AND m.pupil = e.pupil
      AND m.subject = t.subject AND m.day BETWEEN t.first AND t.upto AND m.value IS NOT NULL
    GROUP BY t.class_unit, t.kind, t.number, t.last, t.upto, t.subject, e.pupil
), courses AS MATERIALIZED (
    SELECT o.class_unit, o.subject, COALESCE(g.study_group, 0) AS study_group, o.kind, o.number,
           o.last, o.upto, CAST(SUM(o.marks) AS INTEGER) AS marks,
           CAST(SUM(o.total) AS INTEGER) AS total, CAST(SUM(o.squares) AS INTEGER) AS squares,
           CAST(SUM(o.fives) AS INTEGER) AS fives, CAST(SUM(o.late) AS INTEGER) AS late
    FROM own AS o
    LEFT JOIN groups AS g ON g.pupil = o.pupil AND g.subject = o.subject
    GROUP BY o.class_unit, o.subject, COALESCE(g.study_group, 0), o.kind, o.number, o.last, o.upto
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


def strange_courses(asked: str, strange: str, *, late_days: str = "0") -> str:
    """The statement of a rule whose ``strange`` tables take from these.

    The last of them, ``strange``, has ``c.*`` of ``courses`` and two numbers of the rule's own,
    ``found`` and ``usual``.
    """
    return asked + COURSE_MARKS.replace("{late_days}", late_days) + strange + TOLD
