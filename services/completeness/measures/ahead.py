"""What is coming: control works of the plans, and terms with their last day for period marks."""

CONTROLS = """
SELECT DISTINCT i.class_unit, i.subject, i.day
FROM journal_plan_items AS i
JOIN scope ON scope.class_unit = i.class_unit AND i.day BETWEEN scope.first AND scope.last
WHERE i.school = :school AND i.work_kind <> ''
"""

TERMS = """
SELECT t.kind, t.number, t.last, d.day AS due, COUNT(DISTINCT t.class_unit) AS classes
FROM journal_class_terms AS t
JOIN journal_class_days AS z ON z.school = t.school AND z.class_unit = t.class_unit
     AND z.day = t.last
JOIN journal_class_days AS d ON d.school = t.school AND d.class_unit = t.class_unit
     AND d.school_day = 1 AND d.seq = z.seq - :days_before
WHERE t.school = :school
  AND EXISTS (SELECT 1 FROM scope
              WHERE scope.class_unit = t.class_unit
                AND (t.last BETWEEN scope.first AND scope.last
                     OR d.day BETWEEN scope.first AND scope.last))
GROUP BY t.kind, t.number, t.last, d.day
"""
"""``due`` is the day by whose end P7 expects the period marks."""
