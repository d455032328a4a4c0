"""P6: the first lesson of the year, or after New Year, without a briefing on safety.

Asked only where the lessons are covered from the first that the timetable has, or from the first
week: the earliest lesson of half a file is not the first of the year.
"""

from services.completeness.rule import Extent, Facts, Rule, Said, Severity

STATEMENT = """
, patterns(words) AS (
    VALUES ('Физик%'), ('Хими%'), ('Информатик%'), ('Технологи%'), ('Труд%'), ('Биологи%'),
           ('Физическ%'), ('Физкультур%'), ('Физ-р%'), ('Физ. к%'), ('Физ.к%'),
           ('ФИЗИК%'), ('ХИМИ%'), ('ИНФОРМАТИК%'), ('ТЕХНОЛОГИ%'), ('ТРУД%'), ('БИОЛОГИ%'),
           ('ФИЗИЧЕСК%'), ('ФИЗКУЛЬТУР%'),
           ('физик%'), ('хими%'), ('информатик%'), ('технологи%'), ('труд%'), ('биологи%'),
           ('физическ%'), ('физкультур%')
), listed AS MATERIALIZED (
    SELECT s.subject FROM journal_subjects AS s
    WHERE s.school = :school AND EXISTS (SELECT 1 FROM patterns AS p WHERE s.name LIKE p.words)
), seasons AS MATERIALIZED (
    -- since September, and since the New Year
    SELECT scope.class_unit, 0 AS spring, :year_first AS first, :year_first + 152 AS last,
           COALESCE((SELECT MIN(t.first) FROM journal_class_terms AS t
                     WHERE t.school = :school AND t.class_unit = scope.class_unit
                       AND t.first >= :year_first), :year_first + 31) AS begins
    FROM scope
    UNION ALL
    SELECT scope.class_unit, 1, :year_first + 153, :year_first + 364,
           COALESCE((SELECT MIN(CASE WHEN t.first < :year_first + 153 THEN :year_first + 153
                                ELSE t.first END)
                     FROM journal_class_terms AS t
                     WHERE t.school = :school AND t.class_unit = scope.class_unit
                       AND t.last >= :year_first + 153), :year_first + 161)
    FROM scope
), held AS MATERIALIZED (
    SELECT l.class_unit, l.subject, l.study_group, z.spring, MIN(l.day) AS day, z.begins, z.first
    FROM seasons AS z
    CROSS JOIN journal_lessons AS l
    WHERE l.school = :school AND l.class_unit = z.class_unit
      AND l.day BETWEEN z.first AND z.last AND l.day <= :today AND l.state = 1
      AND l.subject IN (SELECT subject FROM listed)
    GROUP BY l.class_unit, l.subject, l.study_group, z.spring, z.begins, z.first
), firsts AS MATERIALIZED (
    SELECT h.* FROM held AS h
    WHERE NOT EXISTS (
          -- who had this lesson with the whole class has been briefed there
          SELECT 1 FROM held AS o
          WHERE o.class_unit = h.class_unit AND o.subject = h.subject AND o.spring = h.spring
            AND 0 IN (o.study_group, h.study_group) AND o.day < h.day)
      AND EXISTS (
          SELECT 1 FROM journal_coverage AS v
          WHERE v.school = :school AND v.kind = 'lessons' AND v.class_unit = h.class_unit
            AND v.subject = h.subject AND v.study_group IN (0, h.study_group)
            AND h.day BETWEEN v.first AND v.last
            AND v.first <= COALESCE(
                (SELECT MIN(e.day) FROM journal_expected_lessons AS e
                 WHERE e.school = :school AND e.class_unit = h.class_unit
                   AND e.subject = h.subject AND e.study_group IN (0, h.study_group)
                   AND e.day >= h.first AND e.state = 1), h.begins + 6))
)
SELECT h.class_unit, h.subject, h.study_group, MAX(l.staff) AS staff, h.day,
       MIN(l.number) AS number, NULL AS pupil, h.spring
FROM firsts AS h
CROSS JOIN journal_lessons AS l
JOIN journal_calendar AS c ON c.school = :school AND c.day = h.day
WHERE l.school = :school AND l.class_unit = h.class_unit AND l.day = h.day
  AND l.subject = h.subject AND l.study_group = h.study_group AND l.state = 1
  AND c.deadline <= :as_of AND h.day BETWEEN (SELECT MIN(first) FROM scope)
                                         AND (SELECT MAX(last) FROM scope)
  AND NOT EXISTS (
       SELECT 1 FROM journal_empty_rosters AS x
       WHERE x.school = :school AND x.class_unit = h.class_unit
         AND x.study_group IN (0, h.study_group) AND h.day BETWEEN x.first AND x.last)
GROUP BY h.class_unit, h.subject, h.study_group, h.day, h.spring
HAVING SUM(CASE WHEN l.topic_plain IS NULL OR l.topic_plain LIKE '%инструктаж%'
                     OR l.topic_plain LIKE '%охран% труда%' THEN 1 ELSE 0 END) = 0
"""


def why(facts: Facts) -> Said:
    if facts["spring"]:
        return Said("The topic of the first lesson after New Year names no safety briefing.", {})
    return Said("The topic of the first lesson of the year names no safety briefing.", {})


RULE = Rule(
    code="P6",
    title="Нет инструктажа по ТБ",
    severity=Severity.MAJOR,
    extent=Extent.LESSON,
    statement=STATEMENT,
    why=why,
)
