"""L1: more whole-class works on one day than the letters of 06.08.2021 advise; each one beyond.

The works of a day go by the numbers of their lessons: the earlier ones are within the limit.
"""

from services.completeness.class_works import class_works
from services.completeness.rule import Extent, Facts, Rule, Said, Severity, Threshold

BEYOND = """
, of_day AS MATERIALIZED (
    SELECT w.*, ROW_NUMBER() OVER (PARTITION BY w.class_unit, w.day
                                   ORDER BY w.number, w.subject) AS place
    FROM works AS w
)
SELECT o.class_unit, o.subject, 0 AS study_group, o.staff, o.day, o.number, NULL AS pupil,
       f.work_kind AS other_kind, s.name AS other_subject
FROM of_day AS o
JOIN of_day AS f ON f.class_unit = o.class_unit AND f.day = o.day AND f.place = 1
JOIN journal_subjects AS s ON s.school = :school AND s.subject = f.subject
WHERE o.place > :works
"""


def why(facts: Facts) -> Said:
    return Said("On this day the class already writes a work: «%(work)s», %(subject)s.", {
        "work": facts["other_kind"], "subject": facts["other_subject"],
    })  # fmt: skip


RULE = Rule(
    code="L1",
    title="Больше одной работы в день",
    severity=Severity.MINOR,
    extent=Extent.LESSON,
    statement=class_works() + BEYOND,
    why=why,
    thresholds={"works": Threshold(1, 1, 5, "Работ класса в день, не больше")},
)
