"""The sheets of the exchange template: their columns, keys and order. Source: FORMATS.md, F12."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import NamedTuple
from zoneinfo import ZoneInfo

from services.journal import cells, dates, model
from services.journal.dates import Cell
from services.journal.readers import fields, words
from services.journal.readers.fields import Reader


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """One value of a row. ``blank`` is what an empty cell means, ``absent`` a missing column.

    A blank cell of a column with ``must`` refuses its row.
    """

    title: str
    read: Reader
    required: bool = False
    must: bool = False
    blank: object = None
    absent: object = None
    synonyms: tuple[str, ...] = ()


def _must(title: str, read: Reader, *synonyms: str) -> Column:
    return Column(title=title, read=read, required=True, must=True, synonyms=synonyms)


def _may(title: str, read: Reader, *synonyms: str, empty: object = None) -> Column:
    return Column(title=title, read=read, blank=empty, absent=empty, synonyms=synonyms)


class Span(NamedTuple):
    """Two columns of a row that must not stand in the wrong order."""

    first: int
    last: int
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """``key`` are the columns that tell one row from another, None where the whole row does.

    ``repeats`` are legal where equal rows are two facts.
    """

    title: str
    attribute: str
    columns: tuple[Column, ...]
    key: tuple[int, ...] | None = None
    span: Span | None = None
    repeats: bool = False

    @property
    def required(self) -> list[str]:
        return [column.title for column in self.columns if column.required]


TITLES = (
    "Периоды", "Каникулы", "Звонки", "Предметы", "Группы", "Сотрудники", "Ученики", "Нагрузка",
    "Расписание", "Замены", "КТП", "Уроки", "Отметки", "Посещаемость", "Итоги",
)  # fmt: skip

_CLASS = _must("Класс", fields.class_unit)
_SUBJECT = _must("Предмет", fields.name)
_DAY = _must("Дата", dates.day)
_LESSON = _must("Урок", fields.lesson_number, "№ урока", "Номер урока")
_PUPIL = _must("№", fields.pupil_number, "№ п/п", "Номер")
_TEACHER = _must("Учитель", fields.name, "ФИО учителя", "Преподаватель")
_GROUP = _may("Группа", fields.study_group, "Подгруппа", empty=model.WHOLE_CLASS)
_CLASSES = _may("Классы", fields.classes, empty="")
_FROM = _may("С", dates.day, empty=model.FIRST_DAY)
_UNTIL = _may("По", dates.day, empty=model.LAST_DAY)
_ORDER = _may("Приказ", fields.text)
_WORK = ("Тип работы", "Тип урока")
_WORK_KIND = _may("Вид работы", words.work_kind, *_WORK, empty="")
_AUTHOR = _may("Автор", fields.name)
_ENTERED = ("Внесено", "Дата внесения")

_BACKWARDS = "«{}» раньше, чем «{}»"


def sheets(zone: ZoneInfo) -> dict[str, Sheet]:
    """Every sheet by its title, moments read in the school's ``zone``."""
    moment = dates.Moments(zone)
    return {sheet.title: sheet for sheet in (*_calendar(), *_people(), *_plans(), *_marks(moment))}


def _calendar() -> tuple[Sheet, ...]:
    begin, end = _must("Начало", dates.day), _must("Конец", dates.day)
    terms = (
        _must("Учебный год", words.academic_year), _must("Вид", words.term_kind),
        _must("Номер", fields.term_number, "№"), begin, end, _CLASSES,
    )  # fmt: skip
    bells = (_LESSON, _must("Начало", dates.minutes), _must("Конец", dates.minutes), _CLASSES)
    holidays = (begin, end, _may("Название", fields.text, empty=""), _CLASSES)
    reason = _BACKWARDS.format("Конец", "Начало")
    return (
        Sheet(title="Периоды", attribute="terms", columns=terms, key=(0, 1, 2, 5),
              span=Span(3, 4, reason)),
        Sheet(title="Каникулы", attribute="non_school", columns=holidays, span=Span(0, 1, reason)),
        Sheet(title="Звонки", attribute="bells", columns=bells, key=(0, 3),
              span=Span(1, 2, reason)),
    )  # fmt: skip


def _people() -> tuple[Sheet, ...]:
    subject_group, code = _may("МО", fields.name), _may("Код", fields.text)
    person = ("Фамилия Имя Отчество",)
    subjects = (
        _SUBJECT, _may("Отметки", words.yes_no),
        _may("Домашнее задание", words.yes_no, "ДЗ", "Д/З"),
        _may("Синонимы", fields.names, empty=()), subject_group,
    )  # fmt: skip
    members = (_CLASS, _SUBJECT, _must("Группа", fields.name, "Подгруппа"), _PUPIL)
    staff = (
        _must("ФИО", fields.name, *person), code, _may("Должность", fields.text), subject_group,
        _may("Принят", dates.day), _may("Уволен", dates.day),
    )  # fmt: skip
    enrollments = (
        _CLASS, _PUPIL, _may("ФИО", fields.name, *person), code,
        _may("Зачислен", dates.day, "Дата зачисления", empty=model.FIRST_DAY),
        _may("Выбыл", dates.day, "Дата выбытия", empty=model.LAST_DAY), _ORDER,
    )  # fmt: skip
    return (
        Sheet(title="Предметы", attribute="subjects", columns=subjects, key=(0,)),
        Sheet(title="Группы", attribute="members", columns=members),
        Sheet(title="Сотрудники", attribute="staff", columns=staff, key=(0, 1, 4),
              span=Span(4, 5, _BACKWARDS.format("Уволен", "Принят"))),
        Sheet(title="Ученики", attribute="enrollments", columns=enrollments, key=(0, 1, 4),
              span=Span(4, 5, _BACKWARDS.format("Выбыл", "Зачислен"))),
    )  # fmt: skip


def _plans() -> tuple[Sheet, ...]:
    backwards = _BACKWARDS.format("По", "С")
    maybe_teacher = _blank_allowed(_TEACHER)
    assignments = (
        _TEACHER, _SUBJECT, _CLASS, _GROUP,
        _must("Часов в неделю", fields.hundredths, "Часы", "Ч/нед"), _FROM, _UNTIL,
    )  # fmt: skip
    slots = (
        _CLASS, _GROUP, _must("День", words.weekday), _LESSON, _SUBJECT, maybe_teacher,
        _may("Кабинет", fields.text), _FROM, _UNTIL,
    )  # fmt: skip
    substitutions = (
        _DAY, _LESSON, _CLASS, _GROUP, _SUBJECT, _blank_allowed(_must("Отсутствует", fields.name)),
        _may("Заменяет", fields.name), _ORDER,
    )  # fmt: skip
    plans = (
        _SUBJECT, _CLASS, _GROUP, _may("Учитель", fields.name, *_TEACHER.synonyms),
        _must("№", fields.position, *_PUPIL.synonyms), _must("Тема", fields.text, "Тема урока"),
        _must("Часов", fields.hundredths, "Кол-во часов", "Количество часов"),
        _may("Дата план", dates.day, "Плановая дата"), _may("Вид", words.work_kind, empty=""),
    )  # fmt: skip
    return (
        Sheet(title="Нагрузка", attribute="assignments", columns=assignments, key=(0, 1, 2, 3, 5),
              span=Span(5, 6, backwards)),
        Sheet(title="Расписание", attribute="slots", columns=slots, key=(0, 1, 2, 3, 4, 5, 7),
              span=Span(7, 8, backwards)),
        Sheet(title="Замены", attribute="substitutions", columns=substitutions,
              key=(0, 1, 2, 3, 4, 5)),
        Sheet(title="КТП", attribute="plans", columns=plans, key=(0, 1, 2, 3, 4)),
    )  # fmt: skip


def _marks(moment: Reader) -> tuple[Sheet, ...]:
    """Rows of «Отметки» and «Итоги» are opened up by ``readers.marks`` afterwards."""
    entered = _may(_ENTERED[0], moment, *_ENTERED[1:])
    place = (_DAY, _LESSON, _CLASS, _GROUP, _SUBJECT)
    lessons = (
        *place, _TEACHER, _may("Замещает", fields.name),
        _written("Тема", "Тема урока"), _written("Домашнее задание", "ДЗ", "Д/З"),
        _WORK_KIND, _may("Вид работы", fields.text, *_WORK), _may("Состояние", words.state),
        _may("Посещаемость отмечена", words.yes_no), entered,
        _may("Изменено", moment, "Дата изменения"), _AUTHOR,
    )  # fmt: skip
    marks = (
        *place, _PUPIL, _cell("Отметка", cells.mark_cell, cells.EMPTY, "Оценка"), _WORK_KIND,
        _may("Вес", fields.hundredths), entered, _AUTHOR,
    )  # fmt: skip
    attendance = (*place, _PUPIL, _cell("Код", cells.attendance_code, "", "Пропуск"))
    term_marks = (
        _CLASS, _SUBJECT, _PUPIL, _must("Период", words.term_of),
        _cell("Отметка", cells.period_mark, (None, ""), "Оценка"), entered,
    )  # fmt: skip
    return (
        Sheet(title="Уроки", attribute="lessons", columns=lessons, key=(0, 1, 2, 3, 4, 5)),
        Sheet(title="Отметки", attribute="marks", columns=marks, repeats=True),
        Sheet(title="Посещаемость", attribute="attendance", columns=attendance,
              key=(0, 1, 2, 3, 4, 5)),
        Sheet(title="Итоги", attribute="term_marks", columns=term_marks, key=(0, 1, 2, 3)),
    )  # fmt: skip


def _written(title: str, *synonyms: str) -> Column:
    """A text that a teacher writes: no column is unknown, an empty cell is an empty text."""
    return Column(title=title, read=fields.text, blank="", synonyms=synonyms)


def _cell(title: str, read: Callable[[Cell], object], blank: object, synonym: str) -> Column:
    return Column(title=title, read=read, required=True, blank=blank, synonyms=(synonym,))


def _blank_allowed(column: Column) -> Column:
    return Column(title=column.title, read=column.read, required=True, synonyms=column.synonyms)
