"""P2: a topic that says nothing."""

from services.completeness.rule import Extent, Facts, Rule, Said, Severity, Threshold

STATEMENT = """
SELECT l.class_unit, l.subject, l.study_group, l.staff, l.day, l.number, NULL AS pupil, l.topic
FROM scope
CROSS JOIN journal_lessons AS l
JOIN journal_calendar AS c ON c.school = l.school AND c.day = l.day
WHERE l.school = :school AND l.class_unit = scope.class_unit
  AND l.day BETWEEN scope.first AND scope.last AND l.state = 1 AND c.deadline <= :as_of
  AND (length(l.topic) < :shortest OR l.topic_plain IN ('', 'урок', 'тема'))
  AND NOT EXISTS (
       SELECT 1 FROM journal_empty_rosters AS x
       WHERE x.school = l.school AND x.class_unit = l.class_unit
         AND x.study_group IN (0, l.study_group) AND l.day BETWEEN x.first AND x.last)
"""


def why(facts: Facts) -> Said:
    if not facts["topic"]:
        return Said("The topic is empty.", {})
    return Said("The topic is «%(topic)s»: it does not say what was taught.", {
        "topic": facts["topic"],
    })  # fmt: skip


RULE = Rule(
    code="P2",
    title="Нет темы",
    severity=Severity.MAJOR,
    extent=Extent.LESSON,
    statement=STATEMENT,
    why=why,
    thresholds={"shortest": Threshold(3, 1, 20, "Знаков в теме, не меньше")},
)
