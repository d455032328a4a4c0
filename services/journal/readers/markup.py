"""Web pages and XML tables that call themselves .xls: their tables of cells."""

import re
from collections.abc import Iterator
from datetime import datetime
from itertools import count

from lxml import etree, html

from services.journal.cells import cell_text
from services.journal.container import UnsuitableError
from services.journal.dates import Cell
from services.journal.guard import MAX_COLUMNS, MAX_ROWS, TOO_WIDE
from services.journal.names import plain
from services.journal.readers.tables import Table

_SPREADSHEET = "{urn:schemas-microsoft-com:office:spreadsheet}"
_BROKEN = "Файл не читается: веб-страница повреждена, выгрузите её ещё раз."
_NO_TABLE = "Это веб-страница без таблицы: выгрузите отчёт ещё раз или пришлите .xlsx."
_DECLARED = re.compile(rb"charset\s*=|encoding\s*=", re.IGNORECASE)
_SAMPLE = 2048
_TOO_LONG = 9
_BREAKS = frozenset({"br", "p", "div", "li"})

Rows = list[list[Cell]]


class MarkupBook:
    """The tables of one page; text between them stands above the next as titles."""

    def __init__(self, content: bytes) -> None:
        sheets = dict(_xml_sheets(content) if _is_spreadsheet(content) else _page_tables(content))
        self._sheets = {name: rows for name, rows in sheets.items() if rows}
        if not self._sheets:
            raise UnsuitableError(sentence=_NO_TABLE)
        self.names = list(self._sheets)

    def table(self, name: str) -> Table:
        rows = self._sheets[name]
        width = max(map(len, rows))
        if len(rows) > MAX_ROWS or width > MAX_COLUMNS:
            raise UnsuitableError(sentence=TOO_WIDE)
        padded = ([*row, *[""] * (width - len(row))] for row in rows)
        return Table(name, padded, len(rows))


def _is_spreadsheet(content: bytes) -> bool:
    return b"urn:schemas-microsoft-com:office:spreadsheet" in content[:_SAMPLE] and (
        b"<Workbook" in content[:_SAMPLE] or b":Workbook" in content[:_SAMPLE]
    )


# -- pages -----------------------------------------------------------------------------------------


def _page_tables(content: bytes) -> Iterator[tuple[str, Rows]]:
    numbers = count(1)
    above: Rows = []
    for element in _page(content).iter():
        if element.tag == "table" and not element.findall(".//table"):
            yield f"Таблица {next(numbers)}", above + _rows(element)
            above = []
        elif element.tag in {"h1", "h2", "h3", "h4", "h5", "caption", "p", "b", "div", "span"}:
            text = plain(element.text or "")
            if text and next(element.iterancestors("table"), None) is None:
                above.append([text])


def _page(content: bytes) -> html.HtmlElement:
    encoding = None
    if not _DECLARED.search(content[:_SAMPLE]):
        encoding = "utf-8" if _is_utf8(content) else "cp1251"
    parser = html.HTMLParser(encoding=encoding, no_network=True, remove_comments=True)
    try:
        return html.document_fromstring(content, parser=parser)
    except (etree.LxmlError, ValueError, LookupError):
        raise UnsuitableError(sentence=_BROKEN) from None


def _is_utf8(content: bytes) -> bool:
    try:
        content.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def _rows(table: html.HtmlElement) -> Rows:
    """A cell over several rows or columns stands in the first of them only."""
    rows: Rows = []
    below: dict[int, int] = {}
    for line in table.iter("tr"):
        row: list[Cell] = []
        for cell in line.iterchildren("td", "th"):
            while below.get(len(row), 0) > len(rows):
                row.append("")
            wide, high = _span(cell, "colspan"), _span(cell, "rowspan")
            below.update((len(row) + place, len(rows) + high) for place in range(wide))
            row += [_text(cell), *[""] * (wide - 1)]
            if len(row) > MAX_COLUMNS:
                raise UnsuitableError(sentence=TOO_WIDE)
        rows.append(row)
    return rows


def _span(cell: html.HtmlElement, name: str) -> int:
    text = cell.get(name) or "1"
    return (
        max(1, min(int(text), MAX_COLUMNS + 1)) if text.isdecimal() and len(text) < _TOO_LONG else 1
    )


def _text(cell: html.HtmlElement) -> str:
    """The cell's words; its line breaks stay."""
    pieces: list[str] = []
    for element in cell.iter():
        if isinstance(element.tag, str) and element.tag in _BREAKS:
            pieces.append("\n")
        pieces += [element.text or "", (element.tail or "") if element is not cell else ""]
    lines = map(plain, "".join(pieces).split("\n"))
    return "\n".join(filter(None, lines))


# -- XML spreadsheets ------------------------------------------------------------------------------


def _xml_sheets(content: bytes) -> Iterator[tuple[str, Rows]]:
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
    try:
        root = etree.fromstring(content, parser)
    except (etree.LxmlError, ValueError):
        raise UnsuitableError(sentence=_BROKEN) from None
    for place, sheet in enumerate(root.iter(f"{_SPREADSHEET}Worksheet"), 1):
        name = sheet.get(f"{_SPREADSHEET}Name") or f"Лист{place}"
        yield name, list(_xml_rows(sheet))


def _xml_rows(sheet: etree._Element) -> Iterator[list[Cell]]:
    given = 0
    for line in sheet.iter(f"{_SPREADSHEET}Row"):
        index = _index(line, given + 1, MAX_ROWS)
        for _ in range(given + 1, index):
            yield []
        given = index
        row: list[Cell] = []
        for cell in line.iterchildren(f"{_SPREADSHEET}Cell"):
            row += [""] * (_index(cell, len(row) + 1, MAX_COLUMNS) - 1 - len(row))
            row.append(_xml_value(cell))
            row += [""] * min(_number(cell.get(f"{_SPREADSHEET}MergeAcross")), MAX_COLUMNS)
        if len(row) > MAX_COLUMNS:
            raise UnsuitableError(sentence=TOO_WIDE)
        yield row


def _index(element: etree._Element, following: int, most: int) -> int:
    found = _number(element.get(f"{_SPREADSHEET}Index"))
    if max(found, following) > most:
        raise UnsuitableError(sentence=TOO_WIDE)
    return max(found, following)


def _number(text: str | None) -> int:
    return int(text) if text and text.isdecimal() and len(text) < _TOO_LONG else 0


def _xml_value(cell: etree._Element) -> Cell:
    data = cell.find(f"{_SPREADSHEET}Data")
    if data is None:
        return ""
    text = "".join(map(str, data.itertext()))
    kind = data.get(f"{_SPREADSHEET}Type")
    try:
        if kind == "DateTime":
            return datetime.fromisoformat(text)
        return float(text) if kind == "Number" else text
    except ValueError:
        return cell_text(text)
