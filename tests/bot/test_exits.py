"""How the program starts, answers, and ends; as a process of its own where that is the point."""

import asyncio
import json
import signal
import sqlite3
from collections.abc import Mapping
from contextlib import closing
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from pydantic import SecretStr

from bot.app import build
from bot.errors import AnotherPollerError, RefusedTokenError
from bot.life import App
from bot.polling import Poller
from bot.schedule import Due
from bot.settings import Settings
from services.clock import SystemClock
from services.ids import SchoolId
from storage.database import DamagedDatabaseError
from storage.inbox import Arrival
from storage.lock import DatabaseInUseError, only_process
from storage.migrations.migrate import NewerDatabaseError
from tests.bot.servers import TOKEN, Scripted, emulator, eventually, scripted, yozh

ME = {"id": 42, "is_bot": True, "first_name": "Ёж", "username": "yozh_bot"}
NOWHERE = "http://127.0.0.1:9"


def refusing(code: int, words: str) -> Scripted:
    body = {"ok": False, "error_code": code, "description": words}
    return Scripted(lambda _method, _fields: (code, body))


def private_text(text: str) -> dict[str, Any]:
    person = {"id": 5, "is_bot": False, "first_name": "Ирина"}
    chat = {"id": 5, "type": "private", "first_name": "Ирина"}
    return {"message": {"message_id": 3, "date": 0, "chat": chat, "from": person, "text": text}}


def app_over(home: Path, address: str = NOWHERE) -> App:
    settings = Settings(
        bot_token=SecretStr(TOKEN),
        bot_api_url=address,
        database_url=f"sqlite+aiosqlite:///{home / 'yozh.db'}",
        data_dir=home,
    )
    return build(settings, clock=SystemClock())


async def test_a_process_answers_keeps_others_out_and_ends_with_zero(tmp_path: Path) -> None:
    async with emulator() as (messenger, address):
        await messenger.enqueue_update(private_text("когда каникулы"), token=TOKEN)
        async with yozh("run", home=tmp_path, BOT_API_URL=address) as bot:
            await bot.says("started")
            other = "43:ANOTHER-token_for-the-emulator-only-0"
            async with yozh("run", home=tmp_path, BOT_API_URL=address, BOT_TOKEN=other) as second:
                refused, _, why = await second.ended()
            await eventually(lambda: "sendMessage" in [one["method"] for one in messenger.requests])
            bot.process.send_signal(signal.SIGTERM)
            code, out, err = await bot.ended(10)
    assert (refused, why.count("\n"), "уже занята" in why) == (1, 1, True)
    assert (code, out.count("Код первого входа:")) == (0, 1)
    assert not {TOKEN, "каникулы", "Ирина"} & set(err.split())


async def test_a_process_with_a_refused_token_ends_with_one(tmp_path: Path) -> None:
    server = refusing(401, "Unauthorized")
    async with scripted(server) as address, yozh("run", home=tmp_path, BOT_API_URL=address) as bot:
        code, _, err = await bot.ended()
    assert (code, len(server.calls)) == (1, 1)
    assert "BOT_TOKEN" in err.splitlines()[-1]


def healthy(method: str, _fields: Mapping[str, Any]) -> tuple[int, object]:
    assert method == "getMe"
    return 200, {"ok": True, "result": ME}


async def test_check_looks_at_everything_and_makes_nothing(tmp_path: Path) -> None:
    server = Scripted(healthy)
    async with (
        scripted(server) as address,
        yozh("check", home=tmp_path, BOT_API_URL=address) as bot,
    ):
        code, out, err = await bot.ended()
    assert (code, err, "@yozh_bot" in out) == (0, "", True)
    assert not (tmp_path / "yozh.db").exists()


async def test_a_token_refused_in_a_call_of_any_kind_ends_it(tmp_path: Path) -> None:
    def answer(method: str, _fields: Mapping[str, Any]) -> tuple[int, object]:
        if method == "getUpdates":
            update = private_text("привет") | {"update_id": 1}
            return 200, {"ok": True, "result": [update]}
        return 401, {"ok": False, "error_code": 401, "description": "Unauthorized"}

    async with scripted(Scripted(answer)) as address:
        with pytest.raises(RefusedTokenError):
            await app_over(tmp_path, address).run()


async def test_another_poller_ends_it(tmp_path: Path) -> None:
    async with scripted(refusing(409, "Conflict: terminated by other getUpdates")) as address:
        app = app_over(tmp_path, address)
        assert isinstance(app.source, Poller)
        app.source.conflict_pause = 0.0
        with pytest.raises(AnotherPollerError):
            await app.run()


async def test_a_newer_database_is_refused_and_left_alone(tmp_path: Path) -> None:
    file = tmp_path / "yozh.db"
    with closing(sqlite3.connect(file)) as connection:
        connection.execute("CREATE TABLE alembic_version (version_num TEXT PRIMARY KEY)")
        connection.execute("INSERT INTO alembic_version VALUES ('from-the-future')")
        connection.commit()
    with pytest.raises(NewerDatabaseError, match="from-the-future"):
        await app_over(tmp_path).run()


async def test_a_file_that_is_no_database_is_refused(tmp_path: Path) -> None:
    (tmp_path / "yozh.db").write_bytes(b"not a database" * 1000)
    with pytest.raises(DamagedDatabaseError):
        await app_over(tmp_path).run()


async def test_a_locked_database_is_refused_before_it_is_touched(tmp_path: Path) -> None:
    with only_process(tmp_path / "yozh.db"), pytest.raises(DatabaseInUseError):
        await app_over(tmp_path).run()
    assert not (tmp_path / "yozh.db").exists()


async def test_without_a_network_it_runs_and_still_ends_at_once(tmp_path: Path) -> None:
    app = app_over(tmp_path)
    running = asyncio.ensure_future(app.run())
    await eventually(lambda: app.source.backoff.failures > 0)
    app.stop.set()
    async with asyncio.timeout(10):
        await running


async def test_an_update_set_aside_is_handled_when_somebody_asks_for_it(tmp_path: Path) -> None:
    app = app_over(tmp_path)
    running = asyncio.ensure_future(app.run())
    await eventually(lambda: app.source.backoff.failures > 0)
    async with app.database.aside() as work:
        raw = json.dumps(private_text("снова") | {"update_id": 1})
        [kept] = await work.inbox.take(app.bot.id, [Arrival(update_id=1, chat=5, raw=raw)])
        await work.inbox.set_aside(kept.row, error="ZeroDivisionError")
        assert await work.process.repeat(kept.row)
    app.upkeep.repeat.set()
    await eventually(lambda: bool(letters(app)))
    app.stop.set()
    async with asyncio.timeout(10):
        await running
    assert letters(app) == [(5, 3)]


def letters(app: App) -> list[tuple[int, int]]:
    """The chat of each letter, and what it answers."""
    assert app.database.file is not None
    with closing(sqlite3.connect(app.database.file)) as base:
        return base.execute("SELECT chat, reply_to FROM outbox").fetchall()


class Endless:
    """A job that never ends by itself."""

    name = "endless"

    def __init__(self) -> None:
        self.begun = False

    async def due(self, now: datetime) -> list[Due]:
        return [Due(SchoolId(1), f"{now:%Y}")]

    async def run(self, due: Due) -> None:
        assert due
        self.begun = True
        await asyncio.Event().wait()


async def test_a_job_that_hangs_does_not_hold_the_end(tmp_path: Path) -> None:
    app, job = app_over(tmp_path), Endless()
    app.finishing = 0.1
    app.schedule.jobs.append(job)
    running = asyncio.ensure_future(app.run())
    await eventually(lambda: job.begun)
    app.stop.set()
    async with asyncio.timeout(8):
        await running


async def test_what_was_answered_before_a_crash_is_not_answered_again(tmp_path: Path) -> None:
    answered = []

    def answer(method: str, fields: Mapping[str, Any]) -> tuple[int, object]:
        if method == "getUpdates":
            return 200, {"ok": True, "result": [private_text("привет") | {"update_id": 1}]}
        answered.append(fields["text"])
        chat = {"id": 5, "type": "private"}
        return 200, {"ok": True, "result": {"message_id": 4, "date": 0, "chat": chat}}

    server = Scripted(answer)
    async with scripted(server) as address:
        for start in range(1, 4):
            app = app_over(tmp_path, address)
            running = asyncio.ensure_future(app.run())
            polled = server.calls.count("getUpdates")
            await eventually(lambda n=polled: server.calls.count("getUpdates") > n + 1)  # type: ignore[misc]
            await eventually(lambda: bool(answered))
            app.stop.set()
            await running
            assert len(answered) == 1, start
