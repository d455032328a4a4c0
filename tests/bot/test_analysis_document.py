"""The document: what stands in it, its form in Word, a school's own form."""

import re
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from docx import Document

from bot.analysis_files import make_files
from bot.documents.analysis import analysis_document, default_template
from bot.documents.fields import Heading, fields_of
from bot.documents.sample import SAMPLE, check
from bot.documents.template import filled
from services.analyses.templates import LARGEST, BrokenTemplateError
from services.analyses.view import Analysis, Checked
from tests.analysis_template import form

CHAPTERS = (
    "Цель проверки",
    "Что проверено",
    "Метод",
    "Результаты",
    "Успеваемость и качество",
    "Выполнение программы и нагрузка",
    "Без замечаний",
    "С замечаниями",
    "Сравнение",
    "Выводы",
    "Рекомендации",
    "Проект решения",
)
HEADING = Heading(number="7", version=2)


def opened(content: bytes) -> Any:
    return Document(BytesIO(content))


def text_of(analysis: Analysis) -> str:
    return "\n".join(_texts(analysis_document(analysis, HEADING).content))


def _texts(content: bytes) -> Iterator[str]:
    document = opened(content)
    yield from (one.text for one in document.paragraphs)
    for table in document.tables:
        yield from (cell.text for row in table.rows for cell in row.cells)


def a_form(text: str) -> bytes:
    document, out = Document(), BytesIO()
    document.add_paragraph(text)
    document.save(out)
    return out.getvalue()


def test_the_chapters_stand_in_order() -> None:
    found = re.findall(r"^\d+\. (.+)$", text_of(SAMPLE), re.MULTILINE)
    assert tuple(found) == CHAPTERS


def test_a_month_has_no_period_marks() -> None:
    assert "Успеваемость и качество" not in text_of(replace(SAMPLE, achievement=None))


def test_the_heading_names_school_number_and_date() -> None:
    text = text_of(SAMPLE)
    assert text.startswith("Школа\nАНАЛИТИЧЕСКАЯ СПРАВКА № 7\nот 24.10.2026\n")
    assert "за период: 1 четверть" in text
    assert "Лист ознакомления" in text
    assert "Повторная проверка: 31.10.2026" in text


def test_no_field_is_left_unfilled() -> None:
    assert not re.search(r"\{[{%]|[%}]\}", text_of(SAMPLE))


def test_an_analysis_of_nothing_is_a_document_too() -> None:
    nothing = replace(
        SAMPLE,
        checked=Checked(classes=[], teachers=0, lessons=0, marks=0),
        method=[],
        lateness=[],
        repeated=[],
        works=[],
        lags=[],
        programme=[],
        compared=[],
        teacher_remarks=[],
        class_remarks=[],
        identities=[],
        decisions_due=[],
        figures=replace(SAMPLE.figures, classes=[], rules=[], missing=[], subject_groups=[]),
        drafted=replace(SAMPLE.drafted, conclusions=[], recommendations=[]),
    )
    text = text_of(nothing)
    assert "Данных для выводов нет." in text
    assert "Рекомендаций нет." in text


@pytest.mark.parametrize("name", ["Школа <№ 12> & Ко", "{{ 7 * 7 }}", "a\x00b\x1fc"])
def test_words_of_the_data_stay_words(name: str) -> None:
    analysis = replace(SAMPLE, figures=replace(SAMPLE.figures, school=name))
    first = text_of(analysis).splitlines()[0]
    assert first == re.sub(r"[\x00-\x1f]", " ", name)


def test_the_shipped_form_is_what_the_script_makes() -> None:
    made = BytesIO()
    form().save(made)
    with zipfile.ZipFile(made) as ours, zipfile.ZipFile(BytesIO(default_template())) as shipped:
        for part in ("word/document.xml", "word/styles.xml", "word/footer1.xml"):
            assert ours.read(part) == shipped.read(part)


def test_the_shipped_form_passes_its_own_check() -> None:
    check(default_template())


def test_every_field_is_described() -> None:
    page = (Path(__file__).parents[2] / "docs" / "analyses.md").read_text(encoding="utf-8")
    fields = fields_of(SAMPLE, HEADING)
    columns = {name for value in fields.values() if isinstance(value, list) for name in _of(value)}
    assert [name for name in {*fields, *columns} if f"`{name}`" not in page] == []


def _of(rows: list[object]) -> set[str]:
    return set(rows[0]) if rows and isinstance(rows[0], dict) else set()


def test_a_school_s_own_form_is_used() -> None:
    made = analysis_document(SAMPLE, HEADING, a_form("{{ school }}, {{ version }}"))
    assert made.broken is None
    assert list(_texts(made.content)) == ["Школа, 2"]


def test_a_form_that_broke_later_gives_way_to_the_usual_one() -> None:
    made = make_files(SAMPLE, template=a_form("{{ gone }}"))
    assert made.broken is not None
    assert made.broken.facts == {"why": "field", "name": "gone"}
    assert any("АНАЛИТИЧЕСКАЯ СПРАВКА" in one for one in _texts(made.document))


def test_without_rows_there_is_no_picture() -> None:
    assert make_files(SAMPLE).picture is None


def _bomb() -> bytes:
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", b" " * (21 * LARGEST))
    return out.getvalue()


def _foreign() -> bytes:
    out = BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("xl/workbook.xml", "<x/>")
    return out.getvalue()


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"", "file"),
        (b"PK\x03\x04", "file"),
        (_foreign(), "file"),
        (_bomb(), "large"),
        (b"x" * (LARGEST + 1), "large"),
        (a_form("{{ nothing_like_it }}"), "field"),
        (a_form("{{ school.nothing }}"), "field"),
        (a_form("{% for x in rules %}"), "syntax"),
        (a_form("{{ school | nofilter }}"), "syntax"),
        (a_form("{{ rules.__class__ }}"), "syntax"),
        (a_form("{% for x in range(999999999) %}x{% endfor %}"), "file"),
    ],
    ids=[
        "empty", "cut", "workbook", "bomb", "large", "field", "column", "loop", "filter",
        "inside", "endless",
    ],
)  # fmt: skip
def test_a_form_that_cannot_be_filled_says_why(content: bytes, why: str) -> None:
    with pytest.raises(BrokenTemplateError) as caught:
        filled(content, fields_of(SAMPLE, HEADING))
    assert caught.value.facts["why"] == why


def test_rules_are_counted_without_advice() -> None:
    analysis = replace(SAMPLE, identities=["P1:1", "P1:2", "X9:1"])
    assert fields_of(analysis, HEADING)["by_rule"] == [
        {"code": "P1", "title": "Урок не заполнен", "count": "2"}
    ]
