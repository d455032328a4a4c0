"""The Russian words are complete, and say what the English ones say."""

import re
from collections import Counter
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from babel.messages.catalog import Message
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po

ROOT = Path(__file__).parents[2]
RUSSIAN = ROOT / "locales/ru/LC_MESSAGES"
PYTHON = [("**.py", "python")]
LABELS = {"say": None, "words": None}
TEMPLATES = {"**.j2": {"trimmed": "true", "newstyle_gettext": "true"}}
PLACEHOLDER = re.compile(r"%\((\w+)\)s")
TAG = re.compile(r"</?\w+>")
RUSSIAN_FORMS = 3
Id = str | tuple[str, ...]


@cache
def used() -> frozenset[Id]:
    """Every message of the templates, of the labels in code, of the rules' reasons."""
    in_templates = extract_from_dir(
        ROOT / "bot/templates", [("**.j2", "jinja2")], TEMPLATES, strip_comment_tags=True
    )
    in_bot = extract_from_dir(ROOT / "bot", PYTHON, keywords={"say": None})
    in_wording = extract_from_dir(ROOT / "bot", [("wording.py", "python")], keywords=LABELS)
    in_rules = extract_from_dir(ROOT / "services", PYTHON, keywords={"Said": None})
    return frozenset(
        tuple(found[2]) if isinstance(found[2], list | tuple) else found[2]
        for found in (*in_templates, *in_bot, *in_wording, *in_rules, *labels())
    )


def labels() -> list[Any]:
    """Buttons and menu lines."""
    return list(extract_from_dir(ROOT / "handlers", PYTHON, keywords=LABELS))


@cache
def translated() -> tuple[Message, ...]:
    return tuple(entry for path in sorted(RUSSIAN.glob("*.po")) for entry in _entries(path))


def _entries(path: Path) -> Iterator[Message]:
    with path.open("rb") as source:
        yield from (entry for entry in read_po(source, locale="ru") if entry.id)


def _id(entry: Message) -> Id:
    return tuple(entry.id) if isinstance(entry.id, list | tuple) else str(entry.id)


def _pairs(entry: Message) -> Iterator[tuple[str, str]]:
    """Each Russian text beside the English one it stands for."""
    if isinstance(entry.id, str):
        yield entry.id, str(entry.string)
        return
    one, many = entry.id
    for number, russian in enumerate(entry.string or ()):
        yield (many if number else one), russian


def test_everything_said_is_translated() -> None:
    done = {_id(entry) for entry in translated() if all(russian for _, russian in _pairs(entry))}
    assert used() - done == frozenset()


def test_nothing_translated_is_unused() -> None:
    assert {_id(entry) for entry in translated()} - used() == set()


def test_no_translation_is_a_guess() -> None:
    assert [_id(entry) for entry in translated() if entry.fuzzy] == []


def test_a_message_is_translated_in_one_place() -> None:
    counted = Counter(_id(entry) for entry in translated())
    assert [one for one, times in counted.items() if times > 1] == []


def test_plural_messages_have_three_russian_forms() -> None:
    plural = [entry for entry in translated() if not isinstance(entry.id, str)]
    assert plural
    assert {len(entry.string or ()) for entry in plural} == {RUSSIAN_FORMS}


@pytest.mark.parametrize("part", [PLACEHOLDER, TAG], ids=["placeholders", "tags"])
def test_both_languages_hold_the_same(part: re.Pattern[str]) -> None:
    wrong = [
        (english, russian)
        for entry in translated()
        for english, russian in _pairs(entry)
        if Counter(part.findall(english)) != Counter(part.findall(russian))
    ]
    assert wrong == []


def test_buttons_and_menu_lines_fit_the_messenger() -> None:
    known = {_id(entry): str(entry.string) for entry in translated()}
    assert [known[one[2]] for one in labels() if len(known[one[2]]) > 60] == []
