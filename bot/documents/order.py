"""The draft of an order (приказ) from decisions or an analysis: blanks are filled in by hand."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from io import BytesIO

from docx import Document
from docx.document import Document as Made
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml.ns import qn
from docx.shared import Cm, Pt

from services.analyses.view import Analysis
from services.decisions.decision import SourceKind
from services.decisions.register import Line

FONT, SIZE = "Times New Roman", 14
UNKNOWN_DAY = datetime(2000, 1, 1, tzinfo=UTC)
SIGNED = 10
"""Rows of the acknowledgement sheet, at least."""
PURPOSE = "В целях полного и своевременного ведения электронного журнала"
KINDS = {
    SourceKind.COUNCIL: "протокол педагогического совета",
    SourceKind.ANALYSIS: "аналитическая справка",
    SourceKind.FINDING: "замечание",
    SourceKind.DIGEST: "сводка",
}


@dataclass(frozen=True, slots=True)
class Item:
    """What is ordered, of whom, by when; ``day`` None is «постоянно».

    ``owners`` None: the text itself says who and when.
    """

    text: str
    owners: Sequence[str] | None
    day: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """``grounds`` are what it rests on, in words («протокол № 5 от 12.11.2026»)."""

    school: str
    items: Sequence[Item]
    grounds: Sequence[str] = field(default_factory=list)
    title: str = "О мерах по ведению электронного журнала"


def order_of(school: str, lines: Sequence[Line]) -> Order:
    """Decisions as the items of one order."""
    items = [
        Item(
            one.decision.text, [owner.name for owner in one.owners if owner.name], one.decision.day
        )
        for one in lines
    ]
    grounds = dict.fromkeys(
        f"{KINDS[one.decision.source.kind]} {_named(one)}".strip()
        for one in lines
        if one.decision.source.kind in KINDS
    )
    return Order(school=school, items=items, grounds=list(grounds))


def order_on(analysis: Analysis, named: str, lines: Sequence[Line]) -> Order:
    """What an analysis drafts as its decision, then what was assigned on it."""
    drafted = [Item(text, None) for text in analysis.drafted.decision]
    return Order(
        school=analysis.figures.school,
        items=[*drafted, *order_of("", lines).items],
        grounds=[f"{KINDS[SourceKind.ANALYSIS]} {named}"],
        title=f"Об итогах проверки электронного журнала: {analysis.title}",
    )


def order_document(order: Order) -> bytes:
    """A .docx that Word and LibreOffice open. The same order gives the same text."""
    document = Document()
    _page(document)
    _line(document, order.school or "_" * 40, bold=True, centred=True)
    _line(document, "ПРИКАЗ", bold=True, centred=True, before=18)
    _line(document, "«____» ______________ 20___ г.\t№ ________", before=12)
    _line(document, order.title, bold=True, before=12)
    _line(document, f"{_preamble(order)} ПРИКАЗЫВАЮ:", before=12, indented=True)
    for number, item in enumerate(order.items, 1):
        _line(document, f"{number}. {_item(item)}", indented=True)
    last = len(order.items) + 1
    _line(document, f"{last}. Контроль за исполнением приказа оставляю за собой.", indented=True)
    _line(document, "Директор\t____________ / ____________________ /", before=30)
    _acknowledged(document, order)
    buffer = BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def _named(line: Line) -> str:
    source = line.decision.source
    return source.words or (f"№ {source.ref}" if source.ref else "")


def _preamble(order: Order) -> str:
    if not order.grounds:
        return PURPOSE
    return f"{PURPOSE}, на основании: {'; '.join(order.grounds)},"


def _item(item: Item) -> str:
    text = item.text if item.text.endswith((".", "!", "?")) else f"{item.text}."
    if item.owners is None:
        return text
    who = ", ".join(item.owners) or "____________________"
    many = "Ответственные" if len(item.owners) > 1 else "Ответственный"
    until = f"до {item.day:%d.%m.%Y}" if item.day else "постоянно"
    return f"{text} {many}: {who}. Срок: {until}."


def _page(document: Made) -> None:
    section = document.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin, section.right_margin = Cm(3), Cm(1.5)
    section.top_margin = section.bottom_margin = Cm(2)
    style = document.styles["Normal"]
    style.font.name, style.font.size = FONT, Pt(SIZE)
    style.element.rPr.rFonts.set(qn("w:eastAsia"), FONT)
    style.paragraph_format.space_after = Pt(0)
    properties = document.core_properties
    properties.title, properties.author = "Проект приказа", ""
    properties.created = properties.modified = UNKNOWN_DAY


def _line(
    document: Made,
    text: str,
    *,
    bold: bool = False,
    centred: bool = False,
    indented: bool = False,
    before: int = 0,
) -> None:
    """A tab goes to the right edge."""
    paragraph = document.add_paragraph()
    paragraph.add_run(text).bold = bold
    form = paragraph.paragraph_format
    form.space_before = Pt(before)
    form.tab_stops.add_tab_stop(Cm(8.5))
    if centred:
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    if indented:
        paragraph.alignment = WD_ALIGN_PARAGRAPH.JUSTIFY
        form.first_line_indent = Cm(1.25)


def _acknowledged(document: Made, order: Order) -> None:
    """Who has to sign is named; the other rows are blank."""
    _line(document, "С приказом ознакомлены:", before=30)
    names = list(dict.fromkeys(name for item in order.items for name in item.owners or []))
    rows = names + [""] * (SIGNED - len(names))
    table = document.add_table(rows=1, cols=3)
    table.style = "Table Grid"
    for cell, title in zip(table.rows[0].cells, ("Фамилия, имя", "Подпись", "Дата"), strict=True):
        cell.text = title
    for name in rows:
        table.add_row().cells[0].text = name
