"""A5: the marks of a term hardly differ from each other: their standard deviation is too small."""

from services.completeness.course_marks import CLOSED, TERM_TALLIES, strange_courses
from services.completeness.rule import Extent, Facts, Rule, Said, Severity, Threshold

ALIKE = """
, strange AS MATERIALIZED (
    SELECT c.*, c.total * 10000 / c.marks AS found, :sigma AS usual
    FROM courses AS c
    WHERE c.marks >= :marks
      AND (1.0 * c.marks * c.squares - 1.0 * c.total * c.total) * 10000
          < 1.0 * :sigma * :sigma * c.marks * c.marks
)"""


def why(facts: Facts) -> Said:
    return Said(
        "%(term)s: %(marks)s marks hardly differ, their mean is %(mean)s.",
        {
            "term": (facts["kind"], facts["term"]),
            "marks": facts["marks"],
            "mean": ("mean", facts["found"]),
        },
    )


RULE = Rule(
    code="A5",
    title="Отметки за период почти не различаются",
    severity=Severity.ADVICE,
    extent=Extent.COURSE,
    statement=strange_courses(CLOSED, ALIKE),
    why=why,
    shared=TERM_TALLIES,
    thresholds={
        "sigma": Threshold(30, 1, 150, "Отклонение отметок, сотых, меньше"),
        "marks": Threshold(30, 5, 500, "Отметок за период для вывода, не меньше"),
    },
)
