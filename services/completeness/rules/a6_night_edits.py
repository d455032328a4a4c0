"""A6: very many entries by one author in one night.

A night's day is that of its first entry: what was entered between 1:00 and 2:00 of the 20th stands
on the 20th. Entries are lessons and marks by their «Внесено»,
«Изменено» and «Автор», or lines of the journal's log, whichever are more: both tell of the same
entries. They are counted over the whole school, and told once a night: of no class.
"""

from services.completeness.logged import LOOKED_ONLY
from services.completeness.rule import Extent, Facts, Rule, Said, Severity, Threshold

_CHANGES = " AND ".join(f"g.action NOT LIKE '{words}'" for words in LOOKED_ONLY)
_AT_NIGHT = """((({moment} + z.shift) / 3600) % 24 >= :begins
       OR (({moment} + z.shift) / 3600) % 24 < :ends)"""


def _night(moment: str) -> str:
    return _AT_NIGHT.replace("{moment}", moment)


STATEMENT = f"""
, zone AS MATERIALIZED (
    -- seconds to the east
    SELECT (c.day - 719163) * 86400 - c.begins AS shift
    FROM journal_calendar AS c
    WHERE c.school = :school AND c.day = (
          SELECT MAX(d.day) FROM journal_calendar AS d
          WHERE d.school = :school AND d.day <= :today)
), entries AS MATERIALIZED (
    SELECT 0 AS logged, l.author, l.entered_at + z.shift AS moment
    FROM zone AS z
    CROSS JOIN journal_lessons AS l
    WHERE l.school = :school AND l.author IS NOT NULL AND l.entered_at <= :as_of
      AND l.day >= :year_first AND {_night("l.entered_at")}
    UNION ALL
    SELECT 0, l.author, l.modified_at + z.shift
    FROM zone AS z
    CROSS JOIN journal_lessons AS l
    WHERE l.school = :school AND l.author IS NOT NULL AND l.modified_at <= :as_of
      AND l.modified_at > COALESCE(l.entered_at, 0)
      AND l.day >= :year_first AND {_night("l.modified_at")}
    UNION ALL
    SELECT 0, m.author, m.entered_at + z.shift
    FROM zone AS z
    CROSS JOIN journal_marks AS m
    WHERE m.school = :school AND m.entered_at <= :as_of AND m.author IS NOT NULL
      AND m.day >= :year_first AND {_night("m.entered_at")}
    UNION ALL
    SELECT 1, g.author, g.changed_at + z.shift
    FROM zone AS z
    CROSS JOIN journal_changes AS g
    WHERE g.school = :school AND g.author IS NOT NULL AND g.changed_at <= :as_of
      AND {_CHANGES} AND {_night("g.changed_at")}
), nights AS MATERIALIZED (
    SELECT e.logged, e.author, (e.moment - :ends * 3600) / 86400 + 719163 AS night,
           COUNT(*) AS entries, MIN(e.moment) AS first_at, MAX(e.moment) AS last_at
    FROM entries AS e
    GROUP BY e.logged, e.author, (e.moment - :ends * 3600) / 86400 + 719163
    HAVING COUNT(*) >= :entries
), told AS MATERIALIZED (
    SELECT n.author, n.night, MAX(n.entries) AS entries, MIN(n.first_at) AS first_at,
           MAX(n.last_at) AS last_at
    FROM nights AS n
    GROUP BY n.author, n.night
)
-- the small hours and the late evening of one day are two nights
SELECT NULL AS class_unit, NULL AS subject, 0 AS study_group, o.author AS staff,
       o.first_at / 86400 + 719163 AS day, NULL AS number, NULL AS pupil,
       SUM(o.entries) AS entries, MIN(o.first_at) - MAX(z.shift) AS first_at,
       MAX(o.last_at) - MAX(z.shift) AS last_at
FROM told AS o
CROSS JOIN zone AS z
GROUP BY o.author, o.first_at / 86400
"""  # noqa: S608  # our own words


def why(facts: Facts) -> Said:
    return Said("Entries of one author in one night: %(entries)s, from %(first)s to %(last)s.", {
        "entries": facts["entries"],
        "first": ("moment", facts["first_at"]), "last": ("moment", facts["last_at"]),
    })  # fmt: skip


RULE = Rule(
    code="A6",
    title="Массовые правки ночью",
    severity=Severity.ADVICE,
    extent=Extent.COURSE,
    statement=STATEMENT,
    why=why,
    thresholds={
        "entries": Threshold(30, 5, 1000, "Записей одного автора за ночь, не меньше"),
        "begins": Threshold(23, 18, 23, "Ночь начинается, час"),
        "ends": Threshold(6, 1, 9, "Ночь кончается, час"),
    },
)
