"""Control works past T2's limit: pupils who were present, and those who have their mark."""

from services.completeness.measures.measure import Measure
from services.completeness.rules import t2_marks_overdue

ONLY_OVERDUE = "HAVING SUM(p.marked) < COUNT(*)"
"""The last line of T2's statement; without it the works that are done stand beside the others."""

MEASURE = Measure(rule="T2", statement=t2_marks_overdue.STATEMENT.replace(ONLY_OVERDUE, ""))
