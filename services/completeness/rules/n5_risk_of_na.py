"""N5: a pupil who has missed more than half of a running term's lessons of a subject.

Any reason counts, being late does not. The risk is told once ``least_lessons`` were held for the
pupil and expires with the term. Critical above two thirds (67 %: with fewer than a hundred lessons
no share lies in between).
"""

from services.completeness.rule import Extent, Facts, Rule, Said, Severity, Threshold

STATEMENT = """
, running AS MATERIALIZED (
    SELECT t.class_unit, t.year, t.kind, t.number, t.first, t.last
    FROM scope
    CROSS JOIN journal_class_terms AS t
    CROSS JOIN journal_calendar AS z
    JOIN journal_classes AS k ON k.school = :school AND k.class_unit = t.class_unit
    WHERE t.school = :school AND t.class_unit = scope.class_unit AND t.kind <> 'год'
      AND t.last >= scope.first AND t.first <= :today AND k.grade > 1
      AND z.school = :school AND z.day = t.last AND z.ends > :as_of
), absent AS MATERIALIZED (
    SELECT r.class_unit, r.kind, r.number AS term, r.first, r.last, a.subject, a.pupil,
           COUNT(*) AS missed
    FROM running AS r
    CROSS JOIN journal_attendance AS a
    WHERE a.school = :school AND a.class_unit = r.class_unit
      AND a.day BETWEEN r.first AND :today AND a.code IN ('Н', 'Б', 'У')
    GROUP BY r.class_unit, r.kind, r.number, r.first, r.last, a.subject, a.pupil
), taught AS MATERIALIZED (
    SELECT l.class_unit, l.subject, l.study_group, COUNT(*) AS lessons
    FROM running AS r
    CROSS JOIN journal_lessons AS l
    WHERE l.school = :school AND l.class_unit = r.class_unit AND l.state = 1
      AND l.day BETWEEN r.first AND :today
    GROUP BY l.class_unit, l.subject, l.study_group
), held AS MATERIALIZED (
    -- nobody who was there all the time has had fewer lessons
    SELECT t.class_unit, t.subject,
           COALESCE(SUM(CASE WHEN t.study_group = 0 THEN t.lessons END), 0)
           + COALESCE(MIN(CASE WHEN t.study_group <> 0 THEN t.lessons END), 0) AS lessons
    FROM taught AS t
    GROUP BY t.class_unit, t.subject
), suspects AS MATERIALIZED (
    -- who may have missed so much: the exact count is made for them only
    SELECT a.*, CASE WHEN e.first > a.first THEN e.first ELSE a.first END AS came
    FROM absent AS a
    JOIN held AS h ON h.class_unit = a.class_unit AND h.subject = a.subject
    JOIN journal_subjects AS s ON s.school = :school AND s.subject = a.subject
    JOIN journal_enrollments AS e ON e.school = :school AND e.class_unit = a.class_unit
         AND e.pupil = a.pupil AND :today BETWEEN e.first AND e.last
    WHERE s.marks = 1
      AND (a.missed * 100 > h.lessons * :percent OR e.first > a.first)
      AND NOT EXISTS (
           SELECT 1 FROM journal_term_marks AS f
           WHERE f.school = :school AND f.pupil = a.pupil AND f.subject = a.subject
             AND f.code = 'осв')
), attended AS MATERIALIZED (
    SELECT s.class_unit, s.subject, s.pupil, s.kind, s.term, s.last, l.study_group, l.staff,
           CASE WHEN EXISTS (
                SELECT 1 FROM journal_attendance AS a
                WHERE a.school = :school AND a.class_unit = s.class_unit AND a.day = l.day
                  AND (a.number = l.number OR a.number > 100) AND a.subject = s.subject
                  AND a.pupil = s.pupil AND a.code IN ('Н', 'Б', 'У'))
                THEN 1 ELSE 0 END AS missed
    FROM suspects AS s
    CROSS JOIN journal_lessons AS l
    WHERE l.school = :school AND l.class_unit = s.class_unit AND l.subject = s.subject
      AND l.day BETWEEN s.came AND :today AND l.state = 1
      AND (l.study_group = 0 OR EXISTS (
           SELECT 1 FROM journal_group_pupils AS g
           WHERE g.school = :school AND g.study_group = l.study_group AND g.pupil = s.pupil))
), counted AS MATERIALIZED (
    SELECT a.class_unit, a.subject, a.pupil, a.kind, a.term, a.last, COUNT(*) AS held,
           SUM(a.missed) AS missed, MAX(a.study_group) AS study_group, MAX(a.staff) AS staff
    FROM attended AS a
    GROUP BY a.class_unit, a.subject, a.pupil, a.kind, a.term, a.last
)
SELECT c.class_unit, c.subject, c.study_group,
       COALESCE((SELECT MAX(a.staff) FROM journal_assignments AS a
                 WHERE a.school = :school AND a.class_unit = c.class_unit
                   AND a.subject = c.subject AND a.study_group IN (0, c.study_group)
                   AND :today BETWEEN a.first AND a.last), c.staff) AS staff,
       c.last AS day, NULL AS number, c.pupil,
       CASE WHEN c.missed * 100 > c.held * :critical_percent THEN 'critical' END AS severity,
       c.kind, c.term, c.missed, c.held
FROM counted AS c
WHERE c.missed * 100 > c.held * :percent AND c.held >= :least_lessons
"""


def why(facts: Facts) -> Said:
    return Said(
        "%(term)s: missed %(missed)s of the %(held)s lessons held so far.",
        {
            "term": (facts["kind"], facts["term"]),
            "missed": facts["missed"],
            "held": facts["held"],
        },
    )


RULE = Rule(
    code="N5",
    title="Риск неаттестации",
    severity=Severity.MINOR,
    extent=Extent.COURSE,
    statement=STATEMENT,
    why=why,
    thresholds={
        "percent": Threshold(50, 1, 99, "Пропущено уроков, %: предупредить"),
        "critical_percent": Threshold(67, 1, 99, "Пропущено уроков, %: критично"),
        "least_lessons": Threshold(5, 1, 50, "Уроков для вывода, не меньше"),
    },
)
