"""Weeks in order and at their worst, their messages, and what makes a message legal."""

import re
from dataclasses import replace
from html import unescape
from html.parser import HTMLParser

from hypothesis import strategies as st

from bot.render import NBSP, Renderer
from services.figures import FindingLine, Index, Indices, RuleCount, Standing, Week

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

words = st.text(max_size=80)
codes = st.sampled_from([*TITLES, "L5", "A1", "C8", "Q1", "R10"])


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
