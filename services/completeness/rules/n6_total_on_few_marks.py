"""N6: a period mark given on fewer marks than the minimum of N1."""

from services.completeness.few_marks import ENDED, FEW_MARKS, MINIMUM
from services.completeness.rule import Extent, Facts, Rule, Said, Severity

GIVEN = """
SELECT r.class_unit, r.subject, r.study_group, r.staff, r.last AS day, NULL AS number, r.pupil,
       r.kind, r.number AS term, r.marks, r.least, f.value
FROM required AS r
CROSS JOIN journal_term_marks AS f
WHERE r.marks < r.least AND f.school = :school AND f.pupil = r.pupil AND f.subject = r.subject
  AND f.year = r.year AND f.kind = r.kind AND f.number = r.number AND f.value IS NOT NULL
"""


def why(facts: Facts) -> Said:
    return Said(
        "%(term)s: the mark is %(value)s, but it stands on marks: %(marks)s; "
        "at least %(least)s are needed.",
        {
            "term": (facts["kind"], facts["term"]),
            "value": facts["value"],
            "marks": facts["marks"],
            "least": facts["least"],
        },
    )


RULE = Rule(
    code="N6",
    title="Итог при нехватке",
    severity=Severity.MAJOR,
    extent=Extent.COURSE,
    statement=ENDED + FEW_MARKS + GIVEN,
    why=why,
    thresholds=MINIMUM,
)
