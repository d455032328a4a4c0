"""The indices over the year, one panel each under another, with what happened marked on the lines.

A panel of its own tells the indices apart, so no colour has to; every panel says its last number.
"""

from collections.abc import Sequence
from dataclasses import dataclass, fields
from datetime import date
from io import BytesIO
from itertools import pairwise

from PIL import Image, ImageDraw

from bot.pictures.heat_map import empty_tile
from bot.pictures.layout import MARGIN
from bot.pictures.lettering import font, one_line, shortened, wrapped
from bot.pictures.palette import HATCH, INK, LINE, OCCASION, PAPER, QUIET
from bot.shares import tenths
from services.cuts.trend import Mark, Trend
from services.figures import Index, Indices
from services.periods import DAYS

TITLE, CAPTION, NAME, SMALL = 42, 28, 32, 24
PANEL, PLOT = 300, 190
LEFT = MARGIN + 64
"""Of the plots: the numbers of the scale stand before it."""
KEY = 44
"""Pitch of the lines that say what the numbered marks are."""
MOST_MARKS = 8
THICK, DOT = 6, 7
MONTHS = ("янв", "фев", "мар", "апр", "май", "июн", "июл", "авг", "сен", "окт", "ноя", "дек")
BADGE, BADGE_SIZE = 17, 36
THURSDAY = 3
"""A week belongs to the month that most of it lies in."""
Points = Sequence[tuple[int, float]]
"""(place of the week, share)."""


def draw_trend(trend: Trend, *, no_data: str = "нет данных", width: int = 1080) -> bytes:
    """A PNG of ``width`` pixels. Marks past the eight latest are counted, never dropped unsaid."""
    title = wrapped(trend.title, font(TITLE, bold=True), width - 2 * MARGIN)
    head = MARGIN + len(title) * (TITLE + 10) + CAPTION + 34
    marks = marks_shown(trend)
    left_out = len(marks_within(trend)) - len(marks)
    foot = (len(marks) + bool(left_out)) * KEY + (24 if marks else 0) + MARGIN
    panels = len(trend.names) * PANEL if trend.weeks else PANEL
    picture = Image.new("RGB", (width, head + panels + foot), PAPER)
    drawing = Drawing(picture=picture, pen=ImageDraw.Draw(picture), trend=trend)
    drawing.heading(title)
    if not trend.weeks:
        drawing.nothing(no_data, top=head)
    else:
        for number, (name, part) in enumerate(zip(trend.names, fields(Indices), strict=True)):
            panel = Panel(drawing, top=head + number * PANEL, name=name, no_data=no_data)
            panel.draw([getattr(one, part.name) for one in trend.indices], marks)
        drawing.key(marks, left_out=left_out, top=head + panels + 24)
    buffer = BytesIO()
    picture.save(buffer, "PNG", compress_level=3)
    return buffer.getvalue()


def marks_within(trend: Trend) -> list[Mark]:
    """Those between the first day of the line and its last one."""
    if not trend.weeks:
        return []
    first, last = trend.weeks[0], trend.weeks[-1] + DAYS - 1
    return [mark for mark in trend.marks if first <= mark.day <= last]


def marks_shown(trend: Trend) -> list[Mark]:
    """The latest ones, in order."""
    return sorted(marks_within(trend), key=lambda mark: mark.day)[-MOST_MARKS:]


def floor_of(values: Sequence[Index]) -> int:
    """Where the scale begins: the ten below the lowest number, 90 at most."""
    known = [one.value for one in values if one.value is not None]
    return min(90, int(min(known, default=90)) // 10 * 10)


def runs(values: Sequence[Index]) -> list[Points]:
    """Stretches of weeks with data: between them the line is broken."""
    found: list[list[tuple[int, float]]] = [[]]
    for place, one in enumerate(values):
        if one.value is None:
            found.append([])
        else:
            found[-1].append((place, one.value))
    return [run for run in found if run]


def months(weeks: Sequence[int]) -> list[tuple[int, str]]:
    """Each month at its first week; the first week of all always has its own."""
    named = [(place, date.fromordinal(day + THURSDAY).month) for place, day in enumerate(weeks)]
    turns = [after for before, after in pairwise(named) if before[1] != after[1]]
    return [(place, MONTHS[month - 1]) for place, month in (named[0], *turns)]


@dataclass(frozen=True, slots=True)
class Drawing:
    picture: Image.Image
    pen: ImageDraw.ImageDraw
    trend: Trend

    @property
    def right(self) -> int:
        return self.picture.width - MARGIN

    def x(self, weeks: float) -> float:
        """A place on the line, counted in weeks from the first one's point."""
        room = self.right - LEFT - 2 * DOT
        return LEFT + DOT + room * weeks / max(1, len(self.trend.weeks) - 1)

    def at(self, mark: Mark) -> float:
        """Within the plot also where the mark is later than the last point."""
        weeks = (mark.day - self.trend.weeks[0]) / DAYS
        return self.x(min(weeks, len(self.trend.weeks) - 1))

    def heading(self, title: Sequence[str]) -> None:
        y = MARGIN
        for line in title:
            self.pen.text((MARGIN, y), line, font=font(TITLE, bold=True), fill=INK)
            y += TITLE + 10
        face = font(CAPTION)
        line = shortened(self.trend.caption, face, self.right - MARGIN)
        self.pen.text((MARGIN, y + 4), line, font=face, fill=QUIET)

    def nothing(self, no_data: str, *, top: int) -> None:
        size = (self.right - MARGIN, PANEL // 2)
        self.picture.paste(empty_tile(size), (MARGIN, top))
        middle = (self.picture.width // 2, top + size[1] // 2)
        self.pen.text(middle, one_line(no_data), font=font(CAPTION), fill=QUIET, anchor="mm")

    def badge(self, at: tuple[float, float], number: int) -> None:
        x, y = at
        self.pen.ellipse((x - BADGE, y - BADGE, x + BADGE, y + BADGE), fill=OCCASION)
        self.pen.text((x, y), str(number), font=font(SMALL, bold=True), fill=PAPER, anchor="mm")

    def key(self, marks: Sequence[Mark], *, left_out: int, top: int) -> None:
        """What each number on the lines means."""
        face, y = font(CAPTION), top
        for number, mark in enumerate(marks, start=1):
            self.badge((MARGIN + BADGE, y + KEY // 2), number)
            text = f"{date.fromordinal(mark.day):%d.%m} {mark.label}"
            text = shortened(text, face, self.right - MARGIN - 50)
            self.pen.text((MARGIN + 50, y + KEY // 2), text, font=face, fill=INK, anchor="lm")
            y += KEY
        if left_out:
            text = f"+{left_out}…"
            self.pen.text((MARGIN + 50, y + KEY // 2), text, font=face, fill=QUIET, anchor="lm")


@dataclass(frozen=True, slots=True)
class Panel:
    """One index: its name and last number, the scale, the line, the marks."""

    drawing: Drawing
    top: int
    name: str
    no_data: str

    @property
    def plot(self) -> tuple[int, int]:
        """Top and bottom."""
        return self.top + 56, self.top + 56 + PLOT

    def draw(self, values: Sequence[Index], marks: Sequence[Mark]) -> None:
        floor = floor_of(values)
        self.header(values)
        self.scale(floor)
        self.marks(marks)
        for run in runs(values):
            self.line([(self.drawing.x(place), self.y(share, floor)) for place, share in run])

    def y(self, share: float, floor: int) -> float:
        top, bottom = self.plot
        return bottom - DOT - (bottom - top - 2 * DOT) * (share - floor) / (100 - floor)

    def header(self, values: Sequence[Index]) -> None:
        pen, right = self.drawing.pen, self.drawing.right
        pen.text((MARGIN, self.top), self.name, font=font(NAME, bold=True), fill=INK)
        known = [one.value for one in values if one.value is not None]
        said = f"{tenths(known[-1]):.1f} %".replace(".", ",") if known else one_line(self.no_data)
        pen.text((right, self.top), said, font=font(NAME, bold=bool(known)), fill=INK, anchor="ra")

    def scale(self, floor: int) -> None:
        """Thin lines at the floor, the middle and the full share; months below."""
        drawing, face = self.drawing, font(SMALL)
        for share in (floor, (floor + 100) / 2, 100):
            y = self.y(share, floor)
            drawing.pen.line([(LEFT, y), (drawing.right, y)], fill=HATCH, width=2)
            drawing.pen.text((LEFT - 12, y), f"{share:g}", font=face, fill=QUIET, anchor="rm")
        free = LEFT
        for place, name in months(drawing.trend.weeks):
            x = drawing.x(place)
            room = face.getlength(name)
            if free <= x <= drawing.right - room:
                spot = (x, self.plot[1] + 8)
                drawing.pen.text(spot, name, font=face, fill=QUIET)
                free = round(x + room + 10)

    def marks(self, marks: Sequence[Mark]) -> None:
        """Badges stand at the foot, where a line seldom is; close ones one above another."""
        top, bottom = self.plot
        before, height = -float("inf"), 0
        for number, mark in enumerate(marks, start=1):
            x = self.drawing.at(mark)
            height = height + 1 if x - before < BADGE_SIZE else 0
            for y in range(top, bottom, 14):
                self.drawing.pen.line([(x, y), (x, min(bottom, y + 8))], fill=OCCASION, width=3)
            self.drawing.badge((x, bottom - BADGE - height % 4 * BADGE_SIZE), number)
            before = x

    def line(self, points: Sequence[tuple[float, float]]) -> None:
        """A lone week is a dot; the last point of a stretch is one as well."""
        pen = self.drawing.pen
        if len(points) > 1:
            pen.line(list(points), fill=LINE, width=THICK, joint="curve")
        x, y = points[-1]
        pen.ellipse((x - DOT, y - DOT, x + DOT, y + DOT), fill=LINE)
