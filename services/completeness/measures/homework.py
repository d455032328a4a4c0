"""Lessons where P3 asks for homework, and those that have it."""

from services.completeness.measures.measure import Measure
from services.completeness.rules import p3_no_homework

TOO_SHORT = "length(l.homework) < :shortest"
KNOWN = "l.homework IS NOT NULL"

STATEMENT = f"""
SELECT u.class_unit, u.subject, u.study_group, u.staff, u.day, COUNT(*) AS homework_due,
       SUM(CASE WHEN length(u.homework) >= :shortest THEN 1 ELSE 0 END) AS homework
FROM ({p3_no_homework.STATEMENT.replace(TOO_SHORT, KNOWN)}) AS u
GROUP BY u.class_unit, u.subject, u.study_group, u.staff, u.day
"""  # noqa: S608  # our own texts

MEASURE = Measure(rule="P3", statement=STATEMENT)
