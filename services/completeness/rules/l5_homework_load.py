"""L5: homework over the day's norm, over holidays, or entered late in the evening.

The norms are those of SanPiN 1.2.3685-21 (table 6.6): hours of a pupil's day by grade. The journal
knows minutes only where the homework itself says them («30 мин»): of each subject's homework the
longest that is said counts, so that a norm passed is passed for certain. Over holidays is homework
of a course's last lesson before them, whatever became of it: holidays are more than ``break_days``
days without lessons between two terms, after the last one known, or under a line of «Каникулы» that
calls them so (a quarantine is none). Late is an entry after 18:00 of the lesson's day, on a later
day too, whatever T1 says of it. Only the norm is more than advice.
"""

from services.completeness.rule import Extent, Facts, Rule, Said, Severity, Threshold

_NOTHING = ", ".join(
    f"'{way}'" for word in ("нет", "б/з") for way in (word, word.capitalize(), word.upper())
)
_NONE_SET = ("%е задан%", "%ез дом%", "%ез задан%", "%ез д/з%", "%ез ДЗ%")
_HOLIDAYS = "({row}.title LIKE '%аникул%' OR {row}.title LIKE '%АНИКУЛ%')"
_PUNCTUATION = '().,;:~≈-–—+/«»"'


def _given(homework: str) -> str:
    said = " AND ".join(f"{homework} NOT LIKE '{words}'" for words in _NONE_SET)
    return f"length({homework}) > 2 AND TRIM({homework}, ' .') NOT IN ({_NOTHING}) AND {said}"


def _holidays(row: str) -> str:
    return _HOLIDAYS.replace("{row}", row)


def _words(column: str) -> str:
    """The text with a space for every sign, and one at either end."""
    text = f"REPLACE({column}, '\u00a0', ' ')"
    for sign in _PUNCTUATION:
        text = f"REPLACE({text}, '{sign}', ' ')"
    return f"' ' || {text} || ' '"


STATEMENT = f"""
, homework AS MATERIALIZED (
    SELECT l.class_unit, l.subject, l.study_group, l.staff, l.day, l.number, l.homework,
           l.entered_at
    FROM scope
    CROSS JOIN journal_lessons AS l
    JOIN journal_classes AS k ON k.school = :school AND k.class_unit = l.class_unit
    JOIN journal_subjects AS s ON s.school = :school AND s.subject = l.subject
    WHERE l.school = :school AND l.class_unit = scope.class_unit
      AND l.day BETWEEN scope.first AND scope.last AND l.day <= :today AND l.state = 1
      AND k.grade > 1 AND s.homework = 1 AND {_given("l.homework")}
), digits(digit) AS (
    VALUES (0), (1), (2), (3), (4), (5), (6), (7), (8), (9)
), numbers AS MATERIALIZED (
    SELECT a.digit * 100 + b.digit * 10 + c.digit AS minutes
    FROM digits AS a CROSS JOIN digits AS b CROSS JOIN digits AS c
    WHERE a.digit < 4
), timed AS MATERIALIZED (
    SELECT h.class_unit, h.subject, h.day, {_words("h.homework")} AS words
    FROM homework AS h
    WHERE h.homework LIKE '%мин%'
), lasting AS MATERIALIZED (
    SELECT t.class_unit, t.subject, t.day, MAX(n.minutes) AS minutes
    FROM timed AS t
    JOIN numbers AS n
         ON t.words LIKE '% ' || n.minutes || ' мин %' OR t.words LIKE '% ' || n.minutes || 'мин %'
         OR t.words LIKE '% ' || n.minutes || ' минут%'
         OR t.words LIKE '% ' || n.minutes || 'минут%'
    GROUP BY t.class_unit, t.subject, t.day
), days AS MATERIALIZED (
    SELECT t.class_unit, t.day, SUM(t.minutes) AS minutes,
           MAX(CASE WHEN k.grade <= 3 THEN :minutes_2 WHEN k.grade <= 5 THEN :minutes_4
                    WHEN k.grade <= 8 THEN :minutes_6 ELSE :minutes_9 END) AS norm
    FROM lasting AS t
    JOIN journal_classes AS k ON k.school = :school AND k.class_unit = t.class_unit
    GROUP BY t.class_unit, t.day
), gaps AS MATERIALIZED (
    -- the last school day before each, and the first after, if one is known
    SELECT d.class_unit, d.day AS last, n.day AS next, d.term_first, d.term_last,
           n.term_first AS next_term
    FROM scope
    CROSS JOIN journal_class_days AS d
    LEFT JOIN journal_class_days AS n ON n.school = :school AND n.class_unit = d.class_unit
         AND n.seq = d.seq + 1 AND n.school_day = 1
    WHERE d.school = :school AND d.class_unit = scope.class_unit AND d.school_day = 1
      AND d.day BETWEEN scope.first AND :today
      AND (n.day IS NULL OR n.day - d.day > :break_days + 1)
), breaks AS MATERIALIZED (
    SELECT g.class_unit, g.last, g.next
    FROM gaps AS g
    WHERE g.next_term <> g.term_first
       OR (g.next IS NULL AND g.term_last - g.last < 7)
       OR EXISTS (
           SELECT 1 FROM journal_non_school_days AS f
           WHERE f.school = :school AND f.first < g.next AND f.last > g.last
             AND {_holidays("f")}
             AND (f.classes = '' OR NOT EXISTS (
                  -- not another class's holidays beside this one's quarantine
                  SELECT 1 FROM journal_non_school_days AS q
                  WHERE q.school = :school AND q.first < g.next AND q.last > g.last
                    AND q.last > q.first AND NOT {_holidays("q")})))
), held_over AS MATERIALIZED (
    SELECT h.class_unit, h.subject, h.study_group, h.staff, h.day, h.number, b.last, b.next
    FROM breaks AS b
    JOIN homework AS h ON h.class_unit = b.class_unit AND h.day BETWEEN b.last - 13 AND b.last
    WHERE NOT EXISTS (
          SELECT 1 FROM journal_lessons AS l
          WHERE l.school = :school AND l.class_unit = h.class_unit AND l.day <= b.last
            AND l.day >= h.day AND l.subject = h.subject
            AND l.study_group = h.study_group AND l.day * 100 + l.number > h.day * 100 + h.number)
      AND NOT EXISTS (
          SELECT 1 FROM journal_expected_lessons AS e
          WHERE e.school = :school AND e.class_unit = h.class_unit AND e.day >= h.day
            AND e.day <= b.last AND e.subject = h.subject
            AND e.day * 100 + e.number > h.day * 100 + h.number
            AND (e.study_group = h.study_group OR 0 IN (e.study_group, h.study_group)))
), late AS MATERIALIZED (
    SELECT h.class_unit, h.subject, h.study_group, h.staff, h.day, h.number, h.entered_at
    FROM homework AS h
    JOIN journal_calendar AS c ON c.school = :school AND c.day = h.day
    WHERE h.entered_at > c.begins + :hour * 3600 + c.moved AND h.entered_at <= :as_of
)
SELECT o.class_unit, o.subject, o.study_group, o.staff, o.day, o.number, NULL AS pupil,
       'advice' AS severity, CAST(NULL AS INTEGER) AS minutes, CAST(NULL AS INTEGER) AS norm,
       o.last, o.next, NULL AS entered_at
FROM held_over AS o
UNION ALL
SELECT e.class_unit, e.subject, e.study_group, e.staff, e.day, e.number, NULL, 'advice', NULL,
       NULL, NULL, NULL, e.entered_at
FROM late AS e
WHERE NOT EXISTS (
      SELECT 1 FROM held_over AS o
      WHERE o.class_unit = e.class_unit AND o.subject = e.subject AND o.day = e.day
        AND o.study_group = e.study_group AND o.number = e.number)
UNION ALL
SELECT d.class_unit, NULL, 0, NULL, d.day, NULL, NULL, NULL, d.minutes, d.norm, NULL, NULL,
       NULL
FROM days AS d
WHERE d.minutes > d.norm
"""  # noqa: S608  # our own words


def why(facts: Facts) -> Said:
    if facts["minutes"] is not None:
        return Said("The day's homework takes %(minutes)s minutes, the norm is %(norm)s.", {
            "minutes": facts["minutes"], "norm": facts["norm"],
        })  # fmt: skip
    if facts["last"] is not None and facts["next"] is None:
        return Said("Homework is set over the holidays.", {})
    if facts["last"] is not None:
        return Said("Homework is set over the holidays: the next lessons are on %(next)s.", {
            "next": ("day", facts["next"]),
        })  # fmt: skip
    return Said("The homework was entered %(entered)s, too late for that day.", {
        "entered": ("moment", facts["entered_at"]),
    })  # fmt: skip


RULE = Rule(
    code="L5",
    title="Домашнее задание сверх нормы",
    severity=Severity.MINOR,
    extent=Extent.LESSON,
    statement=STATEMENT,
    why=why,
    thresholds={
        "minutes_2": Threshold(90, 10, 300, "Минут в день, 2-3 классы"),
        "minutes_4": Threshold(120, 10, 300, "Минут в день, 4-5 классы"),
        "minutes_6": Threshold(150, 10, 400, "Минут в день, 6-8 классы"),
        "minutes_9": Threshold(210, 10, 400, "Минут в день, 9-11 классы"),
        "break_days": Threshold(4, 2, 30, "Каникулы: дней подряд без уроков, больше"),
        "hour": Threshold(18, 14, 23, "До какого часа задание вносят в день урока"),
    },
)
