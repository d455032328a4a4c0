"""P8: hours of the load that nobody teaches, or other than the timetable's lessons a week.

Half hours (a lesson every other week) may stand in the timetable as one lesson or as none, so only
a whole hour more or less is reported; where the file leaves out the names of parallel groups, their
hours may or may not be added.
"""

from services.completeness.rule import Extent, Facts, Rule, Said, Severity

STATEMENT = """
, running AS MATERIALIZED (
    -- the day looked at: today, or the last of a year that is over
    SELECT scope.class_unit, CASE WHEN y.last < :today THEN y.last ELSE :today END AS day
    FROM scope
    LEFT JOIN (
         SELECT t.class_unit, MIN(t.first) AS first, MAX(t.last) AS last
         FROM journal_class_terms AS t
         WHERE t.school = :school AND t.last >= :year_first
         GROUP BY t.class_unit) AS y ON y.class_unit = scope.class_unit
    WHERE y.first IS NULL OR y.first <= :today
), loads AS MATERIALIZED (
    SELECT a.class_unit, a.subject, a.study_group, a.staff, a.hours,
           CASE WHEN f.name LIKE 'Ваканси%' OR f.name LIKE 'ваканси%' OR f.name LIKE 'ВАКАНСИ%'
                     OR f.dismissed < r.day THEN 0 ELSE 1 END AS taught
    FROM running AS r
    CROSS JOIN journal_assignments AS a
    LEFT JOIN journal_staff_facts AS f ON f.school = :school AND f.staff = a.staff
    WHERE a.school = :school AND a.class_unit = r.class_unit
      AND r.day BETWEEN a.first AND a.last AND a.hours > 0
      AND NOT EXISTS (
           SELECT 1 FROM journal_empty_rosters AS x
           WHERE x.school = :school AND x.class_unit = a.class_unit
             AND x.study_group IN (0, a.study_group) AND r.day BETWEEN x.first AND x.last)
), ended AS MATERIALIZED (
    -- this year's hours that ended and that nobody took over, though the timetable has them
    SELECT a.class_unit, a.subject, a.study_group, MAX(a.hours) AS hours
    FROM running AS r
    CROSS JOIN journal_assignments AS a
    WHERE a.school = :school AND a.class_unit = r.class_unit AND a.hours > 0
      AND a.last < r.day AND a.last >= :year_first
      AND NOT EXISTS (
           SELECT 1 FROM loads AS n
           WHERE n.class_unit = a.class_unit AND n.subject = a.subject
             AND (n.study_group = a.study_group OR 0 IN (n.study_group, a.study_group)))
      AND EXISTS (
           SELECT 1 FROM journal_timetable_slots AS s
           WHERE s.school = :school AND s.class_unit = a.class_unit AND s.subject = a.subject
             AND (s.study_group = a.study_group OR 0 IN (s.study_group, a.study_group))
             AND r.day BETWEEN s.first AND s.last AND s.first < s.last)
    GROUP BY a.class_unit, a.subject, a.study_group
), slots AS MATERIALIZED (
    SELECT s.class_unit, s.subject, s.study_group, s.weekday, s.number
    FROM running AS r
    CROSS JOIN journal_timetable_slots AS s
    WHERE s.school = :school AND s.class_unit = r.class_unit
      AND r.day BETWEEN s.first AND s.last AND s.first < s.last
), groups AS MATERIALIZED (
    -- who is taught together: the groups that the load or the timetable names, else the class
    SELECT n.class_unit, n.subject, n.study_group FROM loads AS n WHERE n.study_group <> 0
    UNION
    SELECT s.class_unit, s.subject, s.study_group FROM slots AS s WHERE s.study_group <> 0
), courses AS MATERIALIZED (
    SELECT DISTINCT n.class_unit, n.subject, COALESCE(g.study_group, 0) AS study_group
    FROM loads AS n
    LEFT JOIN groups AS g ON g.class_unit = n.class_unit AND g.subject = n.subject
    WHERE n.class_unit IN (SELECT class_unit FROM slots)
), compared AS MATERIALIZED (
    SELECT c.class_unit, c.subject, c.study_group,
           (SELECT MAX(n.staff) FROM loads AS n
            WHERE n.class_unit = c.class_unit AND n.subject = c.subject
              AND n.study_group IN (0, c.study_group)) AS staff,
           (SELECT MAX(n.hours) FROM loads AS n
            WHERE n.class_unit = c.class_unit AND n.subject = c.subject
              AND n.study_group IN (0, c.study_group)) AS least,
           (SELECT SUM(n.hours) FROM loads AS n
            WHERE n.class_unit = c.class_unit AND n.subject = c.subject
              AND n.study_group IN (0, c.study_group)) AS most,
           (SELECT COUNT(DISTINCT s.weekday * 100 + s.number) FROM slots AS s
            WHERE s.class_unit = c.class_unit AND s.subject = c.subject
              AND s.study_group IN (0, c.study_group)) AS lessons
    FROM courses AS c
), found AS MATERIALIZED (
    SELECT n.class_unit, n.subject, n.study_group, MAX(n.hours) AS hours,
           CAST(NULL AS INTEGER) AS lessons, CAST(NULL AS INTEGER) AS staff
    FROM loads AS n
    GROUP BY n.class_unit, n.subject, n.study_group
    HAVING MAX(n.taught) = 0
    UNION ALL
    SELECT e.class_unit, e.subject, e.study_group, e.hours, NULL, NULL
    FROM ended AS e
    UNION ALL
    SELECT c.class_unit, c.subject, c.study_group,
           CASE WHEN c.lessons * 100 < c.least THEN c.least ELSE c.most END, c.lessons, c.staff
    FROM compared AS c
    WHERE c.lessons * 100 <= c.least - 100 OR c.lessons * 100 >= c.most + 100
)
SELECT o.class_unit, o.subject, o.study_group, MAX(o.staff) AS staff, NULL AS day,
       NULL AS number, NULL AS pupil, MAX(o.hours) AS hours,
       -- without a teacher the lessons are not counted: the first thing to mend comes first
       CASE WHEN COUNT(o.lessons) = COUNT(*) THEN MAX(o.lessons) END AS lessons
FROM found AS o
GROUP BY o.class_unit, o.subject, o.study_group
"""


def why(facts: Facts) -> Said:
    if facts["lessons"] is None:
        return Said("The load has %(hours)s hours a week, and nobody to teach them.", {
            "hours": ("hours", facts["hours"]),
        })  # fmt: skip
    return Said("Hours a week in the load: %(hours)s, lessons in the timetable: %(lessons)s.", {
        "hours": ("hours", facts["hours"]), "lessons": facts["lessons"],
    })  # fmt: skip


RULE = Rule(
    code="P8",
    title="Предмет без учителя или расписания",
    severity=Severity.MAJOR,
    extent=Extent.COURSE,
    statement=STATEMENT,
    why=why,
)
