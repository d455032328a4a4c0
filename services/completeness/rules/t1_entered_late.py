"""T1: a lesson filled only after its deadline.

Where the lesson has no «Внесено», its day's first line in the journal's log tells, if the log is
known from that day on.
"""

from services.completeness.logged import LOGGED, LOGGED_LESSONS
from services.completeness.rule import Extent, Facts, Rule, Said, Severity

FILLED = """
, filled AS MATERIALIZED (
    SELECT l.class_unit, l.subject, l.study_group, l.staff, l.day, l.number, l.entered_at,
           c.deadline
    FROM scope
    CROSS JOIN journal_lessons AS l
    JOIN journal_calendar AS c ON c.school = l.school AND c.day = l.day
    WHERE l.school = :school AND l.class_unit = scope.class_unit
      AND l.day BETWEEN scope.first AND scope.last AND l.state = 1
      AND l.entered_at > c.deadline AND l.entered_at <= :as_of
      AND COALESCE(l.topic, '-') <> '' AND COALESCE(l.attendance_taken, 1) = 1
    UNION ALL
    SELECT l.class_unit, l.subject, l.study_group, l.staff, l.day, l.number, g.entered_at,
           c.deadline
    FROM logged_lessons AS g
    JOIN journal_calendar AS c ON c.school = :school AND c.day = g.day
    JOIN journal_lessons AS l
         ON l.school = :school AND l.class_unit = g.class_unit AND l.day = g.day
         AND l.number = g.number AND l.subject = g.subject AND l.study_group = g.study_group
    WHERE l.state = 1 AND g.entered_at > c.deadline
      AND COALESCE(l.topic, '-') <> '' AND COALESCE(l.attendance_taken, 1) = 1
)
SELECT l.class_unit, l.subject, l.study_group, l.staff, l.day, l.number, NULL AS pupil,
       l.entered_at, l.deadline
FROM filled AS l
WHERE NOT EXISTS (
      SELECT 1 FROM journal_empty_rosters AS x
      WHERE x.school = :school AND x.class_unit = l.class_unit
        AND x.study_group IN (0, l.study_group) AND l.day BETWEEN x.first AND x.last)
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
    statement=LOGGED + LOGGED_LESSONS + FILLED,
    why=why,
)
