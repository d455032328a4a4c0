"""What people may use stands in the README: commands, settings, rules; its links lead somewhere."""

import re
from pathlib import Path

import pytest

from bot.cli.program import program
from bot.settings import Settings
from handlers.commands import COMMANDS
from services.completeness.rules import catalogue
from tests import rules_page

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")
RUSSIAN, ENGLISH = README.split("# Yozh, in English")
DOCUMENTS = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")])
OUTSIDE = ("http://", "https://", "#")


@pytest.mark.parametrize("name", [one.name for one in COMMANDS])
def test_a_chat_command_is_listed(name: str) -> None:
    assert f"`/{name}`" in RUSSIAN


@pytest.mark.parametrize("name", [str(one.name) for one in program.registered_commands])
def test_a_command_of_the_shell_is_listed(name: str) -> None:
    assert re.search(rf"^\| `{name}[ `]", RUSSIAN, re.MULTILINE)


@pytest.mark.parametrize("name", [name.upper() for name in Settings.model_fields])
def test_a_setting_is_listed(name: str) -> None:
    assert f"| `{name}` |" in RUSSIAN


def test_the_page_of_rules_is_what_the_passports_say() -> None:
    assert rules_page.PAGE.read_text(encoding="utf-8") == rules_page.page()


@pytest.mark.parametrize("code", list(catalogue()))
def test_every_threshold_says_what_it_counts(code: str) -> None:
    assert all(bounds.about for bounds in catalogue()[code].thresholds.values())


@pytest.mark.parametrize("command", ["make demo", "make test"])
def test_both_languages_begin_with_the_two_commands(command: str) -> None:
    assert all(re.search(rf"^{command} ", text, re.MULTILINE) for text in (RUSSIAN, ENGLISH))


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.name)
def test_a_link_leads_to_a_file_that_is_there(document: Path) -> None:
    links = re.findall(r"\]\(([^)\s]+)\)", document.read_text(encoding="utf-8"))
    inside = [link.partition("#")[0] for link in links if not link.startswith(OUTSIDE)]
    assert [link for link in inside if not (document.parent / link).exists()] == []


@pytest.mark.parametrize("target", ["demo", "test", "check", "screenshots"])
def test_a_make_target_is_no_file(target: str) -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    assert re.search(rf"^\.PHONY:.*\b{target}\b", makefile, re.MULTILINE)
    assert re.search(rf"^{target}:", makefile, re.MULTILINE)
