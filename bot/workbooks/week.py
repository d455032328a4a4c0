"""The workbook of the weekly digest: the figures and the list behind every number."""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.workbooks.book import Book, Cell, Column, Kind
from bot.workbooks.lists import as_of_note, findings_sheet
from services.figures import FindingLine, Standing, Week
from services.listing import class_order

SUMMARY = (Column("Показатель", 46), Column("Значение", 40), Column("Изменение", 12))
UNSIGNED = (Column("Замена без подписи", 90, "long"),)
MISSING = (Column("Что не загружено", 90, "long"),)
STANDING = (
    Column("Полнота", 16, "share"),
    Column("Изменение", 12, "points"),
    Column("Своевременность", 18, "share"),
    Column("Накопляемость", 16, "share"),
    Column("Достоверность", 16, "share"),
    Column("Замечаний", 12, "whole"),
)
SHARE_COLUMNS = (1, 3, 4, 5)
SCALE = {
    "type": "3_color_scale",
    "min_type": "num",
    "min_value": 0.5,
    "min_color": "#E99231",
    "mid_type": "num",
    "mid_value": 0.9,
    "mid_color": "#FDF3DF",
    "max_type": "num",
    "max_value": 1,
    "max_color": "#BED8F0",
}


@dataclass(frozen=True, slots=True)
class Figure:
    """A line of the summary; ``value`` None is «нет данных», ``change`` None is not known."""

    name: str
    value: Cell
    kind: Kind = "long"
    change: float | None = None


def week_workbook(week: Week) -> bytes:
    """Sheets «Сводка», «Замечания», one a rule, «Классы», «Предметы», «МО», «Учителя»..."""
    book = Book(title=f"{week.school}: {week.first}–{week.last}")
    summary(book, week)
    findings_sheet(book, "Замечания", week.findings, as_of=week.as_of)
    rule_sheets(book, week)
    note = as_of_note(week.as_of)
    if week.parallels:
        standings(book, ("Параллели", "Параллель"), by_class(week.parallels), note=note)
    standings(book, ("Классы", "Класс"), by_class(week.classes), note=note)
    standings(book, ("Предметы", "Предмет"), week.subjects, note=note)
    standings(book, ("МО", "МО"), week.subject_groups, note=note)
    standings(book, ("Учителя", "Учитель"), week.teachers, note=note)
    if week.unsigned:
        unsigned: list[list[Cell]] = [[line] for line in week.unsigned]
        book.sheet("Замены без подписи", UNSIGNED, unsigned, note=note)
    book.sheet("Что не загружено", MISSING, missing(week), note=note)
    return book.finish()


def missing(week: Week) -> list[list[Cell]]:
    """A row a file; without any data «всё загружено» would be a lie."""
    named: list[list[Cell]] = [[line] for line in week.missing]
    return named or [["Всё загружено" if week.as_of else None]]


def summary(book: Book, week: Week) -> None:
    """A row a figure: its name, its value in its own kind, its change."""
    lines = [*about(week), *indices(week), *counts(week), *rules(week), *ahead(week)]
    sheet = book.sheet("Сводка", SUMMARY, [], note=as_of_note(week.as_of))
    for number, line in enumerate(lines, start=1):
        book.write(sheet, (number, 0), line.name, kind="long")
        book.write(sheet, (number, 1), line.value, kind=line.kind)
        change = "" if line.change is None else line.change
        points: Kind = "points" if line.kind == "share" else "delta"
        book.write(sheet, (number, 2), change, kind=points)
    sheet.autofilter(0, 0, len(lines), len(SUMMARY) - 1)


def about(week: Week) -> list[Figure]:
    return [
        Figure("Школа", week.school),
        Figure("Неделя", f"{week.first}–{week.last}"),
        Figure("Данные на", week.as_of or None),
    ]


def indices(week: Week) -> list[Figure]:
    named = (
        ("Полнота", week.indices.completeness),
        ("Своевременность", week.indices.timeliness),
        ("Накопляемость", week.indices.accumulation),
        ("Достоверность", week.indices.reliability),
    )
    return [Figure(name, index.value, kind="share", change=index.change) for name, index in named]


def counts(week: Week) -> list[Figure]:
    """Without data there is nothing to count, and a nought would be a lie."""
    flow = (
        ("Открыто за неделю", week.opened),
        ("Снято за неделю", week.closed),
        ("Просрочено", week.overdue),
    )
    numbers = (
        ("Замечаний всего", sum(rule.count for rule in week.rules)),
        *(line for line in flow if line[1] is not None or not week.as_of),
        ("Замены без подписи", week.unsigned_substitutions),
        ("Приказы по контингенту", week.roster_orders),
    )
    return [Figure(name, number if week.as_of else None, kind="whole") for name, number in numbers]


def rules(week: Week) -> list[Figure]:
    dated = [
        Figure(f"{rule.code} {rule.title}", rule.count, kind="whole", change=rule.change)
        for rule in week.rules
    ]
    return dated + [
        Figure(f"{rule.code} {rule.title} (открыто сейчас)", rule.count, kind="whole")
        for rule in week.courses
    ]


def ahead(week: Week) -> list[Figure]:
    """What comes next week, a line each."""
    controls = [Figure("Контрольная на следующей неделе", text) for text in week.next_controls]
    return [*controls, *(Figure("Срок на следующей неделе", text) for text in week.deadlines)]


def rule_sheets(book: Book, week: Week) -> None:
    """A sheet a rule that has findings, in the digest's order."""
    titles = {rule.code: f"{rule.code} {rule.title}" for rule in (*week.rules, *week.courses)}
    by_rule: dict[str, list[FindingLine]] = {code: [] for code in titles}
    for line in week.findings:
        by_rule.setdefault(line.rule, []).append(line)
    for code, lines in by_rule.items():
        if lines:
            findings_sheet(book, titles.get(code, code), lines, as_of=week.as_of)


def standings(book: Book, names: tuple[str, str], scopes: Sequence[Standing], *, note: str) -> None:
    """Indices of the scopes with a colour scale from orange (gaps) to blue (full)."""
    name, title = names
    rows = [standing_row(one) for one in scopes]
    sheet = book.sheet(name, [Column(title, 32), *STANDING], rows, note=note)
    for column in SHARE_COLUMNS:
        sheet.conditional_format(1, column, max(1, len(rows)), column, dict(SCALE))


def standing_row(scope: Standing) -> list[Cell]:
    values = scope.indices
    change = values.completeness.change
    return [
        scope.name,
        values.completeness.value,
        "" if change is None else change,
        values.timeliness.value,
        values.accumulation.value,
        values.reliability.value,
        scope.findings,
    ]


def by_class(scopes: Sequence[Standing]) -> list[Standing]:
    return sorted(scopes, key=lambda one: class_order(one.name))
