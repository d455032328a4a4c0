"""The journal's own log, as tables for the rules that ask who changed a lesson's day, and when.

``logged`` has one row a line of the log that changed something, with ``begun_at``, the place's
first line. ``logged_places`` says whose lesson that was: ``said_group`` is the log's, ``number``
that of the place's only lesson, ``staff`` whoever taught there. ``logged_lessons`` says when
lessons without «Внесено» were entered: the first line of their place, where the log is known on
that day.
"""

LOOKED_ONLY = ("%росмотр%", "%ткрыт%", "%ход в %")
"""Actions that change nothing: «Просмотр», «Открыт журнал», «Вход в журнал»."""
_CHANGES = " AND ".join(f"g.action NOT LIKE '{words}'" for words in LOOKED_ONLY)

LOGGED = f"""
, logged AS MATERIALIZED (
    SELECT g.class_unit, g.subject, g.study_group, g.day, g.author, g.changed_at, g.action,
           MIN(g.changed_at) OVER (
               PARTITION BY g.class_unit, g.subject, g.study_group, g.day) AS begun_at
    FROM scope
    CROSS JOIN journal_changes AS g
    WHERE g.school = :school AND g.class_unit = scope.class_unit
      AND g.day BETWEEN scope.first AND :today
      AND g.subject IS NOT NULL AND g.changed_at <= :as_of AND {_CHANGES}
)"""  # noqa: S608  # our own words

LOGGED_PLACES = """
, logged_days AS MATERIALIZED (
    SELECT DISTINCT g.class_unit, g.subject, g.study_group, g.day FROM logged AS g
), logged_places AS MATERIALIZED (
    SELECT d.class_unit, d.subject, d.study_group AS said_group, d.day,
           CASE WHEN d.study_group = 0 AND COUNT(DISTINCT l.study_group) = 1
                THEN MAX(l.study_group) ELSE d.study_group END AS study_group,
           CASE WHEN COUNT(DISTINCT l.number) = 1 AND MAX(l.number) <= 100
                THEN MAX(l.number) END AS number,
           MAX(l.staff) AS staff, MAX(l.modified_at) AS modified_at
    FROM logged_days AS d
    LEFT JOIN journal_lessons AS l
         ON l.school = :school AND l.class_unit = d.class_unit AND l.day = d.day
         AND l.subject = d.subject AND l.state = 1
         AND (l.study_group = d.study_group OR 0 IN (l.study_group, d.study_group))
    GROUP BY d.class_unit, d.subject, d.study_group, d.day
)"""

LOGGED_LESSONS = """
, first_logged AS MATERIALIZED (
    SELECT g.class_unit, g.subject, g.study_group, g.day, MIN(g.changed_at) AS changed_at
    FROM logged AS g
    WHERE EXISTS (
          SELECT 1 FROM journal_coverage AS v
          WHERE v.school = :school AND v.kind = 'changes' AND v.class_unit = g.class_unit
            AND v.subject = g.subject AND g.day BETWEEN v.first AND v.last)
    GROUP BY g.class_unit, g.subject, g.study_group, g.day
), logged_lessons AS MATERIALIZED (
    SELECT l.class_unit, l.subject, l.study_group, l.day, l.number,
           MIN(f.changed_at) AS entered_at
    FROM first_logged AS f
    JOIN journal_lessons AS l
         ON l.school = :school AND l.class_unit = f.class_unit AND l.day = f.day
         AND l.subject = f.subject
         AND (l.study_group = f.study_group OR 0 IN (l.study_group, f.study_group))
    WHERE l.state = 1 AND l.entered_at IS NULL
    GROUP BY l.class_unit, l.subject, l.study_group, l.day, l.number
)"""

EDITED = """
(g.action LIKE '%змен%' OR g.action LIKE '%справ%' OR g.action LIKE '%едактир%'
 OR g.action LIKE '%дален%' OR g.action LIKE '%далил%'
 OR (g.changed_at >= g.begun_at + 86400 AND g.action NOT LIKE '%обавл%'
     AND g.action NOT LIKE '%ыставл%' AND g.action NOT LIKE '%несен%'
     AND g.action NOT LIKE '%оздан%' AND g.action NOT LIKE '%аполн%'))"""
"""A line of ``logged`` that changes what was there: it says so, or says nothing of the kind and is
of a later day than the place's first."""
