"""C7: a class without a class teacher.

Known by «Должность» of those who are not dismissed: «классный руководитель 5А». While no post
names a class nothing is known and nothing is said; and where the class of some class teacher, by
post or by role in the chat, is not told, it may be any that lacks one.
"""

from services.completeness.rule import Extent, Facts, Rule, Said, Severity

_TWINS = {"А": "A", "В": "B", "Е": "E", "К": "K", "М": "M"}
_WAYS = [
    f"('{letter}', '{way}')"
    for letter in "АБВГДЕЖЗИКЛМ"
    for each in {letter, _TWINS.get(letter, letter)}
    for way in (each, each.lower())
]
_LETTERS = ", ".join(sorted(_WAYS))


def _words(column: str) -> str:
    """«5-А», «5 «А»» and «5А» with their letters near, every other sign a space."""
    text = column
    for sign in '«»"-–—':
        text = f"REPLACE({text}, '{sign}', '')"
    for sign in ",.;:()/":
        text = f"REPLACE({text}, '{sign}', ' ')"
    return f"' ' || {text} || ' '"


STATEMENT = f"""
, letters(letter, written) AS (
    VALUES {_LETTERS}
), named AS MATERIALIZED (
    SELECT k.class_unit, k.grade,
           SUBSTR(k.name, CASE WHEN k.grade >= 10 THEN 3 ELSE 2 END) AS letter
    FROM journal_classes AS k
    WHERE k.school = :school AND k.grade > 0
), forms AS MATERIALIZED (
    SELECT n.class_unit, '% ' || n.grade || n.letter || ' %' AS form FROM named AS n
    UNION
    SELECT n.class_unit, '% ' || n.grade || v.written || ' %'
    FROM named AS n JOIN letters AS v ON v.letter = n.letter
    UNION
    SELECT n.class_unit, '% ' || n.grade || ' ' || v.written || ' %'
    FROM named AS n JOIN letters AS v ON v.letter = n.letter
), posts AS MATERIALIZED (
    SELECT f.staff, {_words("f.post")} AS words
    FROM journal_staff_facts AS f
    WHERE f.school = :school
      AND (COALESCE(f.dismissed, :today) >= :today OR f.hired > f.dismissed)
      AND (f.post LIKE '%лассн%рук%' OR f.post LIKE '%кл. рук%' OR f.post LIKE '%кл.рук%'
           OR f.post LIKE '%кл рук%' OR f.post LIKE '%Кл. рук%' OR f.post LIKE '%Кл.рук%'
           OR f.post LIKE '%Кл рук%')
), class_posts AS MATERIALIZED (
    SELECT DISTINCT p.staff, o.class_unit
    FROM posts AS p
    LEFT JOIN forms AS o ON p.words LIKE o.form
), untold AS MATERIALIZED (
    -- class teachers of nobody knows which class
    SELECT e.staff FROM class_posts AS e WHERE e.class_unit IS NULL
    UNION ALL
    SELECT a.staff FROM journal_access AS a
    WHERE a.school = :school AND a.role = 'class_teacher' AND a.since <= :as_of
      AND (a.until IS NULL OR a.until > :as_of)
      AND NOT EXISTS (
           SELECT 1 FROM class_posts AS e WHERE e.staff = a.staff AND e.class_unit IS NOT NULL)
)
SELECT n.class_unit, NULL AS subject, 0 AS study_group, NULL AS staff, NULL AS day,
       NULL AS number, NULL AS pupil
FROM named AS n
JOIN scope ON scope.class_unit = n.class_unit
WHERE EXISTS (SELECT 1 FROM class_posts AS e WHERE e.class_unit IS NOT NULL)
  AND NOT EXISTS (SELECT 1 FROM untold)
  AND NOT EXISTS (SELECT 1 FROM class_posts AS e WHERE e.class_unit = n.class_unit)
  AND (EXISTS (
           SELECT 1 FROM journal_enrollments AS e
           WHERE e.school = :school AND e.class_unit = n.class_unit
             AND :today BETWEEN e.first AND e.last)
       OR EXISTS (
           SELECT 1 FROM journal_assignments AS a
           WHERE a.school = :school AND a.class_unit = n.class_unit
             AND :today BETWEEN a.first AND a.last))
"""  # noqa: S608  # our own words


def why(_: Facts) -> Said:
    return Said("No post on the staff list names a class teacher of this class.", {})


RULE = Rule(
    code="C7",
    title="Класс без классного руководителя",
    severity=Severity.MAJOR,
    extent=Extent.COURSE,
    statement=STATEMENT,
    why=why,
)
