"""A made-up class writes no more control works than the letters of 2021 allow (RULES.md, L1-L4)."""

from collections import Counter, defaultdict
from datetime import date
from functools import cache
from itertools import pairwise

import pytest

from services.generator import Options, generate
from services.journal.model import Batch, LessonRow

UNTIL = date(2027, 5, 28)
SEEDS = [1, 7]


@cache
def made(seed: int) -> Batch:
    return generate(Options(seed=seed, classes=11, until=UNTIL.toordinal(), defects=False)).batch


def works(seed: int) -> list[LessonRow]:
    """Of the classes that get marks."""
    return [one for one in made(seed).lessons or [] if one.work_kind and one.class_unit != "1А"]


@pytest.mark.parametrize("seed", SEEDS)
def test_one_subject_a_day_writes_a_work(seed: int) -> None:
    subjects = defaultdict(set)
    for one in works(seed):
        subjects[one.class_unit, one.day].add(one.subject)

    assert len(works(seed)) > 500
    assert max(map(len, subjects.values())) == 1


@pytest.mark.parametrize("seed", SEEDS)
def test_works_of_one_subject_are_seventeen_days_apart(seed: int) -> None:
    days = defaultdict(set)
    for one in works(seed):
        days[one.class_unit, one.subject].add(one.day)

    for own in days.values():
        ordered = sorted(own)
        assert all(later - day > 17 for day, later in pairwise(ordered))


@pytest.mark.parametrize("seed", SEEDS)
def test_works_take_a_tenth_of_the_hours(seed: int) -> None:
    plan = [one for one in made(seed).plans or [] if one.class_unit != "1А"]
    hours = Counter((one.class_unit, one.subject, one.study_group) for one in plan)
    taken = Counter((one.class_unit, one.subject, one.study_group) for one in plan if one.kind)

    assert all(count <= hours[place] * 0.1 for place, count in taken.items())


@pytest.mark.parametrize("seed", SEEDS)
def test_a_week_brings_a_class_a_few_works(seed: int) -> None:
    weeks = defaultdict(set)
    for one in works(seed):
        weeks[one.class_unit, (one.day - 1) // 7].add(one.subject)

    assert max(map(len, weeks.values())) == 3
