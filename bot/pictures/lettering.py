"""Lines of text in a picture: the shipped fonts, measured, shortened and wrapped."""

from functools import cache
from pathlib import Path

from PIL import ImageFont

FONTS = Path(__file__).parent.parent / "fonts"
SMALLEST = 22
ELLIPSIS = "…"


@cache
def font(size: int, *, bold: bool = False) -> ImageFont.FreeTypeFont:
    """A face of ``size`` pixels; a private file, so a bare machine needs no fonts."""
    name = "YozhSans-Bold.ttf" if bold else "YozhSans-Regular.ttf"
    return ImageFont.truetype(FONTS / name, size, layout_engine=ImageFont.Layout.BASIC)


def one_line(text: str) -> str:
    return " ".join(text.split())


def shortened(text: str, face: ImageFont.FreeTypeFont, room: float) -> str:
    """The text, or as much of its beginning as ``room`` pixels hold, with an ellipsis."""
    text = one_line(text)
    if face.getlength(text) <= room:
        return text
    while text and face.getlength(text + ELLIPSIS) > room:
        text = text[:-1].rstrip()
    return text + ELLIPSIS


def wrapped(text: str, face: ImageFont.FreeTypeFont, room: float, *, lines: int = 2) -> list[str]:
    """At most ``lines`` lines no wider than ``room`` pixels; the last one is shortened."""
    words = one_line(text).split(" ")
    done: list[str] = []
    while words and len(done) < lines - 1:
        taken = 1
        while taken < len(words) and face.getlength(" ".join(words[: taken + 1])) <= room:
            taken += 1
        done.append(shortened(" ".join(words[:taken]), face, room))
        words = words[taken:]
    return [*done, *([shortened(" ".join(words), face, room)] if words else [])]
