"""What one import said otherwise than another, as tables: edits that no file tells the time of.

``rewritten`` has one row a lesson or mark that the journal shows with another value than it once
did; ``rewritten_totals`` the same of period marks. ``seen_at`` is when the value before was seen
last, in a file that speaks of its place: the edit is later. ``found_at`` is that of the import that
brought another. Filling what was empty, or a dot, is no edit.
"""

_SEEN = """
           (SELECT MAX(s.as_of) FROM journal_snapshots AS s
            WHERE s.school = :school AND s.kind = '{kind}' AND s.class_unit = o.class_unit
              AND s.subject = o.subject AND s.study_group IN (0, {group})
              AND s.number < o.died AND {day} BETWEEN s.first AND s.last) AS seen_at,
           (SELECT MAX(s.as_of) FROM journal_snapshots AS s
            WHERE s.school = :school AND s.class_unit = o.class_unit AND s.subject = o.subject
              AND s.number = o.died) AS found_at"""
_OF_LESSON = _SEEN.format(kind="lessons", group="o.study_group", day="o.day")
_OF_MARK = _SEEN.format(kind="marks", group="o.study_group", day="o.day")
_OF_TOTAL = _SEEN.format(kind="term_marks", group="0", day="0")
_OTHER_MARK = """
      AND (o.value IS NOT NULL OR o.code NOT IN ('', '.'))
      AND (COALESCE(o.value, 0) <> COALESCE(m.value, 0)
           OR COALESCE(o.code, '') <> COALESCE(m.code, ''))"""

REWRITTEN = f"""
, rewritten AS MATERIALIZED (
    SELECT o.class_unit, o.subject, o.study_group, o.staff, o.day, o.number,
           CAST(NULL AS INTEGER) AS pupil, {_OF_LESSON}
    FROM scope
    CROSS JOIN journal_past_lessons AS o
    CROSS JOIN journal_lessons AS l
    WHERE o.school = :school AND o.class_unit = scope.class_unit
      AND o.day BETWEEN scope.first AND :today
      AND l.school = :school AND l.class_unit = o.class_unit AND l.day = o.day
      AND l.number = o.number AND l.subject = o.subject AND l.study_group = o.study_group
      AND l.staff = o.staff AND l.modified_at IS NULL
      AND ((length(o.topic_plain) > 2 AND l.topic_plain <> o.topic_plain)
           OR (length(o.homework) > 2 AND l.homework <> o.homework))
    UNION ALL
    SELECT o.class_unit, o.subject, o.study_group,
           (SELECT MAX(l.staff) FROM journal_lessons AS l
            WHERE l.school = :school AND l.class_unit = o.class_unit AND l.day = o.day
              AND (l.number = o.number OR o.number > 100) AND l.subject = o.subject
              AND (l.study_group = o.study_group OR 0 IN (l.study_group, o.study_group))),
           o.day, CASE WHEN o.number <= 100 THEN o.number END, o.pupil, {_OF_MARK}
    FROM scope
    CROSS JOIN journal_past_marks AS o
    CROSS JOIN journal_marks AS m
    WHERE o.school = :school AND o.class_unit = scope.class_unit
      AND o.day BETWEEN scope.first AND :today
      AND m.school = :school AND m.class_unit = o.class_unit AND m.day = o.day
      AND m.number = o.number AND m.subject = o.subject AND m.pupil = o.pupil
      AND m.position = o.position AND m.study_group = o.study_group {_OTHER_MARK}
), rewritten_totals AS MATERIALIZED (
    SELECT o.class_unit, o.subject, o.pupil, o.year, o.kind, o.number, {_OF_TOTAL}
    FROM journal_past_term_marks AS o
    CROSS JOIN journal_term_marks AS m
    WHERE o.school = :school AND o.class_unit IN (SELECT class_unit FROM scope)
      AND m.school = :school AND m.pupil = o.pupil AND m.subject = o.subject
      AND m.class_unit = o.class_unit AND m.year = o.year AND m.kind = o.kind
      AND m.number = o.number {_OTHER_MARK}
)"""  # noqa: S608  # our own words
