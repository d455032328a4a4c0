"""Who is played in the demo."""

from datetime import date

from bot.sandbox.cast import cast_of
from services.generator import Options, generate


def test_a_teacher_is_played_under_the_present_surname() -> None:
    """In this school one of the busiest teachers married a week before."""
    school = generate(Options(seed=1, classes=12, until=date(2026, 11, 23).toordinal()))
    lines = school.batch.staff or []
    present = {row.code: row.name for row in lines}
    former = {row.name for row in lines} - set(present.values())
    assert len(former) == 1
    assert former & {row.teacher for row in school.week.lessons or []}

    cast = cast_of(school)

    assert {part.name for part in cast.invited if part.staff} <= set(present.values())
