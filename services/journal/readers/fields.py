"""How one cell of the exchange template is read; blank cells never come here."""

import re
from collections.abc import Callable
from datetime import date, datetime

from services.journal.cells import cell_text
from services.journal.dates import Cell, UnreadableError
from services.journal.names import name_key, normalise_class, normalise_classes, normalise_name
from services.journal.readers.words import shown

Reader = Callable[[Cell], object]

_WHOLE_CLASS = frozenset({"весь", "веськласс", "класс", "все", "-", "–", "—", "нет"})
_LESSON = re.compile(r"(?:№\s*)?(\d{1,2})(?:[.]|\s*-?(?:й|ый|ий))?(?:\s*урок)?", re.IGNORECASE)
_ORDINAL = re.compile(r"(?:№\s*)?(\d{1,4})[.)]?")
_DECIMAL = re.compile(r"(\d{1,4})(?:[.,](\d{1,2}))?(?:\s*ч(?:\.|ас\w*)?)?")
_LAST_LESSON = 12
_LAST_PUPIL = 99


def text(raw: Cell) -> str:
    return cell_text(raw)


def name(raw: Cell) -> str:
    return normalise_name(cell_text(raw))


def class_unit(raw: Cell) -> str:
    found = normalise_class(cell_text(raw))
    if found is None:
        raise UnreadableError(reason=f"{shown(raw)} - не класс")
    return found


def study_group(raw: Cell) -> str:
    found = name(raw)
    return "" if name_key(found) in _WHOLE_CLASS else found


def classes(raw: Cell) -> str:
    """A list of classes; «2-9» that a spreadsheet took for 2 September is given back."""
    if isinstance(raw, (date, datetime)):
        raw = f"{raw.day}-{raw.month}"
    elif isinstance(raw, float) and not raw.is_integer():
        raise UnreadableError(
            reason="таблица превратила список классов в число: впишите его текстом"
        )
    found = normalise_classes(cell_text(raw))
    if found is None:
        raise UnreadableError(reason=f"{shown(raw)} - не список классов: нужно «1-4, 5А»")
    return found


def lesson_number(raw: Cell) -> int:
    return _whole(raw, _LESSON, 0, _LAST_LESSON, "номер урока")


def pupil_number(raw: Cell) -> int:
    return _whole(raw, _ORDINAL, 1, _LAST_PUPIL, "номер ученика")


def position(raw: Cell) -> int:
    return _whole(raw, _ORDINAL, 1, 9999, "номер")


def term_number(raw: Cell) -> int:
    return _whole(raw, _ORDINAL, 1, 4, "номер периода")


def _whole(raw: Cell, pattern: re.Pattern[str], low: int, high: int, what: str) -> int:
    """A whole number; the cell itself is not shown: a shifted column may hold names."""
    if isinstance(raw, float) and raw.is_integer():
        number = int(raw)
    else:
        found = pattern.fullmatch(cell_text(raw)) if isinstance(raw, (str, int)) else None
        if found is None or isinstance(raw, bool):
            raise UnreadableError(reason=f"нужен {what} от {low} до {high}")
        number = int(found[1])
    if not low <= number <= high:
        raise UnreadableError(reason=f"{what} {number} вне {low}-{high}")
    return number


def hundredths(raw: Cell) -> int:
    """«2», «2,5» or «0.5» in hundredths; a number that became a date is refused."""
    if isinstance(raw, (date, datetime)):
        raise UnreadableError(reason="таблица превратила число в дату: впишите его текстом")
    found = _DECIMAL.fullmatch(cell_text(raw)) if not isinstance(raw, bool) else None
    if found is None:
        raise UnreadableError(reason=f"{shown(raw)} - не число")
    return int(found[1]) * 100 + int((found[2] or "0").ljust(2, "0"))


def names(raw: Cell) -> tuple[str, ...]:
    """Names divided by commas, semicolons or lines."""
    parts = re.split(r"[,;\n]+", str(raw))
    return tuple(found for part in parts if (found := normalise_name(part)))
