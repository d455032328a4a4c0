"""What reminding asks of the journal views."""

LESSONS = """
SELECT l.class_unit, l.subject, l.study_group, l.staff, l.day, l.number, b.ends,
       0 AS no_line, l.topic = '' AS no_topic, l.attendance_taken = 0 AS no_attendance
FROM journal_lessons AS l
JOIN journal_class_days AS d
     ON d.school = l.school AND d.class_unit = l.class_unit AND d.day = l.day AND d.school_day = 1
LEFT JOIN journal_class_bells AS b
     ON b.school = l.school AND b.class_unit = l.class_unit AND b.number = l.number
WHERE l.school = :school AND l.day = :day AND l.state = 1
  AND (l.topic = '' OR l.attendance_taken = 0)
  AND NOT EXISTS (
       SELECT 1 FROM journal_empty_rosters AS x
       WHERE x.school = l.school AND x.class_unit = l.class_unit
         AND x.study_group IN (0, l.study_group) AND l.day BETWEEN x.first AND x.last)
UNION ALL
SELECT e.class_unit, e.subject, e.study_group, e.staff, e.day, e.number, b.ends, 1, NULL, NULL
FROM journal_expected_lessons AS e
JOIN journal_class_days AS d
     ON d.school = e.school AND d.class_unit = e.class_unit AND d.day = e.day AND d.school_day = 1
LEFT JOIN journal_class_bells AS b
     ON b.school = e.school AND b.class_unit = e.class_unit AND b.number = e.number
WHERE e.school = :school AND e.day = :day AND e.state = 1
  AND NOT EXISTS (
       SELECT 1 FROM journal_lessons AS l
       WHERE l.school = e.school AND l.class_unit = e.class_unit AND l.day = e.day
         AND l.number = e.number AND l.subject = e.subject
         AND (l.study_group = e.study_group OR 0 IN (l.study_group, e.study_group)))
  AND EXISTS (
       SELECT 1 FROM journal_coverage AS v
       WHERE v.school = e.school AND v.kind = 'lessons' AND v.class_unit = e.class_unit
         AND v.subject = e.subject AND v.study_group IN (0, e.study_group)
         AND e.day BETWEEN v.first AND v.last)
  AND NOT EXISTS (
       SELECT 1 FROM journal_empty_rosters AS x
       WHERE x.school = e.school AND x.class_unit = e.class_unit
         AND x.study_group IN (0, e.study_group) AND e.day BETWEEN x.first AND x.last)
"""
STUDIED = """
SELECT d.class_unit, d.day, d.school_day FROM journal_class_days AS d
WHERE d.school = :school AND d.day BETWEEN :since AND :upto
"""
WORKING = """
SELECT DISTINCT e.staff, e.day FROM journal_expected_lessons AS e
JOIN journal_class_days AS d
     ON d.school = e.school AND d.class_unit = e.class_unit AND d.day = e.day AND d.school_day = 1
WHERE e.school = :school AND e.day BETWEEN :since AND :upto AND e.state IN (1, 4)
  AND e.staff IS NOT NULL
"""
ABSENT = """
SELECT DISTINCT s.absent, s.day FROM journal_substitutions AS s
WHERE s.school = :school AND s.day BETWEEN :since AND :upto AND s.absent IS NOT NULL
"""
TAUGHT = """
SELECT DISTINCT a.staff, a.class_unit FROM journal_assignments AS a
WHERE a.school = :school AND :upto BETWEEN a.first AND a.last AND a.staff IS NOT NULL
"""
POSTS = """
SELECT f.staff, f.post, f.subject_group FROM journal_staff_facts AS f WHERE f.school = :school
"""
