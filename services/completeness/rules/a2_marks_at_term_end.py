"""A2: «добор», too great a part of a term's marks stand in its last days.

By the days that the marks stand for, once the term has ended.
"""

from services.completeness.course_marks import CLOSED, strange_courses
from services.completeness.rule import Extent, Facts, Rule, Said, Severity, Threshold

AT_THE_END = """
, strange AS MATERIALIZED (
    SELECT c.*, c.late AS found, :days AS usual
    FROM courses AS c
    WHERE c.marks >= :marks AND c.late * 100 >= c.marks * :percent
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
    statement=strange_courses(CLOSED, AT_THE_END, late_days=":days"),
    why=why,
    thresholds={
        "percent": Threshold(40, 10, 100, "Доля отметок в последние дни, %, не меньше"),
        "days": Threshold(10, 1, 30, "Последних дней периода"),
        "marks": Threshold(30, 5, 500, "Отметок за период для вывода, не меньше"),
    },
)
