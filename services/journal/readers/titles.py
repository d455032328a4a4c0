"""What stands above a table, or in the name of its sheet or file: class, subject, teacher, year."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TypeVar

from services.journal.cells import cell_text
from services.journal.container import UnsuitableError
from services.journal.dates import UnreadableError
from services.journal.model import Day
from services.journal.names import GRADES, cyrillic, name_key, normalise_class, normalise_name
from services.journal.readers.fields import study_group
from services.journal.readers.header import period_of
from services.journal.readers.subjects import subjects_in
from services.journal.readers.tables import Row

_Said = TypeVar("_Said")

_SEPARATOR = "\x1f"
_LABELS = (
    r"класс(?:ы)?|(?:учебный )?предмет|дисциплина|курс|(?:учебная )?(?:под)?группа"
    r"|(?:фио )?учител[ья]|преподаватель|педагог"
)
_LABELLED = re.compile(
    rf"(?<!\w)({_LABELS})\s*(?::\s*{_SEPARATOR}?|{_SEPARATOR})\s*([^{_SEPARATOR}\n;|]+?)\s*"
    rf"(?=[{_SEPARATOR}\n;|]|$|[\s,](?:{_LABELS})\s*:)",
    re.IGNORECASE,
)
_YEAR = re.compile(r"(?<!\d)(20\d\d)\s*[/\\–—-]\s*(?:20)?(\d\d)(?!\d)")
_LETTERED = re.compile(
    r"(?<![\w.№])(1[0-2]|[1-9])"
    r"(?: ?[-–]?[«\"“]?([А-ЯЁA-Z])[»\"”]?|[-–]?([а-ик-лн-фц-яёa-z]))(?!\w|/|\.\d)"
)
_GRADE = re.compile(
    r"(?<![\w.№-])(1[0-2]|[1-9])"
    r"(?:[- ]?[«\"“(]*([а-ик-лн-фц-яёa-z])(?![а-яё])[»\"”)]*|-?[а-я]{1,3})? ?"
    r"(?:класс|кл)(?:а|е|у|ы|ом|ов|ах)?(?!\w)",
    re.IGNORECASE,
)
_BETWEEN = re.compile(r"[,;/\n+]|\sи\s")
_LETTERS = re.compile(r"[^\W\d_]")
_MIXED = re.compile(r"[^\d]\d")
_TWO_GRADES = re.compile(r"\d\s*[-–—]\s*\d")


@dataclass(frozen=True, slots=True)
class Titles:
    """``""``, ``()`` and None are "not said"; ``classes`` are in one form."""

    classes: tuple[str, ...] = ()
    subject: str = ""
    study_group: str = ""
    teacher: str | None = None
    year: str | None = None
    period: tuple[Day, Day] | None = None


def titles_of(above: Sequence[Row], *names: str) -> Titles:
    """Rows above the header say first, then ``names`` (of the sheet, of the file) in their order.

    A name that can mean two subjects, or a year that two titles give differently, says nothing.
    """
    lines = [_SEPARATOR.join(filter(None, map(cell_text, row))) for row in above]
    labelled = dict(reversed([fact for line in (*lines, *names) for fact in _labelled(line)]))
    spoken = [" ".join(lines).replace(_SEPARATOR, " "), *(name.replace("_", " ") for name in names)]
    return Titles(
        classes=classes_of(labelled.get("класс", "")) or _first(map(_classes_in, spoken), ()),
        subject=labelled.get("предмет", "") or _first(map(_subject_in, spoken), ""),
        study_group=study_group(labelled.get("группа", "")),
        teacher=labelled.get("учитель") or None,
        year=_first(map(_year_in, spoken), None),
        period=_period(above),
    )


def classes_of(text: str) -> tuple[str, ...]:
    """«5А, 6Б», «5А;6Б», «5а и 5б», «5А,Б»; ``()`` where a part is no class."""
    found: list[str] = []
    for part in filter(str.strip, _BETWEEN.split(text)):
        bare = part.strip()
        if found and _LETTERS.fullmatch(bare):
            bare = found[-1].rstrip(_letters_of(found[-1])) + bare
        unit = None if _TWO_GRADES.search(bare) else normalise_class(bare)
        if unit is None or _MIXED.search(unit):
            return ()
        found.append(unit)
    return tuple(dict.fromkeys(found))


def _letters_of(class_unit: str) -> str:
    return "".join(filter(str.isalpha, class_unit))


def _labelled(line: str) -> Iterator[tuple[str, str]]:
    for found in _LABELLED.finditer(line):
        word = name_key(found[1])
        value = normalise_name(found[2].strip('«»"“” ,()'))
        if word.startswith("класс"):
            yield "класс", value
        elif word.endswith("группа"):
            yield "группа", value
        elif word.endswith(("предмет", "дисциплина", "курс")):
            yield "предмет", value
        else:
            yield "учитель", value


def _first(found: Iterable[_Said], nothing: _Said) -> _Said:
    return next(filter(None, found), nothing)


def _classes_in(text: str) -> tuple[str, ...]:
    """«5А», «5-а», «5 «А» класс», «для 7 класса» among other words; several are several."""
    whole = classes_of(text)
    if whole and all(len(_letters_of(unit)) == 1 for unit in whole):
        return whole
    found: dict[int, str] = {}
    for pattern in (_GRADE, _LETTERED):
        for each in pattern.finditer(text):
            letter = next(filter(None, each.groups()[1:]), "")
            found.setdefault(each.start(1), f"{int(each[1])}{cyrillic(letter.upper())}")
    units = [unit for _, unit in sorted(found.items()) if int(re.sub(r"\D", "", unit)) in GRADES]
    return tuple(dict.fromkeys(units))


def _subject_in(text: str) -> str:
    found = subjects_in(text)
    return next(iter(found)) if len(found) == 1 else ""


def _year_in(text: str) -> str | None:
    years = {
        f"{first}/{int(first) + 1}"
        for first, second in _YEAR.findall(text)
        if (int(first) + 1) % 100 == int(second)
    }
    return years.pop() if len(years) == 1 else None


def _period(above: Sequence[Row]) -> tuple[Day, Day] | None:
    try:
        return period_of(above)
    except UnreadableError as error:
        raise UnsuitableError(sentence=f"Файл не читается: {error}.") from None
