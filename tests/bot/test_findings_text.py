"""What people read of findings: lists, the page of a class or teacher, own gaps, the reasons."""

import re
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from services.figures import Fact, FindingLine, Reason, Standing
from services.gaps import OwnGaps
from services.listing import Gaps, list_page, own_gaps
from tests.bot.weeks import (
    LINE,
    VOICE,
    WORST,
    codes,
    is_a_message,
    text,
    words,
)

NO_GAPS = Gaps([], total=0)


def own(gaps: Gaps, *, advice: Gaps = NO_GAPS, as_of: str = "20.11 16:00") -> OwnGaps:
    return OwnGaps(as_of=as_of, gaps=gaps, advice=advice, told=())


lines_of_findings = st.lists(
    st.builds(
        FindingLine,
        rule=codes,
        severity=st.sampled_from(["major", "advice"]),
        class_unit=words,
        study_group=words,
        subject=words,
        teacher=words,
        date=st.sampled_from(["", *(f"{day:02}.11.2026" for day in range(1, 31))]),
        lesson=st.sampled_from(["", "1", "12", "II"]),
        pupil=st.sampled_from(["", "5А №17"]),
        title=words,
        why=words,
    ),
    max_size=60,
)


@settings(max_examples=40, deadline=None)
@given(lines_of_findings, words)
def test_any_list_and_any_gaps_fit_a_message(lines: list[FindingLine], title: str) -> None:
    page = list_page(lines)
    assert is_a_message(VOICE.render("digest/list", title=title, as_of="20.11 16:00", page=page))
    assert is_a_message(VOICE.render("gaps/my", own=own(own_gaps(lines))))


def test_a_year_of_gaps_fits_a_message() -> None:
    lines = [
        replace(LINE, class_unit=f"{grade}А", subject=f"Предмет {number}" * 4, date=date)
        for grade in range(1, 12)
        for number in range(5)
        for date in (f"{day:02}.11.2026" for day in range(1, 29))
    ]
    html = text("gaps/my", own=own(own_gaps(lines)))
    assert is_a_message(html)
    assert re.search(r"Ещё \d+ д\w+ сюда не поместил", html)


def test_a_list_names_class_day_lesson_and_page() -> None:
    lines = [
        LINE,
        replace(LINE, study_group="1 группа", lesson="4", pupil="5А №17"),
        replace(LINE, class_unit="10Б", date="", lesson="", subject="Физика <проф>"),
    ]
    page = list_page(lines, number=1, size=2)
    assert text("digest/list", title="Нет темы", as_of="20.11 16:00", page=page).splitlines() == [
        "<b>Нет темы</b>",
        "3 замечания · страница 1 из 2",
        "<i>данные на 20.11 16:00</i>",
        "",
        "<b>5А</b>",
        "18.11 · урок 3 · Алгебра · Нет темы",
        "18.11 · урок 4 · Алгебра · 1 группа · 5А №17 · Нет темы",
    ]
    last = text("digest/list", title="", as_of="", page=list_page(lines, number=2, size=2))
    assert last.endswith("<b>10Б</b>\nФизика &lt;проф&gt; · Нет темы")


def test_an_empty_list_says_so() -> None:
    empty = text("digest/list", title="Нет темы", as_of="20.11 16:00", page=list_page([]))
    assert empty.splitlines()[1] == "Замечаний нет"


@pytest.mark.parametrize(
    ("template", "heading", "tail"),
    [
        ("digest/class", "<b>Класс 5А</b>", ["<b>1 замечание</b>"]),
        ("digest/teacher", "<b>5А</b>", ["<b>1 замечание</b>", "<b>5А</b>"]),
    ],
)
def test_a_class_and_a_teacher_have_their_own_page(
    template: str, heading: str, tail: list[str]
) -> None:
    own = Standing("5А", WORST.indices)
    html = text(template, standing=own, as_of="20.11 16:00", page=list_page([LINE]))
    assert html.splitlines()[:4] == [
        heading,
        "<i>данные на 20.11 16:00</i>",
        "",
        "Полнота: <b>93,4 %</b> ▲ выше на 1,2",
    ]
    assert html.splitlines()[8:] == [*tail, "18.11 · урок 3 · Алгебра · Нет темы"]
    empty = text(template, standing=own, as_of="20.11 16:00", page=list_page([]))
    assert empty.endswith("\n\nЗамечаний нет")


def test_a_teacher_sees_class_subject_and_date_of_each_gap() -> None:
    lines = [
        LINE,
        replace(LINE, rule="P3", title="Нет домашнего задания"),
        replace(LINE, class_unit="7Б", lesson="1", date="17.11.2026"),
        replace(LINE, class_unit="7Б", lesson="2", date="17.11.2026", subject="Геометрия"),
    ]
    assert text("gaps/my", own=own(own_gaps(lines))).splitlines() == [
        "<b>Ждут вашего внимания 3 записи</b>",
        "<i>данные на 20.11 16:00</i>",
        "",
        "<b>7Б</b> · 2",
        "17.11 · урок 1 · Алгебра · Нет темы",
        "17.11 · урок 2 · Геометрия · Нет темы",
        "",
        "<b>5А</b> · 1",
        "18.11 · урок 3 · Алгебра · Нет темы, Нет домашнего задания",
    ]


@pytest.mark.parametrize(
    ("count", "heading"),
    [
        (1, "Ждёт вашего внимания 1 запись"),
        (11, "Ждут вашего внимания 11 записей"),
        (21, "Ждёт вашего внимания 21 запись"),
        (22, "Ждут вашего внимания 22 записи"),
    ],
)
def test_numbers_agree_with_their_nouns(count: int, heading: str) -> None:
    lines = [replace(LINE, date=f"{day:02}.11.2026") for day in range(1, count + 1)]
    html = text("gaps/my", own=own(own_gaps(lines)))
    assert html.splitlines()[0] == f"<b>{heading}</b>"


def test_a_teacher_without_gaps_is_thanked_only_where_there_is_data() -> None:
    assert text("gaps/my", own=own(NO_GAPS)).splitlines() == [
        "Всё заполнено, спасибо.",
        "<i>данные на 20.11 16:00</i>",
    ]
    nothing = text("gaps/my", own=own(NO_GAPS, as_of=""))
    assert nothing == "По журналу пока нет данных, проверять нечего."


def test_advice_stands_below_what_a_teacher_has_to_mend() -> None:
    found = own_gaps([replace(LINE, rule="K3", severity="advice", title="Дубль темы")])
    assert text("gaps/my", own=own(NO_GAPS, advice=found)).splitlines() == [
        "Всё заполнено, спасибо.",
        "<i>данные на 20.11 16:00</i>",
        "",
        "<b>Совет: посмотрите ещё 1 запись</b>",
        "",
        "<b>5А</b>",
        "18.11 · урок 3 · Алгебра · Дубль темы",
    ]


def test_why_shows_the_clause_the_rows_and_the_numbers() -> None:
    reason = Reason(
        line=replace(LINE, severity="advice"),
        clause="п. 3.4 Положения",
        version=2,
        rows=[f"строка {number}" for number in range(1, 13)],
        facts=[Fact("учеников без отметки", "7 из 25")],
    )
    html = text("gaps/why", reason=reason, as_of="20.11 16:00")
    assert html.splitlines() == [
        "<b>P2 Нет темы</b>",
        "5А · 18.11 · урок 3 · Алгебра",
        "Это не нарушение, а повод проверить.",
        "",
        "Тема пустая.",
        "",
        "<b>Что в журнале</b>",
        *(f"• строка {number}" for number in range(1, 11)),
        "… и ещё 2",
        "",
        "учеников без отметки: <b>7 из 25</b>",
        "",
        "Основание: п. 3.4 Положения (редакция правила 2).",
        "<i>данные на 20.11 16:00</i>",
    ]
    bare = text("gaps/why", reason=Reason(LINE, "", 1), as_of="20.11 16:00")
    assert "для этого правила пока не указан (редакция правила 1)." in bare


@settings(max_examples=30, deadline=None)
@given(st.lists(st.text(max_size=400), max_size=15), st.text(max_size=2000))
def test_any_reason_fits_a_message(rows: list[str], why: str) -> None:
    reason = Reason(replace(LINE, why=why), why, 1, rows, [Fact(why, row) for row in rows])
    assert is_a_message(VOICE.render("gaps/why", reason=reason, as_of="20.11 16:00"))
