"""A whole file from bytes to rows: detection and reader. Runs in the limited child only."""

from collections.abc import Callable
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from services.journal.container import Container, UnsuitableError, container_of, has_macros
from services.journal.detect import (
    Glimpse,
    Verdict,
    detect,
    fitting,
    glimpse_of_text,
    glimpse_of_workbook,
    unknown,
)
from services.journal.loose_formats import LOOSE
from services.journal.readers.extract import Extract
from services.journal.readers.f12 import TemplateReader
from services.journal.readers.f13 import is_roster, read_f13
from services.journal.readers.loose import Given
from services.journal.readers.tables import Workbook, delimited, stem_of

Report = Callable[[int, int], None]
"""Called with rows read so far and rows in all."""

_MACROS = "в файле есть макросы: они не выполнялись и не сохранены"


def parse(name: str, content: bytes, zone: ZoneInfo, report: Report) -> Extract:
    """The rows of a file, or UnsuitableError with one sentence why there are none."""
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
    extract = _read(glimpse, detect(glimpse), content, zone, report)
    if container is not Container.TEXT and has_macros(content):
        extract.notes.append(_MACROS)
    return extract


def _read(
    glimpse: Glimpse, verdict: Verdict, content: bytes, zone: ZoneInfo, report: Report
) -> Extract:
    if verdict.format is None:
        raise UnsuitableError(sentence=unknown(glimpse))
    if verdict.format in LOOSE:
        return _read_loose(verdict.format, glimpse, verdict.confidence, zone, report)
    if verdict.format != "F12":
        return _read_by_pupil(verdict, content)
    total = sum(table.height for _, table in glimpse.recognised)
    reader = TemplateReader(zone, _Counter(report, total).add, verdict.confidence)
    extract = reader.read(glimpse.recognised)
    extract.notes += [f"лист «{name}» незнаком и пропущен" for name in glimpse.ignored]
    return extract


def _read_loose(
    kind: str, glimpse: Glimpse, confidence: float, zone: ZoneInfo, report: Report
) -> Extract:
    """Every table that looks like the format; others are named in the notes."""
    tables = fitting(LOOSE[kind], glimpse)
    counter = _Counter(report, sum(table.height for table in tables))
    extract = LOOSE[kind].read(Given(tables, glimpse.file, zone, confidence, counter.add))
    read = {table.name for table in tables}
    others = [table.name for _, table in glimpse.tables if table.height and table.name not in read]
    extract.notes += [f"лист «{name}» незнаком и пропущен" for name in others]
    return extract


def _read_by_pupil(verdict: Verdict, content: bytes) -> Extract:
    """Their library takes longer to load than most files to read: only where it is needed."""
    if not content.startswith(b"PK"):
        raise UnsuitableError(sentence="Этот отчёт читается только как .xlsx: сохраните его так.")
    from services.journal.readers import f1, f2  # noqa: PLC0415

    read = f1.read_f1 if verdict.format == "F1" else f2.read_f2
    return read(content, verdict.confidence)


@dataclass(slots=True)
class _Counter:
    report: Report
    total: int
    done: int = 0

    def add(self, rows: int) -> None:
        self.done += rows
        self.report(self.done, self.total)
