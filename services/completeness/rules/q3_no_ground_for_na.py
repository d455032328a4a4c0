"""Q3: «н/а» for an ended period whose pupil did not miss more than two thirds of the lessons.

An order known to the journal is a ground: today that is the enrolment's, for who came during the
period. Where the period's absences are not in files nothing is said. (67 % is "more than two
thirds": with fewer than a hundred lessons no share lies in between.)
"""

from services.completeness.rule import Extent, Facts, Rule, Said, Severity, Threshold

STATEMENT = """
, periods AS MATERIALIZED (
    SELECT t.class_unit, t.year, t.kind, t.number, t.first, t.last
    FROM scope
    CROSS JOIN journal_class_terms AS t
    WHERE t.school = :school AND t.class_unit = scope.class_unit AND t.kind <> 'год'
      AND t.last >= scope.first
    UNION ALL
    SELECT t.class_unit, t.year, 'год', 0, MIN(t.first), MAX(t.last)
    FROM scope
    CROSS JOIN journal_class_terms AS t
    WHERE t.school = :school AND t.class_unit = scope.class_unit AND t.kind <> 'год'
    GROUP BY t.class_unit, t.year, scope.first
    HAVING MAX(t.last) >= scope.first
), unattested AS MATERIALIZED (
    SELECT u.class_unit, u.kind, u.number, u.first, u.last, f.subject, f.pupil,
           CASE WHEN e.first > u.first THEN e.first ELSE u.first END AS came
    FROM journal_term_marks AS f
    JOIN periods AS u ON u.class_unit = f.class_unit AND u.year = f.year AND u.kind = f.kind
         AND u.number = f.number
    JOIN journal_calendar AS c ON c.school = :school AND c.day = u.last
    JOIN journal_classes AS k ON k.school = :school AND k.class_unit = f.class_unit
    JOIN journal_subjects AS s ON s.school = :school AND s.subject = f.subject
    JOIN journal_enrollments AS e ON e.school = :school AND e.class_unit = f.class_unit
         AND e.pupil = f.pupil AND u.last BETWEEN e.first AND e.last
    WHERE f.school = :school AND f.code = 'н/а' AND c.ends <= :as_of
      AND k.grade > 1 AND s.marks = 1
      AND (e.first <= u.first OR COALESCE(e.order_text, '') = '')
      AND EXISTS (
           SELECT 1 FROM journal_coverage AS v
           WHERE v.school = :school AND v.kind = 'attendance' AND v.class_unit = f.class_unit
             AND v.subject = f.subject AND v.first < u.first + 7 AND v.last > u.last - 7)
), lessons_held AS MATERIALIZED (
    SELECT u.class_unit, u.kind, u.number, u.last, u.subject, u.pupil,
           l.study_group, l.staff, l.day,
           CASE WHEN EXISTS (
                SELECT 1 FROM journal_attendance AS a
                WHERE a.school = :school AND a.class_unit = u.class_unit AND a.day = l.day
                  AND (a.number = l.number OR a.number > 100) AND a.subject = u.subject
                  AND a.pupil = u.pupil AND a.code IN ('Н', 'Б', 'У'))
                THEN 1 ELSE 0 END AS missed
    FROM unattested AS u
    CROSS JOIN journal_lessons AS l
    WHERE l.school = :school AND l.class_unit = u.class_unit AND l.subject = u.subject
      AND l.day BETWEEN u.came AND u.last AND l.state = 1
      AND (l.study_group = 0 OR EXISTS (
           SELECT 1 FROM journal_group_pupils AS g
           WHERE g.school = :school AND g.study_group = l.study_group AND g.pupil = u.pupil))
), counted AS MATERIALIZED (
    SELECT h.class_unit, h.kind, h.number, h.last, h.subject, h.pupil, COUNT(*) AS held,
           SUM(h.missed) AS missed, MAX(h.study_group) AS study_group, MAX(h.staff) AS staff
    FROM lessons_held AS h
    GROUP BY h.class_unit, h.kind, h.number, h.last, h.subject, h.pupil
)
SELECT c.class_unit, c.subject, c.study_group,
       COALESCE((SELECT MAX(a.staff) FROM journal_assignments AS a
                 WHERE a.school = :school AND a.class_unit = c.class_unit
                   AND a.subject = c.subject AND a.study_group IN (0, c.study_group)
                   AND c.last BETWEEN a.first AND a.last), c.staff) AS staff,
       c.last AS day, NULL AS number, c.pupil, c.kind, c.number AS term, c.missed, c.held
FROM counted AS c
WHERE c.missed * 100 <= c.held * :critical_percent
"""


def why(facts: Facts) -> Said:
    return Said(
        "%(term)s: «н/а», missed are only %(missed)s of %(held)s lessons, and no order is known.",
        {
            "term": (facts["kind"], facts["term"]),
            "missed": facts["missed"],
            "held": facts["held"],
        },
    )


RULE = Rule(
    code="Q3",
    title="«н/а» без основания",
    severity=Severity.MAJOR,
    extent=Extent.COURSE,
    statement=STATEMENT,
    why=why,
    thresholds={"critical_percent": Threshold(67, 1, 99, "Пропущено уроков, %: основание для н/а")},
)
