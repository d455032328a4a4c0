"""A whole file from bytes to rows: detection and reader. Runs in the limited child only."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import NamedTuple
from zoneinfo import ZoneInfo

from services.journal.container import Container, UnsuitableError, container_of, has_macros
from services.journal.detect import (
    Glimpse,
    detect,
    fitting,
    glimpse_of_text,
    glimpse_of_workbook,
    likely,
    ranked,
    unknown,
)
from services.journal.doubts import (
    ANY_HEADER,
    NO_JOURNAL,
    NOTHING_TOLD,
    Doubt,
    DoubtError,
    Told,
    ToldError,
)
from services.journal.headers import fingerprint
from services.journal.loose_formats import LOOSE
from services.journal.readers.extract import Extract
from services.journal.readers.f12 import TemplateReader
from services.journal.readers.f13 import is_roster, read_f13
from services.journal.readers.loose import Given
from services.journal.readers.tables import Workbook, delimited, stem_of

Report = Callable[[int, int], None]
"""Called with rows read so far and rows in all."""

_MACROS = "в файле есть макросы: они не выполнялись и не сохранены"
_NO_JOURNAL = "Вы сказали, что это не журнал: такие таблицы я пропускаю."


def parse(
    name: str, content: bytes, zone: ZoneInfo, report: Report, told: Told = NOTHING_TOLD
) -> Extract:
    """The rows of a file, or UnsuitableError with one sentence why there are none.

    ``told`` is heeded where no detector is sure; nothing said, and something likely, is DoubtError.
    """
    container = container_of(content)
    if container is Container.ZIP and is_roster(content):
        return read_f13(content)
    if container is Container.MARKUP:
        from services.journal.readers.markup import MarkupBook  # noqa: PLC0415  # a large library

        glimpse = glimpse_of_workbook(MarkupBook(content), zone, stem_of(name))
    elif container is Container.TEXT:
        glimpse = glimpse_of_text(delimited(name, content), zone)
    else:
        glimpse = glimpse_of_workbook(Workbook(content), zone, stem_of(name))
    verdict = detect(glimpse)
    if verdict.format is None:
        extract = _read_told(glimpse, content, _Seeing(zone, report), told)
    else:
        extract = _read(verdict.format, glimpse, verdict.confidence, content, _Seeing(zone, report))
    if container is not Container.TEXT and has_macros(content):
        extract.notes.append(_MACROS)
    return extract


class _Seeing(NamedTuple):
    zone: ZoneInfo
    report: Report


def _read_told(glimpse: Glimpse, content: bytes, seeing: _Seeing, told: Told) -> Extract:
    """As the format that a person said of this header, or of any."""
    header = fingerprint([table for _, table in glimpse.tables])
    known = header if header in told else ANY_HEADER
    said = told.get(known)
    if said == NO_JOURNAL:
        raise ToldError(sentence=_NO_JOURNAL, header=known)
    confidence = dict(ranked(glimpse)).get(said, 0.0) if said else 0.0
    if said is None or not confidence:
        raise _doubt(glimpse, header)
    try:
        extract = _read(said, glimpse, confidence, content, seeing)
    except UnsuitableError as error:
        raise ToldError(sentence=str(error), header=known) from None
    extract.header = known
    return extract


def _doubt(glimpse: Glimpse, header: str) -> UnsuitableError:
    formats = likely(glimpse)
    if not formats:
        return UnsuitableError(sentence=unknown(glimpse))
    return DoubtError(sentence=unknown(glimpse), doubt=Doubt(header, formats))


def _read(
    kind: str, glimpse: Glimpse, confidence: float, content: bytes, seeing: _Seeing
) -> Extract:
    if kind in LOOSE:
        return _read_loose(kind, glimpse, confidence, seeing)
    if kind != "F12":
        return _read_by_pupil(kind, confidence, content)
    total = sum(table.height for _, table in glimpse.recognised)
    reader = TemplateReader(seeing.zone, _Counter(seeing.report, total).add, confidence)
    extract = reader.read(glimpse.recognised)
    extract.notes += [f"лист «{name}» незнаком и пропущен" for name in glimpse.ignored]
    return extract


def _read_loose(kind: str, glimpse: Glimpse, confidence: float, seeing: _Seeing) -> Extract:
    """Every table that looks like the format; others are named in the notes."""
    tables = fitting(LOOSE[kind], glimpse)
    counter = _Counter(seeing.report, sum(table.height for table in tables))
    extract = LOOSE[kind].read(Given(tables, glimpse.file, seeing.zone, confidence, counter.add))
    read = {table.name for table in tables}
    others = [table.name for _, table in glimpse.tables if table.height and table.name not in read]
    extract.notes += [f"лист «{name}» незнаком и пропущен" for name in others]
    return extract


def _read_by_pupil(kind: str, confidence: float, content: bytes) -> Extract:
    """Their library takes longer to load than most files to read: only where it is needed."""
    if not content.startswith(b"PK"):
        raise UnsuitableError(sentence="Этот отчёт читается только как .xlsx: сохраните его так.")
    from services.journal.readers import f1, f2  # noqa: PLC0415

    read = f1.read_f1 if kind == "F1" else f2.read_f2
    return read(content, confidence)


@dataclass(slots=True)
class _Counter:
    report: Report
    total: int
    done: int = 0

    def add(self, rows: int) -> None:
        self.done += rows
        self.report(self.done, self.total)
