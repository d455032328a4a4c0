"""Hours of plans dated from ``:begin`` to ``:upto`` and lessons held there, as rule K1 counts."""

from services.completeness.plan_hours import plan_hours

STATEMENT = (
    plan_hours(":begin", ":upto")  # noqa: S608  # our own words
    + """
SELECT p.class_unit, p.subject, p.study_group, p.hours,
       COALESCE((SELECT SUM(h.lessons) FROM held AS h
                 WHERE h.class_unit = p.class_unit AND h.subject = p.subject
                   AND h.study_group IN (0, p.study_group)), 0) AS held,
       COALESCE((SELECT MAX(a.staff) FROM journal_assignments AS a
                 WHERE a.school = :school AND a.class_unit = p.class_unit
                   AND a.subject = p.subject AND a.study_group IN (0, p.study_group)
                   AND :upto BETWEEN a.first AND a.last),
                (SELECT MAX(h.staff) FROM held AS h
                 WHERE h.class_unit = p.class_unit AND h.subject = p.subject
                   AND h.study_group IN (0, p.study_group))) AS staff
FROM plans AS p
"""
)
