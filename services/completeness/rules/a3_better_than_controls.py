"""A3: current marks of a term are much better than those of its control works.

A mark is a control work's when the lesson is. One work is enough, if ten pupils wrote it.
"""

from services.completeness.course_marks import BEGUN, TERM_TALLIES, strange_courses
from services.completeness.rule import Extent, Facts, Rule, Said, Severity, Threshold

BETTER = """
, controls AS MATERIALIZED (
    SELECT DISTINCT l.class_unit, l.subject, l.study_group, l.day, l.number, u.number AS term,
           u.last
    FROM asked AS u
    CROSS JOIN journal_lessons AS l
    WHERE l.school = :school AND l.class_unit = u.class_unit AND l.day BETWEEN u.first AND u.upto
      AND l.state = 1 AND l.work_kind <> ''
), written AS MATERIALIZED (
    SELECT w.class_unit, w.subject, o.study_group, w.term, w.last,
           COUNT(*) AS marks, SUM(m.value) AS total
    FROM controls AS w
    CROSS JOIN journal_marks AS m
    JOIN own AS o ON o.pupil = m.pupil AND o.subject = m.subject AND o.number = w.term
         AND o.last = w.last
    WHERE m.school = :school AND m.class_unit = w.class_unit AND m.day = w.day
      AND m.number = w.number AND m.subject = w.subject AND m.value IS NOT NULL
      AND w.study_group IN (0, o.study_group)
    GROUP BY w.class_unit, w.subject, o.study_group, w.term, w.last
), strange AS MATERIALIZED (
    SELECT c.*, (c.total - w.total) * 10000 / (c.marks - w.marks) AS found,
           w.total * 10000 / w.marks AS usual
    FROM courses AS c
    JOIN written AS w ON w.class_unit = c.class_unit AND w.subject = c.subject
         AND w.study_group = c.study_group AND w.term = c.number AND w.last = c.last
    WHERE c.marks - w.marks >= :marks AND w.marks >= :control_marks
      AND ((c.total - w.total) * w.marks - w.total * (c.marks - w.marks)) * 100
          >= :gap * w.marks * (c.marks - w.marks)
)"""


def why(facts: Facts) -> Said:
    return Said(
        "%(term)s: the mean of current marks is %(found)s, of control works %(usual)s.",
        {
            "term": (facts["kind"], facts["term"]),
            "found": ("mean", facts["found"]),
            "usual": ("mean", facts["usual"]),
        },
    )


RULE = Rule(
    code="A3",
    title="Текущие отметки много лучше контрольных",
    severity=Severity.ADVICE,
    extent=Extent.COURSE,
    statement=strange_courses(BEGUN, BETTER),
    why=why,
    shared=TERM_TALLIES,
    thresholds={
        "gap": Threshold(80, 10, 300, "Разница средних баллов, сотых, не меньше"),
        "marks": Threshold(30, 5, 500, "Текущих отметок для вывода, не меньше"),
        "control_marks": Threshold(10, 3, 500, "Отметок за контрольные для вывода, не меньше"),
    },
)
