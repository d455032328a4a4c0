"""L2: a whole-class work of a subject sooner than 17 days after the one before; told at the later.

Two and a half weeks are the letters' of 06.08.2021. The work before may be of another kind; works
of one day are L1's.
"""

from services.completeness.class_works import class_works
from services.completeness.rule import Extent, Facts, Rule, Said, Severity, Threshold

TOO_SOON = """
, before AS MATERIALIZED (
    SELECT w.class_unit, w.subject, w.day, MAX(b.day) AS day_before
    FROM works AS w
    JOIN works AS b ON b.class_unit = w.class_unit AND b.subject = w.subject
         AND b.day BETWEEN w.day - :days + 1 AND w.day - 1
    GROUP BY w.class_unit, w.subject, w.day
)
SELECT w.class_unit, w.subject, 0 AS study_group, MAX(w.staff) AS staff, w.day,
       MIN(w.number) AS number, NULL AS pupil, b.day_before
FROM before AS b
JOIN works AS w ON w.class_unit = b.class_unit AND w.subject = b.subject AND w.day = b.day
JOIN scope ON scope.class_unit = w.class_unit AND w.day >= scope.first
GROUP BY w.class_unit, w.subject, w.day, b.day_before
"""


def why(facts: Facts) -> Said:
    return Said(
        "The class wrote a work in this subject only %(days)s days before, on %(before)s.",
        {
            "days": facts["day"] - facts["day_before"],
            "before": ("day", facts["day_before"]),
        },
    )


RULE = Rule(
    code="L2",
    title="Работы по предмету слишком часто",
    severity=Severity.MINOR,
    extent=Extent.COURSE,
    statement=class_works(first="scope.first - :days", last=":today") + TOO_SOON,
    why=why,
    thresholds={"days": Threshold(17, 1, 60, "Дней между работами, не меньше")},
)
