"""C5: one pupil stands twice: the same full name in one class, or the same code.

At the same time: two lines that follow one another are a move. Namesakes of different classes are
two pupils, and so are those of one class whom the lists give different codes. Told of the later
number; the other is named by class and number, never by name.
"""

from services.completeness.rule import Extent, Facts, Rule, Said, Severity

STATEMENT = """
, pupils_now AS MATERIALIZED (
    SELECT e.class_unit, e.pupil, k.name AS class_name, p.number, e.first, e.last,
           NULLIF(e.code, '') AS code,
           REPLACE(REPLACE(NULLIF(e.name, ''), 'ё', 'е'), 'Ё', 'Е') AS name
    FROM journal_enrollments AS e
    JOIN journal_classes AS k ON k.school = :school AND k.class_unit = e.class_unit
    JOIN pupils AS p ON p.id = e.pupil
    WHERE e.school = :school AND e.first <= :today AND e.last >= :year_first
), twice AS MATERIALIZED (
    SELECT a.class_unit, a.pupil, b.class_name AS other_class, b.number AS other, 0 AS by_code
    FROM pupils_now AS a
    JOIN pupils_now AS b ON b.class_unit = a.class_unit AND b.name = a.name
         AND b.number < a.number AND b.first <= a.last AND a.first <= b.last
    WHERE COALESCE(a.code, b.code, '') = COALESCE(b.code, a.code, '')
      AND a.name LIKE '% %'
    UNION ALL
    SELECT a.class_unit, a.pupil, b.class_name, b.number, 1
    FROM pupils_now AS a
    JOIN pupils_now AS b ON b.code = a.code AND b.pupil <> a.pupil
         AND b.first <= a.last AND a.first <= b.last
         AND (b.first < a.first OR (b.first = a.first AND b.pupil < a.pupil))
)
SELECT t.class_unit, NULL AS subject, 0 AS study_group, NULL AS staff, NULL AS day,
       NULL AS number, t.pupil, MIN(t.other_class) AS other_class, MIN(t.other) AS other,
       MAX(t.by_code) AS by_code
FROM twice AS t
JOIN scope ON scope.class_unit = t.class_unit
GROUP BY t.class_unit, t.pupil
"""


def why(facts: Facts) -> Said:
    other = {"other": f"{facts['other_class']} №{facts['other']}"}
    if facts["by_code"]:
        return Said("The same code is given to %(other)s at the same time.", other)
    return Said("The same full name is on the list of the class as %(other)s.", other)


RULE = Rule(
    code="C5",
    title="Ученик записан дважды",
    severity=Severity.MAJOR,
    extent=Extent.COURSE,
    statement=STATEMENT,
    why=why,
)
