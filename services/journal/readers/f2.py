"""F2: «Табель успеваемости», a row a subject, term and year marks under a three-row header."""

from collections.abc import Sequence
from dataclasses import dataclass

from services.journal.cells import cell_text, period_mark
from services.journal.dates import UnreadableError
from services.journal.names import normalise_name
from services.journal.readers.blocks import Block, Line, column_of, open_lines, read_blocks
from services.journal.readers.extract import Extract
from services.journal.readers.words import term_of

_WHOLE = {
    "год. оценка": ("год", 0), "годовая оценка": ("год", 0), "экз. оценка": ("экзамен", 0),
    "гос. экз. оценка": ("экзамен", 1), "итог. оценка": ("итог", 0), "итоговая оценка": ("итог", 0),
}  # fmt: skip
"""Marks over the year; the state examination is the second examination."""

_TERM_MARK = "итог"
_DEEPEST_HEADER = 6
_ALWAYS_THERE = "четверть", "полугодие", "триместр", "год"


@dataclass(frozen=True, slots=True)
class _Columns:
    subject: int
    marks: dict[int, tuple[str, int]]


def read_f2(content: bytes, confidence: float) -> Extract:
    extract = Extract("F2", confidence)
    rows: list[tuple[object, ...]] = []
    for title, lines in open_lines(content):
        for block in read_blocks(lines, extract):
            _read_block(title, block, rows, extract)
    extract.rows = {"term_marks": rows}
    return extract


def _read_block(title: str, block: Block, rows: list[tuple[object, ...]], extract: Extract) -> None:
    header = next(
        (n for n, line in enumerate(block.lines) if column_of(line, "предмет") is not None), None
    )
    if header is None:
        extract.refused.append((title, block.first - 1, "под учеником нет таблицы предметов"))
        return
    below = _below(block.lines, header)
    columns = _columns(block.lines[header:below])
    for offset, line in enumerate(block.lines[below:], below):
        subject = normalise_name(cell_text(line[columns.subject])) if len(line) > 1 else ""
        if not subject:
            return
        for place, term in columns.marks.items():
            try:
                mark = period_mark(line[place] if place < len(line) else None)
            except UnreadableError as error:
                extract.refused.append((title, block.first + offset, f"{subject}: {error}"))
                continue
            if mark != (None, "") or term[0] in _ALWAYS_THERE:
                rows.append((block.class_unit, subject, block.number, *term, *mark, None))


def _below(lines: Sequence[Line], header: int) -> int:
    """The first row under the header: its last row names the terms' «Итог» columns."""
    for index in range(header + 1, min(header + _DEEPEST_HEADER, len(lines))):
        if column_of(lines[index], _TERM_MARK) is not None:
            return index + 1
    return header + 1


def _columns(header: Sequence[Line]) -> _Columns:
    """Merged titles stand in their first cell only, so a term holds until the next one."""
    marks: dict[int, tuple[str, int]] = {}
    subject = column_of(header[0], "предмет") or 0
    for place, cell in enumerate(header[0]):
        whole = _WHOLE.get(cell_text(cell).casefold())
        if whole:
            marks[place] = whole
    for terms in header[1:-1]:
        marks.update(_term_columns(terms, header[-1]))
    return _Columns(subject, marks)


def _term_columns(terms: Line, below: Line) -> dict[int, tuple[str, int]]:
    found: dict[int, tuple[str, int]] = {}
    term: tuple[str, int] | None = None
    for place, cell in enumerate(below):
        if place < len(terms) and cell_text(terms[place]):
            term = _term(cell_text(terms[place]))
        if term and cell_text(cell).casefold() == _TERM_MARK:
            found[place] = term
    return found


def _term(title: str) -> tuple[str, int] | None:
    try:
        return term_of(title)
    except UnreadableError:
        return None
