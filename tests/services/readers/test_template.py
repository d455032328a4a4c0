"""The exchange template: headers, rows, refusals."""

from datetime import UTC, date, datetime

import pytest

from services.journal.container import UnsuitableError
from services.journal.dates import Cell
from services.journal.model import (
    FIRST_DAY,
    LAST_DAY,
    AssignmentRow,
    BellRow,
    EnrollmentRow,
    LessonRow,
    MarkRow,
    MemberRow,
    NonSchoolRow,
    PlanRow,
    SlotRow,
    StaffRow,
    SubjectRow,
    SubstitutionRow,
    TermMarkRow,
    TermRow,
)
from tests.services.readers.books import LESSONS, MARKS, Rows, parsed, sheet, workbook

Line = tuple[Cell, ...]

DAY = date(2026, 11, 20)
NUMBER = DAY.toordinal()
ENTERED = int(datetime(2026, 11, 20, 11, 31, tzinfo=UTC).timestamp())
LESSON = ("20.11.2026", 2, "5А", "Алгебра", "Иванова И.И.", "Дроби", "№ 5")
MARK = ("20.11.2026", 2, "5А", "Алгебра", 17, "5")


def test_every_sheet_is_read_into_its_rows() -> None:
    read = parsed(
        workbook(
            {
                "Периоды": [
                    ("Учебный год", "Вид", "Номер", "Начало", "Конец", "Классы"),
                    ("2026-27", "Четверть", 1, date(2026, 9, 1), "25.10.26", date(2026, 9, 2)),
                ],
                "Каникулы": [("Начало", "Конец"), ("26.10.2026", "2026-11-03")],
                "Звонки": [("Урок", "Начало", "Конец"), ("1 урок", "8:30", "09.15")],
                "Предметы": [
                    ("Предмет", "Отметки", "Домашнее задание", "Синонимы", "МО"),
                    ("ОРКСЭ", "нет", "+", "ОРКиСЭ; Основы религии", "гуманитарное"),
                ],
                "Группы": [("Класс", "Предмет", "Группа", "№"), ("5А", "Труд", "1 группа", "№ 3")],
                "Сотрудники": [("ФИО", "Принят"), ("Иванова Инна Петровна", "01.09.2020")],
                "Ученики": [("Класс", "№ п/п", "Выбыл"), ("5а", 17, DAY), ('5 "А"', "18", None)],
                "Нагрузка": [
                    ("Преподаватель", "Предмет", "Класс", "Ч/нед", "По"),
                    ("Иванова И.И.", "Алгебра", "5А", "2,5", DAY),
                ],
                "Расписание": [
                    ("Класс", "День", "Урок", "Предмет", "Учитель", "Кабинет"),
                    ("5А", "Пн", 1, "Алгебра", None, 12),
                ],
                "Замены": [
                    ("Дата", "Урок", "Класс", "Предмет", "Отсутствует", "Заменяет"),
                    (DAY, 2, "5А", "Алгебра", "Иванова И.И.", ""),
                ],
                "КТП": [
                    ("№", "Предмет", "Класс", "Тема", "Кол-во часов", "Плановая дата", "Вид"),
                    (1, "Алгебра", "5А", "Дроби", 1, DAY, "к/р"),
                ],
            }
        )
    )
    rows = {name: lines[0] for name, lines in read.rows.items()}
    assert rows == {
        "terms": TermRow(
            "2026/2027", "четверть", 1, date(2026, 9, 1).toordinal(),
            date(2026, 10, 25).toordinal(), "2-9",
        ),
        "non_school": NonSchoolRow(
            date(2026, 10, 26).toordinal(), date(2026, 11, 3).toordinal(), "", ""
        ),
        "bells": BellRow(1, 510, 555, ""),
        "subjects": SubjectRow(
            subject="ОРКСЭ", marks=False, homework=True, aliases=("ОРКиСЭ", "Основы религии"),
            subject_group="гуманитарное",
        ),
        "members": MemberRow("5А", "Труд", "1 группа", 3),
        "staff": StaffRow("Иванова Инна Петровна", None, None, None,
                          date(2020, 9, 1).toordinal(), None),
        "enrollments": EnrollmentRow("5А", 17, None, None, FIRST_DAY, NUMBER, None),
        "assignments": AssignmentRow("Иванова И.И.", "Алгебра", "5А", "", 250, FIRST_DAY, NUMBER),
        "slots": SlotRow("5А", "", 1, 1, "Алгебра", None, "12", FIRST_DAY, LAST_DAY),
        "substitutions": SubstitutionRow(
            NUMBER, 2, "5А", "", "Алгебра", "Иванова И.И.", None, None
        ),
        "plans": PlanRow("Алгебра", "5А", "", None, 1, "Дроби", 100, NUMBER, "контрольная"),
    }  # fmt: skip
    assert read.rows["enrollments"][1] == EnrollmentRow(
        "5А", 18, None, None, FIRST_DAY, LAST_DAY, None
    )
    assert read.refused == []


def test_a_lesson_has_all_its_columns() -> None:
    read = sheet(
        "уроки ",
        [
            (
                "Внесено", "Изменено", "Автор", "Дата", "№ урока", "Класс", "Подгруппа", "Предмет",
                "ФИО учителя", "Замещает", "Тема урока", "Д/З", "Тип урока", "Состояние",
                "Посещаемость отмечена", "Примечание",
            ),
            (
                "20.11.2026 14:31", datetime(2026, 11, 20, 14, 31), "Завуч", DAY, "2", "5A", "1",  # noqa: DTZ001
                "Алгебра", "Иванова И. И.", "Петров П.П.", "\xa0Дроби ", None, "Контрольная работа",
                "проведен", "да", "лишнее",
            ),
        ],
    )  # fmt: skip
    assert read.rows["lessons"] == [
        LessonRow(
            NUMBER, 2, "5А", "1", "Алгебра", "Иванова И.И.", "Петров П.П.", "Дроби", "",
            "контрольная", "Контрольная работа", "проведён", attendance_taken=True,
            entered_at=ENTERED, modified_at=ENTERED, author="Завуч",
        )
    ]  # fmt: skip


def test_a_file_without_columns_says_nothing_about_them() -> None:
    read = sheet("Уроки", [LESSONS[:5], LESSON[:5]])
    lesson = LessonRow._make(read.rows["lessons"][0])
    assert (lesson.topic, lesson.homework, lesson.state, lesson.attendance_taken) == (None,) * 4
    assert (lesson.work_kind, lesson.work_type) == ("", None)


def test_marks_of_one_cell_are_counted_also_over_several_rows() -> None:
    read = sheet("Отметки", [MARKS, MARK, (*MARK[:5], "4/3"), (*MARK[:5], "5"), (*MARK[:5], "")])
    marks = [MarkRow._make(line) for line in read.rows["marks"]]
    assert [(mark.position, mark.value) for mark in marks] == [(0, 5), (1, 4), (2, 3), (3, 5)]
    assert {(mark.number, mark.nth, mark.pupil) for mark in marks} == {(2, 1, 17)}
    assert read.numbers["Отметки"] == [2, 3, 3, 4]


def test_a_code_among_marks_is_an_absence() -> None:
    read = sheet("Отметки", [MARKS, (*MARK[:5], "5 Н"), (*MARK[:4], 18, "Б")])
    assert [line[-1] for line in read.rows["attendance"]] == ["Н", "Б"]
    assert len(read.rows["marks"]) == 1


def test_marks_without_codes_say_nothing_about_absences() -> None:
    assert "attendance" not in sheet("Отметки", [MARKS, MARK]).rows


def test_two_codes_in_one_cell_are_refused() -> None:
    read = sheet("Отметки", [MARKS, (*MARK[:5], "О Н")])
    assert read.refused == [("Отметки", 2, "Отметка: в одной клетке О и Н")]


def test_the_sheet_of_absences_goes_before_codes_among_marks() -> None:
    absences = (("Дата", "Урок", "Класс", "Предмет", "№", "Пропуск"), (*MARK[:5], "Н"))
    read = parsed(workbook({"Отметки": [MARKS, (*MARK[:5], "Б")], "Посещаемость": absences}))
    assert [line[-1] for line in read.rows["attendance"]] == ["Н"]
    assert [(each[0], each[1]) for each in read.refused] == [("Отметки", 2)]
    same = parsed(workbook({"Отметки": [MARKS, (*MARK[:5], "Н")], "Посещаемость": absences}))
    assert (len(same.rows["attendance"]), same.refused) == (1, [])


def test_an_empty_code_is_no_absence() -> None:
    head = ("Дата", "Урок", "Класс", "Предмет", "№", "Код")
    read = sheet("Посещаемость", [head, (*MARK[:5], None), (*MARK[:4], 3, "H")])
    assert [line[-1] for line in read.rows["attendance"]] == ["Н"]
    assert read.refused == []


def test_period_marks_keep_empty_cells() -> None:
    head = ("Класс", "Предмет", "№", "Период", "Оценка")
    read = sheet(
        "Итоги",
        [head, ("5А", "Труд", 1, "I четверть", 5), ("5А", "Труд", 2, "год", None),
         ("5А", "Труд", 3, "2 полугодие", "н/а")],
    )  # fmt: skip
    assert read.rows["term_marks"] == [
        TermMarkRow("5А", "Труд", 1, "четверть", 1, 5, "", None),
        TermMarkRow("5А", "Труд", 2, "год", 0, None, "", None),
        TermMarkRow("5А", "Труд", 3, "полугодие", 2, None, "н/а", None),
    ]


def test_titles_may_stand_above_and_name_the_period() -> None:
    read = sheet(
        "Уроки",
        [("Школа № 1",), ("Учебный год: 2026/2027",), ("Период: с 01.09.26 по 25.10.2026",), (),
         LESSONS, LESSON],
    )  # fmt: skip
    assert read.period == (date(2026, 9, 1).toordinal(), date(2026, 10, 25).toordinal())
    assert read.year == "2026/2027"
    assert read.numbers["Уроки"] == [6]


def test_a_period_may_stand_in_cells_of_its_own() -> None:
    title = ("Период:", "с", date(2026, 9, 1), "по", date(2026, 10, 25))
    read = sheet("Уроки", [title, LESSONS, LESSON])
    assert read.period == (date(2026, 9, 1).toordinal(), date(2026, 10, 25).toordinal())


@pytest.mark.parametrize(
    "title",
    ["Период: с 31.09.2026 по 25.10.2026", "Период: с 25.10.2026 по 01.09.2026",
     "Период с 01.09.2026"],
)  # fmt: skip
def test_a_damaged_period_refuses_the_file(title: str) -> None:
    with pytest.raises(UnsuitableError, match="Лист «Уроки»"):
        sheet("Уроки", [(title,), LESSONS, LESSON])


@pytest.mark.parametrize(
    ("title", "rows", "reason"),
    [
        ("Уроки", [LESSONS, ("31.02.2026", *LESSON[1:])], "Дата: дня «31.02.2026» нет"),
        ("Уроки", [LESSONS, (None, *LESSON[1:])], "Дата: не заполнено"),
        ("Уроки", [LESSONS, ("20.11.1999", *LESSON[1:])], "вне 01.09.2000-31.08.2100"),
        ("Уроки", [LESSONS, (LESSON[0], 13, *LESSON[2:])], "номер урока 13 вне 0-12"),
        ("Уроки", [LESSONS, (*LESSON[:2], "хор", *LESSON[3:])], "«хор» - не класс"),
        ("Уроки", [(*LESSONS, "Состояние"), (*LESSON, "план")], "«план» - не «проведён»"),
        ("Отметки", [MARKS, (*MARK[:4], 100, "5")], "номер ученика 100 вне 1-99"),
        ("Отметки", [MARKS, (*MARK[:5], date(2026, 12, 5))], "превратила отметку в дату 05.12"),
        (
            "Ученики",
            [("Класс", "№", "Зачислен", "Выбыл"), ("5А", 1, "20.11.2026", "19.11.2026")],
            "«Выбыл» раньше, чем «Зачислен»",
        ),
        (
            "Нагрузка",
            [("Учитель", "Предмет", "Класс", "Часы", "С", "По"),
             ("А", "Б", "5А", 1, "20.11.2026", "19.11.2026")],
            "«По» раньше, чем «С»",
        ),
        (
            "Периоды",
            [("Учебный год", "Вид", "Номер", "Начало", "Конец"),
             ("2026", "семестр", 5, "01.09.2026", "25.10.2026")],
            (
                "Учебный год: «2026» - не учебный год: нужно «2026/2027»; Вид: «семестр» - не "
                "четверть, триместр, полугодие или год; Номер: номер периода 5 вне 1-4"
            ),
        ),
        (
            "Расписание",
            [("Класс", "День", "Урок", "Предмет", "Учитель"), ("5А", "9", 1, "Б", "А")],
            "«9» - не день недели",
        ),
        ("Предметы", [("Предмет", "Отметки"), ("Труд", "иногда")], "не «да» и не «нет»"),
        ("Отметки", [MARKS, (*MARK[:4], "семь", "5")], "нужен номер ученика от 1 до 99"),
        ("Отметки", [MARKS, (*MARK[:4], True, "5")], "нужен номер ученика от 1 до 99"),
        ("Отметки", [MARKS, (*MARK[:4], 1.5, "5")], "нужен номер ученика от 1 до 99"),
        ("Отметки", [(*MARKS, "Вес"), (*MARK, "много")], "Вес: «много» - не число"),
        ("Звонки", [("Урок", "Начало", "Конец"), (1, "9:15", "8:30")], "раньше, чем «Начало»"),
        (
            "Нагрузка",
            [("Учитель", "Предмет", "Класс", "Часы"), ("А", "Б", "5А", date(2026, 5, 2))],
            "превратила число в дату",
        ),
        (
            "Каникулы",
            [("Начало", "Конец", "Классы"), ("01.11.2026", "02.11.2026", 1.4)],
            "превратила список классов в число",
        ),
        (
            "Итоги",
            [("Класс", "Предмет", "№", "Период", "Отметка"), ("5А", "Б", 1, "7 четверть", 5)],
            "не период",
        ),
    ],
)  # fmt: skip
def test_a_row_is_refused_with_its_number_and_reason(title: str, rows: Rows, reason: str) -> None:
    read = sheet(title, rows)
    ((where, number, said),) = read.refused
    assert (where, number) == (title, 2)
    assert reason in said


def test_other_rows_of_the_sheet_are_kept() -> None:
    read = sheet("Уроки", [LESSONS, (), ("завтра", *LESSON[1:]), (), LESSON])
    assert read.numbers["Уроки"] == [5]
    assert [number for _, number, _ in read.refused] == [3]


def test_a_reason_repeats_no_name() -> None:
    shifted = (*LESSON[:2], "Петров Пётр", *LESSON[3:])
    wrong = sheet("Отметки", [MARKS, ("Петров Пётр", 1, "5А", "Труд", "Петров Пётр", "5")])
    refused = [*sheet("Уроки", [LESSONS, shifted]).refused, *wrong.refused]
    assert len(refused) == 2
    assert not any("Петров" in reason for _, _, reason in refused)


def test_identical_rows_are_one_row() -> None:
    read = sheet("Уроки", [LESSONS, LESSON, LESSON])
    assert (len(read.rows["lessons"]), read.refused) == (1, [])


def test_a_row_that_contradicts_an_earlier_one_is_refused() -> None:
    read = sheet("Уроки", [LESSONS, LESSON, (*LESSON[:5], "Другая", "")])
    assert len(read.rows["lessons"]) == 1
    assert read.refused == [("Уроки", 3, "повтор строки 2")]


def test_two_teachers_at_one_hour_are_two_lessons() -> None:
    read = sheet("Уроки", [LESSONS, LESSON, (*LESSON[:4], "Петров П.П.", *LESSON[5:])])
    assert len(read.rows["lessons"]) == 2


def test_two_intervals_of_one_pupil_are_two_rows() -> None:
    head = ("Класс", "№", "Зачислен", "Выбыл")
    first, second = ("5А", 1, None, "01.10.2026"), ("5А", 1, "01.12.2026", None)
    assert len(sheet("Ученики", [head, first, second]).rows["enrollments"]) == 2


def test_missing_columns_are_named_with_their_sheets_and_refuse_the_file() -> None:
    book = workbook({"Уроки": [LESSONS[:3], LESSON[:3]], "Отметки": [MARKS[:5], MARK[:5]],
                     "Звонки": [("Урок", "Начало", "Конец"), (1, "8:30", "9:15")]})  # fmt: skip
    with pytest.raises(UnsuitableError) as refusal:
        parsed(book)
    assert str(refusal.value) == (
        "Лист «Уроки»: нет столбцов «Предмет», «Учитель»; лист «Отметки»: нет столбца «Отметка». "
        "Исправьте и пришлите снова; чистый шаблон: /template."
    )


def test_unknown_sheets_are_ignored_with_a_note() -> None:
    read = parsed(workbook({"Заметки": [("Дата", "важно")], "Уроки": [LESSONS, LESSON]}))
    assert len(read.rows["lessons"]) == 1
    assert read.notes == ["лист «Заметки» незнаком и пропущен"]


def test_the_guide_of_the_template_is_no_surprise() -> None:
    read = parsed(workbook({"Как заполнять": [("Дата", "важно")], "Уроки": [LESSONS, LESSON]}))
    assert read.notes == []


def test_a_lone_sheet_is_told_by_its_header() -> None:
    read = sheet("Лист1", [LESSONS, LESSON])
    assert len(read.rows["lessons"]) == 1
    assert read.confidence == pytest.approx(0.9)


def test_lists_that_are_not_filled_keep_what_is_stored() -> None:
    book = workbook({"Звонки": [("Урок", "Начало", "Конец")], "Отметки": [MARKS],
                     "Уроки": [LESSONS, LESSON]})  # fmt: skip
    read = parsed(book)
    assert "bells" not in read.rows
    assert read.rows["marks"] == []
    assert read.notes == ["лист «Звонки» не заполнен и пропущен"]


def test_a_blank_template_is_refused() -> None:
    with pytest.raises(UnsuitableError, match="ни одной заполненной строки"):
        parsed(workbook({"Уроки": [LESSONS], "Отметки": [MARKS]}))


def test_the_same_sheet_twice_is_refused() -> None:
    with pytest.raises(UnsuitableError, match="Лист «Уроки» встречается дважды"):
        parsed(workbook({"Уроки": [LESSONS, LESSON], "Уроки ": [LESSONS, LESSON]}))


def test_different_periods_of_two_sheets_are_refused() -> None:
    book = workbook({
        "Уроки": [("Период: с 01.09.2026 по 25.10.2026",), LESSONS, LESSON],
        "Отметки": [("Период: с 01.09.2026 по 26.10.2026",), MARKS, MARK],
    })  # fmt: skip
    with pytest.raises(UnsuitableError, match="период не тот"):
        parsed(book)


def test_a_doubled_column_is_noted() -> None:
    read = sheet("Уроки", [(*LESSONS, "Тема"), (*LESSON, "Другая")])
    assert read.notes == ["лист «Уроки»: столбец «Тема» дважды, взят первый"]


def test_an_exact_header_goes_before_a_synonym() -> None:
    head = ("№ п/п", "Класс", "№", "ФИО")
    read = sheet("Ученики", [head, (900, "5А", 17, "Ученик")])
    assert EnrollmentRow._make(read.rows["enrollments"][0]).pupil == 17


def test_an_empty_sheet_is_skipped_with_a_note() -> None:
    nothing: list[Line] = []
    read = parsed(workbook({"Уроки": [LESSONS, LESSON], "Звонки": nothing}))
    assert read.notes == ["лист «Звонки» пуст и пропущен"]


def test_a_sheet_without_a_header_is_refused() -> None:
    with pytest.raises(UnsuitableError, match="не найдена строка заголовков"):
        parsed(workbook({"Уроки": [LESSONS, LESSON], "Звонки": [(1, 2, 3)]}))


def test_one_familiar_column_is_no_proof() -> None:
    with pytest.raises(UnsuitableError, match="Не узнаю"):
        sheet("Лист1", [("Предмет", "Сколько"), ("Труд", 5)])


def test_a_weight_is_in_hundredths() -> None:
    read = sheet("Отметки", [(*MARKS, "Вес"), (*MARK, "1,5")])
    assert MarkRow._make(read.rows["marks"][0]).weight == 150
