"""The grammar of a mark cell: «5», «4/5», «Б 3/3», «н/а», and what spreadsheets made of them."""

import re
from datetime import date, datetime
from typing import NamedTuple

from services.journal.dates import Cell, UnreadableError, month_of
from services.journal.model import ATTENDANCE_CODES
from services.journal.names import cyrillic, plain


class Mark(NamedTuple):
    """``value`` 1-5, or None with the ``code``; ``raw`` is the piece of the cell as written."""

    value: int | None
    code: str
    raw: str


class MarkCell(NamedTuple):
    """A cell's marks in their order and its attendance codes in theirs (a code may repeat)."""

    marks: tuple[Mark, ...]
    attendance: tuple[str, ...]


EMPTY = MarkCell((), ())

_WORDS = {
    "н/а": "н/а", "н\\а": "н/а", "на": "н/а", "н.а": "н/а", "н а": "н/а", "не атт": "н/а",
    "не аттестован": "н/а", "не аттестована": "н/а", "осв": "осв", "освобожден": "осв",
    "освобождена": "осв", "зач": "зач", "зачет": "зач", "зачтено": "зач", "незач": "незач",
    "незачет": "незач", "не зачет": "незач", "не зачтено": "незач", "б/ф": "б/ф", "дз": "дз",
}  # fmt: skip
_ABSENCES = {
    "н": "Н", "нб": "Н", "н/б": "Н", "нп": "Н", "неуважительная": "Н", "б": "Б", "болезнь": "Б",
    "болел": "Б", "болела": "Б", "у": "У", "ув": "У", "уп": "У", "уважительная": "У", "о": "О",
    "оп": "О", "опоздание": "О", "опоздал": "О", "опоздала": "О",
}  # fmt: skip
_DOTS = frozenset(".•·")
_VALUE = re.compile(r"([1-5])(?:[+\-–—=.]|[.,]\d{1,2})?")
_SEPARATOR = re.compile(r"[\s/\\;]+")
_TEXT_DATE = re.compile(r"(\d{1,2})[. -]([а-я]{3,8})\.?(?:[. -](?:\d{4}|\d{2}))?")
_FULL_DATE = re.compile(r"(?:(\d{1,2})\.(\d{1,2})\.\d{4}|\d{4}-(\d\d)-(\d\d)(?: 00:00:00)?)")
_BEST = 5
_LONGEST = 16


def mark_cell(raw: Cell) -> MarkCell:
    """What stands in the cell; text that is no mark is kept as a code. UnreadableError: a date."""
    damaged = _damaged(raw)
    if damaged is not None:
        return _given_back(*damaged)
    text = cell_text(raw)
    if not text:
        return EMPTY
    key = _key(text)
    if key in _WORDS:
        return MarkCell((Mark(None, _WORDS[key], text),), ())
    if key in _ABSENCES:
        return MarkCell((), (_ABSENCES[key],))
    return _pieces(text)


def _pieces(text: str) -> MarkCell:
    marks: list[Mark] = []
    codes: list[str] = []
    for piece in _SEPARATOR.split(_shield(text)):
        whole = piece.replace("\0", "/").rstrip(",")
        if not whole:
            continue
        absence = _ABSENCES.get(_key(whole))
        if absence:
            codes.append(absence)
        else:
            marks.append(_mark(whole))
    return MarkCell(tuple(marks), tuple(codes))


def _shield(text: str) -> str:
    """Words that have a slash of their own («н/а 5») are not to be split at it."""
    return re.sub(r"(?i)(?<!\w)([нбH])[/\\]([абфa])(?!\w)", "\\1\0\\2", text)


def _mark(piece: str) -> Mark:
    found = _VALUE.fullmatch(piece)
    if found:
        return Mark(int(found[1]), "", piece)
    if len(piece) > _LONGEST:
        raise UnreadableError(reason="не отметка")
    if piece in _DOTS:
        return Mark(None, ".", piece)
    return Mark(None, _WORDS.get(_key(piece), piece), piece)


def _key(text: str) -> str:
    lowered = cyrillic(text).casefold().replace("ё", "е")
    return lowered if lowered in _DOTS else lowered.rstrip(". ")


def cell_text(raw: Cell) -> str:
    """The cell as a person sees it: 5.0 is «5»."""
    if raw is None:
        return ""
    if isinstance(raw, bool):
        return "да" if raw else "нет"
    if isinstance(raw, float):
        return str(int(raw)) if raw.is_integer() else f"{raw:.10g}"
    return plain(raw if isinstance(raw, str) else str(raw))


def attendance_code(raw: Cell) -> str:
    """One of Н, Б, У, О, or ``""`` for an empty cell; UnreadableError for anything else."""
    text = cell_text(raw)
    if not text:
        return ""
    code = _ABSENCES.get(_key(text))
    if code is None:
        raise UnreadableError(reason=f"нужен один из кодов {', '.join(ATTENDANCE_CODES)}")
    return code


def _damaged(raw: Cell) -> tuple[int, int] | None:
    """Day and month of a mark that a spreadsheet took for a date."""
    if isinstance(raw, (date, datetime)):
        return raw.day, raw.month
    if not isinstance(raw, str):
        return None
    text = raw.strip().casefold()
    full = _FULL_DATE.fullmatch(text)
    if full:
        return int(full[1] or full[4]), int(full[2] or full[3])
    words = _TEXT_DATE.fullmatch(text)
    if words is None:
        return None
    try:
        return int(words[1]), month_of(words[2])
    except UnreadableError:
        return None


def _given_back(first: int, second: int) -> MarkCell:
    """5 April was «5/4». Source: how a Russian spreadsheet reads «5/4» and «3.5»."""
    if first > _BEST or second > _BEST:
        reason = f"таблица превратила отметку в дату {first:02}.{second:02}: впишите её текстом"
        raise UnreadableError(reason=reason)
    return MarkCell((Mark(first, "", str(first)), Mark(second, "", str(second))), ())


def period_mark(raw: Cell) -> tuple[int | None, str]:
    """Value and code of «Итоги»: ``(None, "")`` for an empty cell; two marks are unreadable."""
    cell = mark_cell(raw)
    if len(cell.marks) + len(cell.attendance) > 1:
        raise UnreadableError(reason="в клетке больше одной отметки")
    for mark in cell.marks:
        return mark.value, mark.code
    return None, cell.attendance[0] if cell.attendance else ""
