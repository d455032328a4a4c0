"""Q4: a five for an ended term in which the pupil has a two; off until a school wants it."""

from services.completeness.rule import Extent, Facts, Rule, Said, Severity

STATEMENT = """
, ended AS MATERIALIZED (
    SELECT t.class_unit, t.year, t.kind, t.number, t.first, t.last
    FROM scope
    CROSS JOIN journal_class_terms AS t
    CROSS JOIN journal_calendar AS c
    JOIN journal_classes AS k ON k.school = :school AND k.class_unit = t.class_unit
    WHERE t.school = :school AND t.class_unit = scope.class_unit AND t.kind <> 'год'
      AND t.last >= scope.first AND k.grade > 1
      AND c.school = :school AND c.day = t.last AND c.ends <= :as_of
), persons AS MATERIALIZED (
    SELECT DISTINCT e.pupil, e.person FROM journal_enrollments AS e WHERE e.school = :school
), kin AS MATERIALIZED (
    -- every number that one person has had: marks before a transfer count in the new class
    SELECT DISTINCT p.pupil, n.pupil AS other
    FROM persons AS p
    JOIN persons AS n ON n.person = p.person
), fives AS MATERIALIZED (
    SELECT u.class_unit, u.kind, u.number, u.last, f.subject, f.pupil,
           (SELECT COUNT(*) FROM kin CROSS JOIN journal_marks AS m
            WHERE kin.pupil = f.pupil AND m.school = :school AND m.pupil = kin.other
              AND m.subject = f.subject AND m.day BETWEEN u.first AND u.last
              AND m.value <= 2) AS twos
    FROM ended AS u
    CROSS JOIN journal_enrollments AS e
    CROSS JOIN journal_term_marks AS f
    WHERE e.school = :school AND e.class_unit = u.class_unit
      AND u.last BETWEEN e.first AND e.last
      AND f.school = :school AND f.pupil = e.pupil AND f.year = u.year AND f.kind = u.kind
      AND f.number = u.number AND f.value = 5
)
SELECT v.class_unit, v.subject,
       COALESCE((SELECT MAX(g.study_group) FROM journal_group_pupils AS g
                 JOIN study_groups AS n ON n.id = g.study_group
                 WHERE g.school = :school AND g.pupil = v.pupil AND n.class_unit = v.class_unit
                   AND n.subject = v.subject), 0) AS study_group,
       (SELECT MAX(a.staff) FROM journal_assignments AS a
        WHERE a.school = :school AND a.class_unit = v.class_unit AND a.subject = v.subject
          AND v.last BETWEEN a.first AND a.last
          AND (a.study_group = 0 OR EXISTS (
               SELECT 1 FROM journal_group_pupils AS g
               WHERE g.school = :school AND g.study_group = a.study_group
                 AND g.pupil = v.pupil))) AS staff,
       v.last AS day, NULL AS number, v.pupil, v.kind, v.number AS term, v.twos
FROM fives AS v
WHERE v.twos > 0
"""


def why(facts: Facts) -> Said:
    return Said("%(term)s: the mark is 5, and among the term's marks are twos: %(twos)s.", {
        "term": (facts["kind"], facts["term"]),
        "twos": facts["twos"],
    })  # fmt: skip


RULE = Rule(
    code="Q4",
    title="Пятёрка при двойке",
    severity=Severity.ADVICE,
    extent=Extent.COURSE,
    statement=STATEMENT,
    why=why,
    enabled=False,
)
