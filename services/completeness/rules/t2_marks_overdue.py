"""T2: marks for a written work that have not come in time."""

from services.completeness.control_works import CONTROL_WORKS
from services.completeness.rule import Extent, Facts, Rule, Said, Severity, Threshold

UNMARKED = """
, unmarked AS MATERIALIZED (
    SELECT w.class_unit, w.subject, w.study_group, w.staff, w.day, w.number, w.work_kind,
           w.due_day, COUNT(*) AS missing
    FROM overdue AS w
    CROSS JOIN journal_enrollments AS e
    WHERE e.school = :school AND e.class_unit = w.class_unit AND w.day BETWEEN e.first AND e.last
      AND NOT EXISTS (
           SELECT 1 FROM journal_marks AS m
           WHERE m.school = :school AND m.class_unit = w.class_unit AND m.day = w.day
             AND m.number = w.number AND m.subject = w.subject AND m.pupil = e.pupil)
      AND (w.double_before + w.double_after = 0 OR NOT EXISTS (
           SELECT 1 FROM journal_marks AS m
           WHERE m.school = :school AND m.class_unit = w.class_unit AND m.day = w.day
             AND m.number IN (w.number - w.double_before, w.number + w.double_after)
             AND m.subject = w.subject AND m.pupil = e.pupil))
      AND (w.study_group = 0 OR EXISTS (
           SELECT 1 FROM journal_group_pupils AS g
           WHERE g.school = :school AND g.study_group = w.study_group AND g.pupil = e.pupil))
      AND NOT EXISTS (
           SELECT 1 FROM journal_attendance AS a
           WHERE a.school = :school AND a.class_unit = w.class_unit AND a.day = w.day
             AND a.number = w.number AND a.subject = w.subject AND a.pupil = e.pupil
             AND a.code IN ('Н', 'Б', 'У'))
      AND NOT EXISTS (
           SELECT 1 FROM exempt AS x
           WHERE x.pupil = e.pupil AND x.subject = w.subject AND w.day BETWEEN x.first AND x.last)
    GROUP BY w.class_unit, w.subject, w.study_group, w.staff, w.day, w.number, w.work_kind,
             w.due_day
)
SELECT u.class_unit, u.subject, u.study_group, u.staff, u.day, u.number, NULL AS pupil,
       u.work_kind, u.due_day, u.missing,
       (SELECT COUNT(*) FROM journal_enrollments AS e
        WHERE e.school = :school AND e.class_unit = u.class_unit
          AND u.day BETWEEN e.first AND e.last
          AND (u.study_group = 0 OR EXISTS (
               SELECT 1 FROM journal_group_pupils AS g
               WHERE g.school = :school AND g.study_group = u.study_group
                 AND g.pupil = e.pupil))
          AND NOT EXISTS (
               SELECT 1 FROM journal_attendance AS a
               WHERE a.school = :school AND a.class_unit = u.class_unit AND a.day = u.day
                 AND a.number = u.number AND a.subject = u.subject AND a.pupil = e.pupil
                 AND a.code IN ('Н', 'Б', 'У'))
          AND NOT EXISTS (
               SELECT 1 FROM exempt AS x
               WHERE x.pupil = e.pupil AND x.subject = u.subject
                 AND u.day BETWEEN x.first AND x.last)) AS present
FROM unmarked AS u
"""


def why(facts: Facts) -> Said:
    return Said(
        "Work «%(work)s»: %(marked)s of %(present)s present have a mark, all were due by %(due)s.",
        {
            "work": facts["work_kind"],
            "marked": facts["present"] - facts["missing"],
            "present": facts["present"],
            "due": ("day", facts["due_day"]),
        },
    )


RULE = Rule(
    code="T2",
    title="Просрочены отметки за письменную работу",
    severity=Severity.MAJOR,
    extent=Extent.LESSON,
    late=True,
    statement=CONTROL_WORKS + UNMARKED,
    why=why,
    thresholds={
        "test_days": Threshold(3, 1, 30, "Учебных дней на тест"),
        "control_days": Threshold(5, 1, 30, "Учебных дней на контрольную, диктант"),
        "essay_days": Threshold(7, 1, 30, "Учебных дней на сочинение, изложение"),
        "senior_essay_days": Threshold(10, 1, 30, "Учебных дней на сочинение в 10–11 классах"),
    },
)
