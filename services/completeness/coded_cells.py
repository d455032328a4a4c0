"""Marks that are no digit, as a table for the rules that ask what stands there instead.

There are few of them among a year's marks: they are looked for in the index of pupils, which has
the values, and only then read.
"""

CODED_CELLS = """
, without_digit AS MATERIALIZED (
    SELECT DISTINCT m.pupil, m.subject, m.day FROM journal_marks AS m
    WHERE m.school = :school AND m.value IS NULL
), coded AS MATERIALIZED (
    SELECT m.class_unit, m.subject, m.study_group, m.day, m.number, m.pupil, m.code
    FROM without_digit AS w
    CROSS JOIN journal_marks AS m
    JOIN scope ON scope.class_unit = m.class_unit AND m.day BETWEEN scope.first AND scope.last
    WHERE m.school = :school AND m.pupil = w.pupil AND m.subject = w.subject AND m.day = w.day
      AND m.value IS NULL
)"""
