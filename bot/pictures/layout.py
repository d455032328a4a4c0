"""Where everything of a heat map stands, in pixels, before anything is drawn."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from bot.pictures.lettering import SMALLEST, font

MARGIN = 36
GAP = 4
PARALLEL_GAP = 10
NARROWEST = 46
LONGEST_LABEL = 190
LONGEST_HEADING = 340
MOST_COLUMNS = 60
MOST_SIDES = 9900
FOOT = 120
HEIGHTS = ((8, 72), (14, 62), (28, 50), (45, 42))
LOWEST = 34
ROOMY = 130


@dataclass(frozen=True, slots=True)
class Grid:
    """The cells: ``left`` and ``top`` of the first one, their pitch, and each row's top."""

    width: int
    height: int
    left: int
    top: int
    cell_width: int
    cell_height: int
    row_tops: tuple[int, ...]
    columns: int
    upright: bool
    number_size: int
    label_size: int

    @property
    def rows(self) -> int:
        return len(self.row_tops)

    @property
    def bottom(self) -> int:
        return self.height - FOOT


def grid(rows: Sequence[str], columns: Sequence[str], *, width: int, head: int) -> Grid:
    """The grid of a picture at least ``width`` wide below a heading ``head`` high.

    It grows in width when the columns would be too narrow for their numbers; rows that would break
    the messenger's limit of 10 000 pixels (width and height together) have no place.
    """
    shown = min(len(columns), MOST_COLUMNS)
    height = cell_height(len(rows))
    label_size = max(SMALLEST, min(30, height - 14))
    labels = min(LONGEST_LABEL, longest(rows, size=label_size, bold=True)) + 18
    width = max(width, 2 * MARGIN + labels + shown * NARROWEST)
    pitch = (width - 2 * MARGIN - labels) // max(1, shown)
    upright = pitch < ROOMY and longest(columns[:shown], size=heading_size()) > pitch - 8
    headings = heading_room(columns[:shown], upright=upright)
    top = head + headings
    tops = row_tops(rows, first=top, pitch=height, last=MOST_SIDES - width - FOOT)
    return Grid(
        width=width,
        height=(tops[-1] if tops else top + height) + height + FOOT,
        left=width - MARGIN - pitch * shown,
        top=top,
        cell_width=pitch,
        cell_height=height,
        row_tops=tops,
        columns=shown,
        upright=upright,
        number_size=number_size(pitch=pitch, height=height),
        label_size=label_size,
    )


def heading_size() -> int:
    return 26


def heading_room(columns: Sequence[str], *, upright: bool) -> int:
    if not upright:
        return 48
    return min(LONGEST_HEADING, longest(columns, size=heading_size())) + 24


def cell_height(rows: int) -> int:
    """Roomy for a small school, dense for forty classes."""
    return next((height for most, height in HEIGHTS if rows <= most), LOWEST)


def number_size(*, pitch: int, height: int) -> int:
    """The largest size at which «100» stands in a cell with some air."""
    size = max(SMALLEST, min(32, height - 16))
    while size > SMALLEST and font(size, bold=True).getlength("100") > pitch - GAP - 8:
        size -= 1
    return size


def longest(texts: Sequence[str], *, size: int, bold: bool = False) -> int:
    face = font(size, bold=bold)
    return round(max((face.getlength(" ".join(text.split())) for text in texts), default=0))


def row_tops(rows: Sequence[str], *, first: int, pitch: int, last: int) -> tuple[int, ...]:
    """The rows' tops, with a little air where the next parallel begins («5Б», «6А»)."""
    tops: list[int] = []
    y = first
    for index, row in enumerate(rows):
        if index and parallel(row) != parallel(rows[index - 1]):
            y += PARALLEL_GAP
        if y + pitch > last:
            break
        tops.append(y)
        y += pitch
    return tuple(tops)


def parallel(name: str) -> str:
    """The leading number of a class, ``""`` of anything else."""
    found = re.match(r"\s*(\d+)", name)
    return found.group(1) if found else ""
