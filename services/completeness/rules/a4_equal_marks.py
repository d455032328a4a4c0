"""A4: nearly all marks of one lesson are the same. A credit work or an easy one may be the reason.

Only digits are counted, each of a cell's two; a lesson with fewer than ``marks`` of them is too
small to say anything.
"""

from services.completeness.rule import Extent, Facts, Rule, Said, Severity, Threshold

STATEMENT = """
, equals AS MATERIALIZED (
    -- most lessons have no mark so often that it could be nearly all of enough marks
    SELECT m.class_unit, m.day, m.number, m.subject, m.study_group, m.value, COUNT(*) AS marks
    FROM scope
    CROSS JOIN journal_marks AS m
    WHERE m.school = :school AND m.class_unit = scope.class_unit
      AND m.day BETWEEN scope.first AND scope.last AND m.day <= :today AND m.value IS NOT NULL
    GROUP BY m.class_unit, m.day, m.number, m.subject, m.study_group, m.value
    HAVING COUNT(*) * 100 >= :marks * :percent
), counted AS MATERIALIZED (
    SELECT e.class_unit, e.day, e.number, e.subject, e.study_group, e.value, e.marks AS equal,
           (SELECT COUNT(*) FROM journal_marks AS m
            WHERE m.school = :school AND m.class_unit = e.class_unit AND m.day = e.day
              AND m.number = e.number AND m.subject = e.subject
              AND m.study_group = e.study_group AND m.value IS NOT NULL) AS marks
    FROM equals AS e
    WHERE EXISTS (
          SELECT 1 FROM journal_lessons AS l
          WHERE l.school = :school AND l.class_unit = e.class_unit AND l.day = e.day
            AND l.number = e.number AND l.subject = e.subject AND l.state = 1)
), alike AS MATERIALIZED (
    SELECT c.* FROM counted AS c
    WHERE c.marks >= :marks AND c.equal * 100 >= c.marks * :percent
)
SELECT o.class_unit, o.subject, o.study_group,
       (SELECT MAX(l.staff) FROM journal_lessons AS l
        WHERE l.school = :school AND l.class_unit = o.class_unit AND l.day = o.day
          AND l.number = o.number AND l.subject = o.subject
          AND (l.study_group = o.study_group OR 0 IN (l.study_group, o.study_group))) AS staff,
       o.day, o.number, NULL AS pupil,
       o.marks, o.equal, o.value
FROM alike AS o
"""


def why(facts: Facts) -> Said:
    return Said("Of %(marks)s marks of the lesson %(equal)s are the same: %(value)s.", {
        "marks": facts["marks"], "equal": facts["equal"], "value": facts["value"],
    })  # fmt: skip


RULE = Rule(
    code="A4",
    title="Почти все отметки за урок одинаковы",
    severity=Severity.ADVICE,
    extent=Extent.LESSON,
    statement=STATEMENT,
    why=why,
    thresholds={
        "percent": Threshold(90, 51, 100, "Доля одинаковых отметок, %, не меньше"),
        "marks": Threshold(10, 3, 100, "Отметок за урок для вывода, не меньше"),
    },
)
