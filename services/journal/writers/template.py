"""The blank exchange template that a school fills in."""

from io import BytesIO

import xlsxwriter
from xlsxwriter.worksheet import Worksheet

from services.journal.model import ATTENDANCE_CODES, STATES, TERM_KINDS, WORK_KINDS
from services.journal.writers.cells import WEEKDAYS
from services.journal.writers.f12 import CREATED
from services.journal.writers.sheets import SHEETS, Sheet

GUIDE_SHEET = "Как заполнять"
LAST_ROW = 5000
YES_NO = ("да", "нет")
CHOICES: dict[tuple[str, str], tuple[str, ...]] = {
    ("Периоды", "Вид"): TERM_KINDS,
    ("Предметы", "Отметки"): YES_NO,
    ("Предметы", "Домашнее задание"): YES_NO,
    ("Расписание", "День"): WEEKDAYS[:6],
    ("КТП", "Вид"): ("к/р", "л/р", "р/р"),
    ("Уроки", "Вид работы"): WORK_KINDS,
    ("Уроки", "Состояние"): STATES,
    ("Уроки", "Посещаемость отмечена"): YES_NO,
    ("Отметки", "Вид работы"): WORK_KINDS,
    ("Посещаемость", "Код"): ATTENDANCE_CODES,
}
GUIDE = """\
Как заполнять обменный шаблон

Заполняйте только те листы, по которым есть данные: годится любой их набор.
Пустые листы можно оставить или удалить.

Столбцы с тёмно-синим заголовком обязательны в каждой строке. Остальные можно не заполнять:
пустая ячейка значит «неизвестно», а не «нет».

Столбцы можно переставлять и добавлять свои: лишние не читаются.
Названия листов и столбцов не меняйте.

Даты пишите как 01.09.2026, дату со временем как 01.09.2026 14:35.

Класс пишите без пробела и кавычек: 5А. В столбце «Классы» можно перечислить
параллели и классы: 1-9 или 2А, 3Б. Пусто значит «все».

Номер ученика (№) свой в каждом классе и не меняется весь год. Новому ученику дайте следующий
свободный номер. Две строки с одним номером значат, что ученик выбывал и вернулся.
Дни «Зачислен» и «Выбыл» ученик ещё в классе.

Расписание: строка действует с даты «С» по дату «По». Рабочая суббота за другой день это строки,
где «С» и «По» равны её дате, а день отдыха за неё стоит на листе «Каникулы».

Замены: пустое «Заменяет» значит, что урок отменён. «Предмет» тот, который провели на деле.

Уроки: «Учитель» тот, кто провёл урок, «Замещает» тот, кого он заменил.
Пустое «Состояние» значит «проведён».

Посещаемость отмечена: «да», если учитель отметил класс, «нет», если не отметил.
Коды: Н не был, Б болел, У уважительная причина, О опоздал.

Отметки: ячейка журнала это одна строка. Две отметки за один урок пишите через дробь: 4/3.
Можно писать н/а, осв, зач, незач и точку.

Период на листе «Итоги»: 1 четверть, 2 полугодие, год.

Готовый файл отправьте боту. Сначала он покажет, что изменится,
и ничего не запишет без вашего «Применить».
"""


def blank_template() -> bytes:
    """An ``.xlsx`` with a guide and every sheet of the template, without data rows."""
    content = BytesIO()
    with xlsxwriter.Workbook(content, {"in_memory": True}) as book:
        book.set_properties({"created": CREATED, "title": "Обменный шаблон журнала"})
        _guide(book)
        for sheet in SHEETS:
            _blank(book, sheet)
    return content.getvalue()


def _guide(book: xlsxwriter.Workbook) -> None:
    page = book.add_worksheet(GUIDE_SHEET)
    page.hide_gridlines(2)
    page.set_column(0, 0, 100)
    heading = book.add_format({"bold": True, "font_size": 16})
    words = book.add_format({"text_wrap": True, "valign": "top"})
    for row, paragraph in enumerate(GUIDE.strip().split("\n\n")):
        line = paragraph.replace("\n", " ")
        page.write_string(row, 0, line, heading if row == 0 else words)


def _blank(book: xlsxwriter.Workbook, sheet: Sheet) -> None:
    page = book.add_worksheet(sheet.name)
    page.freeze_panes(1, 0)
    required = book.add_format(
        {"bold": True, "bg_color": "#1F4E79", "font_color": "#FFFFFF", "border": 1}
    )
    optional = book.add_format({"bg_color": "#DDE7F0", "border": 1})
    for at, column in enumerate(sheet.columns):
        page.set_column(at, at, max(column.width, len(column.title) + 2))
        page.write_string(0, at, column.title, required if column.required else optional)
        _offer(page, at, CHOICES.get((sheet.name, column.title)))


def _offer(page: Worksheet, at: int, choices: tuple[str, ...] | None) -> None:
    """A drop-down list; another word may still be typed, the bot says what it cannot read."""
    if choices is not None:
        page.data_validation(
            1, at, LAST_ROW, at,
            {"validate": "list", "source": list(choices), "error_type": "information"},
        )  # fmt: skip
