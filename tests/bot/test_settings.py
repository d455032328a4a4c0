from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bot.settings import ADVICE, Settings, SettingsError, load
from services.clock import SystemClock


@pytest.fixture(autouse=True)
def _clean(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ADVICE:
        monkeypatch.delenv(name.upper(), raising=False)
    monkeypatch.chdir(tmp_path)


def test_nothing_set_gives_the_contract_s_defaults() -> None:
    settings = load()
    assert settings.database_url == "sqlite+aiosqlite:///var/yozh.db"
    assert (settings.data_dir, settings.timezone) == (Path("var"), "Europe/Moscow")
    assert (settings.webhook_listen, settings.health_listen) == ("127.0.0.1:8081", "127.0.0.1:8082")
    assert (settings.bot_api_url, settings.log_format) == ("https://api.telegram.org", "text")
    assert Path("var").is_dir()


def test_every_setting_has_its_advice() -> None:
    assert set(Settings.model_fields) == set(ADVICE)


def test_the_environment_wins_over_the_file_and_strangers_are_ignored(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    Path(".env").write_text("TIMEZONE=Asia/Omsk\nDATA_DIR=kept\nNOBODY=1\n", encoding="utf-8")
    monkeypatch.setenv("TIMEZONE", "Asia/Tomsk")
    settings = load()
    assert (settings.timezone, settings.data_dir) == ("Asia/Tomsk", Path("kept"))


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("BOT_TOKEN", "not a token"),
        ("BOT_API_URL", "api.telegram.org"),
        ("BOT_API_PROXY", "proxy:1080"),
        ("DATABASE_URL", "mysql://x/y"),
        ("DATABASE_URL", "var/yozh.db"),
        ("SETUP_CODE", "ab"),
        ("TIMEZONE", "Moscow"),
        ("TIMEZONE", "../etc/passwd"),
        ("WEBHOOK_URL", "example.org"),
        ("WEBHOOK_SECRET", "пароль"),
        ("WEBHOOK_LISTEN", "8081"),
        ("HEALTH_LISTEN", "127.0.0.1:99999"),
        ("LOG_FORMAT", "xml"),
        ("SEMANTIC", "yes"),
        ("NOW", "2026-11-20T13:00:00"),
        ("NOW", "friday"),
    ],
)
def test_a_bad_value_is_told_in_one_line_that_names_the_setting(
    monkeypatch: pytest.MonkeyPatch, name: str, value: str
) -> None:
    monkeypatch.setenv(name, value)
    with pytest.raises(SettingsError) as refusal:
        load()
    line = str(refusal.value)
    assert name in line
    assert "\n" not in line
    assert value not in line or value in ADVICE[name.lower()]


def test_a_directory_that_cannot_be_made_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    Path("file").write_text("", encoding="utf-8")
    monkeypatch.setenv("DATA_DIR", "file/inside")
    with pytest.raises(SettingsError, match="DATA_DIR"):
        load()


def test_the_token_is_demanded_only_by_who_needs_it() -> None:
    settings = load()
    with pytest.raises(SettingsError, match="BOT_TOKEN"):
        _ = settings.token


@pytest.mark.parametrize(
    ("given", "meant"),
    [
        ("sqlite:///a.db", "sqlite+aiosqlite:///a.db"),
        ("postgres://u@h/d", "postgresql+asyncpg://u@h/d"),
        ("postgresql+asyncpg://u@h/d", "postgresql+asyncpg://u@h/d"),
    ],
)
def test_plain_addresses_get_their_driver(
    monkeypatch: pytest.MonkeyPatch, given: str, meant: str
) -> None:
    monkeypatch.setenv("DATABASE_URL", given)
    assert load().database_url == meant


def test_secrets_are_not_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BOT_TOKEN", "42:SECRET")
    settings = load()
    assert "SECRET" not in repr(settings)
    assert settings.secrets() == ["42:SECRET"]


def test_the_clock_starts_at_now_and_runs_on(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NOW", "2030-11-20T13:00:00+03:00")
    clock = load().clock()
    begun = clock.now()
    assert begun - datetime(2030, 11, 20, 10, tzinfo=UTC) < timedelta(minutes=1)
    assert clock.now() > begun


def test_without_now_the_clock_is_the_machine_s() -> None:
    assert load().clock() == SystemClock()
