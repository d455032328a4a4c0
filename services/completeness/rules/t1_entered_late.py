"""T1: a lesson filled only after its deadline."""

from services.completeness.rule import Extent, Facts, Rule, Said, Severity

STATEMENT = """
SELECT l.class_unit, l.subject, l.study_group, l.staff, l.day, l.number, NULL AS pupil,
       l.entered_at, c.deadline
FROM scope
CROSS JOIN journal_lessons AS l
JOIN journal_calendar AS c ON c.school = l.school AND c.day = l.day
WHERE l.school = :school AND l.class_unit = scope.class_unit
  AND l.day BETWEEN scope.first AND scope.last AND l.state = 1
  AND l.entered_at > c.deadline AND l.entered_at <= :as_of
  AND COALESCE(l.topic, '-') <> '' AND COALESCE(l.attendance_taken, 1) = 1
  AND NOT EXISTS (
       SELECT 1 FROM journal_empty_rosters AS x
       WHERE x.school = l.school AND x.class_unit = l.class_unit
         AND x.study_group IN (0, l.study_group) AND c.day BETWEEN x.first AND x.last)
"""


def why(facts: Facts) -> Said:
    return Said("Entered %(entered)s, due by %(deadline)s.", {
        "entered": ("moment", facts["entered_at"]),
        "deadline": ("moment", facts["deadline"]),
    })  # fmt: skip


RULE = Rule(
    code="T1",
    title="Заполнен с опозданием",
    severity=Severity.MINOR,
    extent=Extent.LESSON,
    statement=STATEMENT,
    why=why,
)
