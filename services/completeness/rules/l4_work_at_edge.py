"""L4: a whole-class work on the first or the last lesson of the class's day.

The letters of 06.08.2021 except a subject's only lesson of the week. The day's lessons are those of
the timetable and those really held: an edge of either is one, and lesson 1 always is. Where no
timetable is known, the held lessons tell the edges only if the journal of every subject of the
load covers the day.
"""

from services.completeness.class_works import class_works
from services.completeness.rule import Extent, Facts, Rule, Said, Severity

AT_EDGE = """
, dates AS MATERIALIZED (
    SELECT DISTINCT w.class_unit, w.day FROM works AS w
), planned AS MATERIALIZED (
    -- ``due``: not cancelled, neither by a substitution nor by its own line
    SELECT e.class_unit, e.day, e.number, e.state,
           CASE WHEN e.state = 3 OR EXISTS (
                SELECT 1 FROM journal_lessons AS l
                WHERE l.school = :school AND l.class_unit = e.class_unit AND l.day = e.day
                  AND l.number = e.number AND l.subject = e.subject AND l.state <> 1)
                THEN 0 ELSE 1 END AS due
    FROM dates AS d
    CROSS JOIN journal_expected_lessons AS e
    WHERE e.school = :school AND e.class_unit = d.class_unit AND e.day = d.day
      AND NOT EXISTS (
           -- a group in which nobody is has no lesson
           SELECT 1 FROM journal_empty_rosters AS x
           WHERE x.school = :school AND x.class_unit = e.class_unit
             AND x.study_group = e.study_group AND e.study_group <> 0
             AND e.day BETWEEN x.first AND x.last)
), whole AS MATERIALIZED (
    -- days of which every lesson is known
    SELECT d.class_unit, d.day
    FROM dates AS d
    WHERE EXISTS (
          SELECT 1 FROM planned AS p WHERE p.class_unit = d.class_unit AND p.day = d.day)
       OR (EXISTS (
          SELECT 1 FROM journal_assignments AS a
          WHERE a.school = :school AND a.class_unit = d.class_unit
            AND d.day BETWEEN a.first AND a.last)
       AND NOT EXISTS (
          SELECT 1 FROM journal_assignments AS a
          WHERE a.school = :school AND a.class_unit = d.class_unit
            AND d.day BETWEEN a.first AND a.last
            AND NOT EXISTS (
                SELECT 1 FROM journal_coverage AS v
                WHERE v.school = :school AND v.kind = 'lessons'
                  AND v.class_unit = a.class_unit AND v.subject = a.subject
                  AND d.day BETWEEN v.first AND v.last)))
), taught AS MATERIALIZED (
    SELECT p.class_unit, p.day, p.number FROM planned AS p WHERE p.due = 1
    UNION
    SELECT l.class_unit, l.day, l.number
    FROM whole AS d
    CROSS JOIN journal_lessons AS l
    WHERE l.school = :school AND l.class_unit = d.class_unit AND l.day = d.day AND l.state = 1
      AND l.number <= 100
), edges AS MATERIALIZED (
    SELECT t.class_unit, t.day, MIN(t.number) AS opens, MAX(t.number) AS closes
    FROM taught AS t
    GROUP BY t.class_unit, t.day
    UNION
    SELECT p.class_unit, p.day, MIN(p.number), MAX(p.number)
    FROM planned AS p
    WHERE p.state <> 4
    GROUP BY p.class_unit, p.day
    UNION
    -- lesson 1 opens any day that has no lesson 0
    SELECT d.class_unit, d.day, 1, 0
    FROM dates AS d
    WHERE NOT EXISTS (
          SELECT 1 FROM taught AS t
          WHERE t.class_unit = d.class_unit AND t.day = d.day AND t.number < 1)
), at_edge AS MATERIALIZED (
    SELECT w.class_unit, w.subject, w.day, w.number, w.staff, w.work_kind,
           MAX(CASE WHEN w.number = e.closes THEN 1 ELSE 0 END) AS is_last,
           MAX(CASE WHEN w.number = e.opens THEN 1 ELSE 0 END) AS is_first
    FROM works AS w
    JOIN edges AS e ON e.class_unit = w.class_unit AND e.day = w.day
         AND w.number IN (e.opens, e.closes)
    GROUP BY w.class_unit, w.subject, w.day, w.number, w.staff, w.work_kind
)
SELECT w.class_unit, w.subject, 0 AS study_group, w.staff, w.day, w.number, NULL AS pupil,
       w.work_kind, w.is_first
FROM at_edge AS w
WHERE EXISTS (
      SELECT 1 FROM journal_expected_lessons AS e
      WHERE e.school = :school AND e.class_unit = w.class_unit AND e.subject = w.subject
        AND e.day BETWEEN (w.day - 1) / 7 * 7 + 1 AND (w.day - 1) / 7 * 7 + 7
        AND (e.day <> w.day OR e.number <> w.number))
   OR EXISTS (
      SELECT 1 FROM journal_lessons AS l
      WHERE l.school = :school AND l.class_unit = w.class_unit AND l.subject = w.subject
        AND l.day BETWEEN (w.day - 1) / 7 * 7 + 1 AND (w.day - 1) / 7 * 7 + 7
        AND (l.day <> w.day OR l.number <> w.number))
"""


def why(facts: Facts) -> Said:
    if facts["is_first"]:
        return Said("The work «%(work)s» is on the first lesson of the day.", {
            "work": facts["work_kind"],
        })  # fmt: skip
    return Said("The work «%(work)s» is on the last lesson of the day.", {
        "work": facts["work_kind"],
    })  # fmt: skip


RULE = Rule(
    code="L4",
    title="Работа на первом или последнем уроке",
    severity=Severity.MINOR,
    extent=Extent.LESSON,
    statement=class_works() + AT_EDGE,
    why=why,
)
