"""T4: a topic, a mark or attendance of a day that has not come; homework may be ahead.

A day that has come since counts too where the file tells when the entry was made: a mark by its own
time; a lesson only if nothing in it changed on the day itself or later, since what was entered
first may have been the homework. Asked about a moment before the latest entry, only entries
whose own time is known to be earlier are there.
"""

from services.completeness.rule import Extent, Facts, Rule, Said, Severity

STATEMENT = """
, zone AS MATERIALIZED (
    -- seconds from midnight of Greenwich to the school's, the latest of the year
    SELECT MAX(c.begins - CAST(c.day - 719163 AS BIGINT) * 86400) AS shift
    FROM journal_calendar AS c WHERE c.school = :school
), told AS MATERIALIZED (
    -- classes whose files tell of changes: no change there means that there was none
    SELECT scope.class_unit FROM scope
    WHERE EXISTS (
          SELECT 1 FROM journal_lessons AS l
          WHERE l.school = :school AND l.class_unit = scope.class_unit
            AND l.modified_at IS NOT NULL)
), early_marks AS MATERIALIZED (
    SELECT m.class_unit, m.subject, m.study_group, m.day, m.number, m.pupil, m.entered_at
    FROM zone
    CROSS JOIN scope
    CROSS JOIN journal_marks AS m
    WHERE m.school = :school AND m.class_unit = scope.class_unit
      AND m.day BETWEEN scope.first AND scope.last AND m.day <= :today
      AND m.entered_at < CAST(m.day - 719163 AS BIGINT) * 86400 + zone.shift
), early_lessons AS MATERIALIZED (
    SELECT l.class_unit, l.subject, l.study_group, l.staff, l.day, l.number, l.topic,
           l.entered_at, l.modified_at
    FROM zone
    CROSS JOIN scope
    CROSS JOIN journal_lessons AS l
    WHERE l.school = :school AND l.class_unit = scope.class_unit
      AND l.day BETWEEN scope.first AND scope.last AND l.state = 1
      AND (l.day > :today
           OR l.entered_at < CAST(l.day - 719163 AS BIGINT) * 86400 + zone.shift)
      AND (l.topic <> '' OR l.attendance_said = 1)
), told_until AS MATERIALIZED (
    -- whether all that is told was there at the moment asked about
    SELECT CASE WHEN COALESCE(MAX(l.entered_at), :loaded) <= :as_of THEN 1 ELSE 0 END AS whole
    FROM scope
    CROSS JOIN journal_lessons AS l
    WHERE l.school = :school AND l.class_unit = scope.class_unit
), later_lines AS MATERIALIZED (
    -- written after the moment asked about: with them came the marks and codes without a time
    SELECT DISTINCT l.class_unit, l.day, l.subject
    FROM scope
    CROSS JOIN journal_lessons AS l
    WHERE l.school = :school AND l.class_unit = scope.class_unit
      AND l.day BETWEEN scope.first AND scope.last AND l.day > :today AND l.entered_at > :as_of
), ahead AS MATERIALIZED (
    SELECT l.class_unit, l.subject, l.study_group, l.staff, l.day, l.number,
           CAST(NULL AS INTEGER) AS pupil,
           CASE WHEN l.topic <> '' THEN 'topic' ELSE 'attendance' END AS what,
           CAST(NULL AS BIGINT) AS entered_at
    FROM early_lessons AS l
    WHERE l.day > :today
      AND (l.entered_at <= :as_of OR (l.entered_at IS NULL AND (SELECT whole FROM told_until) = 1))
    UNION ALL
    SELECT l.class_unit, l.subject, l.study_group, l.staff, l.day, l.number, NULL, 'topic',
           l.entered_at
    FROM early_lessons AS l
    JOIN journal_calendar AS c ON c.school = :school AND c.day = l.day
    WHERE l.day <= :today AND l.entered_at < c.begins
      AND COALESCE(l.modified_at, l.entered_at) < c.begins
      AND (l.modified_at IS NOT NULL OR l.class_unit IN (SELECT class_unit FROM told))
    UNION ALL
    SELECT m.class_unit, m.subject, m.study_group, NULL, m.day, m.number, m.pupil, 'mark', NULL
    FROM scope
    CROSS JOIN journal_marks AS m
    WHERE m.school = :school AND m.class_unit = scope.class_unit
      AND m.day BETWEEN scope.first AND scope.last AND m.day > :today
      AND (m.entered_at <= :as_of OR (
           m.entered_at IS NULL AND (SELECT whole FROM told_until) = 1 AND NOT EXISTS (
           SELECT 1 FROM later_lines AS l
           WHERE l.class_unit = m.class_unit AND l.day = m.day AND l.subject = m.subject)))
    UNION ALL
    SELECT m.class_unit, m.subject, m.study_group, NULL, m.day, m.number, m.pupil, 'mark',
           m.entered_at
    FROM early_marks AS m
    JOIN journal_calendar AS c ON c.school = :school AND c.day = m.day
    WHERE m.entered_at < c.begins
    UNION ALL
    SELECT a.class_unit, a.subject, a.study_group, NULL, a.day, a.number, a.pupil, 'absence', NULL
    FROM scope
    CROSS JOIN journal_attendance AS a
    WHERE a.school = :school AND a.class_unit = scope.class_unit
      AND a.day BETWEEN scope.first AND scope.last AND a.day > :today
      AND (SELECT whole FROM told_until) = 1
      AND NOT EXISTS (
           SELECT 1 FROM later_lines AS l
           WHERE l.class_unit = a.class_unit AND l.day = a.day AND l.subject = a.subject)
)
SELECT o.class_unit, o.subject, o.study_group,
       COALESCE(MAX(o.staff),
           (SELECT MAX(l.staff) FROM journal_lessons AS l
            WHERE l.school = :school AND l.class_unit = o.class_unit AND l.day = o.day
              AND l.number = o.number AND l.subject = o.subject
              AND (l.study_group = o.study_group OR 0 IN (l.study_group, o.study_group))),
           (SELECT MAX(a.staff) FROM journal_assignments AS a
            WHERE a.school = :school AND a.class_unit = o.class_unit AND a.subject = o.subject
              AND a.study_group IN (0, o.study_group)
              AND o.day BETWEEN a.first AND a.last)) AS staff,
       o.day, CASE WHEN o.number <= 100 THEN o.number END AS number, o.pupil,
       MAX(o.what) AS what, MAX(o.entered_at) AS entered_at
FROM ahead AS o
GROUP BY o.class_unit, o.subject, o.study_group, o.day, o.number, o.pupil
"""


def why(facts: Facts) -> Said:
    if facts["entered_at"] is not None:
        return Said("Entered %(entered)s, before the day of the lesson.", {
            "entered": ("moment", facts["entered_at"]),
        })  # fmt: skip
    if facts["what"] == "topic":
        return Said("The day of the lesson has not come, and its topic is already written.", {})
    if facts["what"] == "mark":
        return Said("The day of the lesson has not come, and a mark is already given.", {})
    return Said("The day of the lesson has not come, and attendance is already marked.", {})


RULE = Rule(
    code="T4",
    title="Запись наперёд",
    severity=Severity.MAJOR,
    extent=Extent.LESSON,
    statement=STATEMENT,
    why=why,
)
