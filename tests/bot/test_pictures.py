"""The heat map as people see it: sizes, colours, numbers, and what has no data."""

from io import BytesIO
from itertools import pairwise

import pytest
from PIL import Image

from bot.pictures import draw_heat_map
from bot.pictures.layout import grid
from bot.pictures.lettering import SMALLEST, font, shortened, wrapped
from bot.pictures.palette import EMPTY, STEPS, Colour, step
from bot.shares import whole
from services.figures import HeatMap

SUBJECTS = [f"Предмет с длинным названием {number}" for number in range(20)]
DAYS = ["пн 16.11", "вт 17.11", "ср 18.11", "чт 19.11", "пт 20.11", "сб 21.11"]
MACHADO = {
    "deuteranopia": (
        (0.367322, 0.860646, -0.227968),
        (0.280085, 0.672501, 0.047413),
        (-0.011820, 0.042940, 0.968881),
    ),
    "protanopia": (
        (0.152286, 1.052583, -0.204868),
        (0.114503, 0.786281, 0.099216),
        (-0.003882, -0.048116, 1.051998),
    ),
    "tritanopia": (
        (1.255528, -0.076749, -0.178779),
        (-0.078411, 0.930809, 0.147602),
        (0.004733, 0.691367, 0.303900),
    ),
}
"""Machado, Oliveira, Fernandes, 2009: severity 1.0, on linear light."""


def heat(cells: list[list[float | None]], columns: list[str]) -> HeatMap:
    rows = [f"{1 + index // 4}{'АБВГ'[index % 4]}" for index in range(len(cells))]
    return HeatMap(rows, columns, cells, "Полнота по классам", "данные на 20.11 16:00")


def opened(data: bytes) -> Image.Image:
    picture = Image.open(BytesIO(data))
    picture.load()
    return picture


def area(picture: Image.Image, colour: Colour) -> int:
    found = picture.getcolors(maxcolors=picture.width * picture.height)
    assert found is not None
    return sum(count for count, value in found if value == tuple(colour))


def linear(colour: Colour) -> list[float]:
    parts = [part / 255 for part in colour]
    return [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]


def luminance(light: list[float]) -> float:
    return 0.2126 * light[0] + 0.7152 * light[1] + 0.0722 * light[2]


def contrast(one: Colour, other: Colour) -> float:
    dark, light = sorted((luminance(linear(one)), luminance(linear(other))))
    return (light + 0.05) / (dark + 0.05)


def lab(light: list[float]) -> tuple[float, float, float]:
    red, green, blue = (min(1.0, max(0.0, part)) for part in light)
    white = (
        (0.4124 * red + 0.3576 * green + 0.1805 * blue) / 0.9505,
        luminance([red, green, blue]),
        (0.0193 * red + 0.1192 * green + 0.9505 * blue) / 1.089,
    )
    x, y, z = (part ** (1 / 3) if part > 0.008856 else 7.787 * part + 16 / 116 for part in white)
    return 116 * y - 16, 500 * (x - y), 200 * (y - z)


def seen(colour: Colour, kind: str) -> tuple[float, float, float]:
    light = linear(colour)
    return lab([sum(a * b for a, b in zip(row, light, strict=True)) for row in MACHADO[kind]])


def distance(one: tuple[float, ...], other: tuple[float, ...]) -> float:
    return float(sum((a - b) ** 2 for a, b in zip(one, other, strict=True)) ** 0.5)


@pytest.mark.parametrize("kind", MACHADO)
def test_neighbouring_steps_differ_for_colour_blind_eyes(kind: str) -> None:
    for one, other in pairwise(STEPS):
        assert distance(seen(one.fill, kind), seen(other.fill, kind)) > 12


def test_steps_darken_from_full_to_empty_so_that_grey_print_keeps_the_order() -> None:
    lights = [lab(linear(one.fill))[0] for one in STEPS]
    assert all(lighter - darker > 3 for lighter, darker in pairwise(lights))


def test_every_number_stands_out_from_its_cell() -> None:
    assert all(contrast(one.fill, one.text) >= 4.5 for one in STEPS)


def test_a_number_is_rounded_down_and_its_colour_agrees() -> None:
    assert (whole(99.6), step(99.6).label) == (99, "95–99")
    assert (whole(100.0), step(100.0).label) == (100, "100")
    assert (whole(94.99), step(94.99).label) == (94, "85–94")
    assert (whole(-3), whole(104)) == (0, 100)
    assert whole(57 / 0.57) == 100


@pytest.mark.parametrize(
    ("classes", "columns"), [(1, DAYS), (3, DAYS), (25, DAYS), (40, DAYS), (40, SUBJECTS)]
)
def test_a_school_fits_the_width_of_a_phone_and_the_messenger(
    classes: int, columns: list[str]
) -> None:
    data = draw_heat_map(heat([[97.0] * len(columns)] * classes, columns))
    picture = opened(data)
    assert (picture.format, picture.width) == ("PNG", 1080)
    assert picture.width + picture.height <= 10_000
    assert max(picture.width / picture.height, picture.height / picture.width) <= 20
    assert len(data) < 1_000_000


@pytest.mark.parametrize("columns", [DAYS, SUBJECTS])
def test_all_lettering_is_large_enough_and_fits_its_cell(columns: list[str]) -> None:
    place = grid(["11А"] * 40, columns, width=1080, head=150)
    assert min(place.number_size, place.label_size) >= SMALLEST
    assert font(place.number_size, bold=True).getlength("100") <= place.cell_width - 6
    assert place.number_size <= place.cell_height


def test_a_cell_has_its_step_and_an_unknown_one_is_hatched() -> None:
    full = opened(draw_heat_map(heat([[100.0, 100.0]], DAYS[:2])))
    poor = opened(draw_heat_map(heat([[30.0, None]], DAYS[:2])))
    assert area(poor, STEPS[-1].fill) - area(full, STEPS[-1].fill) > 20_000
    assert area(full, STEPS[0].fill) - area(poor, STEPS[0].fill) > 40_000
    assert area(poor, EMPTY) - area(full, EMPTY) > 10_000


def test_the_words_and_numbers_of_a_picture_change_it() -> None:
    plain = draw_heat_map(heat([[96.0]], DAYS[:1]))
    assert draw_heat_map(heat([[96.0]], DAYS[:1])) == plain
    assert draw_heat_map(heat([[97.0]], DAYS[:1])) != plain
    assert draw_heat_map(heat([[96.0]], ["вт 17.11"])) != plain
    assert draw_heat_map(heat([[96.0]], DAYS[:1]), no_data="no data") != plain


def test_a_school_without_data_still_gets_a_picture_that_says_so() -> None:
    empty = opened(draw_heat_map(heat([], [])))
    assert area(empty, EMPTY) > 50_000
    assert area(empty, STEPS[0].fill) < 5_000


def test_rows_and_columns_past_the_limits_are_counted() -> None:
    rows = [f"{number}А" for number in range(400)]
    columns = ["Предмет"] * 70
    place = grid(rows, columns, width=1080, head=150)
    assert place.width + place.height <= 10_000
    assert place.rows < 400
    assert place.columns < 70
    many = HeatMap(rows, columns, [[50.0] * 70] * 400, "Полнота", "")
    fewer = HeatMap(rows[:-1], columns, [[50.0] * 70] * 399, "Полнота", "")
    assert draw_heat_map(many) != draw_heat_map(fewer)
    narrow = [
        HeatMap(rows[:count], ["пн"], [[50.0]] * count, "Полнота", "") for count in (399, 400)
    ]
    assert draw_heat_map(narrow[0]) != draw_heat_map(narrow[1])


def test_the_shipped_fonts_have_russian_letters_and_marks() -> None:
    for bold in (False, True):
        face = font(40, bold=bold)
        missing = bytes(face.getmask("\U0010ffff"))
        assert all(bytes(face.getmask(sign)) != missing for sign in "АЯаяЁё№«»–—…%−·0123456789AZaz")


def test_long_lines_are_wrapped_and_shortened() -> None:
    face = font(30)
    text = "Средняя общеобразовательная школа имени очень известного человека"
    lines = wrapped(text, face, 400)
    assert len(lines) == 2
    assert lines[1].endswith("…")
    assert all(face.getlength(line) <= 400 for line in lines)
    assert wrapped("Школа", face, 400) == ["Школа"]
    assert shortened("5А\n", face, 400) == "5А"
