"""What the forecast counts, over the journal views: terms that run on the day ``:today``."""

from services.completeness.few_marks import FEW_MARKS

_SEEN = FEW_MARKS.replace(
    "m.value IS NOT NULL",
    "m.value IS NOT NULL AND (m.entered_at IS NULL OR m.entered_at <= :moment)",
)
"""Only marks that the journal had at a moment: what was entered later is not known yet."""

_RUNNING = """
, running AS MATERIALIZED (
    SELECT t.class_unit, t.year, t.kind, t.number, t.first, t.last
    FROM scope
    CROSS JOIN journal_class_terms AS t
    WHERE t.school = :school AND t.class_unit = scope.class_unit AND t.kind <> 'год'
      AND t.first <= :today AND t.last >= :today
)"""

TERMS = (
    _RUNNING
    + """
SELECT r.class_unit, r.kind, r.number, r.last
FROM running AS r
ORDER BY r.last, r.kind, r.class_unit
"""
)

BEFORE = (
    _RUNNING
    + """
SELECT r.kind, r.number, r.last, MAX(p.last) AS before
FROM running AS r
CROSS JOIN journal_class_terms AS p
WHERE p.school = :school AND p.class_unit = r.class_unit AND p.kind = r.kind AND p.last < r.first
GROUP BY r.kind, r.number, r.last
"""
)
"""The last day of the term of the same kind before each that runs."""

MARKS = (
    _RUNNING  # noqa: S608  # our own words
    + """
, asked AS MATERIALIZED (
    SELECT r.class_unit, r.year, r.kind, r.number, r.first, r.last, :today AS upto, 100 AS share
    FROM running AS r
)"""
    + _SEEN
    + """
, days AS MATERIALIZED (
    SELECT r.class_unit,
           SUM(CASE WHEN d.day BETWEEN r.first AND :today THEN d.school_day ELSE 0 END) AS gone,
           SUM(CASE WHEN d.day > :today THEN d.school_day ELSE 0 END) AS ahead
    FROM running AS r
    CROSS JOIN journal_class_days AS d
    WHERE d.school = :school AND d.class_unit = r.class_unit AND d.day BETWEEN r.first AND r.last
    GROUP BY r.class_unit
), slots AS MATERIALIZED (
    SELECT r.class_unit, e.subject, e.study_group,
           SUM(CASE WHEN e.day <= :today THEN 1 ELSE 0 END) AS gone,
           SUM(CASE WHEN e.day > :today THEN 1 ELSE 0 END) AS ahead
    FROM running AS r
    CROSS JOIN journal_expected_lessons AS e
    WHERE e.school = :school AND e.class_unit = r.class_unit AND e.state = 1
      AND e.day BETWEEN r.first AND r.last
    GROUP BY r.class_unit, e.subject, e.study_group
), pupils AS MATERIALIZED (
    SELECT r.class_unit, COUNT(DISTINCT e.pupil) AS pupils
    FROM running AS r
    CROSS JOIN journal_enrollments AS e
    WHERE e.school = :school AND e.class_unit = r.class_unit
      AND e.first <= :today AND e.last >= :today
    GROUP BY r.class_unit
), tempo AS MATERIALIZED (
    SELECT r.class_unit, m.subject, COUNT(*) AS marks
    FROM running AS r
    CROSS JOIN journal_marks AS m
    WHERE m.school = :school AND m.class_unit = r.class_unit AND m.value IS NOT NULL
      AND m.day BETWEEN r.first AND :today
      AND (m.entered_at IS NULL OR m.entered_at <= :moment)
    GROUP BY r.class_unit, m.subject
)
SELECT q.class_unit, q.subject, q.pupil, q.staff, q.kind, q.number AS term, q.last,
       q.marks, q.least, d.gone AS days_gone, d.ahead AS days_ahead, p.pupils,
       COALESCE(t.marks, 0) AS class_marks,
       (SELECT SUM(s.gone) FROM slots AS s
        WHERE s.class_unit = q.class_unit AND s.subject = q.subject
          AND s.study_group IN (0, q.study_group)) AS gone,
       (SELECT SUM(s.ahead) FROM slots AS s
        WHERE s.class_unit = q.class_unit AND s.subject = q.subject
          AND s.study_group IN (0, q.study_group)) AS ahead
FROM required AS q
JOIN days AS d ON d.class_unit = q.class_unit
JOIN pupils AS p ON p.class_unit = q.class_unit
LEFT JOIN tempo AS t ON t.class_unit = q.class_unit AND t.subject = q.subject
WHERE q.marks < q.least
"""
)
"""Pupils x subjects below the term's whole minimum of N1 (takes its thresholds), by the marks that
were entered up to ``:moment``."""

HOURS = (
    _RUNNING  # noqa: S608  # our own words
    + """
, held AS MATERIALIZED (
    SELECT r.class_unit, l.subject, l.study_group, COUNT(*) AS lessons
    FROM running AS r
    CROSS JOIN journal_lessons AS l
    WHERE l.school = :school AND l.class_unit = r.class_unit AND l.state = 1
      AND l.day BETWEEN :year_first AND :today
    GROUP BY r.class_unit, l.subject, l.study_group
), slots AS MATERIALIZED (
    SELECT r.class_unit, e.subject, e.study_group,
           SUM(CASE WHEN e.day <= :today THEN 1 ELSE 0 END) AS gone,
           SUM(CASE WHEN e.day > :today THEN 1 ELSE 0 END) AS ahead
    FROM running AS r
    CROSS JOIN journal_expected_lessons AS e
    WHERE e.school = :school AND e.class_unit = r.class_unit AND e.state <> 4
      AND e.day BETWEEN :year_first AND r.last
    GROUP BY r.class_unit, e.subject, e.study_group
), groups AS MATERIALIZED (
    SELECT s.class_unit, s.subject, s.study_group FROM slots AS s WHERE s.study_group <> 0
), planned AS MATERIALIZED (
    SELECT r.class_unit, r.kind, r.number, r.last, i.subject, i.study_group, SUM(i.hours) AS hours
    FROM running AS r
    CROSS JOIN journal_plan_items AS i
    WHERE i.school = :school AND i.class_unit = r.class_unit
      AND i.day BETWEEN :year_first AND r.last
      AND EXISTS (
           SELECT 1 FROM journal_coverage AS v
           WHERE v.school = :school AND v.kind = 'lessons' AND v.class_unit = i.class_unit
             AND v.subject = i.subject AND v.last >= :today - 7)
    GROUP BY r.class_unit, r.kind, r.number, r.last, i.subject, i.study_group
), plans AS MATERIALIZED (
    SELECT p.class_unit, p.kind, p.number, p.last, p.subject,
           COALESCE(g.study_group, p.study_group) AS study_group, SUM(p.hours) AS hours
    FROM planned AS p
    LEFT JOIN groups AS g ON g.class_unit = p.class_unit AND g.subject = p.subject
         AND p.study_group IN (0, g.study_group)
    GROUP BY p.class_unit, p.kind, p.number, p.last, p.subject,
             COALESCE(g.study_group, p.study_group)
), looked AS MATERIALIZED (
    SELECT p.*,
           COALESCE((SELECT SUM(h.lessons) FROM held AS h
                     WHERE h.class_unit = p.class_unit AND h.subject = p.subject
                       AND h.study_group IN (0, p.study_group)), 0) AS held,
           COALESCE((SELECT SUM(s.gone) FROM slots AS s
                     WHERE s.class_unit = p.class_unit AND s.subject = p.subject
                       AND s.study_group IN (0, p.study_group)), 0) AS gone,
           COALESCE((SELECT SUM(s.ahead) FROM slots AS s
                     WHERE s.class_unit = p.class_unit AND s.subject = p.subject
                       AND s.study_group IN (0, p.study_group)), 0) AS ahead
    FROM plans AS p
)
SELECT k.class_unit, k.subject, k.study_group, k.kind, k.number AS term, k.last,
       k.hours, k.held, k.gone, k.ahead
FROM looked AS k
WHERE k.hours > (k.held + k.ahead) * 100 OR k.held < k.gone
"""
)
"""Courses that may end the term behind their plan: hours planned by its end, lessons held."""

TOTALS = (
    _RUNNING  # noqa: S608  # our own words
    + """
, earlier AS MATERIALIZED (
    SELECT r.class_unit, r.kind AS now_kind, r.number AS now_number, r.last AS now_last,
           p.year, p.kind, p.number, p.last
    FROM running AS r
    CROSS JOIN journal_class_terms AS p
    WHERE p.school = :school AND p.class_unit = r.class_unit AND p.kind = r.kind
      AND p.last < r.first
      AND NOT EXISTS (
          SELECT 1 FROM journal_class_terms AS n
          WHERE n.school = :school AND n.class_unit = r.class_unit AND n.kind = r.kind
            AND n.last < r.first AND n.last > p.last)
)
SELECT e.now_kind AS kind, e.now_number AS term, e.now_last AS last, COUNT(*) AS marks,
       SUM(CASE WHEN m.entered_at > c.ends THEN 1 ELSE 0 END) AS late
FROM earlier AS e
CROSS JOIN journal_term_marks AS m
JOIN journal_calendar AS c ON c.school = :school AND c.day = e.last
WHERE m.school = :school AND m.class_unit = e.class_unit AND m.year = e.year
  AND m.kind = e.kind AND m.number = e.number AND m.entered_at IS NOT NULL
GROUP BY e.now_kind, e.now_number, e.now_last
"""
)
"""Period marks of the term before, and how many were entered after its last day."""
