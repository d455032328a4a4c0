"""Ready reasons, by their codes; the words for them stand with the buttons."""

from collections.abc import Collection
from enum import StrEnum

from services.claims.claim import Words
from services.claims.errors import UnfitWordsError

LONGEST = 500
"""Characters of a reason."""


class Canned(StrEnum):
    NO_LESSON = "nl"
    MOVED = "mv"
    FILLED = "fl"
    NOT_MINE = "nm"
    ILL = "il"
    NO_ACCESS = "na"
    CHECKING = "ch"
    WAITING = "wt"
    AGREED = "ag"
    WRONG_FILE = "wf"
    LOOKED = "lk"
    PLEASE_FILL = "pf"


DISPUTE = (Canned.FILLED, Canned.NO_LESSON, Canned.MOVED, Canned.NOT_MINE)
POSTPONE = (Canned.CHECKING, Canned.ILL, Canned.NO_ACCESS, Canned.WAITING)
WAIVE = (Canned.AGREED, Canned.NO_LESSON, Canned.WRONG_FILE)
KEEP = (Canned.LOOKED, Canned.PLEASE_FILL)


def given(words: Words, ready: Collection[Canned]) -> Words:
    """The reason as it is kept: one of ``ready``, or typed words. UnfitWordsError otherwise."""
    if words.canned in {one.value for one in ready}:
        return Words(canned=words.canned)
    text = words.text.strip()
    if not any(sign.isalnum() for sign in text):
        raise UnfitWordsError(why="empty", limit=LONGEST)
    if len(text) > LONGEST:
        raise UnfitWordsError(why="long", limit=LONGEST)
    return Words(text=text)
