"""The register of decisions as a workbook: one row a decision; what was said stays in the chat."""

from collections.abc import Sequence

from bot.workbooks.book import Book, Cell, Column
from handlers.decision_draft import SOURCES
from handlers.ports import Say, words
from services.decisions.decision import OwnerState, SourceKind, State
from services.decisions.register import Line, OwnerLine

TITLE = "Решения"
COLUMNS = (
    Column("№", 6, "whole"),
    Column("Решение", 48, "long"),
    Column("Исполнители", 36, "long"),
    Column("Срок", 11, "date"),
    Column("Состояние", 18, "long"),
    Column("Основание", 30, "long"),
    Column("Поручено", 11, "date"),
    Column("Кем поручено", 24, "long"),
    Column("Закрыто", 11, "date"),
)
STATES = {State.OPEN: "в работе", State.DONE: "исполнено, не закрыто", State.CLOSED: "закрыто"}
OVERDUE = "просрочено"
OWNERS = {
    OwnerState.ASKED: "не ответил(а)",
    OwnerState.ACCEPTED: "принято",
    OwnerState.CANNOT: "не успевает",
    OwnerState.DONE: "сделано",
    OwnerState.GONE: "выбыл(а)",
}
GONE = "коллега, который выбыл"
KINDS = {**SOURCES, SourceKind.DIGEST: words("Weekly digest")}


def decisions_workbook(lines: Sequence[Line], say: Say) -> bytes:
    late = sum(one.overdue for one in lines)
    book = Book(title=TITLE)
    note = f"Всего: {len(lines)}, просрочено: {late}"
    book.sheet(TITLE, COLUMNS, [_row(one, say) for one in lines], note=note)
    return book.finish()


def _row(line: Line, say: Say) -> list[Cell]:
    decision = line.decision
    closed = decision.closed_at
    return [
        decision.number,
        decision.text,
        "\n".join(_owner(one) for one in line.owners),
        f"{decision.day:%d.%m.%Y}",
        OVERDUE if line.overdue else STATES[decision.state],
        ": ".join(part for part in (say(KINDS[decision.source.kind]), _named(line)) if part),
        f"{decision.set_at.astimezone(line.zone):%d.%m.%Y}",
        line.setter,
        f"{closed.astimezone(line.zone):%d.%m.%Y}" if closed else "",
    ]


def _named(line: Line) -> str:
    source = line.decision.source
    return source.words or (f"№ {source.ref}" if source.ref else "")


def _owner(owner: OwnerLine) -> str:
    return f"{owner.name or GONE} – {OWNERS[owner.state]}"
