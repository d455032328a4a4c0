"""Orders on pupils whose day lies in the scope: an arrival, a transfer or a leaving."""

STATEMENT = """
SELECT COUNT(DISTINCT e.order_text) AS orders
FROM journal_enrollments AS e
WHERE e.school = :school AND e.order_text <> ''
  AND (e.first BETWEEN :first_day AND :last_day OR e.last BETWEEN :first_day AND :last_day)
"""
