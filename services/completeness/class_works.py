"""Works that a class writes whole, as a table for the rules that ration them.

Letters of 06.08.2021 (Ministry of Education No. СК-228/03 with Rosobrnadzor No. 01-169/08-01)
ration assessments that all pupils of a class write at once for 30 minutes or longer: контрольная,
диктант, сочинение, изложение. ``works`` has one row a work: of a double written in both lessons
the first. The work of a group is not the class's. A work is known once its day's deadline has
passed.
"""

CLASS_WORKS = """
, works AS MATERIALIZED (
    SELECT l.class_unit, l.subject, l.day, l.number, MAX(l.work_kind) AS work_kind,
           MAX(l.staff) AS staff
    FROM scope
    CROSS JOIN journal_lessons AS l
    JOIN journal_calendar AS c ON c.school = l.school AND c.day = l.day
    WHERE l.school = :school AND l.class_unit = scope.class_unit
      AND l.day BETWEEN {first} AND {last}
      AND l.state = 1 AND l.study_group = 0 AND c.deadline <= :as_of
      AND l.work_kind IN ('контрольная', 'диктант', 'сочинение', 'изложение')
      AND NOT EXISTS (
           SELECT 1 FROM journal_lessons AS b
           WHERE b.school = l.school AND b.class_unit = l.class_unit AND b.day = l.day
             AND b.number = l.number - 1 AND b.subject = l.subject AND b.study_group = 0
             AND b.state = 1
             AND b.work_kind IN ('контрольная', 'диктант', 'сочинение', 'изложение'))
    GROUP BY l.class_unit, l.subject, l.day, l.number
)"""


def class_works(first: str = "scope.first", last: str = "scope.last") -> str:
    """The table over these days: SQL for an ordinal each."""
    return CLASS_WORKS.replace("{first}", first).replace("{last}", last)
