"""N3: a pupil who was present at the last lessons of a subject in a row and has no mark of them.

The latest lessons are looked at, so that a mark mends it; an absence breaks the row. The two of a
double are two lessons. Their marks and absences must be in files; who is exempt is not asked.
"""

from services.completeness.rule import Extent, Facts, Rule, Said, Severity, Threshold

STATEMENT = """
, recent AS MATERIALIZED (
    SELECT l.class_unit, l.subject, l.study_group, l.staff, l.day, l.number, l.attendance_taken,
           ROW_NUMBER() OVER (PARTITION BY l.class_unit, l.subject, l.study_group
                              ORDER BY l.day DESC, l.number DESC) AS place
    FROM scope
    CROSS JOIN journal_lessons AS l
    WHERE l.school = :school AND l.class_unit = scope.class_unit AND l.state = 1
      AND l.day BETWEEN :today - :longest AND (SELECT MAX(c.day) FROM journal_calendar AS c
                                               WHERE c.school = :school AND c.deadline <= :as_of)
      AND l.day >= :year_first
), latest AS MATERIALIZED (
    SELECT r.*
    FROM recent AS r
    JOIN journal_classes AS k ON k.school = :school AND k.class_unit = r.class_unit
    JOIN journal_subjects AS s ON s.school = :school AND s.subject = r.subject
    WHERE r.place <= :lessons AND k.grade > 1 AND s.marks = 1
), rows_of_lessons AS MATERIALIZED (
    SELECT n.class_unit, n.subject, n.study_group, MIN(n.day) AS first, MAX(n.day) AS last,
           MAX(CASE WHEN n.place = 1 THEN n.staff END) AS staff,
           MAX(CASE WHEN n.place = :lessons THEN n.number END) AS first_number,
           MIN(COALESCE(n.attendance_taken, 0)) AS taken
    FROM latest AS n
    GROUP BY n.class_unit, n.subject, n.study_group
    HAVING COUNT(*) = :lessons
), courses AS MATERIALIZED (
    SELECT r.* FROM rows_of_lessons AS r
    WHERE EXISTS (
          SELECT 1 FROM journal_coverage AS v
          WHERE v.school = :school AND v.kind = 'marks' AND v.class_unit = r.class_unit
            AND v.subject = r.subject AND v.study_group IN (0, r.study_group)
            AND v.first <= r.first AND v.last >= r.last)
      AND (r.taken = 1 OR EXISTS (
          SELECT 1 FROM journal_coverage AS v
          WHERE v.school = :school AND v.kind = 'attendance' AND v.class_unit = r.class_unit
            AND v.subject = r.subject AND v.study_group IN (0, r.study_group)
            AND v.first <= r.first AND v.last >= r.last))
), unasked AS MATERIALIZED (
    SELECT c.*, e.pupil
    FROM courses AS c
    CROSS JOIN journal_enrollments AS e
    WHERE e.school = :school AND e.class_unit = c.class_unit
      AND e.first <= c.first AND e.last >= :today
      AND NOT EXISTS (
           SELECT 1 FROM journal_marks AS m
           WHERE m.school = :school AND m.pupil = e.pupil AND m.subject = c.subject
             AND m.day > c.first AND m.day <= :today)
      AND NOT EXISTS (
           SELECT 1 FROM journal_marks AS m
           WHERE m.school = :school AND m.class_unit = c.class_unit AND m.day = c.first
             AND m.number >= c.first_number AND m.subject = c.subject AND m.pupil = e.pupil)
      AND (c.study_group = 0 OR EXISTS (
           SELECT 1 FROM journal_group_pupils AS g
           WHERE g.school = :school AND g.study_group = c.study_group AND g.pupil = e.pupil))
)
SELECT u.class_unit, u.subject, u.study_group,
       COALESCE((SELECT MAX(a.staff) FROM journal_assignments AS a
                 WHERE a.school = :school AND a.class_unit = u.class_unit
                   AND a.subject = u.subject AND a.study_group IN (0, u.study_group)
                   AND u.last BETWEEN a.first AND a.last), u.staff) AS staff,
       NULL AS day, NULL AS number, u.pupil, u.first, u.last, :lessons AS lessons
FROM unasked AS u
WHERE NOT EXISTS (
       SELECT 1 FROM latest AS l
       CROSS JOIN journal_attendance AS a
       WHERE l.class_unit = u.class_unit AND l.subject = u.subject
         AND l.study_group = u.study_group
         AND a.school = :school AND a.class_unit = l.class_unit AND a.day = l.day
         AND (a.number = l.number OR a.number > 100) AND a.subject = l.subject
         AND a.pupil = u.pupil AND a.code IN ('Н', 'Б', 'У'))
  -- exempt by the latest period mark of the year
  AND NOT EXISTS (
       SELECT 1 FROM journal_term_marks AS f
       WHERE f.school = :school AND f.pupil = u.pupil AND f.subject = u.subject
         AND f.code = 'осв' AND NOT EXISTS (
              SELECT 1 FROM journal_term_marks AS n
              WHERE n.school = :school AND n.pupil = f.pupil AND n.subject = f.subject
                AND n.year = f.year AND n.kind = f.kind AND n.number > f.number
                AND (n.value IS NOT NULL OR n.code <> 'осв')))
"""


def why(facts: Facts) -> Said:
    return Said(
        "Present at the last %(lessons)s lessons in a row (%(first)s to %(last)s), and no mark.",
        {
            "lessons": facts["lessons"],
            "first": ("day", facts["first"]),
            "last": ("day", facts["last"]),
        },
    )


RULE = Rule(
    code="N3",
    title="Давно не спрошен",
    severity=Severity.MINOR,
    extent=Extent.COURSE,
    statement=STATEMENT,
    why=why,
    thresholds={
        "lessons": Threshold(5, 2, 50, "Уроков подряд без отметки"),
        "longest": Threshold(120, 7, 366, "За сколько дней считать"),
    },
)
