"""R5: a substitution that the substitute has not entered, or that the absent teacher has."""

from services.completeness.rule import Extent, Facts, Rule, Said, Severity

STATEMENT = """
, due AS MATERIALIZED (
    SELECT u.class_unit, u.subject, u.study_group, u.day, u.number, u.absent, u.substitute
    FROM scope
    CROSS JOIN journal_substitutions AS u
    JOIN journal_calendar AS c ON c.school = :school AND c.day = u.day
    WHERE u.school = :school AND u.class_unit = scope.class_unit
      AND u.day BETWEEN scope.first AND scope.last
      AND u.substitute IS NOT NULL AND c.deadline <= :as_of
      AND EXISTS (
           SELECT 1 FROM journal_coverage AS v
           WHERE v.school = :school AND v.kind = 'lessons' AND v.class_unit = u.class_unit
             AND v.subject = u.subject AND v.study_group IN (0, u.study_group)
             AND u.day BETWEEN v.first AND v.last)
      AND NOT EXISTS (
           SELECT 1 FROM journal_empty_rosters AS x
           WHERE x.school = :school AND x.class_unit = u.class_unit
             AND x.study_group IN (0, u.study_group) AND u.day BETWEEN x.first AND x.last)
), lines AS MATERIALIZED (
    -- the journal's lines of these lessons; who signed is the author, else whoever taught
    SELECT u.class_unit, u.subject, u.study_group, u.day, u.number, u.absent, u.substitute,
           l.state, COALESCE(l.author, l.staff) AS signed,
           CASE WHEN COALESCE(l.topic, '-') = '' AND COALESCE(l.attendance_taken, 0) = 0
                THEN 0 ELSE 1 END AS filled
    FROM due AS u
    CROSS JOIN journal_lessons AS l
    WHERE l.school = :school AND l.class_unit = u.class_unit AND l.day = u.day
      AND l.number = u.number AND l.subject = u.subject
      AND (l.study_group = u.study_group OR 0 IN (l.study_group, u.study_group))
)
SELECT u.class_unit, u.subject, u.study_group, u.substitute AS staff, u.day, u.number,
       NULL AS pupil,
       CASE WHEN EXISTS (
            SELECT 1 FROM lines AS l
            WHERE l.class_unit = u.class_unit AND l.day = u.day AND l.number = u.number
              AND l.subject = u.subject AND l.study_group = u.study_group
              AND l.filled = 1 AND l.signed = u.absent AND l.signed <> u.substitute)
            THEN 1 ELSE 0 END AS by_absent
FROM due AS u
WHERE NOT EXISTS (
      SELECT 1 FROM lines AS l
      WHERE l.class_unit = u.class_unit AND l.day = u.day AND l.number = u.number
        AND l.subject = u.subject AND l.study_group = u.study_group
        AND (l.state <> 1 OR (l.filled = 1 AND l.signed = u.substitute)))
"""


def why(facts: Facts) -> Said:
    if facts["by_absent"]:
        return Said("The lesson was replaced, but the absent teacher has entered it.", {})
    return Said("The substitute has not entered the lesson.", {})


RULE = Rule(
    code="R5",
    title="Замена не подписана",
    severity=Severity.MAJOR,
    extent=Extent.LESSON,
    statement=STATEMENT,
    why=why,
)
