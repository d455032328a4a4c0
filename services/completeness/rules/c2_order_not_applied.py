"""C2: an order in force that the journal does not follow ``days`` school days later.

The orders that the journal's data knows are those of the class lists. By an order of leaving the
pupil is not called over any more: marks and absences of later days say that the journal has not
applied it. By an order of moving the pupil leaves the class before: a line of it that goes on says
the same. Where the school's lists name no order, nothing is said.
"""

from services.completeness.rule import Extent, Facts, Rule, Said, Severity, Threshold

STATEMENT = """
, leaving AS MATERIALIZED (
    SELECT e.class_unit, e.pupil, e.last AS ordered, d.seq
    FROM scope
    JOIN journal_enrollments AS e ON e.school = :school AND e.class_unit = scope.class_unit
    JOIN journal_class_days AS d
         ON d.school = :school AND d.class_unit = e.class_unit AND d.day = e.last
    WHERE COALESCE(e.order_text, '') <> '' AND e.last BETWEEN :year_first AND :today
      AND NOT EXISTS (
           SELECT 1 FROM journal_enrollments AS n
           WHERE n.school = :school AND n.class_unit = e.class_unit AND n.pupil = e.pupil
             AND n.last > e.last)
), overdue AS MATERIALIZED (
    SELECT o.class_unit, o.pupil, o.ordered, MIN(due.day) AS due_day
    FROM leaving AS o
    JOIN journal_class_days AS due ON due.school = :school AND due.class_unit = o.class_unit
         AND due.seq = o.seq + :days AND due.school_day = 1 AND due.day > o.ordered
    GROUP BY o.class_unit, o.pupil, o.ordered
), called AS MATERIALIZED (
    SELECT o.class_unit, o.pupil, o.ordered, m.day
    FROM overdue AS o
    CROSS JOIN journal_marks AS m
    WHERE m.school = :school AND m.class_unit = o.class_unit AND m.pupil = o.pupil
      AND m.day > o.due_day AND m.day <= :today
    UNION ALL
    SELECT o.class_unit, o.pupil, o.ordered, a.day
    FROM overdue AS o
    CROSS JOIN journal_attendance AS a
    WHERE a.school = :school AND a.class_unit = o.class_unit AND a.pupil = o.pupil
      AND a.day > o.due_day AND a.day <= :today
), moved AS MATERIALIZED (
    -- the line of the class before goes on beside the one that the order began
    SELECT b.class_unit, b.pupil, n.first AS ordered
    FROM scope
    JOIN journal_enrollments AS b ON b.school = :school AND b.class_unit = scope.class_unit
    JOIN journal_enrollments AS n ON n.school = :school AND n.person = b.person
         AND n.class_unit <> b.class_unit
    WHERE COALESCE(n.order_text, '') <> '' AND n.first > b.first AND n.first >= :year_first
      AND b.last >= n.first AND n.last >= :today AND b.last >= :today
      AND EXISTS (
           SELECT 1 FROM journal_class_days AS d
           JOIN journal_class_days AS due ON due.school = :school
                AND due.class_unit = d.class_unit AND due.seq = d.seq + :days
                AND due.school_day = 1
           JOIN journal_calendar AS c ON c.school = :school AND c.day = due.day
           WHERE d.school = :school AND d.class_unit = b.class_unit AND d.day = n.first
             AND c.ends <= :as_of)
)
SELECT o.class_unit, NULL AS subject, 0 AS study_group, NULL AS staff, NULL AS day,
       NULL AS number, o.pupil, MAX(o.ordered) AS ordered, MAX(o.day) AS called
FROM called AS o
GROUP BY o.class_unit, o.pupil
UNION ALL
SELECT o.class_unit, NULL, 0, NULL, NULL, NULL, o.pupil, MIN(o.ordered), NULL
FROM moved AS o
GROUP BY o.class_unit, o.pupil
"""


def why(facts: Facts) -> Said:
    if facts["called"] is not None:
        return Said("By the order the last day was %(ordered)s, and an entry is of %(day)s.", {
            "ordered": ("day", facts["ordered"]), "day": ("day", facts["called"]),
        })  # fmt: skip
    return Said("By the order the pupil is in another class since %(ordered)s, and still here.", {
        "ordered": ("day", facts["ordered"]),
    })  # fmt: skip


RULE = Rule(
    code="C2",
    title="Приказ не отражён в журнале",
    severity=Severity.MAJOR,
    extent=Extent.COURSE,
    statement=STATEMENT,
    why=why,
    thresholds={"days": Threshold(1, 0, 30, "Учебных дней на отражение приказа")},
)
