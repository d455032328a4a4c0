"""The heat map of the digest: classes by days or subjects, a number in every cell."""

from dataclasses import dataclass, field
from functools import lru_cache
from io import BytesIO

from PIL import Image, ImageDraw

from bot.pictures.layout import GAP, LONGEST_HEADING, MARGIN, Grid, grid, heading_size
from bot.pictures.lettering import font, one_line, shortened, wrapped
from bot.pictures.palette import EMPTY, HATCH, INK, PAPER, QUIET, STEPS, Colour, step
from bot.shares import whole
from services.figures import HeatMap

TITLE = 42
CAPTION = 28
LEGEND = 26
SWATCH = 32
ROUND = 8
DASH = "–"


def draw_heat_map(heat: HeatMap, *, no_data: str = "нет данных", width: int = 1080) -> bytes:
    """A PNG of ``width`` pixels (more when there are over twenty columns).

    ``no_data`` names the dashed cells in the legend. Rows and columns past the messenger's limits
    are counted beside the legend («+12»), never dropped in silence.
    """
    title = wrapped(heat.title, font(TITLE, bold=True), width - 2 * MARGIN)
    head = MARGIN + len(title) * (TITLE + 10) + (CAPTION + 34)
    place = grid(heat.rows, heat.columns, width=width, head=head)
    picture = Image.new("RGB", (place.width, place.height), PAPER)
    drawing = Drawing(picture=picture, place=place, pen=ImageDraw.Draw(picture))
    drawing.heading(title=title, caption=heat.caption)
    if place.rows and place.columns:
        drawing.columns(heat.columns)
        drawing.rows(heat)
    else:
        drawing.nothing(no_data)
    drawing.legend(no_data=no_data, unseen=unseen(heat, place=place))
    buffer = BytesIO()
    picture.save(buffer, "PNG", compress_level=3)
    return buffer.getvalue()


def unseen(heat: HeatMap, *, place: Grid) -> int:
    """Rows and columns that have no place in the picture."""
    return len(heat.rows) - place.rows + len(heat.columns) - place.columns


@dataclass(frozen=True, slots=True)
class Drawing:
    """One picture being drawn; ``tiles`` keeps each look of a cell, drawn once."""

    picture: Image.Image
    place: Grid
    pen: ImageDraw.ImageDraw
    tiles: dict[int | None, Image.Image] = field(default_factory=dict)

    def heading(self, *, title: list[str], caption: str) -> None:
        y = MARGIN
        for line in title:
            self.pen.text((MARGIN, y), line, font=font(TITLE, bold=True), fill=INK)
            y += TITLE + 10
        face = font(CAPTION)
        line = shortened(caption, face, self.place.width - 2 * MARGIN)
        self.pen.text((MARGIN, y + 4), line, font=face, fill=QUIET)

    def columns(self, names: list[str]) -> None:
        place, face = self.place, font(heading_size())
        for index, name in enumerate(names[: place.columns]):
            middle = place.left + index * place.cell_width + (place.cell_width - GAP) // 2
            if place.upright:
                self.upright(name, middle=middle)
            else:
                text = shortened(name, face, place.cell_width - 8)
                self.pen.text((middle, place.top - 14), text, font=face, fill=QUIET, anchor="ms")

    def upright(self, name: str, *, middle: int) -> None:
        """A heading that reads from below upwards and ends just above its column."""
        face = font(heading_size())
        text = shortened(name, face, LONGEST_HEADING)
        size = (round(face.getlength(text)) + 2, heading_size() + 10)
        mask = Image.new("L", size)
        ImageDraw.Draw(mask).text((0, size[1] // 2), text, font=face, fill=255, anchor="lm")
        turned = mask.transpose(Image.Transpose.ROTATE_90)
        corner = (middle - turned.width // 2, self.place.top - 12 - turned.height)
        self.picture.paste(QUIET, corner, turned)

    def rows(self, heat: HeatMap) -> None:
        place = self.place
        face = font(place.label_size, bold=True)
        for name, cells, y in zip(heat.rows, heat.cells, place.row_tops, strict=False):
            label = shortened(name, face, place.left - MARGIN - 12)
            middle = y + (place.cell_height - GAP) // 2
            self.pen.text((MARGIN, middle), label, font=face, fill=INK, anchor="lm")
            for index, share in enumerate(cells[: place.columns]):
                tile = self.tile(None if share is None else whole(share))
                self.picture.paste(tile, (place.left + index * place.cell_width, y))

    def tile(self, number: int | None) -> Image.Image:
        found = self.tiles.get(number)
        if found is None:
            size = (self.place.cell_width - GAP, self.place.cell_height - GAP)
            face = font(self.place.number_size, bold=True)
            if number is None:
                found, text, ink = empty_tile(size), DASH, QUIET
            else:
                found, text, ink = (
                    filled(step(number).fill, size=size),
                    str(number),
                    step(number).text,
                )
            middle = (size[0] // 2, size[1] // 2)
            ImageDraw.Draw(found).text(middle, text, font=face, fill=ink, anchor="mm")
            self.tiles[number] = found
        return found

    def nothing(self, no_data: str) -> None:
        """One dashed band with the words, where there is no cell to draw."""
        size = (self.place.width - 2 * MARGIN, self.place.cell_height * 2)
        corner = (MARGIN, self.place.bottom - size[1])
        self.picture.paste(empty_tile(size), corner)
        middle = (self.place.width // 2, corner[1] + size[1] // 2)
        self.pen.text(middle, one_line(no_data), font=font(CAPTION), fill=QUIET, anchor="mm")

    def legend(self, *, no_data: str, unseen: int) -> None:
        """The steps from full to empty and the dashed cell, as many a line as there is room for."""
        face = font(LEGEND)
        entries = [(filled(one.fill, size=(SWATCH, SWATCH)), one.label) for one in STEPS]
        entries[0] = (entries[0][0], f"{STEPS[0].label} %")
        entries.append((empty_tile((SWATCH, SWATCH)), one_line(no_data)))
        if unseen:
            entries.append((Image.new("RGB", (1, SWATCH), PAPER), f"+{unseen}…"))
        x, y = MARGIN, self.place.bottom + 34
        for swatch, label in entries:
            room = SWATCH + 10 + round(face.getlength(label))
            if x > MARGIN and x + room > self.place.width - MARGIN:
                x, y = MARGIN, y + SWATCH + 16
            self.picture.paste(swatch, (x, y))
            spot = (x + SWATCH + 10, y + SWATCH // 2)
            self.pen.text(spot, label, font=face, fill=INK, anchor="lm")
            x += room + 22


def filled(colour: Colour, *, size: tuple[int, int]) -> Image.Image:
    return rounded(Image.new("RGB", size, colour))


def empty_tile(size: tuple[int, int]) -> Image.Image:
    """Slanting lines on grey: told from any step without seeing colours."""
    tile = Image.new("RGB", size, EMPTY)
    pen = ImageDraw.Draw(tile)
    for x in range(-size[1], size[0], 12):
        pen.line([(x, size[1]), (x + size[1], 0)], fill=HATCH, width=2)
    return rounded(tile)


def rounded(tile: Image.Image) -> Image.Image:
    return Image.composite(tile, Image.new("RGB", tile.size, PAPER), shape(tile.size))


@lru_cache(maxsize=8)
def shape(size: tuple[int, int]) -> Image.Image:
    """A mask with smooth round corners: drawn four times larger, then reduced."""
    large = Image.new("L", (size[0] * 4, size[1] * 4))
    box = (0, 0, size[0] * 4 - 1, size[1] * 4 - 1)
    ImageDraw.Draw(large).rounded_rectangle(box, radius=ROUND * 4, fill=255)
    return large.reduce(4)
