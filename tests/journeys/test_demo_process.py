"""The demo as a program: where it listens, what it leaves behind, how it ends."""

import signal
import socket
from pathlib import Path

import aiohttp
import pytest

from bot.sandbox.papers import WEEK_NAME
from tests.journeys.playing import playing


async def test_it_takes_another_port_and_leaves_nothing_behind(tmp_path: Path) -> None:
    with socket.socket() as busy:
        busy.bind(("127.0.0.1", 0))
        busy.listen()
        taken = busy.getsockname()[1]
        async with playing(tmp_path, "--port", str(taken)) as demo:
            address = await demo.address()
            async with aiohttp.ClientSession() as web, web.get(address) as page:
                status, body = page.status, await page.text()
            code, said = await demo.stopped(signal.SIGINT)
    assert address.startswith("http://127.0.0.1:")
    assert int(address.rpartition(":")[2]) != taken
    assert (status, "Ёж" in body) == (200, True)
    assert (code, "Traceback" in said, "ERROR" in said) == (0, False, False)
    assert [path.name for path in tmp_path.rglob("*")] == ["scratch"]


async def test_it_ends_in_the_middle_of_an_import_with_the_page_open(tmp_path: Path) -> None:
    async with playing(tmp_path, "--port", "0") as demo:
        address = await demo.address()
        async with (
            aiohttp.ClientSession() as web,
            web.ws_connect(f"{address}/live", origin=address) as line,
        ):
            state = await line.receive_json()
            persona = state["personas"][0]["id"]
            wish = {"do": "file", "persona": persona, "chat": persona, "name": WEEK_NAME}
            await line.send_json(wish)
            while (await line.receive_json())["event"] != "typing":
                pass
            code, said = await demo.stopped(signal.SIGINT)
    assert (code, "Traceback" in said, "ERROR" in said) == (0, False, False)
    assert [path.name for path in tmp_path.rglob("*")] == ["scratch"]


async def test_it_ends_while_the_school_is_being_built(tmp_path: Path) -> None:
    async with playing(tmp_path) as demo:
        first = await demo.building()
        code, said = await demo.stopped(signal.SIGTERM)
    assert "школу" in first
    assert (code, "http://" in said) == (0, False)
    assert [path.name for path in tmp_path.rglob("*")] == ["scratch"]


@pytest.mark.parametrize("arguments", [("--port", "70000"), ("--seed", "x")])
async def test_wrong_usage_ends_with_two(tmp_path: Path, arguments: tuple[str, str]) -> None:
    async with playing(tmp_path, *arguments) as demo:
        await demo.process.communicate()
    assert demo.process.returncode == 2
