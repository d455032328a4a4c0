"""R3: a mark dated outside the pupil's enrolment by orders."""

from services.completeness.rule import Extent, Facts, Rule, Said, Severity

STATEMENT = """
, away AS MATERIALIZED (
    -- the days before, between and after a pupil's enrolments
    SELECT e.class_unit, e.pupil, e.last + 1 AS first,
           COALESCE((SELECT MIN(n.first) FROM journal_enrollments AS n
                     WHERE n.school = e.school AND n.class_unit = e.class_unit
                       AND n.pupil = e.pupil AND n.first > e.first), 9999999) - 1 AS last
    FROM scope JOIN journal_enrollments AS e ON e.class_unit = scope.class_unit
    WHERE e.school = :school
    UNION ALL
    SELECT e.class_unit, e.pupil, 0, MIN(e.first) - 1
    FROM scope JOIN journal_enrollments AS e ON e.class_unit = scope.class_unit
    WHERE e.school = :school
    GROUP BY e.class_unit, e.pupil
), gone AS MATERIALIZED (
    -- of these the days looked at, once the class has marks at all
    SELECT w.*,
           CASE WHEN w.first > scope.first THEN w.first ELSE scope.first END AS seen_from,
           CASE WHEN w.last < scope.last THEN w.last ELSE scope.last END AS seen_to
    FROM scope
    JOIN away AS w ON w.class_unit = scope.class_unit
         AND w.first <= scope.last AND w.last >= scope.first
    WHERE w.first <= w.last AND w.last >= :year_first AND w.first <= :today
      AND w.last >= (SELECT MIN(m.day) FROM journal_marks AS m
                     WHERE m.school = :school AND m.class_unit = w.class_unit)
)
SELECT m.class_unit, m.subject, m.study_group,
       (SELECT MAX(l.staff) FROM journal_lessons AS l
        WHERE l.school = m.school AND l.class_unit = m.class_unit AND l.day = m.day
          AND l.number = m.number AND l.subject = m.subject
          AND (l.study_group = m.study_group OR 0 IN (l.study_group, m.study_group))) AS staff,
       m.day, CASE WHEN m.number <= 100 THEN m.number END AS number, m.pupil,
       w.first AS away_from, w.last AS away_to
FROM gone AS w
CROSS JOIN journal_marks AS m
WHERE m.school = :school AND m.pupil = w.pupil AND m.day BETWEEN w.seen_from AND w.seen_to
  AND m.position = 0 AND m.day <= :today
"""


def why(facts: Facts) -> Said:
    if not facts["away_from"]:
        return Said("The pupil is in the class only since %(day)s.", {
            "day": ("day", facts["away_to"] + 1),
        })  # fmt: skip
    return Said("The pupil's last day in the class was %(day)s.", {
        "day": ("day", facts["away_from"] - 1),
    })  # fmt: skip


RULE = Rule(
    code="R3",
    title="Отметка выбывшему или до зачисления",
    severity=Severity.MAJOR,
    extent=Extent.LESSON,
    statement=STATEMENT,
    why=why,
)
