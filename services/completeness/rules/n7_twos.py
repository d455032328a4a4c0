"""N7: a two right after an absence, at a term's first or last lesson, or not mended in lessons.

A better mark of the next ``lessons`` lessons, or of the same day, mends it. The advice is of the
latest term begun and expires with it; its last lesson is known when it has ended.
"""

from services.completeness.rule import Extent, Facts, Rule, Said, Severity, Threshold

STATEMENT = """
, terms_begun AS MATERIALIZED (
    SELECT t.class_unit, t.first, t.last
    FROM scope
    CROSS JOIN journal_class_terms AS t
    WHERE t.school = :school AND t.class_unit = scope.class_unit AND t.kind <> 'год'
      AND t.first BETWEEN :year_first AND :today
), latest AS MATERIALIZED (
    SELECT t.* FROM terms_begun AS t
    WHERE NOT EXISTS (
          SELECT 1 FROM terms_begun AS n
          WHERE n.class_unit = t.class_unit AND n.first > t.first)
), course AS MATERIALIZED (
    -- lessons as day * 1000 + number, each with those before and after it in the term
    SELECT l.class_unit, l.subject, l.study_group, l.staff, l.day, l.number, t.last,
           LAG(l.day * 1000 + l.number) OVER w AS before,
           LEAD(l.day) OVER w AS next_day,
           LEAD(l.day, :lessons) OVER w AS late_day
    FROM latest AS t
    CROSS JOIN journal_lessons AS l
    WHERE l.school = :school AND l.class_unit = t.class_unit AND l.state = 1
      AND l.day BETWEEN t.first AND t.last
      AND l.day <= (SELECT MAX(c.day) FROM journal_calendar AS c
                    WHERE c.school = :school AND c.deadline <= :as_of)
    WINDOW w AS (PARTITION BY l.class_unit, l.subject, l.study_group ORDER BY l.day, l.number)
), twos AS MATERIALIZED (
    SELECT DISTINCT m.class_unit, m.subject, m.pupil, m.day, m.number, m.study_group
    FROM scope
    JOIN latest AS t ON t.class_unit = scope.class_unit
    CROSS JOIN journal_marks AS m
    WHERE m.school = :school AND m.class_unit = scope.class_unit
      AND m.day BETWEEN scope.first AND scope.last AND m.day BETWEEN t.first AND :today
      AND m.value <= 2
), placed AS MATERIALIZED (
    SELECT t.class_unit, t.subject, t.pupil, t.day, t.number, c.study_group, c.staff, c.late_day,
           c.before / 1000 AS day_before, c.before % 1000 AS number_before,
           CASE WHEN c.before IS NULL OR (c.next_day IS NULL AND c.last < :today)
                THEN 1 ELSE 0 END AS at_edge
    FROM twos AS t
    JOIN course AS c ON c.class_unit = t.class_unit AND c.subject = t.subject AND c.day = t.day
         AND c.number = t.number
         AND (c.study_group = t.study_group OR 0 IN (c.study_group, t.study_group))
), told AS (
    SELECT p.*,
           CASE WHEN EXISTS (
                SELECT 1 FROM journal_attendance AS a
                WHERE a.school = :school AND a.class_unit = p.class_unit
                  AND a.day = p.day_before AND a.number = p.number_before
                  AND a.subject = p.subject AND a.pupil = p.pupil AND a.code IN ('Н', 'Б', 'У'))
                THEN 1 ELSE 0 END AS after_absence,
           CASE WHEN p.late_day IS NOT NULL AND NOT EXISTS (
                SELECT 1 FROM journal_marks AS m
                WHERE m.school = :school AND m.pupil = p.pupil AND m.subject = p.subject
                  AND m.day BETWEEN p.day AND p.late_day AND m.value > 2)
                THEN 1 ELSE 0 END AS unmended
    FROM placed AS p
)
SELECT t.class_unit, t.subject, t.study_group, t.staff, t.day, t.number, t.pupil,
       t.after_absence, t.at_edge, t.unmended, :lessons AS lessons
FROM told AS t
WHERE t.after_absence + t.at_edge + t.unmended > 0
"""


def why(facts: Facts) -> Said:
    if facts["after_absence"]:
        return Said("A two at the first lesson after an absence.", {})
    if facts["at_edge"]:
        return Said("A two at the first or the last lesson of the term.", {})
    return Said("A two, and no better mark in the next %(lessons)s lessons.", {
        "lessons": facts["lessons"],
    })  # fmt: skip


RULE = Rule(
    code="N7",
    title="Двойки",
    severity=Severity.ADVICE,
    extent=Extent.LESSON,
    statement=STATEMENT,
    why=why,
    thresholds={"lessons": Threshold(3, 1, 20, "Уроков, чтобы исправить двойку")},
)
