"""R8: one group has two lessons at once, or one teacher has two groups that are not joined.

Groups are joined where the timetable gives both to one teacher at that hour, or substitutions give
the groups of one class to one teacher; where no timetable is known, the same subject tells it. Of
the two lines the one that the timetable does not have is reported.
"""

from services.completeness.rule import Extent, Facts, Rule, Said, Severity

STATEMENT = """
, places AS MATERIALIZED (
    SELECT l.class_unit, l.day, l.number, l.study_group
    FROM scope
    CROSS JOIN journal_lessons AS l
    WHERE l.school = :school AND l.class_unit = scope.class_unit
      AND l.day BETWEEN scope.first AND scope.last AND l.day <= :today AND l.state = 1
    GROUP BY l.class_unit, l.day, l.number, l.study_group
    HAVING COUNT(*) > 1
), hours AS MATERIALIZED (
    SELECT l.staff, l.day, l.number
    FROM journal_lessons AS l
    WHERE l.school = :school AND l.state = 1
      AND l.day BETWEEN (SELECT MIN(first) FROM scope) AND (SELECT MAX(last) FROM scope)
      AND l.day <= :today
    GROUP BY l.staff, l.day, l.number
    HAVING COUNT(*) > 1
), timetabled AS MATERIALIZED (
    SELECT DISTINCT s.class_unit FROM journal_timetable_slots AS s WHERE s.school = :school
), lines AS MATERIALIZED (
    SELECT l.class_unit, l.subject, l.study_group, l.staff, l.day, l.number, 1 AS of_group
    FROM places AS p
    CROSS JOIN journal_lessons AS l
    WHERE l.school = :school AND l.class_unit = p.class_unit AND l.day = p.day
      AND l.number = p.number AND l.study_group = p.study_group AND l.state = 1
    UNION ALL
    SELECT l.class_unit, l.subject, l.study_group, l.staff, l.day, l.number, 0
    FROM hours AS h
    CROSS JOIN journal_classes AS k
    CROSS JOIN journal_lessons AS l
    WHERE k.school = :school AND l.school = :school AND l.class_unit = k.class_unit
      AND l.day = h.day AND l.number = h.number AND l.staff = h.staff AND l.state = 1
), slotted AS MATERIALIZED (
    SELECT o.*,
           (SELECT MAX(COALESCE(s.staff, o.staff)) FROM journal_timetable_slots AS s
            WHERE s.school = :school AND s.class_unit = o.class_unit
              AND s.number = o.number AND s.subject = o.subject
              AND (s.study_group = o.study_group OR 0 IN (s.study_group, o.study_group))
              AND o.day BETWEEN s.first AND s.last
              AND (s.weekday = (o.day - 1) % 7 + 1 OR s.first = s.last)) AS slot_staff,
           (SELECT MAX(b.ends) FROM journal_class_bells AS b
            WHERE b.school = :school AND b.class_unit = o.class_unit
              AND b.number = o.number) AS ends
    FROM lines AS o
), known AS MATERIALIZED (
    -- planned: 3 by the timetable, 2 by a substitution, 1 nothing is known, 0 not there
    SELECT o.*,
           CASE WHEN o.slot_staff = o.staff THEN 3
                WHEN EXISTS (
                SELECT 1 FROM journal_expected_lessons AS e
                WHERE e.school = :school AND e.class_unit = o.class_unit AND e.day = o.day
                  AND e.number = o.number AND e.subject = o.subject
                  AND (e.study_group = o.study_group OR 0 IN (e.study_group, o.study_group))
                  AND e.state IN (1, 4) AND e.staff = o.staff) THEN 2
                WHEN o.class_unit IN (SELECT class_unit FROM timetabled) THEN 0
                ELSE 1 END AS planned
    FROM slotted AS o
), doubles AS MATERIALIZED (
    SELECT o.class_unit, o.subject, o.study_group, o.staff, o.day, o.number, o.of_group,
           t.class_unit AS other_class, t.subject AS other_subject
    FROM known AS o
    JOIN known AS t ON t.of_group = o.of_group AND t.day = o.day AND t.number = o.number
    -- the line that the timetable does not have; of two alike the later of the dictionary
    WHERE (t.planned > o.planned
           OR (t.planned = o.planned
               AND (t.class_unit < o.class_unit
                    OR (t.class_unit = o.class_unit
                        AND (t.subject < o.subject
                             OR (t.subject = o.subject
                                 AND (t.study_group < o.study_group
                                      OR (t.study_group = o.study_group
                                          AND t.staff < o.staff))))))))
      AND CASE WHEN o.of_group = 1
               -- two parallel groups whose names the file leaves out are not a double
               THEN t.class_unit = o.class_unit AND t.study_group = o.study_group
                    AND NOT (t.subject = o.subject AND o.study_group = 0 AND EXISTS (
                         SELECT 1 FROM journal_assignments AS a
                         JOIN journal_assignments AS b ON b.school = a.school
                              AND b.class_unit = a.class_unit AND b.subject = a.subject
                         WHERE a.school = :school AND a.class_unit = o.class_unit
                           AND a.subject = o.subject AND a.staff = o.staff
                           AND b.staff = t.staff
                           AND o.day BETWEEN a.first AND a.last
                           AND o.day BETWEEN b.first AND b.last))
               ELSE t.staff = o.staff
                    AND (t.class_unit <> o.class_unit OR t.study_group <> o.study_group)
                    -- joined by the timetable, whoever teaches today
                    AND COALESCE(t.slot_staff <> o.slot_staff, 1 = 1)
                    -- the groups of one class under one substitute
                    AND NOT (t.class_unit = o.class_unit AND t.subject = o.subject
                             AND t.planned >= 2 AND o.planned >= 2)
                    -- nothing is known of one of the classes
                    AND NOT (t.subject = o.subject AND 1 IN (t.planned, o.planned)
                             AND t.planned > 0 AND o.planned > 0)
                    AND COALESCE(ABS(t.ends - o.ends), 0) < 30 END
)
SELECT o.class_unit, o.subject, o.study_group, MAX(o.staff) AS staff, o.day, o.number,
       NULL AS pupil, MAX(o.of_group) AS of_group,
       MAX((SELECT k.name FROM journal_classes AS k
            WHERE k.school = :school AND k.class_unit = o.other_class)) AS other_class,
       MAX((SELECT s.name FROM journal_subjects AS s
            WHERE s.school = :school AND s.subject = o.other_subject)) AS other_subject
FROM doubles AS o
GROUP BY o.class_unit, o.subject, o.study_group, o.day, o.number
"""


def why(facts: Facts) -> Said:
    if facts["of_group"]:
        return Said("The same group has another lesson at this hour: %(subject)s.", {
            "subject": facts["other_subject"],
        })  # fmt: skip
    return Said("The teacher has another lesson at this hour: %(class_unit)s, %(subject)s.", {
        "class_unit": facts["other_class"], "subject": facts["other_subject"],
    })  # fmt: skip


RULE = Rule(
    code="R8",
    title="Дубль урока",
    severity=Severity.MAJOR,
    extent=Extent.LESSON,
    statement=STATEMENT,
    why=why,
)
