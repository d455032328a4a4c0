"""Works that a class wrote whole, by class and calendar week (its number counts from day 1)."""

from services.completeness.class_works import class_works

STATEMENT = (
    class_works(":first_day", ":upto")
    + """
SELECT w.class_unit, (w.day - 1) / 7 AS week, COUNT(*) AS works
FROM works AS w
GROUP BY w.class_unit, (w.day - 1) / 7
"""
)
