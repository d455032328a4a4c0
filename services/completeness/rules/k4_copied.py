"""K4: many lessons entered by one author at once, or the same topic and homework time and again.

Every lesson of such a burst is told, and of lessons in a row that say the same the last one. Where
no homework is set there is nothing to copy.
"""

from services.completeness.rule import Extent, Facts, Rule, Said, Severity, Threshold

STATEMENT = """
, looked_at AS MATERIALIZED (
    -- when the lessons of the scope were entered: a burst that holds one of them is near that
    SELECT MIN(l.entered_at) - :seconds AS first, MAX(l.entered_at) + :seconds AS last
    FROM scope
    CROSS JOIN journal_lessons AS l
    WHERE l.school = :school AND l.class_unit = scope.class_unit
      AND l.day BETWEEN scope.first AND scope.last AND l.state = 1
), entries AS MATERIALIZED (
    SELECT l.author, l.entered_at, LEAD(l.entered_at, :entries - 1) OVER (
               PARTITION BY l.author ORDER BY l.entered_at) AS reached
    FROM looked_at AS k
    CROSS JOIN journal_lessons AS l
    WHERE l.school = :school AND l.state = 1 AND l.author IS NOT NULL
      AND l.day >= :year_first AND l.entered_at <= :as_of
      AND l.entered_at BETWEEN k.first AND k.last
), bursts AS MATERIALIZED (
    SELECT DISTINCT e.author, e.entered_at
    FROM entries AS e
    WHERE e.reached - e.entered_at <= :seconds
), hurried AS MATERIALIZED (
    -- lessons of such authors, each with the latest beginning of a burst up to it
    SELECT l.class_unit, l.subject, l.study_group, l.staff, l.day, l.number, l.entered_at,
           MAX(b.entered_at) OVER (PARTITION BY l.author ORDER BY l.entered_at) AS burst
    FROM looked_at AS k
    CROSS JOIN journal_lessons AS l
    LEFT JOIN bursts AS b ON b.author = l.author AND b.entered_at = l.entered_at
    WHERE l.school = :school AND l.state = 1 AND l.author IN (SELECT author FROM bursts)
      AND l.day >= :year_first AND l.entered_at <= :as_of
      AND l.entered_at BETWEEN k.first AND k.last
), near AS MATERIALIZED (
    SELECT l.class_unit, l.subject, l.study_group, l.topic_plain, l.homework,
           MAX(l.day) AS latest, scope.first, scope.last
    FROM scope
    CROSS JOIN journal_lessons AS l
    WHERE l.school = :school AND l.class_unit = scope.class_unit AND l.state = 1
      AND l.day BETWEEN scope.first - 40 * :lessons AND scope.last
      AND l.day BETWEEN :year_first AND :today AND l.topic_plain <> ''
      AND length(l.homework) > 2
    GROUP BY l.class_unit, l.subject, l.study_group, l.topic_plain, l.homework, scope.first,
             scope.last
    HAVING COUNT(*) >= :lessons
), alike AS MATERIALIZED (
    -- courses that may have such a row in the scope: only theirs are read from the beginning
    SELECT DISTINCT n.class_unit, n.subject, n.study_group FROM near AS n
    WHERE n.latest BETWEEN n.first AND n.last
), in_order AS MATERIALIZED (
    SELECT l.class_unit, l.subject, l.study_group, l.staff, l.day, l.number, l.topic_plain,
           l.homework, ROW_NUMBER() OVER (PARTITION BY l.class_unit, l.subject, l.study_group
                                          ORDER BY l.day, l.number) AS place
    FROM alike AS a
    CROSS JOIN journal_lessons AS l
    WHERE l.school = :school AND l.class_unit = a.class_unit AND l.subject = a.subject
      AND l.study_group = a.study_group AND l.state = 1 AND l.day BETWEEN :year_first AND :today
), numbered AS MATERIALIZED (
    -- in a row that says the same both numbers grow together
    SELECT o.*, o.place - ROW_NUMBER() OVER (
               PARTITION BY o.class_unit, o.subject, o.study_group, o.topic_plain, o.homework
               ORDER BY o.place) AS run
    FROM in_order AS o
), runs AS MATERIALIZED (
    SELECT n.class_unit, n.subject, n.study_group, MAX(n.place) AS place, COUNT(*) AS lessons
    FROM numbered AS n
    WHERE n.topic_plain <> '' AND length(n.homework) > 2
      AND n.homework NOT IN ('не задано', 'Не задано', 'не задано.', 'Не задано.')
    GROUP BY n.class_unit, n.subject, n.study_group, n.topic_plain, n.homework, n.run
    HAVING COUNT(*) >= :lessons
), copied AS MATERIALIZED (
    SELECT h.class_unit, h.subject, h.study_group, h.staff, h.day, h.number,
           0 AS repeated, 1 AS at_once
    FROM hurried AS h
    JOIN scope ON scope.class_unit = h.class_unit
         AND h.day BETWEEN scope.first AND scope.last
    WHERE h.entered_at - h.burst <= :seconds
    UNION ALL
    SELECT o.class_unit, o.subject, o.study_group, o.staff, o.day, o.number, r.lessons, 0
    FROM runs AS r
    JOIN in_order AS o ON o.class_unit = r.class_unit AND o.subject = r.subject
         AND o.study_group = r.study_group AND o.place = r.place
    JOIN scope ON scope.class_unit = o.class_unit
         AND o.day BETWEEN scope.first AND scope.last
)
SELECT c.class_unit, c.subject, c.study_group, MAX(c.staff) AS staff, c.day, c.number,
       NULL AS pupil, MAX(c.repeated) AS repeated, MAX(c.at_once) AS at_once
FROM copied AS c
GROUP BY c.class_unit, c.subject, c.study_group, c.day, c.number
"""


def why(facts: Facts) -> Said:
    if facts["repeated"]:
        return Said("The same topic and homework stand at %(lessons)s lessons in a row.", {
            "lessons": facts["repeated"],
        })  # fmt: skip
    return Said("Entered within a minute together with several other lessons.", {})


RULE = Rule(
    code="K4",
    title="Копипаст",
    severity=Severity.ADVICE,
    extent=Extent.LESSON,
    statement=STATEMENT,
    why=why,
    thresholds={
        "entries": Threshold(5, 2, 50, "Записей подряд"),
        "seconds": Threshold(60, 1, 3600, "За сколько секунд"),
        "lessons": Threshold(3, 2, 20, "Одинаковых уроков подряд"),
    },
)
