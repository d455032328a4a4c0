"""Every class's own terms, as the calendar has them."""

STATEMENT = """
SELECT t.class_unit, t.year, t.kind, t.number, t.first, t.last
FROM journal_class_terms AS t
WHERE t.school = :school AND t.kind <> 'год'
"""
