"""N4: at the half and at three quarters of a running term fewer marks than that share of N1's.

The share of the term is of its calendar days, once they are over; a fraction of a mark is a mark to
have.
"""

from services.completeness.few_marks import FEW_MARKS, MINIMUM
from services.completeness.rule import Extent, Facts, Rule, Said, Severity, Threshold

RUNNING = """
, running AS MATERIALIZED (
    SELECT t.class_unit, t.year, t.kind, t.number, t.first, t.last, :today AS upto,
           (SELECT MAX(c.day) FROM journal_calendar AS c
            WHERE c.school = :school AND c.ends <= :as_of) - t.first + 1 AS days_over
    FROM scope
    CROSS JOIN journal_class_terms AS t
    CROSS JOIN journal_calendar AS z
    WHERE t.school = :school AND t.class_unit = scope.class_unit AND t.kind <> 'год'
      AND t.last >= scope.first AND t.first <= :today
      AND z.school = :school AND z.day = t.last AND z.ends > :as_of
), asked AS MATERIALIZED (
    SELECT r.class_unit, r.year, r.kind, r.number, r.first, r.last, r.upto,
           CASE WHEN r.days_over * 100 >= (r.last - r.first + 1) * :late_percent
                THEN :late_percent ELSE :early_percent END AS share
    FROM running AS r
    WHERE r.days_over * 100 >= (r.last - r.first + 1) * :early_percent
)"""

BEHIND = """
SELECT r.class_unit, r.subject, r.study_group, r.staff, r.last AS day, NULL AS number, r.pupil,
       r.kind, r.number AS term, r.marks, r.least, r.share
FROM required AS r
WHERE r.marks * 100 < r.least * r.share
"""


def why(facts: Facts) -> Said:
    return Said(
        "%(term)s, %(share)s %% of it is over: marks %(marks)s of %(least)s.",
        {
            "term": (facts["kind"], facts["term"]),
            "share": facts["share"],
            "marks": facts["marks"],
            "least": facts["least"],
        },
    )


RULE = Rule(
    code="N4",
    title="Темп",
    severity=Severity.MINOR,
    extent=Extent.COURSE,
    statement=RUNNING + FEW_MARKS + BEHIND,
    why=why,
    thresholds={
        **MINIMUM,
        "early_percent": Threshold(50, 1, 99, "Первый рубеж периода, %"),
        "late_percent": Threshold(75, 1, 99, "Второй рубеж периода, %"),
    },
)
