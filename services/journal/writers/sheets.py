"""The sheets of the exchange template and their headers."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from services.journal.model import Batch
from services.journal.writers.cells import (
    Cells,
    assignment_cells,
    attendance_cells,
    bell_cells,
    enrollment_cells,
    holiday_cells,
    lesson_cells,
    marks_cells,
    member_cells,
    plan_cells,
    slot_cells,
    staff_cells,
    subject_cells,
    substitution_cells,
    term_cells,
    term_mark_cells,
)


@dataclass(frozen=True, slots=True)
class Column:
    title: str
    required: bool
    width: int


@dataclass(frozen=True, slots=True)
class Sheet:
    """``rows`` gives the cells of the batch's rows, None where the batch has no such sheet."""

    name: str
    columns: tuple[Column, ...]
    rows: Callable[[Batch], Iterable[Cells] | None]


def _columns(text: str) -> tuple[Column, ...]:
    """``Класс! 7 | Группа 9``: title, a mark of the required ones, width in characters."""
    columns = []
    for part in text.split("|"):
        title, width = part.strip().rsplit(" ", 1)
        columns.append(Column(title.rstrip("!"), title.endswith("!"), int(width)))
    return tuple(columns)


def _each(attribute: str, cells: Callable[[Any], Cells]) -> Callable[[Batch], Any]:
    def rows(batch: Batch) -> Iterable[Cells] | None:
        found = getattr(batch, attribute)
        return None if found is None else map(cells, found)

    return rows


def _mark_rows(batch: Batch) -> Iterable[Cells] | None:
    return None if batch.marks is None else marks_cells(batch.marks)


SHEETS: tuple[Sheet, ...] = (
    Sheet(
        "Периоды",
        _columns("Учебный год! 13|Вид! 12|Номер! 8|Начало! 12|Конец! 12|Классы 12"),
        _each("terms", term_cells),
    ),
    Sheet(
        "Каникулы",
        _columns("Начало! 12|Конец! 12|Название 30|Классы 16"),
        _each("non_school", holiday_cells),
    ),
    Sheet("Звонки", _columns("Урок! 7|Начало! 9|Конец! 9|Классы 12"), _each("bells", bell_cells)),
    Sheet(
        "Предметы",
        _columns("Предмет! 34|Отметки 10|Домашнее задание 18|Синонимы 34|МО 26"),
        _each("subjects", subject_cells),
    ),
    Sheet(
        "Группы",
        _columns("Класс! 7|Предмет! 34|Группа! 14|№! 5"),
        _each("members", member_cells),
    ),
    Sheet(
        "Сотрудники",
        _columns("ФИО! 36|Код 9|Должность 26|МО 26|Принят 12|Уволен 12"),
        _each("staff", staff_cells),
    ),
    Sheet(
        "Ученики",
        _columns("Класс! 7|№! 5|ФИО 36|Код 9|Зачислен 12|Выбыл 12|Приказ 26"),
        _each("enrollments", enrollment_cells),
    ),
    Sheet(
        "Нагрузка",
        _columns("Учитель! 36|Предмет! 34|Класс! 7|Группа 14|Часов в неделю! 15|С 12|По 12"),
        _each("assignments", assignment_cells),
    ),
    Sheet(
        "Расписание",
        _columns("Класс! 7|Группа 14|День! 6|Урок! 6|Предмет! 34|Учитель! 36|Кабинет 9|С 12|По 12"),
        _each("slots", slot_cells),
    ),
    Sheet(
        "Замены",
        _columns(
            "Дата! 12|Урок! 6|Класс! 7|Группа 14|Предмет! 34|Отсутствует! 36|Заменяет 36|Приказ 20"
        ),
        _each("substitutions", substitution_cells),
    ),
    Sheet(
        "КТП",
        _columns(
            "Предмет! 34|Класс! 7|Группа 14|Учитель 36|№! 5|Тема! 60|Часов! 7|Дата план 12|Вид 8"
        ),
        _each("plans", plan_cells),
    ),
    Sheet(
        "Уроки",
        _columns(
            "Дата! 12|Урок! 6|Класс! 7|Группа 14|Предмет! 34|Учитель! 36|Замещает 36|Тема 50"
            "|Домашнее задание 40|Вид работы 16|Состояние 11|Посещаемость отмечена 22"
            "|Внесено 17|Изменено 17|Автор 36"
        ),
        _each("lessons", lesson_cells),
    ),
    Sheet(
        "Отметки",
        _columns(
            "Дата! 12|Урок! 6|Класс! 7|Группа 14|Предмет! 34|№! 5|Отметка! 9|Вид работы 16|Вес 6"
            "|Внесено 17|Автор 36"
        ),
        _mark_rows,
    ),
    Sheet(
        "Посещаемость",
        _columns("Дата! 12|Урок! 6|Класс! 7|Группа 14|Предмет! 34|№! 5|Код! 6"),
        _each("attendance", attendance_cells),
    ),
    Sheet(
        "Итоги",
        _columns("Класс! 7|Предмет! 34|№! 5|Период! 14|Отметка! 9|Внесено 17"),
        _each("term_marks", term_mark_cells),
    ),
)
