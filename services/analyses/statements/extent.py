"""What was looked at: marks, and the first day of lessons of each class in the period."""

MARKS = """
SELECT COUNT(*) AS marks
FROM journal_marks AS m
WHERE m.school = :school AND m.day BETWEEN :first_day AND :upto AND m.value IS NOT NULL
"""
BEGINNINGS = """
SELECT l.class_unit, MIN(l.day) AS first
FROM scope
CROSS JOIN journal_lessons AS l
WHERE l.school = :school AND l.class_unit = scope.class_unit AND l.state = 1
  AND l.day BETWEEN :first_day AND :upto
GROUP BY l.class_unit
"""
TEACHERS = """
SELECT DISTINCT l.staff
FROM journal_lessons AS l
WHERE l.school = :school AND l.state = 1 AND l.day BETWEEN :first_day AND :upto
  AND l.staff IS NOT NULL
"""
