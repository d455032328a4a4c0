"""Q5: a pupil who came during a term, and no current marks are entered within days of that.

Marks of the term up to then count, those of another class of the school too: who only moved from
one class to another has them. Coming in the term's first week is not coming during it.
"""

from services.completeness.rule import Extent, Facts, Rule, Said, Severity, Threshold

STATEMENT = """
, came AS MATERIALIZED (
    SELECT e.class_unit, e.pupil, e.person, e.first, t.first AS term_first
    FROM scope
    CROSS JOIN journal_enrollments AS e
    JOIN journal_class_terms AS t ON t.school = e.school AND t.class_unit = e.class_unit
    JOIN journal_classes AS k ON k.school = e.school AND k.class_unit = e.class_unit
    JOIN journal_calendar AS c ON c.school = e.school AND c.day = e.first + :days
    WHERE e.school = :school AND e.class_unit = scope.class_unit
      AND e.first BETWEEN scope.first AND scope.last AND e.first >= :year_first
      AND t.kind <> 'год' AND e.first <= t.last AND (e.first - 1) / 7 > (t.first - 1) / 7
      AND e.last >= e.first + :days AND k.grade > 1 AND c.ends <= :as_of
)
SELECT n.class_unit, NULL AS subject, 0 AS study_group, NULL AS staff, n.first AS day,
       NULL AS number, n.pupil, n.first + :days AS due_day
FROM came AS n
WHERE EXISTS (
      SELECT 1 FROM journal_coverage AS v
      WHERE v.school = :school AND v.kind = 'marks' AND v.class_unit = n.class_unit
        AND v.first <= n.first AND v.last >= n.first + :days)
  AND NOT EXISTS (
      SELECT 1 FROM journal_enrollments AS o
      CROSS JOIN journal_marks AS m
      WHERE o.school = :school AND o.person = n.person AND m.school = :school
        AND m.pupil = o.pupil AND m.value IS NOT NULL
        AND m.day BETWEEN n.term_first AND n.first + :days)
"""


def why(facts: Facts) -> Said:
    return Said("Came on %(day)s, and by %(due)s no current mark was entered.", {
        "day": ("day", facts["day"]),
        "due": ("day", facts["due_day"]),
    })  # fmt: skip


RULE = Rule(
    code="Q5",
    title="Прибывший без отметок",
    severity=Severity.MINOR,
    extent=Extent.LESSON,
    statement=STATEMENT,
    why=why,
    thresholds={"days": Threshold(5, 1, 60, "Дней на отметки из прежней школы")},
)
