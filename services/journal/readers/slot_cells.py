"""A cell of a timetable's grid: subjects with their groups, teachers and rooms."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from services.journal.cells import cell_text
from services.journal.dates import Cell
from services.journal.names import normalise_name
from services.journal.readers.groups import without_group

_WORD = r"[А-ЯЁ][а-яё]+(?:-[А-ЯЁ][а-яё]+)?"
_TEACHER = re.compile(
    rf"\(?(?<![А-Яа-яё])({_WORD}\s+[А-ЯЁ]\.\s?(?:[А-ЯЁ]\.?)?|[А-ЯЁ]\.\s?[А-ЯЁ]\.\s?{_WORD}"
    rf"|{_WORD} {_WORD} [А-ЯЁ][а-яё]+(?:вна|вич|ична|ьич|оглы|кызы))(?![А-Яа-яё])\)?"
)
_ROOM = re.compile(
    r"\(?(?<!\w)(?:(?:каб(?:инет)?|ауд)\.?\s*(?:№\s*)?(\w[\w/-]*)"
    r"|(с/з|спорт\w*\s?зал|акт\w*\s?зал|мастерск\w+)"
    r"|(?<!№ )(?<!№)(\d{2,3}[а-я]?)(?=\s*\)?\s*$))(?!\w)\)?",
    re.IGNORECASE,
)
_WRAPPED = re.compile(r"\s*\n\s*(?=[а-яё])")
_BREAK = re.compile(r"\n|\s*//?\s*|\s*[;|]\s*")
_SHIELDED = re.compile(r"(?i)(?<!\w)([псчм])/([гзрт])(?!\w)")
_EMPTY = re.compile(r"\(\s*\)")
_NOTHING = frozenset({"", "-", "–", "—", "окно", "нет", "x", "х"})


@dataclass(frozen=True, slots=True)
class Taught:
    """``study_group`` is ``""`` for the whole class."""

    subject: str
    study_group: str = ""
    teacher: str | None = None
    room: str | None = None


@dataclass(slots=True)
class _Part:
    subject: str
    group: str
    teachers: list[str] = field(default_factory=list)
    rooms: list[str] = field(default_factory=list)


def taught_in(raw: Cell) -> list[Taught]:
    """The lessons of a cell: one, or one a subgroup, «1» and «2» where the cell names none."""
    text = raw if isinstance(raw, str) else cell_text(raw)
    if cell_text(text).casefold() in _NOTHING:
        return []
    found = [each for part in _parts(text) for each in _split(part)]
    if len(found) > 1 and not any(each.study_group for each in found):
        return [replace(each, study_group=f"{place}") for place, each in enumerate(found, 1)]
    return found


def _parts(text: str) -> list[_Part]:
    """A piece with a subject begins a lesson; a teacher or a room alone joins the one before."""
    parts: list[_Part] = []
    for piece in _BREAK.split(_SHIELDED.sub("\\1\0\\2", _WRAPPED.sub(" ", text))):
        rest = cell_text(piece.replace("\0", "/"))
        teachers, rest = _cut(_TEACHER, rest)
        rooms, rest = _cut(_ROOM, rest)
        subject, group = without_group(_EMPTY.sub(" ", rest).strip(" ,.-–"))
        if subject or not parts:
            parts.append(_Part(subject, group))
        elif group and parts[-1].group:
            parts.append(_Part(parts[-1].subject, group))
        elif group:
            parts[-1].group = group
        parts[-1].teachers += [normalise_name(name) for name in teachers]
        parts[-1].rooms += rooms
    return [part for part in parts if part.subject]


def _cut(pattern: re.Pattern[str], text: str) -> tuple[list[str], str]:
    found = [next(filter(None, each.groups()), "") for each in pattern.finditer(text)]
    return found, pattern.sub(" ", text)


def _split(part: _Part) -> Iterator[Taught]:
    """Two teachers of one subject are two subgroups."""
    if len(part.teachers) <= 1:
        room = ", ".join(part.rooms) or None
        yield Taught(part.subject, part.group, next(iter(part.teachers), None), room)
        return
    for place, teacher in enumerate(part.teachers):
        room = part.rooms[place] if len(part.rooms) == len(part.teachers) else None
        yield Taught(part.subject, f"{place + 1}", teacher, room)
