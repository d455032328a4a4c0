"""K1: fewer lessons held than the plan has hours by now, whoever teaches."""

from services.completeness.plan_hours import plan_hours
from services.completeness.rule import Extent, Facts, Rule, Said, Severity, Threshold

STATEMENT = (
    plan_hours(":year_first", ":today")  # noqa: S608  # our own words
    + """
, lags AS MATERIALIZED (
    SELECT p.class_unit, p.subject, p.study_group, p.hours,
           COALESCE((SELECT SUM(h.lessons) FROM held AS h
                     WHERE h.class_unit = p.class_unit AND h.subject = p.subject
                       AND h.study_group IN (0, p.study_group)), 0) AS held
    FROM plans AS p
)
SELECT g.class_unit, g.subject, g.study_group,
       COALESCE((SELECT MAX(a.staff) FROM journal_assignments AS a
        WHERE a.school = :school AND a.class_unit = g.class_unit AND a.subject = g.subject
          AND a.study_group IN (0, g.study_group) AND :today BETWEEN a.first AND a.last),
       (SELECT MAX(h.staff) FROM held AS h
        WHERE h.class_unit = g.class_unit AND h.subject = g.subject
          AND h.study_group IN (0, g.study_group))) AS staff,
       NULL AS day, NULL AS number, NULL AS pupil,
       CASE WHEN g.hours - g.held * 100 >= :critical_lessons * 100
                 OR (g.hours - g.held * 100) * 100 > g.hours * :critical_percent
            THEN 'critical' END AS severity,
       g.hours, g.held
FROM lags AS g
WHERE g.hours - g.held * 100 >= :least_lessons * 100
"""
)


def why(facts: Facts) -> Said:
    return Said(
        "Planned by now %(planned)s hours, lessons held %(held)s, behind by %(lag)s.",
        {
            "planned": ("hours", facts["hours"]),
            "held": facts["held"],
            "lag": ("hours", facts["hours"] - facts["held"] * 100),
        },
    )


RULE = Rule(
    code="K1",
    title="Отставание от КТП",
    severity=Severity.MINOR,
    extent=Extent.COURSE,
    statement=STATEMENT,
    why=why,
    thresholds={
        "least_lessons": Threshold(2, 1, 50, "Отставание, уроков"),
        "critical_lessons": Threshold(4, 1, 50, "Критичное отставание, уроков"),
        "critical_percent": Threshold(10, 1, 100, "Критичное отставание, % от плана"),
    },
)
