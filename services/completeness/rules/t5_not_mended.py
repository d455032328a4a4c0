"""T5: findings of a place that are still open after their re-check date.

Asked of what can still be mended: P, R, Q, K, C and T2. What was late or changed afterwards stays
so, a term's marks and works that were held cannot be had again, and advice is no finding to be
mended. The re-check date is ``days`` after the finding was first seen, or the day to which it was
postponed, the later of the two; it is over when that day is. What the administrator waived is not
asked for. One finding a place, whatever the number of rules; T5 itself is none of them.
"""

from services.completeness.rule import Extent, Facts, Rule, Said, Severity, Threshold

STATEMENT = """
, zone AS MATERIALIZED (
    -- seconds to the east, of the calendar's days nearest to now
    SELECT (c.day - 719163) * 86400 - c.begins AS shift
    FROM journal_calendar AS c
    WHERE c.school = :school AND c.day = (
          SELECT MAX(d.day) FROM journal_calendar AS d
          WHERE d.school = :school AND d.day <= :today)
), waiting AS MATERIALIZED (
    SELECT f.class_unit, f.subject, f.study_group, f.staff, f.day, f.number, f.pupil, f.rule,
           CASE WHEN f.postponed_until > (f.first_seen + z.shift) / 86400 + 719163 + :days
                THEN f.postponed_until
                ELSE (f.first_seen + z.shift) / 86400 + 719163 + :days END AS due_day
    FROM journal_findings AS f
    CROSS JOIN zone AS z
    WHERE f.school = :school AND f.severity <> 'advice' AND f.first_seen <= :as_of
      AND f.waived = 0
      AND (f.rule = 'T2' OR f.rule LIKE 'P%' OR f.rule LIKE 'R%' OR f.rule LIKE 'Q%'
           OR f.rule LIKE 'K%' OR f.rule LIKE 'C%')
)
SELECT w.class_unit, w.subject, w.study_group, MAX(w.staff) AS staff, w.day, w.number, w.pupil,
       COUNT(*) AS rules, MIN(w.rule) AS code, MIN(w.due_day) AS due_day
FROM waiting AS w
WHERE w.due_day < :today
  AND (w.class_unit IS NULL OR w.class_unit IN (SELECT class_unit FROM scope))
GROUP BY w.class_unit, w.subject, w.study_group, w.day, w.number, w.pupil,
         CASE WHEN w.class_unit IS NULL THEN w.staff END
"""


def why(facts: Facts) -> Said:
    if facts["rules"] > 1:
        return Said("Findings still open: %(rules)s (the first is %(code)s), due by %(due)s.", {
            "rules": facts["rules"], "code": facts["code"], "due": ("day", facts["due_day"]),
        })  # fmt: skip
    return Said("The finding %(code)s is still open, it was to be mended by %(due)s.", {
        "code": facts["code"], "due": ("day", facts["due_day"]),
    })  # fmt: skip


RULE = Rule(
    code="T5",
    title="Замечание не устранено в срок",
    severity=Severity.MINOR,
    extent=Extent.COURSE,
    statement=STATEMENT,
    why=why,
    thresholds={"days": Threshold(7, 1, 90, "Дней на устранение замечания")},
    of_findings=True,
)
