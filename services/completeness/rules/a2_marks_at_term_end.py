"""A2: «добор», too great a part of a term's marks stand in its last days.

By the days that the marks stand for, once the term has ended.
"""

from services.completeness.course_marks import CLOSED, TERM_TALLIES, strange_courses
from services.completeness.rule import Extent, Facts, Rule, Said, Severity, Threshold

AT_THE_END = """
, late AS MATERIALIZED (
    SELECT o.class_unit, o.subject, o.study_group, o.kind, o.number, o.last, COUNT(*) AS marks
    FROM asked AS u
    CROSS JOIN journal_marks AS m
    JOIN own AS o ON o.pupil = m.pupil AND o.subject = m.subject AND o.kind = u.kind
         AND o.number = u.number AND o.last = u.last
    WHERE m.school = :school AND m.class_unit = u.class_unit
      AND m.day BETWEEN u.last - :days + 1 AND u.last AND m.value IS NOT NULL
    GROUP BY o.class_unit, o.subject, o.study_group, o.kind, o.number, o.last
), strange AS MATERIALIZED (
    SELECT c.*, l.marks AS found, :days AS usual
    FROM courses AS c
    JOIN late AS l ON l.class_unit = c.class_unit AND l.subject = c.subject
         AND l.study_group = c.study_group AND l.kind = c.kind AND l.number = c.number
         AND l.last = c.last
    WHERE c.marks >= :marks AND l.marks * 100 >= c.marks * :percent
)"""


def why(facts: Facts) -> Said:
    return Said(
        "%(term)s: marks %(marks)s, of them %(late)s in the last %(days)s days.",
        {
            "term": (facts["kind"], facts["term"]),
            "marks": facts["marks"],
            "late": facts["found"],
            "days": facts["usual"],
        },
    )


RULE = Rule(
    code="A2",
    title="Добор отметок в конце периода",
    severity=Severity.ADVICE,
    extent=Extent.COURSE,
    statement=strange_courses(CLOSED, AT_THE_END),
    why=why,
    shared=TERM_TALLIES,
    thresholds={
        "percent": Threshold(40, 10, 100, "Доля отметок в последние дни, %, не меньше"),
        "days": Threshold(10, 1, 30, "Последних дней периода"),
        "marks": Threshold(30, 5, 500, "Отметок за период для вывода, не меньше"),
    },
)
