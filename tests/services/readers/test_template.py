"""The exchange template: every sheet into its rows."""

from datetime import date, datetime

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
from tests.services.readers.books import LESSONS, MARKS, parsed, sheet, workbook
from tests.services.readers.lines import DAY, ENTERED, LESSON, MARK, NUMBER


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


def test_a_weight_is_in_hundredths() -> None:
    read = sheet("Отметки", [(*MARKS, "Вес"), (*MARK, "1,5")])
    assert MarkRow._make(read.rows["marks"][0]).weight == 150
