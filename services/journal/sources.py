"""Files read become the sources of one import."""

from collections.abc import Iterable

from services.journal.imports import Source
from services.journal.reading import FileReading


def sources_of(readings: Iterable[FileReading]) -> list[Source]:
    """Those that could be read, in their order; the same content twice is one source."""
    found: dict[str, Source] = {}
    for each in readings:
        if each.batch is not None and each.format is not None:
            source = Source(each.name, each.sha256, each.format, each.batch)
            found.setdefault(each.sha256, source)
    return list(found.values())
