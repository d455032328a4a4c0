"""Settings from the environment or ``.env``; a bad one is told in one line: what to mend."""

import re
from base64 import urlsafe_b64decode
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Annotated, Any, Literal, TypeVar
from zoneinfo import ZoneInfo

from pydantic import AfterValidator, AwareDatetime, Field, SecretStr, ValidationError
from pydantic_settings import BaseSettings, SettingsConfigDict

from services.clock import SystemClock

ADVICE = {
    "bot_token": "токен бота вида 123456:ABC..., его выдаёт @BotFather",
    "bot_api_url": "адрес сервера Bot API, например https://api.telegram.org",
    "bot_api_proxy": "адрес прокси, например socks5://127.0.0.1:1080",
    "database_url": "адрес базы вида sqlite+aiosqlite:///var/yozh.db",
    "data_dir": "папка для данных, в которую можно писать",
    "setup_code": "код первого входа: от 6 до 64 латинских букв, цифр, «-» и «_»",
    "timezone": "часовой пояс, например Europe/Moscow",
    "webhook_url": "адрес вида https://example.org/hook",
    "webhook_secret": "от 1 до 256 латинских букв, цифр, «-» и «_»",
    "webhook_listen": "адрес и порт, например 127.0.0.1:8081",
    "health_listen": "адрес и порт, например 127.0.0.1:8082",
    "log_format": "text или json",
    "semantic": "auto, on или off",
    "backup_key": "ключ из 44 знаков, его выдаёт команда backup --new-key",
    "now": "момент с часовым поясом, например 2026-11-20T13:00:00+03:00",
}


class SettingsError(Exception):
    """A setting is missing or wrong; the text is for the person who starts the program."""


def _matches(pattern: str) -> AfterValidator:
    def check(value: str) -> str:
        if re.fullmatch(pattern, value) is None:
            raise ValueError(pattern)
        return value

    return AfterValidator(check)


def _secret(pattern: str) -> AfterValidator:
    def check(value: SecretStr) -> SecretStr:
        if re.fullmatch(pattern, value.get_secret_value()) is None:
            raise ValueError(pattern)
        return value

    return AfterValidator(check)


def _database_url(value: str) -> str:
    """Plain ``sqlite:`` and ``postgresql:`` mean the drivers that this program has."""
    full = re.sub(r"^sqlite:", "sqlite+aiosqlite:", value)
    full = re.sub(r"^postgres(ql)?:", "postgresql+asyncpg:", full)
    if re.fullmatch(r"sqlite\+aiosqlite:///.+|postgresql\+asyncpg://.+", full) is None:
        raise ValueError(value)
    return full


def _zone(value: str) -> str:
    try:
        ZoneInfo(value)
    except (LookupError, OSError) as error:
        raise ValueError(value) from error
    return value


def _key(text: str) -> bytes:
    """Raise ValueError for anything but 32 bytes in base64."""
    key = urlsafe_b64decode(text.encode())
    if len(key) != _KEY_BYTES:
        raise ValueError(len(key))
    return key


def _sealing(value: SecretStr) -> SecretStr:
    _key(value.get_secret_value())
    return value


def _listen(value: str) -> str:
    found = re.fullmatch(r"(\[[0-9a-fA-F:]+\]|[^\s:/]+):(\d{1,5})", value)
    if found is None or int(found[2]) > _LAST_PORT:
        raise ValueError(value)
    return value


_LAST_PORT = 65_535
_KEY_BYTES = 32
_HTTP = r"https?://\S+"
_WORD = r"[A-Za-z0-9_-]"
S = TypeVar("S")
Listen = Annotated[str, AfterValidator(_listen)]


class SearchSettings(BaseSettings):
    """What the search alone needs: it also works over a file, where no other setting matters."""

    model_config = SettingsConfigDict(
        env_file=".env", extra="ignore", env_ignore_empty=True, frozen=True
    )

    semantic: Literal["auto", "on", "off"] = "auto"


class Settings(SearchSettings):
    """The outside contract's names, in lower case."""

    bot_token: Annotated[SecretStr, _secret(rf"\d{{1,20}}:{_WORD}+")] | None = None
    bot_api_url: Annotated[str, _matches(_HTTP)] = "https://api.telegram.org"
    bot_api_proxy: Annotated[SecretStr, _secret(r"(http|https|socks4|socks5)://\S+")] | None = None
    database_url: Annotated[str, AfterValidator(_database_url)] = "sqlite+aiosqlite:///var/yozh.db"
    data_dir: Path = Path("var")
    setup_code: Annotated[SecretStr, _secret(rf"{_WORD}{{6,64}}")] | None = None
    timezone: Annotated[str, AfterValidator(_zone)] = "Europe/Moscow"
    webhook_url: Annotated[str, _matches(_HTTP)] | None = None
    webhook_secret: Annotated[SecretStr, _secret(rf"{_WORD}{{1,256}}")] | None = None
    webhook_listen: Listen = "127.0.0.1:8081"
    health_listen: Listen = "127.0.0.1:8082"
    log_format: Literal["text", "json"] = "text"
    backup_key: Annotated[SecretStr, AfterValidator(_sealing)] | None = None
    now: AwareDatetime | None = Field(default=None)

    @property
    def token(self) -> str:
        if self.bot_token is None:
            message = f"Не задана настройка BOT_TOKEN: нужен {ADVICE['bot_token']}."
            raise SettingsError(message)
        return self.bot_token.get_secret_value()

    @property
    def backups(self) -> Path:
        return self.data_dir / "backups"

    @property
    def sealing_key(self) -> bytes | None:
        """What copies of the database are sealed with; None leaves them readable."""
        return None if self.backup_key is None else _key(self.backup_key.get_secret_value())

    def secrets(self) -> list[str]:
        """What must never be seen in a log."""
        kept = (
            self.bot_token,
            self.bot_api_proxy,
            self.setup_code,
            self.webhook_secret,
            self.backup_key,
        )
        return [secret.get_secret_value() for secret in kept if secret is not None]

    def clock(self) -> SystemClock:
        """The machine's clock, or one that starts at ``NOW`` and runs on from there."""
        if self.now is None:
            return SystemClock()
        return SystemClock(self.now - SystemClock().now())


def load() -> Settings:
    """Raise SettingsError with one line when a setting is wrong."""
    settings = read()
    make_directories(settings)
    return settings


def read(**fixed: Any) -> Settings:  # noqa: ANN401  # a setting's own type, whichever it is
    """The settings as they are, nothing made; what is ``fixed`` is not asked for."""
    return _read(lambda: Settings(**fixed))


def read_for_search() -> SearchSettings:
    return _read(SearchSettings)


def _read(settings: Callable[[], S]) -> S:
    try:
        return settings()
    except ValidationError as error:
        name = str(error.errors(include_input=False)[0]["loc"][0]).lower()
        advice = ADVICE.get(name, "другое значение")
        message = f"Настройка {name.upper()} не подходит: нужно указать {advice}."
        raise SettingsError(message) from None


def make_directories(settings: Settings) -> None:
    """DATA_DIR and the directory of a database file."""
    wanted = {"DATA_DIR": settings.data_dir}
    found = re.fullmatch(r"sqlite\+aiosqlite:///([^?]+)(\?.*)?", settings.database_url)
    if found and not found[1].startswith((":memory:", "file:")):
        wanted["DATABASE_URL"] = Path(found[1]).parent
    for name, directory in wanted.items():
        try:
            directory.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            reason = error.strerror or type(error).__name__
            message = f"Настройка {name}: папка {directory} не создаётся ({reason})."
            raise SettingsError(message) from None


def moment(text: str) -> datetime:
    """An ISO moment of the command line, aware; raise ValueError for anything else."""
    found = datetime.fromisoformat(text)
    if found.tzinfo is None:
        raise ValueError(text)
    return found
