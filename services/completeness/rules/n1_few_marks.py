"""N1: fewer marks in an ended term than the minimum for the subject's weekly hours."""

from services.completeness.few_marks import ENDED, FEW_MARKS, MINIMUM
from services.completeness.rule import Extent, Facts, Rule, Said, Severity

FEWER = """
SELECT r.class_unit, r.subject, r.study_group, r.staff, r.last AS day, NULL AS number, r.pupil,
       r.kind, r.number AS term, r.marks, r.least, r.hours
FROM required AS r
WHERE r.marks < r.least
"""


def why(facts: Facts) -> Said:
    return Said(
        "%(term)s: marks %(marks)s, at least %(least)s are needed at %(hours)s hours a week.",
        {
            "term": (facts["kind"], facts["term"]),
            "marks": facts["marks"],
            "least": facts["least"],
            "hours": ("hours", facts["hours"]),
        },
    )


RULE = Rule(
    code="N1",
    title="Мало отметок у ученика",
    severity=Severity.MAJOR,
    extent=Extent.COURSE,
    statement=ENDED + FEW_MARKS + FEWER,
    why=why,
    thresholds=MINIMUM,
)
