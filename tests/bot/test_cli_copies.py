"""``backup`` and ``restore`` as they are typed."""

import re
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from bot.cli.program import program
from storage.lock import only_process


@pytest.fixture(autouse=True)
def _place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("DATABASE_URL", "sqlite:///here/yozh.db")
    monkeypatch.setenv("DATA_DIR", "data")
    monkeypatch.setenv("NOW", "2026-11-20T13:00:00+03:00")
    monkeypatch.delenv("BACKUP_KEY", raising=False)


def typed(*words: str, code: int = 0) -> Result:
    result = CliRunner().invoke(program, list(words))
    assert result.exit_code == code, result.output
    return result


def test_a_copy_is_made_in_its_place_and_put_back() -> None:
    typed("migrate")
    made = typed("backup").stdout
    found = re.search(r"(data/backups/yozh-20261120-10000\d\.db) .* строк \d+\)", made)
    assert found
    put_back = typed("restore", found[1]).stdout
    assert "База восстановлена" in put_back
    assert list(Path("data/backups").glob("yozh-*-replaced.db"))


def test_a_copy_goes_where_it_is_told() -> None:
    typed("migrate")
    Path("elsewhere").mkdir()
    typed("backup", "elsewhere")
    typed("backup", "one.db")
    assert len(list(Path("elsewhere").glob("yozh-*.db"))) == 1
    assert Path("one.db").stat().st_size > 0


def test_a_sealed_copy_goes_around(monkeypatch: pytest.MonkeyPatch) -> None:
    typed("migrate")
    monkeypatch.setenv("BACKUP_KEY", typed("backup", "--new-key").stdout.strip())
    assert "запечатана" in typed("backup", "one").stdout
    typed("restore", "one")
    monkeypatch.delenv("BACKUP_KEY")
    assert "BACKUP_KEY" in typed("restore", "one", code=1).stderr


def test_a_running_database_is_not_overwritten() -> None:
    typed("migrate")
    typed("backup", "one.db")
    with only_process(Path("here/yozh.db")):
        refused = typed("restore", "one.db", code=1)
    assert "уже занята" in refused.stderr
    assert refused.stderr.count("\n") == 1


@pytest.mark.parametrize("words", [("backup",), ("restore", "nowhere.db")])
def test_what_is_not_there_is_told_in_a_line(words: tuple[str, ...]) -> None:
    refused = typed(*words, code=1)
    assert "Нет такого файла" in refused.stderr
    assert refused.stderr.count("\n") == 1
    assert not Path("here/yozh.db").exists()


def test_what_is_no_copy_is_told_in_a_line() -> None:
    Path("one.db").write_text("no")
    typed("migrate")
    assert "не копия" in typed("restore", "one.db", code=1).stderr


def test_a_server_makes_its_own_copies(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_URL", "postgresql://x/y")
    assert "pg_dump" in typed("restore", "one.db", code=1).stderr


def test_a_wrong_key_is_a_wrong_setting(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BACKUP_KEY", "short")
    assert "BACKUP_KEY" in typed("backup", code=1).stderr
