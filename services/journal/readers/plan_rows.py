"""Rows of a calendar plan: items, and sections and sums that only look like them."""

import re
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from functools import cached_property

from services.journal.cells import cell_text
from services.journal.dates import UnreadableError, day
from services.journal.model import Day
from services.journal.readers import fields, words
from services.journal.readers.columns import Columns
from services.journal.readers.tables import Row

_SECTION = re.compile(
    r"\s*(?:(?:раздел|глава|модуль|блок|часть)\s*(?:№\s*)?(?:\d+|[ivxх]+)(?!\w)|раздел(?!\w)"
    r"|(?:[ivx]+|\d(?:-?[а-я]{1,2})?) (?:четверть|полугодие|триместр)(?!\w))", re.IGNORECASE,
)  # fmt: skip
_TOTAL = re.compile(r"\s*(?:итого|всего)(?!\w)", re.IGNORECASE)
_NUMBERS = re.compile(r"(?:№ ?)?\d{1,3}(?:\s*[,;–—-]\s*(?:№ ?)?\d{1,3})*[.)]?")
_FROM_TO = re.compile(r"\D*(\d+)\s*[–—-]\s*(\d+)\D*")
_CONTROL = re.compile(
    r"\s*(?:[\w-]+ ){0,2}(?:(?:контрольн|проверочн|лабораторн|практическ|самостоятельн)\w+ работ"
    r"|(?:диктант|сочинение|изложение|зач[её]т|тест)(?!\w)|[клспр]/[рд](?!\w))", re.IGNORECASE,
)  # fmt: skip
_ONE_HOUR = 100


@dataclass(frozen=True, slots=True)
class Item:
    """``number`` is the row in the file, ``hours`` are hundredths."""

    number: int
    position: int | None
    topic: str
    hours: int
    day: Day | None
    kind: str


@dataclass(frozen=True)
class Plan:
    """``rows`` are the rows of data with their numbers in the file."""

    columns: Columns
    rows: Sequence[tuple[int, Row]]

    @cached_property
    def counted(self) -> bool:
        """Whether any row says its hours."""
        return any(self._hours(row) is not None for _, row in self.rows)

    @cached_property
    def numbered(self) -> bool:
        return any(self._numbers(row) for _, row in self.rows)

    def items(self) -> Iterator[Item]:
        for place, (number, row) in enumerate(self.rows):
            topic, numbers = self.columns.text(row, "topic"), self._numbers(row)
            if not topic or _TOTAL.match(topic) or self._is_section(place):
                continue
            hours = self._hours(row) if self.counted else _ONE_HOUR * max(1, len(numbers))
            position = numbers[0] if numbers else None
            kind = self._kind(row, topic)
            yield Item(number, position, topic, hours or 0, self._day(row), kind)

    def unreadable(self) -> Iterator[tuple[int, str]]:
        """Numbered rows that have no topic, or hours that are no number; why."""
        for number, row in self.rows:
            if not self._numbers(row):
                continue
            if not self.columns.text(row, "topic"):
                yield number, "тема не заполнена"
            elif self.columns.text(row, "hours") and self._hours(row) is None:
                yield number, "часы - не число"

    def notes(self, items: Sequence[Item]) -> list[str]:
        found = []
        if items and not self.counted:
            found.append("часов в плане нет: строка считается одним уроком")
        without_day = {item.number for item in items if item.day is None}
        unread = sum(
            number in without_day and bool(self.columns.text(row, self._dated))
            for number, row in self.rows
        )
        if unread:
            found.append(f"дат без года или непонятных: {unread}, они не взяты")
        return found

    def _is_section(self, place: int) -> bool:
        """A topic without hours; with hours where they are the sum of the rows below."""
        _, row = self.rows[place]
        named = bool(_SECTION.match(self.columns.text(row, "topic")))
        if self._numbers(row):
            return self.counted and self._hours(row) is None
        if not self.counted:
            return self.numbered or named
        return named or self._hours(row) is None or (self.numbered and self._is_sum(place))

    def _is_sum(self, place: int) -> bool:
        below = 0
        for _, row in self.rows[place + 1 :]:
            if not self._numbers(row):
                break
            below += self._hours(row) or 0
        return below > 0 and below == self._hours(self.rows[place][1])

    def _numbers(self, row: Row) -> list[int]:
        """«12», «№1, 2» or «3-4»: the lessons that the row plans; ``[]`` for no number."""
        raw = self.columns.cell(row, "position")
        text = cell_text(raw)
        if not _NUMBERS.fullmatch(text):
            return []
        span = _FROM_TO.fullmatch(text)
        if span and int(span[1]) < int(span[2]):
            return list(range(int(span[1]), int(span[2]) + 1))
        return list(map(int, re.findall(r"\d+", text)))

    def _hours(self, row: Row) -> int | None:
        raw = self.columns.cell(row, "hours")
        with suppress(UnreadableError):
            return fields.hundredths(raw) if cell_text(raw) else None
        return None

    @property
    def _dated(self) -> str:
        return "planned" if "planned" in self.columns else "undecided"

    def _day(self, row: Row) -> Day | None:
        """The planned day; «12.09» has no year and stays unknown, the day of the fact is none."""
        with suppress(UnreadableError):
            return day(self.columns.cell(row, self._dated))
        return None

    def _kind(self, row: Row, topic: str) -> str:
        said = words.work_kind(self.columns.text(row, "kind"))
        return said or (words.work_kind(topic) if _CONTROL.match(topic) else "")
