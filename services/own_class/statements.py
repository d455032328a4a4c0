"""Absences of a class in its term, pupil by pupil, over the journal views.

``scope`` is the class from the term's first day; ``:upto`` is the last day looked at. Any reason
counts, being late does not, as in rule N5; a newcomer's lessons count from the first day here.
"""

TERM = """
SELECT t.kind, t.number, t.first, t.last
FROM journal_class_terms AS t
JOIN scope ON scope.class_unit = t.class_unit
WHERE t.school = :school AND t.kind <> 'год' AND t.first <= :upto
ORDER BY t.first DESC
LIMIT 1
"""
"""The latest term begun; none where the calendar does not say."""

ABSENCES = """
, here AS MATERIALIZED (
    SELECT e.class_unit, e.pupil,
           MAX(CASE WHEN e.first > scope.first THEN e.first ELSE scope.first END) AS came
    FROM scope
    JOIN journal_enrollments AS e ON e.class_unit = scope.class_unit
    WHERE e.school = :school AND :upto BETWEEN e.first AND e.last
    GROUP BY e.class_unit, e.pupil
), held AS MATERIALIZED (
    SELECT h.pupil, COUNT(*) AS lessons
    FROM here AS h
    JOIN journal_lessons AS l ON l.class_unit = h.class_unit AND l.day BETWEEN h.came AND :upto
    WHERE l.school = :school AND l.state = 1
      AND (l.study_group = 0 OR EXISTS (
           SELECT 1 FROM journal_group_pupils AS g
           WHERE g.school = :school AND g.study_group = l.study_group AND g.pupil = h.pupil))
    GROUP BY h.pupil
), missed AS MATERIALIZED (
    SELECT h.pupil, COUNT(*) AS lessons, COUNT(DISTINCT a.day) AS days
    FROM here AS h
    JOIN journal_attendance AS a ON a.class_unit = h.class_unit AND a.pupil = h.pupil
         AND a.day BETWEEN h.came AND :upto
    WHERE a.school = :school AND a.code IN ('Н', 'Б', 'У')
    GROUP BY h.pupil
)
SELECT h.pupil, COALESCE(m.days, 0) AS days, COALESCE(m.lessons, 0) AS missed,
       COALESCE(d.lessons, 0) AS held
FROM here AS h
LEFT JOIN held AS d ON d.pupil = h.pupil
LEFT JOIN missed AS m ON m.pupil = h.pupil
"""
