"""The picture of the year as people see it: lines, marks, months, and what has no data."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from itertools import pairwise

import pytest

from bot.pictures import draw_trend
from bot.pictures.lettering import font
from bot.pictures.palette import HATCH, LINE, OCCASION, PAPER
from bot.pictures.trend import (
    LEFT,
    MONTHS,
    MOST_MARKS,
    PANEL,
    SMALL,
    floor_of,
    marks_shown,
    marks_within,
    months,
    runs,
)  # fmt: skip
from services.cuts.trend import Mark, Trend
from services.figures import Index, Indices
from services.periods import DAYS
from tests.bot.test_pictures import MACHADO, area, contrast, distance, opened, seen

FIRST = date(2026, 8, 31).toordinal()
NAMES = ("Полнота", "Своевременность", "Накопляемость", "Достоверность")


def indices(*values: float | None) -> Indices:
    return Indices(*(Index(value) for value in values))


def trend(shares: Sequence[float | None], marks: tuple[Mark, ...] = (), **more: str) -> Trend:
    return Trend(
        title=more.get("title", "Показатели по неделям, %"),
        caption="Школа № 12 · данные на 20.11 16:00",
        names=NAMES,
        weeks=[FIRST + DAYS * place for place in range(len(shares))],
        indices=[indices(share, share, share, share) for share in shares],
        marks=marks,
    )


def after(weeks: int, label: str = "изменено правило P3") -> Mark:
    return Mark(FIRST + DAYS * weeks, label)


@pytest.mark.parametrize("weeks", [1, 2, 12, 40])
def test_a_year_fits_the_width_of_a_phone_and_the_messenger(weeks: int) -> None:
    data = draw_trend(trend([97.0] * weeks, tuple(after(place) for place in range(weeks))))
    picture = opened(data)
    assert (picture.format, picture.width) == ("PNG", 1080)
    assert picture.height > 4 * PANEL
    assert max(picture.width / picture.height, picture.height / picture.width) <= 20
    assert len(data) < 1_000_000


def test_a_lower_share_is_drawn_lower() -> None:
    heights = []
    for share in (99.0, 95.0, 91.0):
        picture = opened(draw_trend(trend([share] * 12)))
        column = [picture.getpixel((LEFT + 400, y)) for y in range(PANEL + 140)]
        heights.append(column.index(tuple(LINE)))
    assert all(above + 40 < below for above, below in pairwise(heights))


def test_weeks_without_data_break_the_line() -> None:
    whole = opened(draw_trend(trend([96.0] * 12)))
    broken = opened(draw_trend(trend([96.0] * 5 + [None] * 3 + [96.0] * 4)))
    assert area(whole, LINE) - area(broken, LINE) > 4 * 3 * 200
    assert [len(run) for run in runs([Index(1.0), Index(None), Index(2.0), Index(3.0)])] == [1, 2]


def test_a_lone_week_is_still_seen() -> None:
    assert area(opened(draw_trend(trend([96.0]))), LINE) > 4 * 100


def test_every_mark_stands_on_each_line_and_in_the_key() -> None:
    bare = opened(draw_trend(trend([96.0] * 12)))
    marked = opened(draw_trend(trend([96.0] * 12, (after(3), after(8)))))
    assert area(bare, OCCASION) == 0
    assert area(marked, OCCASION) > (4 + 1) * 2 * 500
    assert marked.height - bare.height > 2 * 40


def test_marks_of_close_days_do_not_hide_each_other() -> None:
    apart = area(opened(draw_trend(trend([96.0] * 40, (after(3), after(20))))), OCCASION)
    close = area(opened(draw_trend(trend([96.0] * 40, (after(3), after(4))))), OCCASION)
    assert close > apart * 0.95


def test_marks_beside_the_line_are_left_out_and_the_latest_eight_shown() -> None:
    many = trend([96.0] * 20, tuple(after(place) for place in range(-3, 25)))
    assert [mark.day for mark in marks_within(many)] == [after(place).day for place in range(20)]
    assert [mark.day for mark in marks_shown(many)] == [after(p).day for p in range(12, 20)]
    eight = trend([96.0] * 20, tuple(after(place) for place in range(12, 20)))
    assert len(marks_shown(eight)) == MOST_MARKS
    assert opened(draw_trend(many)).height > opened(draw_trend(eight)).height


def test_the_words_and_numbers_of_a_picture_change_it() -> None:
    plain = trend([96.0] * 6, (after(2),))
    others = (
        replace(plain, title="5А: показатели по неделям, %"),
        replace(plain, caption="Школа № 13"),
        replace(plain, names=("Полнота", "Вовремя", "Накопляемость", "Достоверность")),
        replace(plain, marks=(after(2, "журнал не работал"),)),
        replace(plain, marks=(after(3),)),
        trend([96.0] * 5 + [97.0], (after(2),)),
    )
    drawn = draw_trend(plain)
    assert draw_trend(plain) == drawn
    assert all(draw_trend(other) != drawn for other in others)


def test_a_long_title_and_label_stay_inside() -> None:
    long = "обучение учителей работе с электронным журналом и итоговыми отметками четверти"
    picture = opened(draw_trend(trend([96.0] * 6, (after(2, long),), title=f"5А: {long} " * 2)))
    edge = {picture.getpixel((x, y)) for x in (2, picture.width - 3) for y in range(picture.height)}
    assert edge == {tuple(PAPER)}


def test_a_school_without_data_still_gets_a_picture_that_says_so() -> None:
    empty = opened(draw_trend(trend([])))
    assert area(empty, LINE) == 0
    assert area(empty, HATCH) > 5_000
    unknown = opened(draw_trend(trend([None] * 6)))
    assert area(unknown, LINE) == 0


def test_the_scale_begins_at_the_ten_below_the_lowest_share() -> None:
    assert [floor_of([Index(one)]) for one in (99.0, 90.0, 89.9, 3.0)] == [90, 90, 80, 0]
    assert floor_of([Index(None)]) == 90
    assert floor_of([Index(100.0), Index(57.0)]) == 50


def test_a_month_begins_in_the_week_that_mostly_lies_in_it() -> None:
    weeks = [FIRST + DAYS * place for place in range(10)]
    assert months(weeks) == [(0, "сен"), (4, "окт"), (9, "ноя")]
    assert max(font(SMALL).getlength(name) for name in MONTHS) < 60


@pytest.mark.parametrize("kind", MACHADO)
def test_marks_and_lines_differ_for_colour_blind_eyes(kind: str) -> None:
    assert distance(seen(LINE, kind), seen(OCCASION, kind)) > 12


def test_lines_and_marks_stand_out_from_the_paper() -> None:
    assert min(contrast(LINE, PAPER), contrast(OCCASION, PAPER)) > 4.5
