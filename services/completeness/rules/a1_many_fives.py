"""A1: fives are a far greater share of a course's marks than in the rest of its parallel.

The rest are the pupils who learn the subject in other classes or groups of the grade, each with his
own share of fives in the term: beyond the mean of these shares and two of their standard
deviations a course is unusual. Comparing pupils and not classes says something in a parallel of
two.
"""

from services.completeness.course_marks import TERM_TALLIES, strange_courses
from services.completeness.rule import Extent, Facts, Rule, Said, Severity, Threshold

PARALLELS = """
, asked AS MATERIALIZED (
    SELECT t.class_unit, t.kind, t.number, t.first, t.last,
           CASE WHEN t.last < :today THEN t.last ELSE :today END AS upto
    FROM journal_classes AS k
    CROSS JOIN journal_class_terms AS t
    -- the latest term: advice expires with its term
    WHERE NOT EXISTS (
          SELECT 1 FROM journal_class_terms AS n
          WHERE n.school = :school AND n.class_unit = k.class_unit AND n.kind <> 'год'
            AND n.first > t.first AND n.first <= :today)
      AND k.school = :school AND k.grade IN (
          SELECT n.grade FROM scope
          JOIN journal_classes AS n ON n.school = :school AND n.class_unit = scope.class_unit)
      AND t.school = :school AND t.class_unit = k.class_unit AND t.kind <> 'год'
      AND t.last >= (SELECT MIN(scope.first) FROM scope) AND t.first <= :today
)"""

UNUSUAL = """
, shares AS MATERIALIZED (
    -- of every course the sums over its pupils with enough marks to have a share
    SELECT o.class_unit, o.subject, o.study_group, o.number, o.last, k.grade,
           COUNT(*) AS pupils, SUM(o.marks) AS marks, SUM(1.0 * o.fives / o.marks) AS share,
           SUM(1.0 * o.fives / o.marks * o.fives / o.marks) AS square
    FROM own AS o
    JOIN journal_classes AS k ON k.school = :school AND k.class_unit = o.class_unit
    WHERE o.marks >= :least
    GROUP BY o.class_unit, o.subject, o.study_group, o.number, o.last, k.grade
), rests AS MATERIALIZED (
    SELECT s.class_unit, s.subject, s.study_group, s.number, s.last, SUM(r.marks) AS marks,
           SUM(r.share) / SUM(r.pupils) AS mean, SUM(r.square) / SUM(r.pupils) AS square
    FROM shares AS s
    JOIN shares AS r ON r.grade = s.grade AND r.subject = s.subject AND r.number = s.number
         AND r.last = s.last
         AND (r.class_unit <> s.class_unit OR r.study_group <> s.study_group)
    GROUP BY s.class_unit, s.subject, s.study_group, s.number, s.last
), strange AS MATERIALIZED (
    SELECT c.*, c.fives * 100 / c.marks AS found, CAST(ROUND(r.mean * 100) AS INTEGER) AS usual
    FROM courses AS c
    JOIN rests AS r ON r.class_unit = c.class_unit AND r.subject = c.subject
         AND r.study_group = c.study_group AND r.number = c.number AND r.last = c.last
    JOIN scope ON scope.class_unit = c.class_unit AND c.last >= scope.first
    WHERE c.marks >= :marks AND r.marks >= :marks AND c.fives > c.marks * r.mean
      AND (1.0 * c.fives / c.marks - r.mean) * (1.0 * c.fives / c.marks - r.mean)
          > :sigmas * :sigmas * (r.square - r.mean * r.mean)
)"""


def why(facts: Facts) -> Said:
    return Said(
        "%(term)s: fives are %(found)s %% of %(marks)s marks, in the rest of the parallel "
        "%(usual)s %%.",
        {
            "term": (facts["kind"], facts["term"]),
            "found": facts["found"],
            "marks": facts["marks"],
            "usual": facts["usual"],
        },
    )


RULE = Rule(
    code="A1",
    title="Пятёрок много больше, чем в параллели",
    severity=Severity.ADVICE,
    extent=Extent.COURSE,
    statement=strange_courses(PARALLELS, UNUSUAL),
    why=why,
    shared=TERM_TALLIES,
    thresholds={
        "sigmas": Threshold(2, 1, 5, "Отклонений от средней доли, больше"),
        "marks": Threshold(30, 5, 500, "Отметок за период для вывода, не меньше"),
        "least": Threshold(3, 1, 30, "Отметок у ученика параллели, не меньше"),
    },
)
