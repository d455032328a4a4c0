"""C6: somebody who was dismissed still enters into the journal, or is still let into this chat.

Entries are those whose author the files or the journal's log name, made when the day of dismissal
had ended; without a moment, those of lessons after that day. The finding stands where the entry
does: at its lesson, or at the class where the log names no lesson. Who is hired again has access
again. Zero tolerance (RULES.md).
"""

from services.completeness.logged import LOGGED, LOGGED_PLACES, LOOKED_ONLY
from services.completeness.rule import Extent, Facts, Rule, Said, Severity

_CHANGES = " AND ".join(f"g.action NOT LIKE '{words}'" for words in LOOKED_ONLY)

ENTRIES = f"""
, zone AS MATERIALIZED (
    -- seconds to the east
    SELECT (c.day - 719163) * 86400 - c.begins AS shift
    FROM journal_calendar AS c
    WHERE c.school = :school AND c.day = (
          SELECT MAX(d.day) FROM journal_calendar AS d
          WHERE d.school = :school AND d.day <= :today)
), dismissed AS MATERIALIZED (
    SELECT f.staff, f.dismissed, (f.dismissed + 1 - 719163) * 86400 - z.shift AS ended
    FROM journal_staff_facts AS f
    CROSS JOIN zone AS z
    WHERE f.school = :school AND f.dismissed < :today
      AND COALESCE(f.hired, f.dismissed) <= f.dismissed
), lessons_entered AS MATERIALIZED (
    SELECT l.class_unit, l.subject, l.study_group, l.author AS staff, o.dismissed, o.ended,
           l.day, l.number, l.entered_at,
           CASE WHEN l.modified_at <= :as_of THEN l.modified_at END AS modified_at
    FROM scope
    CROSS JOIN journal_lessons AS l
    JOIN dismissed AS o ON o.staff = l.author
    WHERE l.school = :school AND l.class_unit = scope.class_unit
      AND l.day >= scope.first AND l.day >= :year_first
), marks_entered AS MATERIALIZED (
    SELECT m.class_unit, m.subject, m.study_group, o.staff, o.dismissed, o.ended, m.day,
           m.number, m.entered_at
    FROM scope
    CROSS JOIN journal_marks AS m
    JOIN dismissed AS o ON o.staff = m.author
    WHERE m.school = :school AND m.class_unit = scope.class_unit
      AND m.day >= scope.first AND m.day >= :year_first
      AND (SELECT COUNT(*) FROM dismissed) > 0
), entered AS MATERIALIZED (
    SELECT e.class_unit, e.subject, e.study_group, e.staff, e.dismissed, e.day, e.number,
           e.entered_at AS moment
    FROM lessons_entered AS e
    WHERE (e.entered_at >= e.ended AND e.entered_at <= :as_of)
       OR (e.entered_at IS NULL AND e.day > e.dismissed AND e.day <= :today)
    UNION ALL
    SELECT e.class_unit, e.subject, e.study_group, e.staff, e.dismissed, e.day, e.number,
           e.modified_at
    FROM lessons_entered AS e
    WHERE e.modified_at >= e.ended AND COALESCE(e.entered_at, 0) <> e.modified_at
    UNION ALL
    SELECT e.class_unit, e.subject, e.study_group, e.staff, e.dismissed, e.day, e.number,
           e.entered_at
    FROM marks_entered AS e
    WHERE (e.entered_at >= e.ended AND e.entered_at <= :as_of)
       OR (e.entered_at IS NULL AND e.day > e.dismissed AND e.day <= :today)
    UNION ALL
    SELECT g.class_unit, g.subject, p.study_group, g.author, o.dismissed, g.day,
           COALESCE(p.number, 101), g.changed_at
    FROM logged AS g
    JOIN dismissed AS o ON o.staff = g.author
    JOIN logged_places AS p ON p.class_unit = g.class_unit AND p.subject = g.subject
         AND p.said_group = g.study_group AND p.day = g.day
    WHERE g.changed_at >= o.ended AND g.day >= :year_first
    UNION ALL
    -- of no lesson
    SELECT g.class_unit, g.subject, g.study_group, g.author, o.dismissed, NULL, NULL,
           g.changed_at
    FROM scope
    CROSS JOIN journal_changes AS g
    JOIN dismissed AS o ON o.staff = g.author
    WHERE g.school = :school AND g.class_unit = scope.class_unit
      AND (g.day IS NULL OR g.subject IS NULL) AND {_CHANGES}
      AND g.changed_at >= o.ended AND g.changed_at <= :as_of
)
SELECT e.class_unit, e.subject, e.study_group, MAX(e.staff) AS staff, e.day,
       CASE WHEN e.number <= 100 THEN e.number END AS number, NULL AS pupil,
       MAX(e.dismissed) AS dismissed, COUNT(*) AS entries, MAX(e.moment) AS last_at
FROM entered AS e
GROUP BY e.class_unit, e.subject, e.study_group, e.day,
         CASE WHEN e.number <= 100 THEN e.number END
UNION ALL
SELECT NULL, NULL, 0, o.staff, NULL, NULL, NULL, o.dismissed, NULL, NULL
FROM dismissed AS o
WHERE EXISTS (
      SELECT 1 FROM journal_access AS a
      WHERE a.school = :school AND a.staff = o.staff AND a.since <= :as_of
        AND (a.until IS NULL OR a.until > :as_of))
"""  # noqa: S608  # our own words


def why(facts: Facts) -> Said:
    dismissed = ("day", facts["dismissed"])
    if facts["entries"] is None:
        return Said("Dismissed on %(day)s, and may still come in here.", {"day": dismissed})
    counted = {"day": dismissed, "entries": facts["entries"]}
    if facts["last_at"] is None:
        return Said("Dismissed on %(day)s, entries here since then: %(entries)s.", counted)
    return Said("Dismissed on %(day)s, entries here since then: %(entries)s, the last of %(last)s.",
        {**counted, "last": ("moment", facts["last_at"])},
    )  # fmt: skip


RULE = Rule(
    code="C6",
    title="Уволенный с доступом",
    severity=Severity.CRITICAL,
    extent=Extent.COURSE,
    statement=LOGGED + LOGGED_PLACES + ENTRIES,
    why=why,
)
