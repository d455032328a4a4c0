"""Makes the form of the analysis that is shipped: ``python -m tests.analysis_template``.

The fields are those of ``bot.documents.fields``; a school edits the file in Word as it likes.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from docx import Document
from docx.enum.section import WD_ORIENT
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt

from bot.documents.analysis import DEFAULT

FONT = "Times New Roman"
WIDTH = 17.0
"""Centimetres between the margins."""
Columns = Sequence[tuple[str, str, float]]
"""Heading, field, share of the width."""
MARKS: Columns = (
    ("5", "five", 1.1),
    ("4", "four", 1.1),
    ("3", "three", 1.1),
    ("2", "two", 1.1),
    ("н/а", "unattested", 1.1),
    ("Успевае\N{SOFT HYPHEN}мость", "success", 2.4),
    ("Качество", "quality", 2.2),
    ("СОУ", "sou", 2.0),
)
INDICES: Columns = (
    ("Полнота", "completeness", 2.4),
    ("Своевремен\N{SOFT HYPHEN}ность", "timeliness", 2.6),
    ("Накопляе\N{SOFT HYPHEN}мость", "accumulation", 2.6),
    ("Достовер\N{SOFT HYPHEN}ность", "reliability", 2.6),
    ("Замечаний", "findings", 2.2),
)


@dataclass(slots=True)
class Form:
    """The document being made; chapters and tables are numbered as they come."""

    document: Any
    chapters: int = 0

    def line(self, text: str, *, bold: bool = False, center: bool = False, after: int = 4) -> Any:
        paragraph = self.document.add_paragraph()
        run = paragraph.add_run(text)
        run.bold = bold
        paragraph.paragraph_format.space_after = Pt(after)
        if center:
            paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
        return paragraph

    def text(self, text: str) -> None:
        paragraph = self.line(text)
        paragraph.alignment = WD_ALIGN_PARAGRAPH.JUSTIFY
        paragraph.paragraph_format.first_line_indent = Cm(1)

    def chapter(self, title: str) -> None:
        self.chapters += 1
        paragraph = self.line(f"{self.chapters}. {title}", bold=True)
        paragraph.paragraph_format.space_before = Pt(10)
        paragraph.paragraph_format.keep_with_next = True

    def caption(self, text: str) -> None:
        paragraph = self.line(text, after=2)
        paragraph.paragraph_format.space_before = Pt(6)
        paragraph.paragraph_format.keep_with_next = True

    def tag(self, text: str) -> None:
        """A paragraph that is gone once the form is filled."""
        self.line("{%p " + text + " %}")

    def items(self, rows: str, otherwise: str) -> None:
        """The sentences of a list, numbered; one line where there are none."""
        self.tag(f"if {rows}")
        self.tag(f"for sentence in {rows}")
        self.text("{{ loop.index }}) {{ sentence }}")
        self.tag("endfor")
        self.tag("else")
        self.text(otherwise)
        self.tag("endif")

    def table(self, rows: str, columns: Columns, *, small: bool = False) -> None:
        """A heading that repeats on every page, and a row for each of ``rows``."""
        table = self.document.add_table(rows=4, cols=len(columns))
        table.style = "Table Grid"
        table.alignment = WD_TABLE_ALIGNMENT.CENTER
        table.autofit = False
        whole = sum(share for _, _, share in columns)
        for at, (title, field, share) in enumerate(columns):
            width = Cm(WIDTH * share / whole)
            table.columns[at].width = width
            for row in table.rows:
                row.cells[at].width = width
            self.cell(table.cell(0, at), title, bold=True, small=small)
            filled = "{{ row." + field + " }}" if field else ""
            self.cell(table.cell(2, at), filled, small=small)
        self.cell(table.cell(1, 0), "{%tr for row in " + rows + " %}", small=small)
        self.cell(table.cell(3, 0), "{%tr endfor %}", small=small)
        repeat_heading(table.rows[0])
        for row in table.rows:
            keep_whole(row)

    def cell(self, cell: Any, text: str, *, bold: bool = False, small: bool = False) -> None:
        paragraph = cell.paragraphs[0]
        paragraph.paragraph_format.space_after = Pt(0)
        run = paragraph.add_run(text)
        run.bold = bold
        run.font.size = Pt(8.5 if small else 10)

    def tables_of(self, rows: str, caption: str, columns: Columns, *, small: bool = False) -> None:
        """With its caption; nothing where there are no rows."""
        self.tag(f"if {rows}")
        self.caption(caption)
        self.table(rows, columns, small=small)
        self.tag("endif")


def repeat_heading(row: Any) -> None:
    mark = OxmlElement("w:tblHeader")
    mark.set(qn("w:val"), "true")
    row._tr.get_or_add_trPr().append(mark)


def keep_whole(row: Any) -> None:
    row._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))


def blank() -> Any:
    document = Document()
    style = document.styles["Normal"]
    style.font.name = FONT
    style.font.size = Pt(12)
    style.element.rPr.rFonts.set(qn("w:eastAsia"), FONT)
    section = document.sections[0]
    section.orientation = WD_ORIENT.PORTRAIT
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin, section.right_margin = Cm(2.5), Cm(1.5)
    section.top_margin = section.bottom_margin = Cm(2)
    page_numbers(section)
    return document


def page_numbers(section: Any) -> None:
    paragraph = section.footer.paragraphs[0]
    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    run = paragraph.add_run()
    for kind, text in (("begin", ""), ("", "PAGE"), ("end", "")):
        part = OxmlElement("w:fldChar" if kind else "w:instrText")
        if kind:
            part.set(qn("w:fldCharType"), kind)
        else:
            part.text = text
        run._r.append(part)


def heading(form: Form) -> None:
    form.line("{{ school or '________________________' }}", bold=True, center=True, after=14)
    form.line("АНАЛИТИЧЕСКАЯ СПРАВКА № {{ number or '____' }}", bold=True, center=True, after=0)
    form.line("от {{ date }}", center=True, after=8)
    form.line(
        "по итогам проверки электронного журнала за период: {{ period }}", bold=True, center=True
    )


def checked(form: Form) -> None:
    form.chapter("Цель проверки")
    form.text(
        "Установить, насколько полно, своевременно и достоверно ведётся электронный журнал, "
        "достаточно ли текущих отметок, как выполняется программа."
    )
    form.chapter("Что проверено")
    form.text(
        "Период {{ first }} – {{ last }}{% if running %} (не завершён){% endif %}, "
        "данные журнала на {{ as_of }}. Классов: {{ classes_count }} ({{ classes }}). "
        "Учителей: {{ teachers_count }}, проведённых уроков: {{ lessons_count }}, "
        "отметок: {{ marks_count }}."
    )
    form.tag("if late_classes")
    form.text("Уроки начались позже, чем у остальных: {{ late_classes }}.")
    form.tag("endif")
    form.tag("if missing")
    form.text("В журнал не загружено: {{ missing }}. По этим данным выводов нет.")
    form.tag("endif")
    form.chapter("Метод")
    form.text(
        "Записи журнала проверены по правилам школы (правил: {{ rules_count }}). Перечень правил "
        "с версиями паспортов и пунктами локального акта – в приложении. Замечания уровня "
        "«проверить» в справку не входят."
    )


def results(form: Form) -> None:
    form.chapter("Результаты")
    form.tables_of("by_class", "По классам", (("Класс", "name", 2.2), *INDICES))
    form.tables_of(
        "by_subject_group", "По методическим объединениям", (("МО", "name", 5), *INDICES)
    )
    form.tables_of(
        "lateness",
        "Опоздания с заполнением по неделям",
        (
            ("Неделя", "week", 4),
            ("Уроков оценено", "judged", 4),
            ("Не в срок", "late", 4),
            ("Доля", "share", 3),
        ),
    )
    form.tables_of(
        "by_rule",
        "Замечания по правилам",
        (("Код", "code", 1.6), ("Правило", "title", 12), ("Замечаний", "count", 3)),
    )
    form.tables_of(
        "repeated",
        "Повторяющиеся замечания (три недели и более)",
        (
            ("Учитель", "teacher", 6),
            ("Правило", "rule", 6),
            ("Недель", "weeks", 2),
            ("Замечаний", "count", 2.6),
        ),
    )


def marks(form: Form) -> None:
    form.tag("if graded")
    form.chapter("Успеваемость и качество")
    form.text(
        "Успеваемость {{ marks.success }}, качество {{ marks.quality }}, СОУ {{ marks.sou }}. "
        "Не аттестовано (н/а): {{ marks.unattested }}, из них без основания: {{ groundless }}."
    )
    form.tables_of(
        "marks_by_classes",
        "По классам (учеников)",
        (("Класс", "name", 1.8), ("Учеников", "total", 2.3), *MARKS),
        small=True,
    )
    for rows, caption, title in (
        ("marks_by_subjects", "По предметам (отметок)", "Предмет"),
        ("marks_by_subject_groups", "По методическим объединениям (отметок)", "МО"),
        ("marks_by_teachers", "По учителям (отметок)", "Учитель"),
    ):
        columns = ((title, "name", 4.6), ("Всего", "total", 1.5), *MARKS)
        form.tables_of(rows, caption, columns, small=True)
    form.tag("endif")


def programme(form: Form) -> None:
    form.chapter("Выполнение программы и нагрузка")
    form.text(
        "По плану часов: {{ programme_total.planned }}, проведено: {{ programme_total.done }} "
        "({{ programme_total.share }})."
    )
    form.tables_of(
        "programme",
        "По классам",
        (
            ("Класс", "name", 3),
            ("По плану, ч", "planned", 4),
            ("Проведено, ч", "done", 4),
            ("Выполнение", "share", 4),
        ),
    )
    form.tables_of(
        "lags",
        "Отставание от КТП с начала года",
        (
            ("Класс", "class_unit", 1.6),
            ("Предмет", "subject", 4),
            ("Группа", "study_group", 2),
            ("Учитель", "teacher", 4.4),
            ("План", "planned", 1.6),
            ("Дано", "held", 1.6),
            ("Отстаёт", "lag", 2),
        ),
    )
    form.tables_of(
        "works",
        "Контрольные работы класса",
        (("Класс", "name", 4), ("Работ", "works", 4), ("Больше всего в неделю", "most", 6)),
    )
    form.text(
        "Вопросов к помощнику: {{ questions }} (с ответом: {{ answered }}). Обращений новых: "
        "{{ tickets_opened }}, закрыто: {{ tickets_closed }}. Приказов по контингенту: "
        "{{ roster_orders }}. Сбои журнала: {{ outages }}."
    )
    form.tag("if decisions_due")
    form.caption("Решения, срок которых в этом периоде")
    form.tag("for sentence in decisions_due")
    form.text("{{ sentence }}")
    form.tag("endfor")
    form.tag("endif")


def remarks(form: Form) -> None:
    form.chapter("Без замечаний")
    form.text("Классы: {{ clean_classes or 'нет' }}.")
    form.text("Учителя ({{ clean_teachers_count }}): {{ clean_teachers or 'нет' }}.")
    form.chapter("С замечаниями")
    form.text("Замечаний за период: {{ findings_count }}.")
    form.tables_of(
        "remarks",
        "По учителям",
        (
            ("Учитель", "name", 6),
            ("Замечаний", "count", 2.6),
            ("Правила и число замечаний", "rules", 8.4),
        ),
        small=True,
    )
    form.chapter("Сравнение")
    form.caption("Прошлый период: {{ previous }}. Год назад: {{ year_ago }}")
    form.table(
        "compared",
        (
            ("Показатель", "name", 6),
            ("Сейчас", "now", 2.6),
            ("Прошлый период", "before", 2.8),
            ("Изменение", "change", 2.6),
            ("Год назад", "year", 2.6),
        ),
    )


def conclusions(form: Form) -> None:
    form.chapter("Выводы")
    form.items("conclusions", "Данных для выводов нет.")
    form.chapter("Рекомендации")
    form.items("recommendations", "Рекомендаций нет.")
    form.chapter("Проект решения")
    form.items("decision", "Решений не требуется.")
    form.text("Повторная проверка: {{ recheck }}, по тем же правилам и за тот же период.")
    form.line("")
    form.line("Администратор электронного журнала  ______________ / ______________________")
    form.line("")
    form.line(
        "Директор  ______________ / ______________________        «____» ____________ 20___ г."
    )


def acknowledgement(form: Form) -> None:
    form.document.add_page_break()
    form.line("Лист ознакомления", bold=True, center=True)
    form.line("со справкой № {{ number or '____' }} от {{ date }}", center=True)
    form.table(
        "remarks",
        (
            ("Фамилия, имя, отчество", "name", 8),
            ("Дата", "", 3),
            ("Подпись", "", 4),
        ),
    )
    title = form.line("Приложение. Правила проверки", bold=True, center=True)
    title.paragraph_format.space_before = Pt(18)
    form.table(
        "rules",
        (
            ("Код", "code", 1.4),
            ("Правило", "title", 7),
            ("Версия", "version", 1.8),
            ("Пункт локального акта", "clause", 6.8),
        ),
        small=True,
    )


def form() -> Any:
    """The whole form as a document."""
    made = Form(blank())
    for part in (
        heading,
        checked,
        results,
        marks,
        programme,
        remarks,
        conclusions,
        acknowledgement,
    ):
        part(made)
    return made.document


if __name__ == "__main__":
    form().save(str(DEFAULT))
