"""digest from the shell, on a small made-up school."""

import json
import re
import shutil
from pathlib import Path

import pytest
from docx import Document
from openpyxl import load_workbook
from typer.testing import CliRunner, Result

from bot.cli.program import program

NOW = "2026-10-09T18:00:00+03:00"
SETTINGS = ("DATABASE_URL", "DATA_DIR", "TIMEZONE")


def run(*arguments: object, code: int = 0) -> Result:
    result = CliRunner().invoke(program, [str(one) for one in arguments])
    assert result.exit_code == code, (result.stdout, result.stderr)
    return result


@pytest.fixture(scope="module")
def loaded(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The directory after generate and import."""
    home = tmp_path_factory.mktemp("shell")
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(home)
        patch.setenv("NOW", NOW)
        for name in SETTINGS:
            patch.delenv(name, raising=False)
        run("generate", "--out", "g", "--classes", "2", "--until", "2026-10-09", "--seed", "5")
        run("import", "g/school.xlsx", "--apply")
    return home


@pytest.fixture
def shell(loaded: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A directory of its own with that database."""
    shutil.copytree(loaded / "var", tmp_path / "var")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("NOW", NOW)
    for name in SETTINGS:
        monkeypatch.delenv(name, raising=False)
    return tmp_path


@pytest.mark.usefixtures("shell")
def test_the_figures_are_one_object_in_one_line() -> None:
    [line] = run("digest", "weekly", "--json").stdout.splitlines()
    figures = json.loads(line)
    assert figures["period"] == "2026-W41"
    assert figures["as_of"].startswith("2026-10-09T18:0")
    names = ["completeness", "timeliness", "accumulation", "reliability"]
    assert list(figures["indices"]) == names
    assert all(0 <= figures["indices"][name] <= 100 for name in names)
    assert figures["rules"]["P1"] >= 0


def test_three_files_are_written(shell: Path) -> None:
    out = run("digest", "weekly", "--out", "made/here")
    made = shell / "made" / "here"
    page = (made / "digest.html").read_text(encoding="utf-8")
    message = re.sub(r"<[^<>]*>", "", page)
    assert len(message.strip().splitlines()) <= 25
    assert message.split() == out.stdout.split()
    assert (made / "digest.png").read_bytes().startswith(b"\x89PNG")
    assert "Сводка" in load_workbook(made / "digest.xlsx").sheetnames


@pytest.mark.usefixtures("shell")
def test_a_period_and_a_moment_can_be_named() -> None:
    asked = ("--period", "2026-W40", "--as-of", "2026-10-03T10:00:00+03:00", "--json")
    figures = json.loads(run("digest", "weekly", *asked).stdout)
    assert (figures["period"], figures["as_of"]) == ("2026-W40", "2026-10-03T10:00:00+03:00")


@pytest.mark.usefixtures("shell")
def test_what_a_moment_has_not_reached_is_not_judged() -> None:
    early, late = (
        json.loads(run("digest", "weekly", "--as-of", moment, "--json").stdout)["changes"]
        for moment in ("2026-10-05T10:00:00+03:00", "2026-10-09T21:00:00+03:00")
    )
    assert early != late


@pytest.mark.usefixtures("shell")
@pytest.mark.parametrize(
    "arguments",
    [
        ("yearly",),
        ("weekly", "--period", "2026-10"),
        ("monthly", "--period", "2026-W41"),
        ("monthly", "--period", "2026-13"),
        ("term", "--period", "2026-09"),
        ("term", "--period", "2026-T0"),
        ("weekly", "--as-of", "вчера"),
        (),
    ],
)
def test_wrong_usage_is_exit_2_with_a_line(arguments: tuple[str, ...]) -> None:
    assert run("digest", *arguments, code=2).stderr


@pytest.mark.usefixtures("shell")
def test_a_week_without_data_is_exit_1() -> None:
    assert "нет данных" in run("digest", "weekly", "--period", "2026-W50", code=1).stderr


@pytest.mark.usefixtures("shell")
@pytest.mark.parametrize(
    ("kind", "period"), [("monthly", "2026-12"), ("term", "2026-T3"), ("term", "2031-T1")]
)
def test_a_period_without_data_is_exit_1(kind: str, period: str) -> None:
    assert "нет данных" in run("digest", kind, "--period", period, code=1).stderr


def test_a_month_is_four_files(shell: Path) -> None:
    out = run("digest", "monthly", "--period", "2026-09", "--out", "made")
    made = shell / "made"
    assert "сентябрь 2026 г." in out.stdout
    assert {one.name for one in made.iterdir()} == {
        "digest.html",
        "digest.png",
        "digest.xlsx",
        "analysis.docx",
    }
    assert "Выполнение программы" in (made / "digest.html").read_text(encoding="utf-8")
    text = "\n".join(one.text for one in Document(str(made / "analysis.docx")).paragraphs)
    assert "АНАЛИТИЧЕСКАЯ СПРАВКА № ____" in text


@pytest.mark.usefixtures("shell")
def test_figures_of_a_month_have_the_keys_of_a_week() -> None:
    week, month = (
        json.loads(run("digest", kind, "--json").stdout) for kind in ("weekly", "monthly")
    )
    weekly_only = {"next_controls", "deadlines"}
    assert set(week) - set(month) == weekly_only
    assert month["period"] == "2026-10"
    assert month["as_of"].startswith("2026-10-09T18:0")
    assert month["compared"]["completeness"]["now"] == month["indices"]["completeness"]


@pytest.mark.usefixtures("shell")
def test_a_running_term_has_no_period_marks_yet() -> None:
    figures = json.loads(run("digest", "term", "--json").stdout)
    assert figures["period"] == "2026-T1"
    assert (figures["success"], figures["quality"], figures["sou"]) == (None, None, None)
    assert figures["lags"] == [] or figures["lags"][0]["lag"] >= 2


def test_an_empty_database_is_exit_1(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    for name in (*SETTINGS, "NOW"):
        monkeypatch.delenv(name, raising=False)
    result = run("digest", "weekly", "--json", code=1)
    assert "нет данных" in result.stderr
    assert not result.stdout
