"""A very small school as files, and files that are none."""

from collections.abc import Sequence
from datetime import date
from io import BytesIO
from zipfile import ZipFile

from services.journal.dates import Cell
from tests.services.readers.books import Rows, workbook

IVANOVA, KIM = "Иванова Мария Петровна", "Ким Олег Викторович"
MONDAY = date(2026, 11, 16)
LESSONS = (
    "Дата", "Урок", "Класс", "Предмет", "Учитель", "Тема", "Домашнее задание",
    "Посещаемость отмечена",
)  # fmt: skip

SCHOOL: dict[str, Rows] = {
    "Периоды": [
        ("Учебный год", "Вид", "Номер", "Начало", "Конец"),
        ("2026/2027", "четверть", 2, date(2026, 11, 2), date(2026, 12, 30)),
    ],
    "Сотрудники": [("ФИО",), (IVANOVA,), (KIM,)],
    "Ученики": [("Класс", "№", "ФИО"), ("5А", 1, "Первый Пётр"), ("5А", 2, "Вторая Вера")],
    "Нагрузка": [
        ("Учитель", "Предмет", "Класс", "Часов в неделю"),
        (IVANOVA, "Математика", "5А", 1),
    ],
    "Расписание": [
        ("Класс", "День", "Урок", "Предмет", "Учитель"),
        ("5А", "пн", 1, "Математика", IVANOVA),
    ],
}


def lesson(
    topic: str = "Дроби", *, teacher: str = IVANOVA, unit: str = "5А", number: int = 1
) -> Sequence[Cell]:
    """A line of «Уроки» on Monday 16.11.2026; an empty topic is a gap."""
    return (MONDAY, number, unit, "Математика", teacher, topic, "№ 12", "да")


def school(*lessons: Sequence[Cell]) -> bytes:
    """The lists of the school, with lessons."""
    return workbook({**SCHOOL, "Уроки": [LESSONS, *lessons]})


def lessons(*lines: Sequence[Cell]) -> bytes:
    return workbook({"Уроки": [LESSONS, *lines]})


def marks(*lines: Sequence[Cell]) -> bytes:
    header = ("Дата", "Урок", "Класс", "Предмет", "№", "Отметка")
    return workbook({"Отметки": [header, *lines]})


def sparse_giant() -> bytes:
    """Two cells at the far corners of a sheet, in about a kilobyte."""
    place = "xl/worksheets/sheet1.xml"
    cells = (
        '<row r="1"><c r="A1"><v>1</v></c></row>'
        '<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'
    )
    source, target = BytesIO(workbook({"Уроки": [("Дата",)]})), BytesIO()
    with ZipFile(source) as book, ZipFile(target, "w", 8) as made:
        for name in book.namelist():
            content = book.read(name).decode()
            if name == place:
                head, rest = content.split("<sheetData>")
                content = f"{head}<sheetData>{cells}</sheetData>{rest.split('</sheetData>')[1]}"
            made.writestr(name, content)
    return target.getvalue()


def half_of_the_columns() -> bytes:
    return workbook({"Уроки": [("Дата", "Урок", "Класс"), (MONDAY, 1, "5А")]})


PICTURE = b"\x89PNG\r\n\x1a\n" + bytes(64)
ENCRYPTED = (
    b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(1024) + "EncryptedPackage".encode("utf-16-le")
)
