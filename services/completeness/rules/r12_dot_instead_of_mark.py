"""R12: a «.», "to be marked", that has stood for too many school days."""

from services.completeness.coded_cells import CODED_CELLS
from services.completeness.rule import Extent, Facts, Rule, Said, Severity, Threshold

DOTS = """
, dots AS MATERIALIZED (
    SELECT m.class_unit, m.subject, MAX(m.study_group) AS study_group, m.day, m.number, m.pupil
    FROM coded AS m
    WHERE m.code = '.'
    GROUP BY m.class_unit, m.subject, m.day, m.number, m.pupil
)
SELECT o.class_unit, o.subject, o.study_group,
       (SELECT MAX(l.staff) FROM journal_lessons AS l
        WHERE l.school = :school AND l.class_unit = o.class_unit AND l.day = o.day
          AND l.number = o.number AND l.subject = o.subject
          AND (l.study_group = o.study_group OR 0 IN (l.study_group, o.study_group))) AS staff,
       o.day, CASE WHEN o.number <= 100 THEN o.number END AS number, o.pupil,
       due.day AS due_day
FROM dots AS o
CROSS JOIN journal_class_days AS d
CROSS JOIN journal_class_days AS due
CROSS JOIN journal_calendar AS c
WHERE d.school = :school AND d.class_unit = o.class_unit AND d.day = o.day
  AND due.school = :school AND due.class_unit = o.class_unit AND due.seq = d.seq + :days
  AND due.school_day = 1
  AND c.school = :school AND c.day = due.day AND c.ends <= :as_of
"""


def why(facts: Facts) -> Said:
    return Said("A dot still stands instead of a mark; the mark was due by %(due)s.", {
        "due": ("day", facts["due_day"]),
    })  # fmt: skip


RULE = Rule(
    code="R12",
    title="Точка вместо отметки",
    severity=Severity.MINOR,
    extent=Extent.LESSON,
    late=True,
    statement=CODED_CELLS + DOTS,
    why=why,
    thresholds={"days": Threshold(10, 1, 60, "Учебных дней на точку")},
)
