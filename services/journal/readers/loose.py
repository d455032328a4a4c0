"""Files whose layout is nobody's contract: what their readers are given, and what they gather."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from zoneinfo import ZoneInfo

from services.journal.container import UnsuitableError
from services.journal.readers.columns import Columns
from services.journal.readers.extract import Extract, Line
from services.journal.readers.tables import Table
from services.journal.readers.titles import Titles, titles_of

_LACKS = {
    "класс": "«Класс: 5А»",
    "предмет": "«Предмет: Алгебра»",
    "учебный год": "«Учебный год: 2026/2027»",
    "ученик": "«Ученик: Фамилия Имя»",
}


class LackError(Exception):
    """The file does not say what its rows need."""

    def __init__(self, *, lacks: Sequence[str]) -> None:
        super().__init__(" и ".join(lacks))
        self.lacks = tuple(lacks)

    @property
    def reason(self) -> str:
        return f"не сказано, какой это {self}"

    @property
    def sentence(self) -> str:
        shown = " и ".join(_LACKS[each] for each in self.lacks)
        return (
            f"В файле {self.reason}: впишите строкой над таблицей {shown}, "
            "назовите так файл или подпишите его, и пришлите снова."
        )


@dataclass(frozen=True, slots=True)
class Given:
    """``tables`` are those the format was recognised in; ``name`` is the file's, without ending."""

    tables: Sequence[Table]
    name: str
    zone: ZoneInfo
    confidence: float
    progress: Callable[[int], None]

    def titles(self, table: Table, columns: Columns) -> Titles:
        return titles_of(table.head[: columns.row], table.name, self.name)


@dataclass(slots=True)
class Gathering:
    """Rows of all tables of one file. A table that lacks what its rows need gives none."""

    extract: Extract
    lacking: list[LackError] = field(default_factory=list)

    def put(self, attribute: str, sheet: str, line: Line, number: int) -> None:
        """A row of the model goes as a plain tuple: only such pass to the parent."""
        self.extract.rows.setdefault(attribute, []).append(tuple(line))
        self.extract.numbers.setdefault(sheet, []).append(number)

    def refuse(self, sheet: str, number: int, reason: str) -> None:
        self.extract.refused.append((sheet, number, reason))

    def lack(self, table: Table, error: LackError) -> None:
        self.lacking.append(error)
        self.refuse(table.name, 0, error.reason)

    def done(self) -> Extract:
        """UnsuitableError where nothing at all was taken."""
        if any(self.extract.rows.values()):
            return self.extract
        if self.lacking:
            raise UnsuitableError(sentence=self.lacking[0].sentence)
        if not self.extract.refused:
            raise UnsuitableError(sentence="В файле нет ни одной заполненной строки.")
        return self.extract


def demand_said(titles: Titles, *needed: str) -> None:
    """LackError naming those of ``needed`` (класс, предмет, учебный год) that nothing says."""
    said = {"класс": titles.classes, "предмет": titles.subject, "учебный год": titles.year}
    lacks = [each for each in needed if not said[each]]
    if lacks:
        raise LackError(lacks=lacks)
