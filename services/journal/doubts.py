"""Files of which no format is sure: what they may be, and what a person said they are."""

from collections.abc import Mapping
from dataclasses import dataclass

from services.journal.container import UnsuitableError

NO_JOURNAL = "none"
"""Said of a table that is to be left alone."""

ANY_HEADER = ""
"""Whoever says one format for all doubtful files (the command line) says it under this header."""

Told = Mapping[str, str]
"""Formats, or NO_JOURNAL, by the fingerprints of headers (``services.journal.headers``)."""

NOTHING_TOLD: Told = {}


@dataclass(frozen=True, slots=True)
class Doubt:
    """``formats`` are what the file may be, the likeliest first; ``header`` is its fingerprint."""

    header: str
    formats: tuple[str, ...]


class DoubtError(UnsuitableError):
    """Not read: somebody who can see the file must say what it is."""

    def __init__(self, *, sentence: str, doubt: Doubt) -> None:
        super().__init__(sentence=sentence)
        self.doubt = doubt


class ToldError(UnsuitableError):
    """Not read under the format that was said of it, or said to be no journal."""

    def __init__(self, *, sentence: str, header: str) -> None:
        super().__init__(sentence=sentence)
        self.header = header
