"""R4: an entry by somebody who neither taught nor was to teach the lesson on its day.

The author is that of the lesson, of the mark, or the user of a line of the journal's log.
"""

from services.completeness.logged import LOGGED, LOGGED_PLACES
from services.completeness.rule import Extent, Facts, Rule, Said, Severity

ENTRIES = """
, entries AS MATERIALIZED (
    SELECT l.class_unit, l.subject, l.study_group, l.staff, l.day, l.number,
           CAST(NULL AS INTEGER) AS pupil, l.author
    FROM scope
    CROSS JOIN journal_lessons AS l
    WHERE l.school = :school AND l.class_unit = scope.class_unit
      AND l.day BETWEEN scope.first AND scope.last AND l.day <= :today AND l.state = 1
      AND l.author <> l.staff AND l.author <> COALESCE(l.instead_of, l.staff)
    UNION ALL
    SELECT m.class_unit, m.subject, MAX(m.study_group), NULL, m.day, m.number, m.pupil,
           m.author
    FROM journal_marks AS m
    JOIN scope ON scope.class_unit = m.class_unit AND m.day BETWEEN scope.first AND scope.last
    WHERE m.school = :school AND m.day <= :today AND m.author IS NOT NULL
      AND NOT EXISTS (
           SELECT 1 FROM journal_lessons AS l
           WHERE l.school = :school AND l.class_unit = m.class_unit AND l.day = m.day
             AND (l.number = m.number OR m.number > 100) AND l.subject = m.subject
             AND (l.study_group = m.study_group OR 0 IN (l.study_group, m.study_group))
             AND m.author IN (l.staff, l.instead_of))
    GROUP BY m.class_unit, m.subject, m.day, m.number, m.pupil, m.author
    UNION ALL
    SELECT g.class_unit, g.subject, p.study_group, p.staff, g.day, COALESCE(p.number, 101), NULL,
           g.author
    FROM logged AS g
    JOIN logged_places AS p ON p.class_unit = g.class_unit AND p.subject = g.subject
         AND p.said_group = g.study_group AND p.day = g.day
    JOIN scope ON scope.class_unit = g.class_unit
    WHERE g.day <= scope.last AND g.author IS NOT NULL
      AND NOT EXISTS (
           SELECT 1 FROM journal_lessons AS l
           WHERE l.school = :school AND l.class_unit = g.class_unit AND l.day = g.day
             AND l.subject = g.subject
             AND (l.study_group = p.study_group OR 0 IN (l.study_group, p.study_group))
             AND g.author IN (l.staff, l.instead_of))
    GROUP BY g.class_unit, g.subject, p.study_group, p.staff, g.day, p.number, g.author
), foreign_entries AS MATERIALIZED (
    SELECT o.* FROM entries AS o
    WHERE NOT EXISTS (
          SELECT 1 FROM journal_assignments AS a
          WHERE a.school = :school AND a.class_unit = o.class_unit AND a.subject = o.subject
            AND (a.study_group = o.study_group OR 0 IN (a.study_group, o.study_group))
            AND a.staff = o.author AND o.day BETWEEN a.first AND a.last)
      AND NOT EXISTS (
          SELECT 1 FROM journal_substitutions AS u
          WHERE u.school = :school AND u.class_unit = o.class_unit AND u.day = o.day
            AND (u.number = o.number OR o.number > 100) AND u.subject = o.subject
            AND (u.study_group = o.study_group OR 0 IN (u.study_group, o.study_group))
            AND u.substitute = o.author)
      AND NOT EXISTS (
          SELECT 1 FROM journal_expected_lessons AS e
          WHERE e.school = :school AND e.class_unit = o.class_unit AND e.day = o.day
            AND (e.number = o.number OR o.number > 100) AND e.subject = o.subject
            AND (e.study_group = o.study_group OR 0 IN (e.study_group, o.study_group))
            AND e.staff = o.author)
), known AS MATERIALIZED (
    -- whose lesson it was can be told: by its line, the load or the timetable
    SELECT o.class_unit, o.subject, o.study_group, o.day, o.number, o.pupil, o.author,
           COALESCE(o.staff,
               (SELECT MAX(l.staff) FROM journal_lessons AS l
                WHERE l.school = :school AND l.class_unit = o.class_unit AND l.day = o.day
                  AND (l.number = o.number OR o.number > 100) AND l.subject = o.subject
                  AND (l.study_group = o.study_group OR 0 IN (l.study_group, o.study_group))),
               (SELECT MAX(a.staff) FROM journal_assignments AS a
                WHERE a.school = :school AND a.class_unit = o.class_unit
                  AND a.subject = o.subject
                  AND (a.study_group = o.study_group OR 0 IN (a.study_group, o.study_group))
                  AND o.day BETWEEN a.first AND a.last)) AS staff
    FROM foreign_entries AS o
)
SELECT k.class_unit, k.subject, k.study_group, MAX(k.staff) AS staff, k.day,
       CASE WHEN k.number <= 100 THEN k.number END AS number, k.pupil,
       MAX((SELECT MAX(f.name) FROM journal_staff_facts AS f
            WHERE f.school = :school AND f.staff = k.author)) AS author
FROM known AS k
WHERE k.staff IS NOT NULL
GROUP BY k.class_unit, k.subject, k.study_group, k.day, k.number, k.pupil
"""


def why(facts: Facts) -> Said:
    if facts["author"] is None:
        return Said("Entered by somebody who neither teaches nor replaces here that day.", {})
    return Said("Entered by %(author)s, who neither teaches nor replaces here that day.", {
        "author": facts["author"],
    })  # fmt: skip


RULE = Rule(
    code="R4",
    title="Чужая запись",
    severity=Severity.MAJOR,
    extent=Extent.LESSON,
    statement=LOGGED + LOGGED_PLACES + ENTRIES,
    why=why,
)
