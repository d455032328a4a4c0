"""N2: a course that has too few marks at too many of a term's lessons.

A course is a class, subject and group. Only numbers are marks. The lessons of a term begun are
counted up to now, once there are ``least_lessons`` of them; a course with fewer pupils than marks
wanted is not asked.
"""

from services.completeness.rule import Extent, Facts, Rule, Said, Severity, Threshold

STATEMENT = """
, begun AS MATERIALIZED (
    SELECT t.class_unit, t.kind, t.number, t.first, t.last,
           CASE WHEN t.last < :today THEN t.last ELSE :today END AS upto
    FROM scope
    CROSS JOIN journal_class_terms AS t
    JOIN journal_classes AS k ON k.school = t.school AND k.class_unit = t.class_unit
    WHERE t.school = :school AND t.class_unit = scope.class_unit AND t.kind <> 'год'
      AND t.last >= scope.first AND t.first <= :today AND t.last >= :year_first AND k.grade > 1
), told AS MATERIALIZED (
    SELECT DISTINCT u.class_unit, u.first, v.subject, v.study_group
    FROM begun AS u
    CROSS JOIN journal_coverage AS v
    JOIN journal_subjects AS s ON s.school = v.school AND s.subject = v.subject
    WHERE v.school = :school AND v.kind = 'marks' AND v.class_unit = u.class_unit
      AND v.first < u.first + 7 AND v.last > u.upto - 7 AND s.marks = 1
), held AS MATERIALIZED (
    SELECT l.class_unit, l.subject, l.study_group, u.kind, u.number AS term,
           u.last, u.upto, l.staff,
           (SELECT m.day FROM journal_marks AS m
            WHERE m.school = :school AND m.class_unit = l.class_unit AND m.day = l.day
              AND m.number = l.number AND m.subject = l.subject
              AND (m.study_group = l.study_group OR 0 IN (m.study_group, l.study_group))
              AND m.value IS NOT NULL
            LIMIT 1 OFFSET :enough - 1) AS marked
    FROM begun AS u
    CROSS JOIN journal_lessons AS l
    WHERE l.school = :school AND l.class_unit = u.class_unit
      AND l.day BETWEEN u.first AND u.upto AND l.state = 1
      AND l.day <= (SELECT MAX(c.day) FROM journal_calendar AS c
                    WHERE c.school = :school AND c.deadline <= :as_of)
      AND EXISTS (
           SELECT 1 FROM told AS t
           WHERE t.class_unit = l.class_unit AND t.first = u.first AND t.subject = l.subject
             AND t.study_group IN (0, l.study_group))
), courses AS MATERIALIZED (
    SELECT h.class_unit, h.subject, h.study_group, h.kind, h.term, h.last, h.upto,
           MAX(h.staff) AS staff, COUNT(*) AS held,
           SUM(CASE WHEN h.marked IS NULL THEN 1 ELSE 0 END) AS few
    FROM held AS h
    GROUP BY h.class_unit, h.subject, h.study_group, h.kind, h.term, h.last, h.upto
)
SELECT c.class_unit, c.subject, c.study_group,
       COALESCE((SELECT MAX(a.staff) FROM journal_assignments AS a
                 WHERE a.school = :school AND a.class_unit = c.class_unit
                   AND a.subject = c.subject AND a.study_group IN (0, c.study_group)
                   AND c.upto BETWEEN a.first AND a.last), c.staff) AS staff,
       c.last AS day, NULL AS number, NULL AS pupil, c.kind, c.term, c.few, c.held,
       :enough AS enough
FROM courses AS c
WHERE c.few * 100 > c.held * :percent AND c.held >= :least_lessons
  AND (SELECT COUNT(*) FROM journal_enrollments AS e
       WHERE e.school = :school AND e.class_unit = c.class_unit
         AND c.upto BETWEEN e.first AND e.last
         AND (c.study_group = 0 OR EXISTS (
              SELECT 1 FROM journal_group_pupils AS g
              WHERE g.school = :school AND g.study_group = c.study_group
                AND g.pupil = e.pupil))) >= :enough
"""


def why(facts: Facts) -> Said:
    return Said(
        "%(term)s: fewer than %(enough)s marks at %(few)s of %(held)s lessons.",
        {
            "term": (facts["kind"], facts["term"]),
            "enough": facts["enough"],
            "few": facts["few"],
            "held": facts["held"],
        },
    )


RULE = Rule(
    code="N2",
    title="Мало отметок за урок",
    severity=Severity.MINOR,
    extent=Extent.COURSE,
    statement=STATEMENT,
    why=why,
    thresholds={
        "enough": Threshold(3, 1, 30, "Отметок за урок, не меньше"),
        "percent": Threshold(40, 1, 99, "Доля бедных уроков, %"),
        "least_lessons": Threshold(5, 1, 50, "Уроков для вывода, не меньше"),
    },
)
