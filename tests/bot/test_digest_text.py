"""What people read of a week: the digest, holidays, /status."""

import re
from dataclasses import asdict, replace

from hypothesis import given, settings
from hypothesis import strategies as st

from services.figures import Index, Indices, RuleCount, Standing, Week
from tests.bot.weeks import (
    NOTHING,
    VOICE,
    WORST,
    codes,
    is_a_message,
    standing,
    text,
    week,
    words,
)


def test_a_week_in_order_takes_a_line_a_block() -> None:
    assert text("digest/week", week=week()).splitlines() == [
        "<b>Школа № 12 · неделя 16.11–21.11</b>",
        "<i>данные на 20.11 16:00</i>",
        "",
        "Полнота: <b>100,0 %</b> без изменений",
        "Своевременность: <b>99,9 %</b> ▲ выше на 0,4",
        "Накопляемость: <b>100,0 %</b>",
        "Достоверность: <b>98,2 %</b> ▼ ниже на 1,0",
        "Во всех классах всё заполнено.",
        "",
        "<b>Замечаний нет</b>",
    ]


def test_the_worst_week_says_all_on_one_screen() -> None:
    lines = text("digest/week", week=WORST).splitlines()
    assert lines == [
        "<b>Школа &lt;№ 12&gt; &amp; лицей · неделя 16.11–21.11</b>",
        "<i>данные на 20.11 16:00</i>",
        "",
        "Полнота: <b>93,4 %</b> ▲ выше на 1,2",
        "Своевременность: <b>88,0 %</b> ▼ ниже на 2,0",
        "Накопляемость: <b>нет данных</b>",
        "Достоверность: <b>97,1 %</b>",
        "Ниже других по полноте: 9В 12,2 %, 5Б 70,5 %, 5А 70,5 %",
        "Из МО ниже других: МО математики 85,0 %, МО &lt;химии&gt; 99,0 %",
        "",
        "<b>38 замечаний</b> по урокам недели; всего за неделю открыто 12, снято 30, просрочено 4",
        "P1 Урок не заполнен: <b>1</b> ▲ на 3 больше",
        "P2 Нет темы: <b>2</b> ▼ на 2 меньше",
        "P3 Нет домашнего задания: <b>3</b>",
        "P4 Не отмечена посещаемость: <b>4</b>",
        "T2 Просрочены отметки за письменную работу: <b>5</b> ▲ на 1 больше",
        "R2 Отметка отсутствующему: <b>6</b> ▲ на 1 больше",
        "N3 Давно не спрошен: <b>7</b> ▲ на 1 больше",
        "Ещё: N1 Мало отметок у ученика – 8, K1 Отставание – 2",
        "",
        "Замены без подписи: 3 · Приказы по контингенту: 2",
        "Контрольные на следующей неделе: 5А алгебра 24.11; 7Б физика 25.11; 9В и ещё 2",
        "Сроки: 25.11 итоги",
        "<b>Не загружено:</b> Отметки 7Б; Расписание",
    ]


def test_a_first_week_says_nothing_of_opened_and_closed() -> None:
    first = text("digest/week", week=replace(WORST, opened=None, closed=None, overdue=None))

    assert "всего за неделю открыто 12" in text("digest/week", week=WORST)
    assert "открыто" not in first
    assert "замечани" in first


def test_a_week_reads_the_same_from_plain_data() -> None:
    assert text("digest/week", week=asdict(WORST)) == text("digest/week", week=WORST)


def test_a_week_without_data_never_says_that_all_is_well() -> None:
    empty = week(as_of="", indices=NOTHING, classes=[], subject_groups=[], missing=["Журнал"])
    assert text("digest/week", week=empty).splitlines() == [
        "<b>Школа № 12 · неделя 16.11–21.11</b>",
        "<i>нет данных</i>",
        "",
        "Считать пока нечего: за эту неделю нет данных. Замечания не проверялись.",
        "<b>Не загружено:</b> Журнал",
    ]


def test_a_school_of_one_class_without_a_name_has_its_week() -> None:
    one = week(
        school="",
        classes=[standing("5А", 99.5)],
        subject_groups=[],
        rules=[RuleCount("P2", "Нет темы", "minor", 1)],
        roster_orders=1,
    )
    lines = text("digest/week", week=one).splitlines()
    assert lines[0] == "<b>Неделя 16.11–21.11</b>"
    assert lines[7:] == [
        "Ниже других по полноте: 5А 99,5 %",
        "",
        "<b>1 замечание</b>",
        "P2 Нет темы: <b>1</b>",
        "",
        "Приказы по контингенту: 1",
    ]


shares = st.none() | st.floats(0, 100)
counts = st.integers(0, 10**6)
index = st.builds(Index, shares, st.none() | st.floats(-100, 100))
four = st.builds(Indices, index, index, index, index)
scopes = st.lists(st.builds(Standing, words, four, counts), max_size=8)
rules = st.lists(
    st.builds(RuleCount, codes, words, st.just("minor"), counts, st.none() | st.integers(-99, 99)),
    max_size=14,
    unique_by=lambda rule: rule.code,
)
phrases = st.lists(words, max_size=6)
weeks = st.builds(
    Week,
    school=words,
    period=st.just("2026-W47"),
    first=st.just("16.11.2026"),
    last=st.just("21.11.2026"),
    as_of=st.sampled_from(["", "20.11 16:00"]),
    indices=four,
    classes=scopes,
    subject_groups=scopes,
    rules=rules,
    findings=st.just([]),
    unsigned_substitutions=counts,
    opened=counts,
    closed=counts,
    overdue=counts,
    roster_orders=counts,
    next_controls=phrases,
    deadlines=phrases,
    missing=phrases,
)


@settings(max_examples=60, deadline=None)
@given(weeks)
def test_any_week_is_one_screen(one: Week) -> None:
    html = VOICE.render("digest/week", week=one)
    assert len(html.splitlines()) <= 25
    assert "\n\n\n" not in html
    assert is_a_message(html)


def test_endless_names_with_line_breaks_still_make_one_screen() -> None:
    endless = "Ш\n<&>\u2028 " * 300
    huge = replace(
        WORST,
        school=endless,
        classes=[standing(endless, 10.0)] * 9,
        subject_groups=[standing(endless, 10.0)] * 9,
        rules=[replace(rule, title=endless) for rule in WORST.rules],
        next_controls=[endless] * 9,
        deadlines=[endless] * 9,
        missing=[endless] * 9,
    )
    html = VOICE.render("digest/week", week=huge)
    assert len(html.splitlines()) == 24
    assert is_a_message(html)
    assert len(html) < 4000


def test_holidays_are_one_line() -> None:
    assert (
        text("digest/holidays", next="13.11 16:00")
        == "На этой неделе каникулы, сводки нет; следующая – 13.11 16:00."
    )
    assert text("digest/holidays", next="") == "На этой неделе каникулы, сводки нет."


def test_status_is_four_indices_and_their_moment() -> None:
    assert text("digest/status", as_of="20.11 16:00", indices=WORST.indices).splitlines() == [
        "<b>Журнал сейчас</b>",
        "Полнота: <b>93,4 %</b> ▲ выше на 1,2",
        "Своевременность: <b>88,0 %</b> ▼ ниже на 2,0",
        "Накопляемость: <b>нет данных</b>",
        "Достоверность: <b>97,1 %</b>",
        "<i>данные на 20.11 16:00</i>",
    ]


def test_status_before_any_data_has_no_figure() -> None:
    status = text("digest/status", as_of="", indices=NOTHING)
    assert "нет данных" in status
    assert not re.search(r"[\d%]", status)
