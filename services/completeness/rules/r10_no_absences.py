"""R10: a teacher's last lessons in a class without any absence, in a class that has them.

The share of the class is that of all its lessons within the same days: absences among the places of
its pupils. Lateness is no absence. Only lessons whose attendance is taken and covered are counted,
and those of so many weeks that one lesson a week, holidays between, makes up the number.
"""

from services.completeness.rule import Extent, Facts, Rule, Said, Severity, Threshold

STATEMENT = """
, taken AS MATERIALIZED (
    SELECT l.class_unit, l.subject, l.study_group, l.staff, l.day, l.number,
           ROW_NUMBER() OVER (
               PARTITION BY l.class_unit, l.staff ORDER BY l.day DESC, l.number DESC,
               l.subject, l.study_group) AS back
    FROM scope
    CROSS JOIN journal_lessons AS l
    WHERE l.school = :school AND l.class_unit = scope.class_unit AND l.state = 1
      AND l.day BETWEEN :today - 10 * :lessons AND :today AND l.day >= :year_first
      AND l.attendance_taken = 1
), latest AS MATERIALIZED (
    SELECT t.* FROM taken AS t
    WHERE t.back <= :lessons
      AND EXISTS (
           SELECT 1 FROM journal_coverage AS v
           WHERE v.school = :school AND v.kind = 'attendance' AND v.class_unit = t.class_unit
             AND v.subject = t.subject AND v.study_group IN (0, t.study_group)
             AND t.day BETWEEN v.first AND v.last)
), quiet AS MATERIALIZED (
    SELECT t.class_unit, t.staff, MIN(t.subject) AS subject, MIN(t.study_group) AS study_group,
           MIN(t.day) AS first, MAX(t.day) AS last
    FROM latest AS t
    GROUP BY t.class_unit, t.staff
    HAVING COUNT(*) = :lessons AND SUM(
        CASE WHEN EXISTS (
             SELECT 1 FROM journal_attendance AS a
             WHERE a.school = :school AND a.class_unit = t.class_unit AND a.day = t.day
               AND a.number = t.number AND a.subject = t.subject
               AND (t.study_group = 0 OR a.study_group IN (0, t.study_group))
               AND a.code IN ('Н', 'Б', 'У')) THEN 1 ELSE 0 END) = 0
), rates AS MATERIALIZED (
    SELECT q.*,
           (SELECT COUNT(*) FROM journal_attendance AS a
            WHERE a.school = :school AND a.class_unit = q.class_unit
              AND a.day BETWEEN q.first AND q.last AND a.code IN ('Н', 'Б', 'У')) AS absences,
           -- the class's hours, whether taught together or in groups
           (SELECT COUNT(DISTINCT t.day * 100 + t.number) FROM taken AS t
            WHERE t.class_unit = q.class_unit AND t.day BETWEEN q.first AND q.last)
           * (SELECT COUNT(DISTINCT e.pupil) FROM journal_enrollments AS e
              WHERE e.school = :school AND e.class_unit = q.class_unit
                AND e.first <= q.last AND e.last >= q.last) AS seats
    FROM quiet AS q
)
SELECT r.class_unit, r.subject, r.study_group, r.staff, NULL AS day, NULL AS number,
       NULL AS pupil, r.absences * 100 / r.seats AS rate, r.first, :lessons AS lessons
FROM rates AS r
WHERE r.seats > 0 AND r.absences * 100 >= r.seats * :percent
"""


def why(facts: Facts) -> Said:
    return Said(
        "No absence in the last %(lessons)s lessons, since %(first)s; of the class %(rate)s %%.",
        {
            "lessons": facts["lessons"], "first": ("day", facts["first"]), "rate": facts["rate"],
        },
    )  # fmt: skip


RULE = Rule(
    code="R10",
    title="Ни одного отсутствия",
    severity=Severity.ADVICE,
    extent=Extent.COURSE,
    statement=STATEMENT,
    why=why,
    thresholds={
        "lessons": Threshold(15, 5, 100, "Уроков подряд без пропусков"),
        "percent": Threshold(5, 1, 50, "Обычные пропуски класса, %, не меньше"),
    },
)
