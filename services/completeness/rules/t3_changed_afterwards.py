"""T3: an entry changed long after its lesson, or after its term was closed.

Told by the times that the file has: «Изменено» of lessons, «Внесено» of period marks. Where a
lesson has none, by the journal's own log; and by two snapshots of the journal, if the value before
was seen when it was too late to change it. A term is closed when its last day has ended. The time
of a mark is not asked: it is that of its first entry, and a written work may be marked later (T2).
"""

from services.completeness.closed_terms import AFTER_CLOSING
from services.completeness.logged import EDITED, LOGGED, LOGGED_PLACES
from services.completeness.rewritten import REWRITTEN
from services.completeness.rule import Extent, Facts, Rule, Said, Severity, Threshold

CHANGED = f"""
, edits AS MATERIALIZED (
    SELECT l.class_unit, l.subject, l.study_group, l.staff, l.day, l.number,
           CAST(NULL AS INTEGER) AS pupil, l.author, l.modified_at,
           CAST(NULL AS BIGINT) AS found_at
    FROM scope
    CROSS JOIN journal_lessons AS l
    WHERE l.school = :school AND l.class_unit = scope.class_unit
      AND l.day BETWEEN scope.first AND :today
      AND l.modified_at > COALESCE(l.entered_at, 0) AND l.modified_at <= :as_of
    UNION ALL
    SELECT g.class_unit, g.subject, p.study_group, p.staff, g.day, p.number, NULL, g.author,
           g.changed_at, NULL
    FROM logged AS g
    JOIN logged_places AS p ON p.class_unit = g.class_unit AND p.subject = g.subject
         AND p.said_group = g.study_group AND p.day = g.day
    WHERE p.modified_at IS NULL AND {EDITED}
    UNION ALL
    SELECT o.class_unit, o.subject, o.study_group, o.staff, o.day, o.number, o.pupil, NULL,
           o.seen_at, o.found_at
    FROM rewritten AS o
    WHERE o.seen_at IS NOT NULL AND o.found_at <= :as_of
), changed AS MATERIALIZED (
    SELECT o.*, d.seq, d.term_last
    FROM edits AS o
    JOIN journal_class_days AS d
         ON d.school = :school AND d.class_unit = o.class_unit AND d.day = o.day
)"""  # noqa: S608  # our own words
LATE = """
, late AS MATERIALIZED (
    SELECT o.*,
           CASE WHEN EXISTS (
                SELECT 1 FROM journal_calendar AS c
                WHERE c.school = :school AND c.day = o.term_last AND c.ends <= o.modified_at)
                THEN 1 ELSE 0 END AS after_term
    FROM changed AS o
    WHERE EXISTS (
          SELECT 1 FROM journal_calendar AS c
          WHERE c.school = :school AND c.day = o.term_last AND c.ends <= o.modified_at)
       OR EXISTS (
          SELECT 1 FROM journal_class_days AS due
          JOIN journal_calendar AS c ON c.school = :school AND c.day = due.day
          WHERE due.school = :school AND due.class_unit = o.class_unit
            AND due.seq = o.seq + :days AND due.school_day = 1 AND c.ends <= o.modified_at)
), counted AS MATERIALIZED (
    -- by one author within the hour that begins with this change
    SELECT o.*,
           COUNT(o.author) OVER (
               PARTITION BY o.author ORDER BY o.modified_at
               RANGE BETWEEN CURRENT ROW AND 3600 FOLLOWING) AS within_hour
    FROM late AS o
), together AS MATERIALIZED (
    SELECT o.*,
           MAX(o.within_hour) OVER (
               PARTITION BY o.author ORDER BY o.modified_at
               RANGE BETWEEN 3600 PRECEDING AND CURRENT ROW) AS at_once
    FROM counted AS o
)"""
FOUND = """
, totals AS MATERIALIZED (
    SELECT m.class_unit, m.subject, m.pupil, m.kind, m.number, m.entered_at, m.last, m.found_at,
           COALESCE((SELECT MAX(g.study_group) FROM journal_group_pupils AS g
                     JOIN study_groups AS n ON n.id = g.study_group
                     WHERE g.school = :school AND g.pupil = m.pupil
                       AND n.class_unit = m.class_unit
                       AND n.subject = m.subject), 0) AS study_group
    FROM after_closing AS m
)
SELECT o.class_unit, o.subject, o.study_group, MAX(o.staff) AS staff, o.day, o.number, o.pupil,
       CASE WHEN MAX(o.at_once) >= :at_once THEN 'critical' END AS severity,
       MAX(o.modified_at) AS changed_at, MAX(o.after_term) AS after_term,
       MAX(o.at_once) AS at_once, NULL AS kind, NULL AS term, MAX(o.found_at) AS found_at
FROM together AS o
GROUP BY o.class_unit, o.subject, o.study_group, o.day, o.number, o.pupil
UNION ALL
SELECT m.class_unit, m.subject, m.study_group,
       MAX((SELECT MAX(a.staff) FROM journal_assignments AS a
            WHERE a.school = :school AND a.class_unit = m.class_unit AND a.subject = m.subject
              AND a.study_group IN (0, m.study_group)
              AND m.last BETWEEN a.first AND a.last)), m.last, NULL, m.pupil,
       'critical', MAX(m.entered_at), 1, 1, MIN(m.kind), MIN(m.number), MAX(m.found_at)
FROM totals AS m
GROUP BY m.class_unit, m.subject, m.study_group, m.last, m.pupil
"""


def why(facts: Facts) -> Said:
    if facts.get("found_at") is not None:  # findings kept from before have none
        return Said("Changed between the data of %(seen)s and of %(found)s, too late for it.", {
            "seen": ("moment", facts["changed_at"]), "found": ("moment", facts["found_at"]),
        })  # fmt: skip
    if facts["kind"] is not None:
        return Said("%(term)s: the mark was entered %(changed)s, when the term was closed.", {
            "term": (facts["kind"], facts["term"]), "changed": ("moment", facts["changed_at"]),
        })  # fmt: skip
    if facts["after_term"]:
        return Said("Changed %(changed)s, when the term was closed.", {
            "changed": ("moment", facts["changed_at"]),
        })  # fmt: skip
    return Said("Changed %(changed)s, long after the lesson.", {
        "changed": ("moment", facts["changed_at"]),
    })  # fmt: skip


RULE = Rule(
    code="T3",
    title="Правка задним числом",
    severity=Severity.MAJOR,
    extent=Extent.COURSE,
    statement=LOGGED + LOGGED_PLACES + REWRITTEN + CHANGED + LATE + AFTER_CLOSING + FOUND,
    why=why,
    thresholds={
        "days": Threshold(7, 1, 60, "Учебных дней на правку"),
        "at_once": Threshold(10, 2, 200, "Правок за час, с которых это массовая правка"),
    },
)
