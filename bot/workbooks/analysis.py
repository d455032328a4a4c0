"""The workbook of an analysis: its figures and the list behind every number."""

from collections.abc import Sequence

from bot.workbooks.book import Book, Cell, Column, Kind
from bot.workbooks.lists import as_of_note, findings_sheet
from bot.workbooks.week import by_class, missing, rule_sheets, standings
from services.analyses.view import Analysis, Compared, Course, Marks, Programme, Remarks

SUMMARY = (
    Column("Показатель", 46, "long"),
    Column("Сейчас", 16),
    Column("Прошлый период", 16),
    Column("Изменение", 12),
    Column("Год назад", 16),
)
TEXT = (Column("Раздел", 18), Column("Текст", 100, "long"))
LATENESS = (
    Column("Неделя", 16),
    Column("Уроков оценено", 14, "whole"),
    Column("В срок", 12, "whole"),
    Column("Не в срок, %", 14, "share"),
)
REPEATED = (
    Column("Учитель", 34),
    Column("Правило", 34),
    Column("Недель", 10, "whole"),
    Column("Замечаний", 12, "whole"),
)
WORKS = (
    Column("Класс", 10),
    Column("Работ", 10, "whole"),
    Column("Больше всего в неделю", 16, "whole"),
)
LAGS = (
    Column("Класс", 10),
    Column("Предмет", 26),
    Column("Группа", 14),
    Column("Учитель", 34),
    Column("По плану, ч", 12),
    Column("Проведено", 12, "whole"),
    Column("Отстаёт, ч", 12),
)
PROGRAMME = (
    Column("Класс", 10),
    Column("По плану, ч", 14),
    Column("Проведено, ч", 14),
    Column("Выполнение", 14, "share"),
)
MARKS = (
    Column("Где", 14),
    Column("Название", 34),
    Column("Учеников", 11, "whole"),
    Column("5", 8, "whole"),
    Column("4", 8, "whole"),
    Column("3", 8, "whole"),
    Column("2", 8, "whole"),
    Column("н/а", 8, "whole"),
    Column("Успеваемость", 14, "share"),
    Column("Качество", 14, "share"),
    Column("СОУ", 14, "share"),
)
REMARKS = (
    Column("Кто", 34),
    Column("Замечаний", 12, "whole"),
    Column("По правилам", 70, "long"),
)
METHOD = (
    Column("Код", 8),
    Column("Правило", 40),
    Column("Версия паспорта", 10, "whole"),
    Column("Пункт локального акта", 50, "long"),
)


def analysis_workbook(analysis: Analysis) -> bytes:
    """Sheets «Сводка», «Справка», «Замечания», one a rule, and one for each table."""
    week = analysis.figures
    book = Book(title=f"{week.school}: {analysis.title}")
    note = as_of_note(week.as_of)
    summary(book, analysis, note=note)
    book.sheet("Справка", TEXT, drafted(analysis), note=note)
    findings_sheet(book, "Замечания", week.findings, as_of=week.as_of)
    rule_sheets(book, week)
    standings(book, ("Классы", "Класс"), by_class(week.classes), note=note)
    standings(book, ("Предметы", "Предмет"), week.subjects, note=note)
    standings(book, ("МО", "МО"), week.subject_groups, note=note)
    standings(book, ("Учителя", "Учитель"), week.teachers, note=note)
    if analysis.achievement is not None:
        book.sheet("Успеваемость", MARKS, achievement(analysis), note=note)
    tables(book, analysis, note=note)
    book.sheet("Правила", METHOD, method(analysis), note=note)
    return book.finish()


def tables(book: Book, analysis: Analysis, *, note: str) -> None:
    lateness: list[list[Cell]] = [
        [one.week, one.judged, one.in_time, one.late] for one in analysis.lateness
    ]
    repeated: list[list[Cell]] = [
        [one.teacher, f"{one.rule} {one.title}", one.weeks, one.findings]
        for one in analysis.repeated
    ]
    works: list[list[Cell]] = [[one.name, one.works, one.most] for one in analysis.works]
    book.sheet("По неделям", LATENESS, lateness, note=note)
    book.sheet("Повторяются", REPEATED, repeated, note=note)
    book.sheet("Контрольные", WORKS, works, note=note)
    total = [*analysis.programme, analysis.programme_total]
    book.sheet("Программа", PROGRAMME, [programme(one) for one in total], note=note)
    book.sheet("Отставание", LAGS, [course(one) for one in analysis.lags], note=note)
    teachers = [*analysis.teacher_remarks, *_clean(analysis.clean_teachers)]
    book.sheet("С замечаниями", REMARKS, [remarks(one) for one in teachers], note=note)
    book.sheet("Что не загружено", TEXT[1:], missing(analysis.figures), note=note)


def summary(book: Book, analysis: Analysis, *, note: str) -> None:
    """A row a figure, each in its own kind: a share or a count."""
    sheet = book.sheet("Сводка", SUMMARY, [], note=note)
    about: list[tuple[str, Cell]] = [
        ("Школа", analysis.figures.school),
        ("Период", analysis.title),
        ("Данные на", analysis.figures.as_of or None),
        ("Прошлый период", analysis.previous or None),
    ]
    for number, (name, value) in enumerate(about, start=1):
        book.write(sheet, (number, 0), name, kind="long")
        book.write(sheet, (number, 1), value, kind="long")
    for number, row in enumerate(analysis.compared, start=len(about) + 1):
        for column, (cell, kind) in enumerate(compared(row)):
            book.write(sheet, (number, column), cell, kind=kind)
    sheet.autofilter(0, 0, len(about) + len(analysis.compared), len(SUMMARY) - 1)


def compared(row: Compared) -> list[tuple[Cell, Kind]]:
    kind: Kind = "share" if row.unit == "share" else "whole"
    change: Kind = "points" if row.unit == "share" else "delta"
    return [
        (row.name, "long"),
        (row.now, kind),
        (row.before, kind),
        ("" if row.change is None else row.change, change),
        (row.year, kind),
    ]


def drafted(analysis: Analysis) -> list[list[Cell]]:
    parts = (
        ("Выводы", analysis.drafted.conclusions),
        ("Рекомендации", analysis.drafted.recommendations),
        ("Проект решения", analysis.drafted.decision),
    )
    return [[name, sentence] for name, sentences in parts for sentence in sentences]


def achievement(analysis: Analysis) -> list[list[Cell]]:
    """Of classes and the school pupils are counted, of the rest marks."""
    found = analysis.achievement
    if found is None:
        return []
    scopes: Sequence[tuple[str, Sequence[Marks]]] = (
        ("Школа", [found.school]),
        ("Класс", found.classes),
        ("Предмет", found.subjects),
        ("МО", found.subject_groups),
        ("Учитель", found.teachers),
    )
    return [[name, *marks(one)] for name, rows in scopes for one in rows]


def marks(one: Marks) -> list[Cell]:
    return [
        one.name,
        "" if one.pupils is None else one.pupils,
        one.five,
        one.four,
        one.three,
        one.two,
        one.unattested,
        one.success,
        one.quality,
        one.sou,
    ]


def programme(one: Programme) -> list[Cell]:
    return [one.name or "Всего", one.planned, one.done, one.share]


def course(one: Course) -> list[Cell]:
    return [
        one.class_unit,
        one.subject,
        one.study_group,
        one.teacher,
        one.planned,
        one.held,
        one.lag,
    ]


def remarks(one: Remarks) -> list[Cell]:
    return [one.name, one.findings, one.rules]


def method(analysis: Analysis) -> list[list[Cell]]:
    return [[one.code, one.title, one.version, one.clause] for one in analysis.method]


def _clean(names: Sequence[str]) -> list[Remarks]:
    return [Remarks(name=name, findings=0, rules="без замечаний") for name in names]
