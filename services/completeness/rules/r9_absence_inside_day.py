"""R9: «Н» inside a day only, or on all of a day's lessons but one; a matter to look at.

A day is asked about once it has ended and its attendance is known in all lessons of the pupil; any
Б or У that day is a reason. The finding stands at the lesson that differs: the first missed inside
the day, or the one attended.
"""

from services.completeness.rule import Extent, Facts, Rule, Said, Severity, Threshold

STATEMENT = """
, missed AS MATERIALIZED (
    SELECT a.class_unit, a.pupil, a.day, COUNT(DISTINCT a.number) AS missed,
           MIN(a.number) AS first_missed, MAX(a.number) AS last_missed
    FROM scope
    CROSS JOIN journal_attendance AS a
    WHERE a.school = :school AND a.class_unit = scope.class_unit
      AND a.day BETWEEN scope.first AND scope.last AND a.day <= :today
      AND a.code IN ('Н', 'Б', 'У')
    GROUP BY a.class_unit, a.pupil, a.day
    HAVING MAX(CASE WHEN a.code <> 'Н' THEN 1 ELSE 0 END) = 0 AND MAX(a.number) <= 100
), days AS MATERIALIZED (
    -- the day's lessons of the pupil
    SELECT o.class_unit, o.pupil, o.day, o.missed, o.first_missed, o.last_missed,
           COUNT(DISTINCT l.number) AS lessons, MIN(l.number) AS first_lesson,
           MAX(l.number) AS last_lesson,
           MIN(COALESCE(l.attendance_taken, 0)) AS all_known
    FROM missed AS o
    JOIN journal_calendar AS c ON c.school = :school AND c.day = o.day
    CROSS JOIN journal_lessons AS l
    WHERE c.ends <= :as_of
      AND l.school = :school AND l.class_unit = o.class_unit AND l.day = o.day AND l.state = 1
      AND (l.study_group = 0 OR EXISTS (
           SELECT 1 FROM journal_group_pupils AS g
           WHERE g.school = :school AND g.study_group = l.study_group AND g.pupil = o.pupil))
    GROUP BY o.class_unit, o.pupil, o.day, o.missed, o.first_missed, o.last_missed
), odd AS MATERIALIZED (
    SELECT d.*,
           CASE WHEN d.first_missed > d.first_lesson AND d.last_missed < d.last_lesson
                THEN 1 ELSE 0 END AS inside
    FROM days AS d
    WHERE d.all_known = 1 AND d.lessons >= :least_lessons
      AND ((d.first_missed > d.first_lesson AND d.last_missed < d.last_lesson)
           OR d.missed = d.lessons - 1)
), places AS MATERIALIZED (
    SELECT o.class_unit, o.pupil, o.day, o.missed, o.lessons, o.inside,
           MIN(l.number) AS number
    FROM odd AS o
    CROSS JOIN journal_lessons AS l
    WHERE l.school = :school AND l.class_unit = o.class_unit AND l.day = o.day AND l.state = 1
      AND (l.study_group = 0 OR EXISTS (
           SELECT 1 FROM journal_group_pupils AS g
           WHERE g.school = :school AND g.study_group = l.study_group AND g.pupil = o.pupil))
      AND CASE WHEN EXISTS (
               SELECT 1 FROM journal_attendance AS a
               WHERE a.school = :school AND a.class_unit = o.class_unit AND a.day = o.day
                 AND a.number = l.number AND a.subject = l.subject AND a.pupil = o.pupil
                 AND a.code = 'Н')
               THEN 1 ELSE 0 END = o.inside
    GROUP BY o.class_unit, o.pupil, o.day, o.missed, o.lessons, o.inside
)
SELECT p.class_unit, MAX(l.subject) AS subject, MAX(l.study_group) AS study_group,
       MAX(l.staff) AS staff, p.day, p.number, p.pupil, p.missed, p.lessons, p.inside
FROM places AS p
CROSS JOIN journal_lessons AS l
WHERE l.school = :school AND l.class_unit = p.class_unit AND l.day = p.day
  AND l.number = p.number AND l.state = 1
  AND (l.study_group = 0 OR EXISTS (
       SELECT 1 FROM journal_group_pupils AS g
       WHERE g.school = :school AND g.study_group = l.study_group AND g.pupil = p.pupil))
GROUP BY p.class_unit, p.day, p.number, p.pupil, p.missed, p.lessons, p.inside
"""


def why(facts: Facts) -> Said:
    counts = {"missed": facts["missed"], "lessons": facts["lessons"]}
    if facts["inside"]:
        return Said(
            "Absent without a reason inside the day only: %(missed)s of %(lessons)s lessons.",
            counts,
        )
    return Said("Absent without a reason on all lessons of the day but one: of %(lessons)s.", {
        "lessons": facts["lessons"],
    })  # fmt: skip


RULE = Rule(
    code="R9",
    title="Посещаемость расходится внутри дня",
    severity=Severity.ADVICE,
    extent=Extent.LESSON,
    statement=STATEMENT,
    why=why,
    thresholds={"least_lessons": Threshold(3, 3, 10, "Уроков в дне, не меньше")},
)
