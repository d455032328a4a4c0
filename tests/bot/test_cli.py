import logging
from pathlib import Path

import pytest
import typer
from typer.testing import CliRunner

from bot.cli.program import program
from bot.cli.refusals import explain, refusals
from bot.errors import AnotherPollerError, RefusedTokenError, UnreachableMessengerError
from bot.settings import SettingsError
from storage.database import DamagedDatabaseError
from storage.leadership import LostLeadershipError
from storage.lock import DatabaseInUseError
from storage.migrations.migrate import ForeignDatabaseError, NewerDatabaseError


@pytest.mark.parametrize(
    ("error", "word"),
    [
        (SettingsError("Настройка NOW не подходит."), "NOW"),
        (RefusedTokenError(), "BOT_TOKEN"),
        (AnotherPollerError(), "409"),
        (UnreachableMessengerError(), "BOT_API_URL"),
        (DatabaseInUseError("var/yozh.db"), "var/yozh.db"),
        (LostLeadershipError(), "другой процесс"),
        (NewerDatabaseError("0099"), "0099"),
        (ForeignDatabaseError("users"), "DATABASE_URL"),
        (DamagedDatabaseError("page 3"), "копи"),
        (OSError(28, "No space left on device"), "No space"),
        (ModuleNotFoundError("No module", name="asyncpg"), "PostgreSQL"),
    ],
)
def test_every_known_reason_is_one_line_with_what_to_mend(error: Exception, word: str) -> None:
    line = explain(error)
    assert line is not None
    assert word in line
    assert "\n" not in line


def test_a_damaged_database_names_the_newest_copy(tmp_path: Path) -> None:
    (tmp_path / "backups").mkdir()
    (tmp_path / "backups" / "yozh-1.db").touch()
    assert "yozh-1.db" in (explain(DamagedDatabaseError("page 3"), tmp_path) or "")


def test_a_bug_is_one_line_too_and_is_in_the_log(
    capsys: pytest.CaptureFixture[str], caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.ERROR), pytest.raises(typer.Exit) as ended, refusals():
        raise ZeroDivisionError
    assert ended.value.exit_code == 1
    assert "ZeroDivisionError" in capsys.readouterr().err
    assert "command failed" in caplog.messages


@pytest.mark.parametrize("arguments", [["nothing"], ["run", "--loud"], ["migrate", "twice"]])
def test_a_wrong_command_line_ends_with_two(arguments: list[str]) -> None:
    assert CliRunner().invoke(program, arguments).exit_code == 2


@pytest.mark.parametrize("command", ["run", "check", "migrate"])
def test_a_bad_setting_ends_every_command_with_one_line(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, command: str
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("TIMEZONE", "Moscow")
    result = CliRunner().invoke(program, [command])
    assert (result.exit_code, result.stderr.count("\n")) == (1, 1)
    assert "TIMEZONE" in result.stderr


def test_migrate_makes_a_database_and_then_has_nothing_to_do(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    answers = [CliRunner().invoke(program, ["migrate"]) for _ in range(2)]
    assert [answer.stdout.strip() for answer in answers] == [
        "База обновлена.",
        "База уже в порядке.",
    ]
    assert (tmp_path / "var" / "yozh.db").exists()


@pytest.mark.parametrize("command", ["run", "check"])
def test_without_a_token_one_line_says_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, command: str
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("BOT_TOKEN", raising=False)
    result = CliRunner().invoke(program, [command])
    assert (result.exit_code, result.stderr.count("\n")) == (1, 1)
    assert "BOT_TOKEN" in result.stderr
