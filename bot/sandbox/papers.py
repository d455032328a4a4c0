"""Files that the demo offers to send: the journal's week, the same with a slip, a wrong one."""

import asyncio
from collections.abc import Callable
from dataclasses import replace
from io import BytesIO

from PIL import Image, ImageDraw

from bot.sandbox.live import ReadyFile
from services.generator import GeneratedSchool
from services.journal.model import Batch
from services.journal.writers.f12 import write_workbook
from services.journal.writers.local_time import LocalTime
from services.journal.writers.template import blank_template

WEEK_NAME = "Журнал за неделю.xlsx"
SLIP_NAME = "Журнал с опечаткой в фамилии.xlsx"
PICTURE_NAME = "Не журнал.png"
TEMPLATE_NAME = "Шаблон обмена.xlsx"
PAPER, INK = "#fff8e1", "#b26a00"


def papers(school: GeneratedSchool, *, mistyped: str) -> list[ReadyFile]:
    """``mistyped`` is the teacher whose name has a slip in the second file."""
    local = LocalTime(school.options.zone)

    def week() -> bytes:
        return _workbook(school.week, local)

    def slip() -> bytes:
        return _workbook(with_slip(school.week, mistyped), local)

    return [
        _file(WEEK_NAME, "Выгрузка за последние две недели: с неё и начните", week),
        _file(SLIP_NAME, "Та же выгрузка, но фамилия учителя написана с ошибкой", slip),
        _file(PICTURE_NAME, "Картинка вместо таблицы: так бывает", picture),
        _file(TEMPLATE_NAME, "Пустой шаблон: его можно скачать, заполнить и прислать",
              blank_template),
    ]  # fmt: skip


def with_slip(week: Batch, teacher: str) -> Batch:
    """The teacher's lessons of the last day are signed with a letter left out of the surname."""
    rows = week.lessons or []
    last = max((row.day for row in rows if row.teacher == teacher), default=0)
    wrong = slip_of(teacher)
    lessons = [
        row._replace(teacher=wrong) if (row.day, row.teacher) == (last, teacher) else row
        for row in rows
    ]
    return replace(week, lessons=lessons)


def slip_of(name: str) -> str:
    """«Соколова Ирина» -> «Соклова Ирина»."""
    surname, _, rest = name.partition(" ")
    at = len(surname) // 2 - 1
    return f"{surname[:at]}{surname[at + 1 :]} {rest}"


def picture() -> bytes:
    """A picture of something that is no journal."""
    canvas = Image.new("RGB", (320, 240), PAPER)
    pen = ImageDraw.Draw(canvas)
    pen.ellipse((110, 70, 210, 170), outline=INK, width=6)
    pen.line((160, 70, 160, 30, 130, 20), fill=INK, width=6)
    content = BytesIO()
    canvas.save(content, "PNG")
    return content.getvalue()


def _file(name: str, about: str, make: Callable[[], bytes]) -> ReadyFile:
    async def content() -> bytes:
        return await asyncio.to_thread(make)

    return ReadyFile(name=name, about=about, content=content)


def _workbook(batch: Batch, local: LocalTime) -> bytes:
    content = BytesIO()
    write_workbook(batch, content, local=local)
    return content.getvalue()
