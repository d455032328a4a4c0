"""The journal of own duties as a document: a table of the month, and a place for signatures."""

from collections.abc import Sequence
from io import BytesIO

from docx import Document
from docx.document import Document as Made
from docx.enum.section import WD_ORIENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt
from docx.table import Table, _Cell, _Row

from bot.documents.order import FONT, UNKNOWN_DAY
from services.duties.duty import PrintedDuty

SIZE, SMALL = 12, 10
TITLE = "Журнал исполнения обязанностей администратора электронного журнала"
COLUMNS = (
    ("Пункт", 1.6),
    ("Что требовалось", 7.4),
    ("Срок", 2.6),
    ("Сделано", 2.6),
    ("Чем подтверждается", 11.5),
)
"""Widths are in centimetres of a landscape page."""
SIGNED = (
    "Администратор электронного журнала\t____________ / ____________________ /",
    "Директор\t____________ / ____________________ /",
)


def duties_document(school: str, month: str, lines: Sequence[PrintedDuty]) -> bytes:
    """A .docx that Word and LibreOffice open. The same rows give the same text."""
    document = Document()
    _page(document)
    _line(document, school or "_" * 40, centred=True)
    _line(document, TITLE, centred=True, bold=True, before=12)
    _line(document, month, centred=True)
    _line(document, "")
    table = document.add_table(rows=1, cols=len(COLUMNS))
    table.style = "Table Grid"
    table.autofit = False
    _fill(table.rows[0], [title for title, _ in COLUMNS], bold=True)
    _repeated(table)
    for line in lines:
        asked = f"{line.asked}\n{line.period}" if line.period else line.asked
        cells = [line.clause, asked, line.due, line.done, line.proofs]
        _fill(table.add_row(), cells)
    for words in SIGNED:
        _line(document, words, before=24)
    buffer = BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def _page(document: Made) -> None:
    section = document.sections[0]
    section.orientation = WD_ORIENT.LANDSCAPE
    section.page_width, section.page_height = Cm(29.7), Cm(21)
    section.left_margin = section.right_margin = Cm(2)
    section.top_margin = section.bottom_margin = Cm(1.5)
    style = document.styles["Normal"]
    style.font.name, style.font.size = FONT, Pt(SIZE)
    style.element.rPr.rFonts.set(qn("w:eastAsia"), FONT)
    style.paragraph_format.space_after = Pt(0)
    properties = document.core_properties
    properties.title, properties.author = TITLE, ""
    properties.created = properties.modified = UNKNOWN_DAY


def _line(
    document: Made, text: str, *, bold: bool = False, centred: bool = False, before: int = 0
) -> None:
    """A tab goes to where signatures begin."""
    paragraph = document.add_paragraph()
    paragraph.add_run(text).bold = bold
    paragraph.paragraph_format.space_before = Pt(before)
    paragraph.paragraph_format.tab_stops.add_tab_stop(Cm(12))
    if centred:
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER


def _fill(row: _Row, texts: Sequence[str], *, bold: bool = False) -> None:
    for cell, text, (_, width) in zip(row.cells, texts, COLUMNS, strict=True):
        cell.width = Cm(width)
        _write(cell, text, bold=bold)


def _write(cell: _Cell, text: str, *, bold: bool) -> None:
    """Each line of the text is a paragraph of its own."""
    for number, line in enumerate(text.split("\n")):
        paragraph = cell.paragraphs[0] if number == 0 else cell.add_paragraph()
        run = paragraph.add_run(line)
        run.bold, run.font.size = bold, Pt(SMALL)


def _repeated(table: Table) -> None:
    """The heading stands on every page."""
    properties = table.rows[0]._tr.get_or_add_trPr()  # noqa: SLF001  # there is no other way
    properties.append(OxmlElement("w:tblHeader"))
