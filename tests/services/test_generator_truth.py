import json
from collections import Counter
from collections.abc import Iterable
from datetime import date

import pytest

from services.generator import GeneratedSchool, Options, generate
from services.generator.truth import Finding
from services.journal.writers.local_time import LocalTime
from tests.services.test_generator_oracle import Found, Oracle

RULES = {"P1", "P2", "P3", "P4", "P7", "T1", "T2", "R1", "R2", "R3", "N1", "Q1", "K1"}
MORE = {
    "P5", "P6", "P8", "T3", "T4", "R4", "R5", "R6", "R7", "R8", "R11", "R12",
    "R9", "R10", "N2", "N3", "N4", "N5", "N6", "N7", "Q3", "Q4", "Q5", "K2", "K3", "K4", "K5",
    "L1", "L2", "L3", "L4", "A1", "A2", "A3", "A4", "A5",
}  # fmt: skip
"""Rules whose truth the findings themselves are held to (test_truth.py)."""
LISTS = {"L5", "A6", "C3", "C4", "C5", "C6", "C7", "C8"}
"""Rules whose truth is read anew from the rows (test_generator_lists.py)."""
BY_CHANCE = {"N2", "N7", "R9", "Q4", "A1", "A4"}
"""What ordinary marks and absences say by themselves."""
SCHOOLS = [
    (3, 1, date(2026, 11, 20)),
    (4, 3, date(2027, 5, 31)),
    (5, 8, date(2027, 1, 10)),
    (6, 5, date(2026, 9, 5)),
    (7, 3, date(2026, 10, 23)),
    (8, 7, date(2027, 3, 1)),
    (9, 2, date(2025, 12, 12)),
]


def make(seed: int, classes: int, until: date, *, defects: bool = True) -> GeneratedSchool:
    options = Options(seed=seed, classes=classes, until=until.toordinal(), defects=defects)
    return generate(options)


def seen(school: GeneratedSchool) -> set[Found]:
    return Oracle(school.batch, school.options.until).findings()


def found_of(findings: Iterable[Finding]) -> list[Found]:
    return [
        Found(one.rule, one.class_unit, one.study_group or "", one.subject, one.day, one.number,
              one.pupil)
        for one in findings
    ]  # fmt: skip


def told(school: GeneratedSchool) -> list[Found]:
    return [one for one in found_of(school.truth) if one.rule in RULES]


@pytest.mark.parametrize(("seed", "classes", "until"), SCHOOLS)
def test_the_truth_is_what_an_independent_reading_finds(
    seed: int, classes: int, until: date
) -> None:
    school = make(seed, classes, until)
    truth = told(school)

    assert len(truth) == len(set(truth))
    assert set(truth) == seen(school)


@pytest.mark.parametrize(("seed", "classes", "until"), SCHOOLS[:5])
def test_a_school_without_defects_has_no_findings(seed: int, classes: int, until: date) -> None:
    school = make(seed, classes, until, defects=False)

    assert seen(school) == set()
    assert {one.rule for one in school.truth} <= BY_CHANCE


@pytest.mark.parametrize("seed", [11, 12, 13])
def test_every_rule_has_defects(seed: int) -> None:
    counts = Counter(one.rule for one in make(seed, 6, date(2026, 12, 11)).truth)

    assert set(counts) >= RULES
    assert set(counts) >= MORE | LISTS


@pytest.mark.parametrize("seed", [11])
def test_every_rule_has_lookalikes_that_are_not_in_the_truth(seed: int) -> None:
    school = make(seed, 13, date(2027, 2, 20))
    innocent = found_of(school.lookalikes)

    assert {one.rule for one in innocent} >= RULES | MORE | LISTS
    assert set(innocent) & set(found_of(school.truth)) == set()


def test_the_oracle_sees_a_removed_topic() -> None:
    """The comparison above can fail."""
    school = make(3, 1, date(2026, 11, 20))
    lessons = school.batch.lessons or []
    at = next(i for i, one in enumerate(lessons) if one.topic and len(one.topic) > 20)
    lessons[at] = lessons[at]._replace(topic="")

    assert {one.rule for one in seen(school) - set(told(school))} == {"P1", "P2"}


def test_a_finding_is_one_line_of_json() -> None:
    school = make(3, 1, date(2026, 11, 20))
    local = LocalTime()
    lines = [json.loads(one.as_json(local)) for one in school.truth]
    late = next(one for one in lines if one["rule"] == "T1")
    lag = next(one for one in lines if one["rule"] == "K1")

    assert list(late) == [
        "rule", "teacher", "class", "group", "subject", "date", "lesson", "pupil", "since",
    ]  # fmt: skip
    assert date.fromisoformat(late["date"]).year == 2026
    assert late["since"].endswith("+03:00")
    assert late["pupil"] is None
    assert lag["date"] is None


def test_the_truth_holds_by_the_last_evening() -> None:
    until = date(2026, 11, 20)
    midnight = LocalTime().moment(until.toordinal(), 24 * 60)

    assert all(one.since < midnight for one in make(3, 2, until).truth)
