"""Whether a span of days is one of lessons for any class."""

STATEMENT = """
SELECT COUNT(*) AS days,
       COALESCE(SUM(d.school_day), 0) AS school_days,
       COALESCE(SUM(CASE WHEN d.off = 0 AND d.day % 7 <> 0 THEN 1 ELSE 0 END), 0) AS open_days,
       EXISTS (SELECT 1 FROM journal_timetable_slots WHERE school = :school) AS timetable,
       EXISTS (SELECT 1 FROM journal_class_days WHERE school = :school) AS calendar
FROM journal_class_days AS d
WHERE d.school = :school AND d.day BETWEEN :first_day AND :last_day
"""
"""``open_days`` are those that the calendar does not close, Sundays aside."""

BY_WEEK = """
SELECT d.class_unit, MIN(d.day) AS day, SUM(d.school_day) AS school_days
FROM journal_class_days AS d
JOIN scope ON scope.class_unit = d.class_unit AND d.day BETWEEN scope.first AND scope.last
WHERE d.school = :school
GROUP BY d.class_unit, (d.day - 1) / 7
"""
"""The same of each class and week, whose first known day is ``day``."""
