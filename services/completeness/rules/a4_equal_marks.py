"""A4: nearly all marks of one lesson are the same. A credit work or an easy one may be the reason.

Only digits are counted, each of a cell's two; a lesson with fewer than ``marks`` of them is too
small to say anything.
"""

from services.completeness.rule import Extent, Facts, Rule, Said, Severity, Threshold

STATEMENT = """
, full_lessons AS MATERIALIZED (
    -- by the index alone: most lessons have fewer marks and need no look at the values
    SELECT DISTINCT l.class_unit, l.day, l.number, l.subject
    FROM scope
    CROSS JOIN journal_lessons AS l
    WHERE l.school = :school AND l.class_unit = scope.class_unit
      AND l.day BETWEEN scope.first AND scope.last AND l.day <= :today AND l.state = 1
      AND (SELECT m.day FROM journal_marks AS m
           WHERE m.school = :school AND m.class_unit = l.class_unit AND m.day = l.day
             AND m.number = l.number AND m.subject = l.subject
           LIMIT 1 OFFSET :marks - 1) IS NOT NULL
), counts AS MATERIALIZED (
    SELECT m.class_unit, m.day, m.number, m.subject, m.study_group, m.value, COUNT(*) AS marks
    FROM full_lessons AS f
    CROSS JOIN journal_marks AS m
    WHERE m.school = :school AND m.class_unit = f.class_unit AND m.day = f.day
      AND m.number = f.number AND m.subject = f.subject AND m.value IS NOT NULL
    GROUP BY m.class_unit, m.day, m.number, m.subject, m.study_group, m.value
), alike AS MATERIALIZED (
    SELECT c.class_unit, c.day, c.number, c.subject, c.study_group, SUM(c.marks) AS marks,
           MAX(c.marks) AS equal
    FROM counts AS c
    GROUP BY c.class_unit, c.day, c.number, c.subject, c.study_group
    HAVING SUM(c.marks) >= :marks AND MAX(c.marks) * 100 >= SUM(c.marks) * :percent
)
SELECT o.class_unit, o.subject, o.study_group,
       (SELECT MAX(l.staff) FROM journal_lessons AS l
        WHERE l.school = :school AND l.class_unit = o.class_unit AND l.day = o.day
          AND l.number = o.number AND l.subject = o.subject
          AND (l.study_group = o.study_group OR 0 IN (l.study_group, o.study_group))) AS staff,
       o.day, o.number, NULL AS pupil,
       o.marks, o.equal,
       (SELECT MAX(c.value) FROM counts AS c
        WHERE c.class_unit = o.class_unit AND c.day = o.day AND c.number = o.number
          AND c.subject = o.subject AND c.study_group = o.study_group
          AND c.marks = o.equal) AS value
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
