"""Period marks entered or changed when their period was closed, as a table for T3.

``after_closing`` has a pupil where the marks themselves tell, by their «Внесено» or by two
snapshots, and none where only the journal's log does. A period is closed when its last day has
ended, the year with its last period.
"""

from services.completeness.logged import LOOKED_ONLY

_CHANGES = " AND ".join(f"g.action NOT LIKE '{words}'" for words in LOOKED_ONLY)

AFTER_CLOSING = f"""
, closed AS MATERIALIZED (
    SELECT t.class_unit, t.year, t.kind, t.number, t.last, c.ends
    FROM scope
    CROSS JOIN journal_class_terms AS t
    JOIN journal_calendar AS c ON c.school = :school AND c.day = t.last
    WHERE t.school = :school AND t.class_unit = scope.class_unit AND t.last >= scope.first
      AND t.kind <> 'год'
    UNION ALL
    SELECT t.class_unit, t.year, 'год', 0, MAX(t.last), MAX(c.ends)
    FROM scope
    CROSS JOIN journal_class_terms AS t
    JOIN journal_calendar AS c ON c.school = :school AND c.day = t.last
    WHERE t.school = :school AND t.class_unit = scope.class_unit
    GROUP BY t.class_unit, t.year
), after_closing AS MATERIALIZED (
    SELECT m.class_unit, m.subject, m.pupil, m.kind, m.number, m.entered_at, t.last,
           CAST(NULL AS BIGINT) AS found_at
    FROM journal_term_marks AS m
    CROSS JOIN closed AS t
    WHERE m.school = :school AND m.entered_at >= (SELECT MIN(ends) FROM closed)
      AND m.entered_at <= :as_of AND (m.value IS NOT NULL OR m.code <> '')
      AND t.class_unit = m.class_unit AND t.year = m.year AND t.kind = m.kind
      AND t.number = m.number AND m.entered_at >= t.ends
    UNION ALL
    SELECT o.class_unit, o.subject, o.pupil, o.kind, o.number, o.seen_at, t.last, o.found_at
    FROM rewritten_totals AS o
    JOIN closed AS t ON t.class_unit = o.class_unit AND t.year = o.year AND t.kind = o.kind
         AND t.number = o.number
    WHERE o.seen_at >= t.ends AND o.found_at <= :as_of
    UNION ALL
    SELECT g.class_unit, g.subject, NULL, t.kind, t.number, g.changed_at, t.last, NULL
    FROM closed AS t
    CROSS JOIN journal_changes AS g
    WHERE g.school = :school AND g.class_unit = t.class_unit AND g.day IS NULL
      AND g.subject IS NOT NULL AND g.changed_at BETWEEN t.ends AND t.ends + 25920000
      AND g.changed_at <= :as_of AND {_CHANGES}
      AND g.period = CASE WHEN t.number > 0 THEN t.number || ' ' || t.kind ELSE t.kind END
      AND NOT EXISTS (
           SELECT 1 FROM journal_term_marks AS m
           WHERE m.school = :school AND m.class_unit = t.class_unit AND m.subject = g.subject
             AND m.year = t.year AND m.kind = t.kind AND m.number = t.number
             AND m.entered_at IS NOT NULL)
)"""  # noqa: S608  # our own words
"""Stands after ``REWRITTEN``. A line of the log names no year: it is of the period that ended
within 300 days before."""
