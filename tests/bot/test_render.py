"""Texts in the reader's language and zone."""

import re
from datetime import UTC, date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from jinja2 import UndefinedError

from bot.render import TEMPLATES, Renderer

RENDERER = Renderer()
FRIDAY = datetime(2026, 11, 20, 21, 30, tzinfo=UTC)
TAG = re.compile(r"<(/?)(\w+)")
ALLOWED = {"b", "i", "u", "s", "code", "a", "blockquote"}


def shown(source: str, *, language: str = "ru", zone: str = "Europe/Moscow", **view: object) -> str:
    """A text of a template written in the test."""
    voice = RENDERER.voice(language, zone)
    return voice.environment.from_string(source).render(view, reader=voice.reader)


@pytest.mark.parametrize(
    ("source", "russian", "english"),
    [
        ("{{ at|moment }}", "21.11 00:30", "21.11 00:30"),
        ("{{ at|day }}", "21.11", "21.11"),
        ("{{ at|hour }}", "00:30", "00:30"),
        ("{{ at|weekday }}", "суббота", "Saturday"),
        ("{{ 4|weekday }}", "пятница", "Friday"),
        ("{{ 93.44|per_cent }}", "93,4\N{NO-BREAK SPACE}%", "93.4%"),
        ("{{ 100|per_cent }}", "100,0\N{NO-BREAK SPACE}%", "100.0%"),
        ("{{ '<7А>'|quoted }}", "«&lt;7А&gt;»", "“&lt;7А&gt;”"),
    ],
)
def test_a_filter_speaks_the_reader_s_language(source: str, russian: str, english: str) -> None:
    assert shown(source, at=FRIDAY) == russian
    assert shown(source, at=FRIDAY, language="en") == english


def test_moments_are_shown_in_the_reader_s_zone() -> None:
    assert shown("{{ at|moment }}", at=FRIDAY, zone="Asia/Vladivostok") == "21.11 07:30"


def test_a_moment_of_a_school_keeps_its_zone() -> None:
    there = FRIDAY.astimezone(ZoneInfo("Asia/Yekaterinburg"))
    assert shown("{{ at|moment }}", at=there) == "21.11 02:30"


def test_a_day_has_no_zone() -> None:
    assert shown("{{ at|day }} {{ at|weekday }}", at=date(2026, 11, 20)) == "20.11 пятница"


@pytest.mark.parametrize(
    ("left", "russian"),
    [
        (1, "PIN не подошёл. Осталась 1 попытка."),
        (2, "PIN не подошёл. Осталось 2 попытки."),
        (5, "PIN не подошёл. Осталось 5 попыток."),
        (11, "PIN не подошёл. Осталось 11 попыток."),
        (21, "PIN не подошёл. Осталась 21 попытка."),
    ],
)
def test_numbers_take_their_russian_form(left: int, russian: str) -> None:
    assert RENDERER.voice().render("errors/pin-wrong", left=left) == russian


def test_english_is_complete_without_a_translation() -> None:
    said = RENDERER.voice("en").render("errors/pin-wrong", left=1)
    assert said == "The PIN does not fit. 1 try is left."


def test_an_unknown_language_is_russian() -> None:
    assert RENDERER.voice("tt").say("Teacher") == "Учитель"


def test_a_label_takes_facts() -> None:
    assert RENDERER.voice().say("Name: %(name)s", name="<12>") == "Название: <12>"


def test_facts_are_escaped() -> None:
    assert "&lt;b&gt;" in RENDERER.voice().render("people/revoked", name="<b>")


def test_a_missing_fact_is_an_error() -> None:
    with pytest.raises(UndefinedError):
        RENDERER.voice().render("people/revoked")


@pytest.mark.parametrize(
    "path", sorted(TEMPLATES.rglob("*.j2")), ids=lambda path: path.relative_to(TEMPLATES).as_posix()
)
def test_a_template_compiles_and_uses_only_the_messenger_s_tags(path: Path) -> None:
    source = path.read_text("utf-8")
    RENDERER.voice().environment.compile(source)
    tags = TAG.findall(source)
    assert {name for _, name in tags} <= ALLOWED


@pytest.mark.parametrize("kind", ["errors/given-up", "errors/interrupted"])
def test_a_case_is_told_with_its_number(kind: str) -> None:
    assert "Номер случая: 17." in RENDERER.voice().render(kind, incident="17")
