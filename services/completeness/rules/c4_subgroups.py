"""C4: a pupil of a divided subject is in none of its subgroups, or in two.

A subject is divided in a class where «Группы» lists at least two of its subgroups and the load
gives none of it to the whole class. Asked of who is in the class today.
"""

from services.completeness.rule import Extent, Facts, Rule, Said, Severity

STATEMENT = """
, divided AS MATERIALIZED (
    SELECT g.class_unit, g.subject, COUNT(DISTINCT m.study_group) AS study_groups
    FROM journal_group_members AS m
    JOIN study_groups AS g ON g.id = m.study_group
    JOIN scope ON scope.class_unit = g.class_unit
    WHERE m.school = :school
      AND NOT EXISTS (
           SELECT 1 FROM journal_assignments AS a
           WHERE a.school = :school AND a.class_unit = g.class_unit AND a.subject = g.subject
             AND a.study_group = 0 AND :today BETWEEN a.first AND a.last)
    GROUP BY g.class_unit, g.subject
    HAVING COUNT(DISTINCT m.study_group) > 1
), placed AS MATERIALIZED (
    SELECT g.class_unit, g.subject, m.pupil, COUNT(*) AS places
    FROM journal_group_members AS m
    JOIN study_groups AS g ON g.id = m.study_group
    WHERE m.school = :school
    GROUP BY g.class_unit, g.subject, m.pupil
)
SELECT d.class_unit, d.subject, 0 AS study_group, NULL AS staff, NULL AS day, NULL AS number,
       e.pupil, COALESCE(MAX(p.places), 0) AS places
FROM divided AS d
JOIN journal_enrollments AS e ON e.school = :school AND e.class_unit = d.class_unit
     AND :today BETWEEN e.first AND e.last
LEFT JOIN placed AS p ON p.class_unit = d.class_unit AND p.subject = d.subject
     AND p.pupil = e.pupil
WHERE COALESCE(p.places, 0) <> 1
GROUP BY d.class_unit, d.subject, e.pupil
"""


def why(facts: Facts) -> Said:
    if facts["places"]:
        return Said("The pupil is in several subgroups of the subject: %(places)s.", {
            "places": facts["places"],
        })  # fmt: skip
    return Said("The subject is divided into subgroups, and the pupil is in none.", {})


RULE = Rule(
    code="C4",
    title="Ученик не в одной подгруппе",
    severity=Severity.MINOR,
    extent=Extent.COURSE,
    statement=STATEMENT,
    why=why,
)
