"""Two evenings of one school: what differs too late, and what only looks so."""

from collections.abc import Iterable
from datetime import date
from functools import cache
from typing import Any

import pytest

from services.generator import Options, Snapshots, snapshots
from services.generator.truth import Finding
from services.journal.model import Batch
from tests.services.test_generator_oracle import Oracle

W = 7
"""School days in which an entry may be changed (RULES.md, T3)."""
PAIRS = [
    (91, 3, date(2026, 11, 13), date(2026, 11, 20)),
    (92, 2, date(2027, 2, 5), date(2027, 2, 26)),
    (93, 4, date(2026, 10, 2), date(2026, 10, 3)),
]
Place = tuple[Any, ...]


@cache
def made(seed: int, classes: int, earlier: date, until: date) -> Snapshots:
    options = Options(seed=seed, classes=classes, until=until.toordinal())
    return snapshots(options, earlier=earlier.toordinal())


def contents(batch: Batch) -> dict[Place, object]:
    """What lessons, cells and period marks say, by their places."""
    said: dict[Place, object] = {}
    for one in batch.lessons or []:
        if one.topic:
            said[one.class_unit, one.study_group, one.subject, one.day, one.number, None] = (
                one.topic
            )
    for row in batch.marks or []:
        place = (row.class_unit, row.study_group, row.subject, row.day, row.number, row.pupil)
        said[*place, row.position] = row.raw
    ends = {(one.kind, one.number, one.classes): one.last for one in batch.terms or []}
    for mark in batch.term_marks or []:
        senior = mark.class_unit.startswith(("10", "11"))
        last = ends.get((mark.kind, mark.number, "10-11" if senior else "1-9"), 0)
        said[mark.class_unit, mark.subject, last, mark.pupil, mark.kind] = mark.value
    return said


def changed(pair: Snapshots) -> set[Place]:
    before, after = contents(pair.before), contents(pair.after)
    return {
        _short(place) for place, said in before.items() if place in after and after[place] != said
    }


def _short(place: Place) -> Place:
    """As a finding has it: a period mark of a class has no number."""
    if len(place) < 6:
        unit, subject, last, pupil, _ = place
        return unit, subject, last, None, pupil
    unit, _, subject, day, number, pupil, *_ = place
    return unit, subject, day, number, pupil


def places(findings: Iterable[Finding]) -> set[Place]:
    return {(one.class_unit, one.subject, one.day, one.number, one.pupil) for one in findings}


@pytest.mark.parametrize("pair", PAIRS)
def test_whatever_was_changed_too_late_is_the_truth(pair: tuple[Any, ...]) -> None:
    made_up = made(*pair)
    earlier, until = (day.toordinal() for day in pair[2:])
    oracle = Oracle(made_up.after, until)

    def closed(place: Place) -> int:
        unit, _, day, number, _ = place
        term = oracle.term_at(unit, day)
        window = day if number is None else oracle.nth_school_day(unit, day, W)
        return window if term is None else min(window, term.last)

    differing = changed(made_up)
    assert places(made_up.truth) == {one for one in differing if closed(one) <= earlier}
    assert {one for one in differing if closed(one) > earlier} <= places(made_up.lookalikes)
    assert {one.rule for one in (*made_up.truth, *made_up.lookalikes)} == {"T3"}


@pytest.mark.parametrize("pair", PAIRS[:2])
def test_topics_marks_and_period_marks_are_changed(pair: tuple[Any, ...]) -> None:
    truth = made(*pair).truth
    kinds = {(one.number is None, one.pupil is None) for one in truth}

    assert kinds == {(False, True), (False, False), (True, False)}


@pytest.mark.parametrize("pair", PAIRS)
def test_a_first_mark_of_an_old_lesson_is_no_change(pair: tuple[Any, ...]) -> None:
    made_up = made(*pair)
    first = [one for one in made_up.lookalikes if one.what == "отметка поставлена впервые"]
    before = {_short(place) for place in contents(made_up.before)}
    after = {_short(place) for place in contents(made_up.after)}

    assert first
    assert places(first) <= after - before


def test_neither_file_says_when() -> None:
    made_up = made(*PAIRS[0])
    lessons = [*(made_up.before.lessons or []), *(made_up.after.lessons or [])]
    marks = [*(made_up.before.marks or []), *(made_up.after.marks or [])]

    assert {(one.entered_at, one.modified_at) for one in lessons} == {(None, None)}
    assert {one.entered_at for one in marks} == {None}


def test_the_pair_is_the_same_by_the_same_seed() -> None:
    assert made.__wrapped__(*PAIRS[2]) == made(*PAIRS[2])


def test_the_evenings_come_in_order() -> None:
    with pytest.raises(ValueError, match="earlier"):
        made(1, 1, date(2026, 11, 20), date(2026, 11, 20))
