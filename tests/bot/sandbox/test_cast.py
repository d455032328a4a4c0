"""Who is played in the demo."""

from dataclasses import replace
from datetime import date
from functools import cache

from bot.sandbox.cast import cast_of
from services.generator import GeneratedSchool, Options, generate

MANY = 200


@cache
def school() -> GeneratedSchool:
    return generate(Options(seed=1, classes=12, until=date(2026, 11, 23).toordinal()))


def advised(teacher: str) -> GeneratedSchool:
    """The same school with much advice to one teacher."""
    advice = replace(school().truth[0], rule="N7", teacher=teacher)
    return replace(school(), truth=(*school().truth, *[advice] * MANY))


def test_a_teacher_is_played_under_the_present_surname() -> None:
    """In this school one of the busiest teachers married a week before."""
    lines = school().batch.staff or []
    present = {row.code: row.name for row in lines}
    former = {row.name for row in lines} - set(present.values())
    assert len(former) == 1
    assert former & {row.teacher for row in school().week.lessons or []}

    cast = cast_of(school())

    assert {part.name for part in cast.invited if part.staff} <= set(present.values())


def test_advice_is_nothing_to_be_behind_with() -> None:
    """Five old gaps and much advice are five gaps; one new gap of a colleague is too few."""
    cast, gap = cast_of(school()), next(one for one in school().truth if one.rule == "P2")
    one, other = cast.behind.name, cast.ahead.name
    old = replace(gap, teacher=one, day=(gap.day or 0) - 300)
    new = replace(gap, teacher=other, day=school().options.until)
    advice = [replace(old, rule="N7")] * MANY

    played = cast_of(replace(school(), truth=(*[old] * 5, *advice, new)))

    assert played.behind.name == one


def test_who_is_ahead_may_have_advice() -> None:
    ahead = cast_of(school()).ahead.name

    assert cast_of(advised(ahead)).ahead.name == ahead
