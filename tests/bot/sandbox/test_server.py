"""The page's server: this machine only, this page only, files as they are."""

from collections.abc import AsyncIterator
from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
from aiohttp import ClientSession, WSServerHandshakeError

from bot.sandbox.clock import MovableClock
from bot.sandbox.server import Server, serve
from bot.sandbox.world import World
from tests.bot.sandbox.stage import CLERK, clock, picture, school

MOSCOW = ZoneInfo("Europe/Moscow")


@pytest.fixture
def moving() -> MovableClock:
    return clock()


@pytest.fixture
def world(moving: MovableClock) -> World:
    return school(moving)


@pytest.fixture
async def server(world: World, moving: MovableClock) -> AsyncIterator[Server]:
    async def move(moment: datetime) -> None:
        moving.move_to(moment)

    started = await serve(world, port=0, move_clock=move, zone=MOSCOW)
    yield started
    await started.close()


@pytest.fixture
async def client(server: Server) -> AsyncIterator[ClientSession]:
    async with ClientSession(server.address) as session:
        yield session


async def test_a_busy_port_is_exchanged(server: Server, world: World) -> None:
    async def stay(moment: datetime) -> None: ...

    second = await serve(world, port=server.port, move_clock=stay, zone=MOSCOW)
    assert second.port != server.port
    await second.close()


async def test_the_page_allows_nothing_from_outside(client: ClientSession) -> None:
    async with client.get("/") as answer:
        policy = answer.headers["Content-Security-Policy"]
        page = await answer.text()
    assert policy.startswith("default-src 'none'; script-src 'self'; style-src 'self'")
    assert "unsafe" not in policy
    assert "http://" not in page
    assert "https://" not in page


@pytest.mark.parametrize("host", ["evil.example:8080", "127.0.0.1.evil.example:80", "localhost"])
async def test_another_name_of_the_machine_is_refused(client: ClientSession, host: str) -> None:
    async with client.get("/", headers={"Host": host}) as answer:
        assert answer.status == 403


@pytest.mark.parametrize("origin", [None, "http://evil.example", "null", "http://127.0.0.1:1"])
async def test_another_site_cannot_drive_the_page(
    client: ClientSession, world: World, origin: str | None
) -> None:
    headers = {"Origin": origin} if origin else {}
    with pytest.raises(WSServerHandshakeError):
        await client.ws_connect("/live", headers=headers)
    query = {"persona": str(CLERK), "chat": str(CLERK), "name": "a.csv"}
    async with client.post("/upload", params=query, data=b"1", headers=headers) as answer:
        assert answer.status == 403
    assert world.chats[CLERK].messages == {}


async def test_a_file_is_taken_and_given_back_as_a_download(
    client: ClientSession, server: Server, world: World
) -> None:
    name = 'Журнал "5А".html'
    query = {"persona": str(CLERK), "chat": str(CLERK), "name": name, "caption": "вот"}
    own = {"Origin": server.address}
    async with client.post("/upload", params=query, data=b"<script>", headers=own) as answer:
        assert answer.status == 204
    (message,) = world.chats[CLERK].messages.values()
    assert (message["document"]["file_name"], message["caption"]) == (name, "вот")
    async with client.get(f"/files/{message['document']['file_id']}") as answer:
        assert await answer.read() == b"<script>"
        assert answer.content_type == "application/octet-stream"
        assert answer.content_disposition is not None
        assert answer.content_disposition.type == "attachment"
        assert answer.content_disposition.filename == name


async def test_a_picture_is_served_as_what_it_is(client: ClientSession, world: World) -> None:
    sent = world.send_photo(CLERK, CLERK, "x.html", picture())
    async with client.get(f"/files/{sent['photo'][-1]['file_id']}") as answer:
        assert (answer.content_type, await answer.read()) == ("image/png", picture())
        assert answer.headers["X-Content-Type-Options"] == "nosniff"


@pytest.mark.parametrize(
    ("query", "status"),
    [
        ({"persona": CLERK, "chat": CLERK, "name": "a.png", "kind": "photo"}, 409),
        ({"persona": CLERK, "chat": 5, "name": "a.png", "kind": "document"}, 409),
        ({"persona": "x", "chat": CLERK, "name": "a.png", "kind": "document"}, 400),
        ({"persona": CLERK}, 400),
    ],
)
async def test_a_bad_upload_is_refused(
    client: ClientSession, server: Server, query: dict[str, str | int], status: int
) -> None:
    own = {"Origin": server.address}
    async with client.post("/upload", params=query, data=b"text", headers=own) as answer:
        assert answer.status == status


async def test_an_unknown_file_is_not_found(client: ClientSession) -> None:
    async with client.get("/files/..%2f..%2fetc%2fpasswd") as answer:
        assert answer.status == 404


async def test_the_line_tells_the_state_and_obeys(
    client: ClientSession, server: Server, world: World
) -> None:
    async with client.ws_connect("/live", headers={"Origin": server.address}) as line:
        state = await line.receive_json()
        assert [one["role"] for one in state["personas"]][:1] == ["администратор журнала"]
        await line.send_json({"do": "text", "persona": CLERK, "chat": CLERK, "text": "привет"})
        told = await line.receive_json()
        assert (told["event"], told["message"]["html"]) == ("message", "привет")
        await line.send_json({"do": "fly", "persona": CLERK, "chat": CLERK})
        assert (await line.receive_json())["key"] == "unknown-deed"
        await line.send_json({"do": "clock", "step": "friday"})
        assert (await line.receive_json())["event"] == "clock"
    assert world.clock.now().isoformat() == "2026-11-20T13:00:00+00:00"


async def test_closing_ends_open_lines(world: World) -> None:
    async def stay(moment: datetime) -> None: ...

    server = await serve(world, port=0, move_clock=stay, zone=MOSCOW)
    async with ClientSession(server.address) as session:
        line = await session.ws_connect("/live", headers={"Origin": server.address})
        await line.receive_json()
        await server.close()
        await line.receive()
        assert line.closed
