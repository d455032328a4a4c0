"""L3: whole-class works take more than a tenth of the subject's hours in the year.

The share is the letters' of 06.08.2021. Each lesson of a work is an hour. The year's hours are the
load's week times ``weeks``, or the plan's where it has more; where neither is known, nothing is
said.
"""

from services.completeness.rule import Extent, Facts, Rule, Said, Severity, Threshold

STATEMENT = """
, written AS MATERIALIZED (
    SELECT o.class_unit, o.subject, MAX(o.day) AS latest, MAX(o.staff) AS staff,
           COUNT(*) AS lessons
    FROM (SELECT l.class_unit, l.subject, l.day, l.number, MAX(l.staff) AS staff
          FROM scope
          CROSS JOIN journal_lessons AS l
          JOIN journal_calendar AS c ON c.school = l.school AND c.day = l.day
          WHERE l.school = :school AND l.class_unit = scope.class_unit
            AND l.day BETWEEN :year_first AND :today AND c.deadline <= :as_of
            AND l.state = 1 AND l.study_group = 0
            AND l.work_kind IN ('контрольная', 'диктант', 'сочинение', 'изложение')
          GROUP BY l.class_unit, l.subject, l.day, l.number) AS o
    GROUP BY o.class_unit, o.subject
), loads AS MATERIALIZED (
    -- of several groups the one with most hours; successive teachers are not added
    SELECT g.class_unit, g.subject, MAX(g.staff) AS staff, MAX(g.hours) * :weeks AS hours
    FROM (SELECT w.class_unit, w.subject, a.study_group, SUM(a.hours) AS hours,
                 MAX(a.staff) AS staff
          FROM written AS w
          CROSS JOIN journal_assignments AS a
          WHERE a.school = :school AND a.class_unit = w.class_unit AND a.subject = w.subject
            AND w.latest BETWEEN a.first AND a.last
          GROUP BY w.class_unit, w.subject, a.study_group) AS g
    GROUP BY g.class_unit, g.subject
), plans AS MATERIALIZED (
    SELECT p.class_unit, p.subject, MAX(p.hours) AS hours
    FROM (SELECT i.class_unit, i.subject, i.study_group, SUM(i.hours) AS hours
          FROM scope
          CROSS JOIN journal_plan_items AS i
          WHERE i.school = :school AND i.class_unit = scope.class_unit
            AND (i.day IS NULL OR i.day >= :year_first)
          GROUP BY i.class_unit, i.subject, i.study_group) AS p
    GROUP BY p.class_unit, p.subject
), shares AS MATERIALIZED (
    SELECT w.class_unit, w.subject, COALESCE(a.staff, w.staff) AS staff, w.lessons,
           CASE WHEN COALESCE(p.hours, 0) > COALESCE(a.hours, 0) THEN p.hours
                ELSE a.hours END AS hours
    FROM written AS w
    LEFT JOIN loads AS a ON a.class_unit = w.class_unit AND a.subject = w.subject
    LEFT JOIN plans AS p ON p.class_unit = w.class_unit AND p.subject = w.subject
)
SELECT s.class_unit, s.subject, 0 AS study_group, s.staff, NULL AS day, NULL AS number,
       NULL AS pupil, s.lessons, s.hours
FROM shares AS s
WHERE s.hours > 0 AND s.lessons * 10000 > s.hours * :percent
"""


def why(facts: Facts) -> Said:
    return Said("Lessons given to works of the class: %(lessons)s, hours in the year: %(hours)s.", {
        "lessons": facts["lessons"], "hours": ("hours", facts["hours"]),
    })  # fmt: skip


RULE = Rule(
    code="L3",
    title="На работы уходит слишком много часов",
    severity=Severity.MINOR,
    extent=Extent.COURSE,
    statement=STATEMENT,
    why=why,
    thresholds={
        "percent": Threshold(10, 1, 100, "Часов предмета на работы, %, не больше"),
        "weeks": Threshold(34, 20, 40, "Учебных недель в году"),
    },
)
