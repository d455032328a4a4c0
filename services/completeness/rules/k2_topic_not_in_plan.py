"""K2: a topic unlike every item of the plan near it.

Near are the items within three of the one whose hour it is, and of the one whose day it is: a class
may lag. Likeness is the share of letters in common in their order (Indel), the words as they stand
or sorted, below ``least_percent``. A group's own plan goes before its class's; a safety briefing
has its place beside any plan.
"""

from services.completeness.rule import Extent, Facts, Rule, Said, Severity, Threshold

NEAR = 14
"""Items within three of two places."""

COLUMNS = ", ".join(f"MAX(CASE WHEN n.turn = {turn} THEN n.topic END) AS near_{turn}"
                    for turn in range(1, NEAR + 1))  # fmt: skip

STATEMENT = f"""
, strange AS MATERIALIZED (
    SELECT l.class_unit, l.subject, l.study_group, l.staff, l.day, l.number, l.topic
    FROM scope
    CROSS JOIN journal_lessons AS l
    WHERE l.school = :school AND l.class_unit = scope.class_unit AND l.state = 1
      AND l.day BETWEEN scope.first AND scope.last AND l.day BETWEEN :year_first AND :today
      AND length(l.topic) > 2 AND l.topic_plain NOT IN ('', 'урок', 'тема')
      AND l.topic_plain NOT LIKE '%инструктаж%' AND l.topic_plain NOT LIKE '%охран_ труда%'
      AND NOT EXISTS (
           SELECT 1 FROM journal_plan_items AS i
           WHERE i.school = :school AND i.class_unit = l.class_unit AND i.subject = l.subject
             AND i.day = l.day AND i.topic = l.topic)
), courses AS MATERIALIZED (
    SELECT s.class_unit, s.subject, s.study_group, MAX(i.study_group) AS plan_group
    FROM (SELECT DISTINCT class_unit, subject, study_group FROM strange) AS s
    CROSS JOIN journal_plan_items AS i
    WHERE i.school = :school AND i.class_unit = s.class_unit AND i.subject = s.subject
      AND i.study_group IN (0, s.study_group)
    GROUP BY s.class_unit, s.subject, s.study_group
), items AS MATERIALIZED (
    SELECT c.class_unit, c.subject, c.study_group, i.topic, i.day,
           ROW_NUMBER() OVER w AS place, SUM(i.hours) OVER w AS upto
    FROM courses AS c
    CROSS JOIN journal_plan_items AS i
    WHERE i.school = :school AND i.class_unit = c.class_unit AND i.subject = c.subject
      AND i.study_group = c.plan_group AND (i.day IS NULL OR i.day >= :year_first)
    WINDOW w AS (PARTITION BY c.class_unit, c.subject, c.study_group
                 ORDER BY i.position, i.topic ROWS UNBOUNDED PRECEDING)
), taught AS MATERIALIZED (
    SELECT l.class_unit, l.subject, l.study_group, l.day, l.number,
           ROW_NUMBER() OVER (PARTITION BY l.class_unit, l.subject, l.study_group
                              ORDER BY l.day, l.number) AS hour
    FROM courses AS c
    CROSS JOIN journal_lessons AS l
    WHERE l.school = :school AND l.class_unit = c.class_unit AND l.subject = c.subject
      AND l.study_group = c.study_group AND l.state = 1 AND l.day BETWEEN :year_first AND :today
), asked AS MATERIALIZED (
    SELECT s.*,
           (SELECT COALESCE(MIN(CASE WHEN i.upto >= t.hour * 100 THEN i.place END), MAX(i.place))
            FROM items AS i
            WHERE i.class_unit = s.class_unit AND i.subject = s.subject
              AND i.study_group = s.study_group) AS by_hour,
           (SELECT MAX(i.place) FROM items AS i
            WHERE i.class_unit = s.class_unit AND i.subject = s.subject
              AND i.study_group = s.study_group AND i.day <= s.day) AS by_day
    FROM strange AS s
    JOIN taught AS t ON t.class_unit = s.class_unit AND t.subject = s.subject
         AND t.study_group = s.study_group AND t.day = s.day AND t.number = s.number
), near AS MATERIALIZED (
    SELECT a.class_unit, a.subject, a.study_group, a.staff, a.day, a.number,
           a.topic AS said, i.topic,
           CASE WHEN i.place = a.by_hour THEN 1 ELSE 0 END AS due,
           CASE WHEN i.topic = a.topic THEN 1 ELSE 0 END AS same,
           ROW_NUMBER() OVER (PARTITION BY a.class_unit, a.subject, a.study_group, a.day, a.number
                              ORDER BY i.place) AS turn
    FROM asked AS a
    JOIN items AS i ON i.class_unit = a.class_unit AND i.subject = a.subject
         AND i.study_group = a.study_group
         AND (i.place BETWEEN a.by_hour - 3 AND a.by_hour + 3
              OR i.place BETWEEN a.by_day - 3 AND a.by_day + 3)
)
SELECT n.class_unit, n.subject, n.study_group, MAX(n.staff) AS staff, n.day, n.number,
       NULL AS pupil, MAX(n.said) AS topic, MAX(CASE WHEN n.due = 1 THEN n.topic END) AS planned,
       :least_percent AS least, {COLUMNS}
FROM near AS n
GROUP BY n.class_unit, n.subject, n.study_group, n.day, n.number
HAVING MAX(n.same) = 0
"""  # noqa: S608  # our own columns


def settle(facts: Facts) -> Facts | None:
    """What the finding says, or None where some item near is alike."""
    near = (facts[f"near_{turn}"] for turn in range(1, NEAR + 1))
    if any(likeness(facts["topic"], topic) >= facts["least"] for topic in near if topic):
        return None
    return {"topic": facts["topic"], "planned": facts["planned"]}


def likeness(one: str, other: str) -> float:
    """Per cent."""
    from rapidfuzz import fuzz  # noqa: PLC0415  # 3 MB that few starts need

    words, others = plain(one), plain(other)
    return max(fuzz.ratio(words, others), fuzz.token_sort_ratio(words, others))


def plain(topic: str) -> str:
    """Without case, ё and punctuation."""
    lowered = topic.casefold().replace("ё", "е")
    return " ".join("".join(sign if sign.isalnum() else " " for sign in lowered).split())


def why(facts: Facts) -> Said:
    return Said("The topic is «%(topic)s»; the plan has here «%(planned)s».", {
        "topic": facts["topic"],
        "planned": facts["planned"],
    })  # fmt: skip


RULE = Rule(
    code="K2",
    title="Тема не по КТП",
    severity=Severity.ADVICE,
    extent=Extent.LESSON,
    statement=STATEMENT,
    why=why,
    settle=settle,
    thresholds={"least_percent": Threshold(60, 1, 100, "Сходство с темой плана, %, не меньше")},
)
