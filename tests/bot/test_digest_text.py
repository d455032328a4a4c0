"""What people read: the digest, the lists behind it, a teacher's gaps, and why."""

import re
from dataclasses import asdict, replace
from html import unescape
from html.parser import HTMLParser

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.render import NBSP, Renderer
from services.figures import Fact, FindingLine, Index, Indices, Reason, RuleCount, Standing, Week
from services.listing import Gaps, list_page, own_gaps

VOICE = Renderer().voice("ru")
ALLOWED = {"b", "i", "u", "s", "code", "a", "blockquote"}
NONE = Index(None)
NOTHING = Indices(NONE, NONE, NONE, NONE)
FULL = Index(100.0, 0.0)
LINE = FindingLine(
    rule="P2",
    severity="minor",
    class_unit="5А",
    study_group="",
    subject="Алгебра",
    teacher="Ким О. П.",
    date="18.11.2026",
    lesson="3",
    pupil="",
    title="Нет темы",
    why="Тема пустая.",
)
TITLES = {
    "P1": "Урок не заполнен",
    "P2": "Нет темы",
    "P3": "Нет домашнего задания",
    "P4": "Не отмечена посещаемость",
    "T2": "Просрочены отметки за письменную работу",
    "R2": "Отметка отсутствующему",
    "N3": "Давно не спрошен",
    "N1": "Мало отметок у ученика",
    "K1": "Отставание",
}


def standing(name: str, completeness: float | None, findings: int = 0) -> Standing:
    return Standing(name, replace(NOTHING, completeness=Index(completeness)), findings)


def week(**facts: object) -> Week:
    fine: dict[str, object] = {
        "school": "Школа № 12",
        "period": "2026-W47",
        "first": "16.11.2026",
        "last": "21.11.2026",
        "as_of": "20.11 16:00",
        "indices": Indices(FULL, Index(99.97, 0.4), Index(100.0), Index(98.25, -1.04)),
        "classes": [standing("5А", 100.0), standing("5Б", 100.0), standing("5В", None)],
        "subject_groups": [standing("МО математики", 100.0)],
        "rules": [RuleCount(code, title, "minor", 0) for code, title in TITLES.items()],
    }
    return Week(**{**fine, **facts})  # type: ignore[arg-type]  # the facts of one test


WORST = week(
    school="Школа <№ 12> & лицей",
    indices=Indices(Index(93.44, 1.2), Index(88.0, -2.0), NONE, Index(97.1)),
    classes=[
        standing("11А", 85.0),
        standing("5А", 70.5, 1),
        standing("5Б", 70.5, 7),
        standing("9В", 12.25),
        standing("1А", None),
    ],
    subject_groups=[standing("МО математики", 85.0), standing("МО <химии>", 99.0)],
    rules=[
        RuleCount("K1", "Отставание", "major", 2),
        *(
            RuleCount(code, title, "minor", count, change)
            for (code, title), count, change in zip(
                TITLES.items(), range(1, 9), (3, -2, 0, None, 1, 1, 1, 1), strict=False
            )
        ),
    ],
    opened=12,
    closed=30,
    overdue=4,
    unsigned_substitutions=3,
    roster_orders=2,
    next_controls=["5А алгебра 24.11", "7Б физика 25.11", "9В", "1А", "1Б"],
    deadlines=["25.11 итоги"],
    missing=["Отметки 7Б", "Расписание"],
)


def text(template: str, **view: object) -> str:
    return VOICE.render(template, **view).replace(NBSP, " ")


class Tags(HTMLParser):
    """Which tags are open; anything that is not allowed or not closed in order is an error."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        assert tag in ALLOWED
        self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


def is_a_message(html: str) -> bool:
    """Balanced tags that the messenger knows, and no more than it takes."""
    tags = Tags()
    tags.feed(html)
    tags.close()
    visible = unescape(re.sub(r"<[^>]*>", "", html))
    return not tags.open and 0 < len(visible) <= 4000


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


words = st.text(max_size=80)
shares = st.none() | st.floats(0, 100)
counts = st.integers(0, 10**6)
index = st.builds(Index, shares, st.none() | st.floats(-100, 100))
four = st.builds(Indices, index, index, index, index)
scopes = st.lists(st.builds(Standing, words, four, counts), max_size=8)
codes = st.sampled_from([*TITLES, "L5", "A1", "C8", "Q1", "R10"])
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
    assert is_a_message(VOICE.render("gaps/my", gaps=own_gaps(lines), as_of="20.11 16:00"))


def test_a_year_of_gaps_fits_a_message() -> None:
    lines = [
        replace(LINE, class_unit=f"{grade}А", subject=f"Предмет {number}" * 4, date=date)
        for grade in range(1, 12)
        for number in range(5)
        for date in (f"{day:02}.11.2026" for day in range(1, 29))
    ]
    html = text("gaps/my", gaps=own_gaps(lines), as_of="20.11 16:00")
    assert is_a_message(html)
    assert re.search(r"Ещё \d+ д\w+ сюда не поместил", html)


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
    assert text("gaps/my", gaps=own_gaps(lines), as_of="20.11 16:00").splitlines() == [
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
    html = text("gaps/my", gaps=own_gaps(lines), as_of="20.11 16:00")
    assert html.splitlines()[0] == f"<b>{heading}</b>"


def test_a_teacher_without_gaps_is_thanked_only_where_there_is_data() -> None:
    none = Gaps([], total=0)
    assert text("gaps/my", gaps=none, as_of="20.11 16:00").splitlines() == [
        "Всё заполнено, спасибо.",
        "<i>данные на 20.11 16:00</i>",
    ]
    assert text("gaps/my", gaps=none, as_of="") == "По журналу пока нет данных, проверять нечего."


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
