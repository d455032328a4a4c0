"""K3: a topic of the plan used at more lessons than it has hours; told at the latest of them.

Only topics that stand in the plan have hours; a group's own plan goes before its class's. Spaces
and the case of letters do not make another topic.
"""

from services.completeness.rule import Extent, Facts, Rule, Said, Severity

STATEMENT = """
, repeated AS MATERIALIZED (
    SELECT l.class_unit, l.subject, l.study_group, l.topic_plain, COUNT(*) AS used,
           MAX(l.day * 1000 + l.number) AS latest
    FROM scope
    CROSS JOIN journal_lessons AS l
    WHERE l.school = :school AND l.class_unit = scope.class_unit AND l.state = 1
      AND l.day BETWEEN :year_first AND :today AND l.topic_plain NOT IN ('', 'урок', 'тема')
    GROUP BY l.class_unit, l.subject, l.study_group, l.topic_plain
    HAVING COUNT(*) > 1
), spelled AS MATERIALIZED (
    SELECT DISTINCT r.class_unit, r.subject, r.study_group, r.topic_plain, l.topic
    FROM repeated AS r
    CROSS JOIN journal_lessons AS l
    WHERE l.school = :school AND l.class_unit = r.class_unit AND l.subject = r.subject
      AND l.study_group = r.study_group AND l.state = 1
      AND l.day BETWEEN :year_first AND :today AND l.topic_plain = r.topic_plain
), planned AS MATERIALIZED (
    SELECT s.class_unit, s.subject, s.study_group, s.topic_plain,
           COALESCE(SUM(CASE WHEN i.study_group = s.study_group THEN i.hours END),
                    SUM(i.hours)) AS hours
    FROM spelled AS s
    CROSS JOIN journal_plan_items AS i
    WHERE i.school = :school AND i.class_unit = s.class_unit AND i.subject = s.subject
      AND i.study_group IN (0, s.study_group) AND i.topic = s.topic
      AND COALESCE(i.day, :year_first) >= :year_first
    GROUP BY s.class_unit, s.subject, s.study_group, s.topic_plain
)
SELECT l.class_unit, l.subject, l.study_group, l.staff, l.day, l.number, NULL AS pupil,
       l.topic, r.used, p.hours
FROM repeated AS r
JOIN scope ON scope.class_unit = r.class_unit
     AND r.latest / 1000 BETWEEN scope.first AND scope.last
JOIN planned AS p ON p.class_unit = r.class_unit AND p.subject = r.subject
     AND p.study_group = r.study_group AND p.topic_plain = r.topic_plain
CROSS JOIN journal_lessons AS l
WHERE r.used * 100 > p.hours AND p.hours > 0
  AND l.school = :school AND l.class_unit = r.class_unit AND l.day = r.latest / 1000
  AND l.number = r.latest % 1000 AND l.subject = r.subject AND l.study_group = r.study_group
  AND l.topic_plain = r.topic_plain AND l.state = 1
"""


def why(facts: Facts) -> Said:
    return Said("«%(topic)s» stands at %(used)s lessons, the plan gives it %(hours)s h.", {
        "topic": facts["topic"],
        "used": facts["used"],
        "hours": ("hours", facts["hours"]),
    })  # fmt: skip


RULE = Rule(
    code="K3",
    title="Дубль темы",
    severity=Severity.ADVICE,
    extent=Extent.LESSON,
    statement=STATEMENT,
    why=why,
)
