"""R6: something in a mark's cell that is no mark, or more marks than a cell may hold."""

from services.completeness.coded_cells import CODED_CELLS
from services.completeness.rule import Extent, Facts, Rule, Said, Severity, Threshold

CELLS = """
, pair_subjects AS MATERIALIZED (
    -- content and literacy are marked apart
    SELECT s.subject FROM journal_subjects AS s
    WHERE s.school = :school
      AND (s.name LIKE '%Рус%' OR s.name LIKE '%рус%' OR s.name LIKE '%РУС%'
           OR s.name LIKE '%итература%' OR s.name LIKE '%ИТЕРАТУРА%')
), wrong_codes AS MATERIALIZED (
    SELECT o.* FROM coded AS o
    WHERE o.day <= :today
      AND o.code NOT IN ('н/а', 'осв', 'зач', 'незач', '.', '+', '-', '–', '—', '=')
), suspects AS MATERIALIZED (
    SELECT m.class_unit, m.pupil, m.day, m.number, m.subject
    FROM scope
    CROSS JOIN journal_marks AS m
    WHERE m.school = :school AND m.class_unit = scope.class_unit
      AND m.day BETWEEN scope.first AND scope.last AND m.day <= :today AND m.position = 1
    UNION
    SELECT w.class_unit, w.pupil, w.day, w.number, w.subject FROM wrong_codes AS w
), cells AS MATERIALIZED (
    SELECT m.class_unit, m.subject, MAX(m.study_group) AS study_group, m.day, m.number, m.pupil,
           (SELECT MAX(w.code) FROM wrong_codes AS w
            WHERE w.class_unit = m.class_unit AND w.day = m.day AND w.number = m.number
              AND w.subject = m.subject AND w.pupil = m.pupil) AS wrong,
           SUM(CASE WHEN m.value IS NOT NULL OR m.code IN ('зач', 'незач')
               THEN 1 ELSE 0 END) AS marks
    FROM suspects AS o
    CROSS JOIN journal_marks AS m
    WHERE m.school = :school AND m.class_unit = o.class_unit AND m.day = o.day
      AND m.number = o.number AND m.subject = o.subject AND m.pupil = o.pupil
    GROUP BY m.class_unit, m.subject, m.day, m.number, m.pupil
)
SELECT o.class_unit, o.subject, o.study_group,
       (SELECT MAX(l.staff) FROM journal_lessons AS l
        WHERE l.school = :school AND l.class_unit = o.class_unit AND l.day = o.day
          AND l.number = o.number AND l.subject = o.subject
          AND (l.study_group = o.study_group OR 0 IN (l.study_group, o.study_group))) AS staff,
       o.day, CASE WHEN o.number <= 100 THEN o.number END AS number, o.pupil,
       o.wrong, o.marks,
       CASE WHEN p.subject IS NULL THEN :most ELSE :most_of_pair END AS most
FROM cells AS o
LEFT JOIN pair_subjects AS p ON p.subject = o.subject
WHERE o.wrong IS NOT NULL
   OR o.marks > CASE WHEN p.subject IS NULL THEN :most ELSE :most_of_pair END
"""


def why(facts: Facts) -> Said:
    if facts["wrong"] is not None:
        return Said("The cell has «%(wrong)s»: that is no mark.", {"wrong": facts["wrong"]})
    return Said("The cell has %(marks)s marks, and may have at most %(most)s.", {
        "marks": facts["marks"], "most": facts["most"],
    })  # fmt: skip


RULE = Rule(
    code="R6",
    title="Недопустимая отметка",
    severity=Severity.MAJOR,
    extent=Extent.LESSON,
    statement=CODED_CELLS + CELLS,
    why=why,
    thresholds={
        "most": Threshold(1, 1, 5, "Отметок в клетке, не больше"),
        "most_of_pair": Threshold(2, 1, 5, "То же в русском языке и литературе"),
    },
)
