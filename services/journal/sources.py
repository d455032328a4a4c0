"""Files read become the sources of one import."""

from collections.abc import Iterable

from services.journal.doubts import Told
from services.journal.imports import Source
from services.journal.previews import Remarks
from services.journal.reading import FileReading


def sources_of(readings: Iterable[FileReading]) -> list[Source]:
    """Those that could be read, in their order; the same content twice is one source."""
    found: dict[str, Source] = {}
    for each in readings:
        if each.batch is not None and each.format is not None:
            source = Source(each.name, each.sha256, each.format, each.batch)
            found.setdefault(each.sha256, source)
    return list(found.values())


def remarks_of(readings: Iterable[FileReading], told: Told) -> Remarks:
    """What could not be read; what was known by an answer given before, not ``told`` just now."""
    found = list(readings)
    return Remarks(
        unread=[(each.name, each.failure) for each in found if each.failure],
        familiar=[
            (each.name, each.header) for each in found if each.header and each.header not in told
        ],
    )
