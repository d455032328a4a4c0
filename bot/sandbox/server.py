"""The sandbox's page on this machine only: no other site can read it or drive it."""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from urllib.parse import quote
from zoneinfo import ZoneInfo

from aiohttp import hdrs, web
from aiohttp.typedefs import Handler

from bot.sandbox.errors import ImpossibleDeedError
from bot.sandbox.files import UPLOAD_LIMIT
from bot.sandbox.live import Hint, ReadyFile, Stage
from bot.sandbox.world import World

LOOPBACK = "127.0.0.1"
NAMES = (LOOPBACK, "localhost")
PAGE = Path(__file__).with_name("page")
PATIENCE = 1.0
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' blob:; "
    "connect-src 'self' ws://{host}; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Server:
    port: int
    stage: Stage
    runner: web.AppRunner

    @property
    def address(self) -> str:
        return f"http://{LOOPBACK}:{self.port}"

    async def close(self) -> None:
        self.stage.world.hang_up()
        await self.runner.cleanup()


async def serve(
    world: World,
    *,
    port: int = 8080,
    files: Sequence[ReadyFile] = (),
    hints: Sequence[Hint] = (),
    move_clock: Callable[[datetime], Awaitable[None]],
    zone: ZoneInfo,
) -> Server:
    """Serve the page until ``close``; a busy ``port`` is exchanged for a free one."""
    stage = Stage(world=world, files=files, hints=hints, move_clock=move_clock, zone=zone)
    runner = web.AppRunner(application(stage), access_log=None, shutdown_timeout=PATIENCE)
    await runner.setup()
    try:
        await web.TCPSite(runner, LOOPBACK, port).start()
    except OSError:
        await web.TCPSite(runner, LOOPBACK, 0).start()
    return Server(port=runner.addresses[0][1], stage=stage, runner=runner)


def application(stage: Stage) -> web.Application:
    app = web.Application(middlewares=[guard], client_max_size=UPLOAD_LIMIT)
    app.on_response_prepare.append(_seal)
    app.router.add_get("/", _index)
    app.router.add_get("/live", stage.talk)
    app.router.add_static("/page/", PAGE)
    app.router.add_get("/files/{id}", _Files(stage).give)
    app.router.add_post("/upload", _Files(stage).take)
    return app


@web.middleware
async def guard(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Only this page, opened by this machine's name: against other sites and DNS rebinding."""
    name, _, port = request.host.rpartition(":")
    if name not in NAMES or not port.isdecimal():
        raise web.HTTPForbidden(text="unknown host")
    speaks = request.method != hdrs.METH_GET or request.path == "/live"
    if speaks and request.headers.get(hdrs.ORIGIN) != f"http://{request.host}":
        raise web.HTTPForbidden(text="unknown origin")
    return await handler(request)


async def _seal(request: web.Request, response: web.StreamResponse) -> None:
    response.headers.update(
        {
            "Content-Security-Policy": POLICY.format(host=request.host),
            "Cross-Origin-Resource-Policy": "same-origin",
            "Cross-Origin-Opener-Policy": "same-origin",
            "Referrer-Policy": "no-referrer",
            "X-Content-Type-Options": "nosniff",
            "Cache-Control": "no-store",
        }
    )


async def _index(_: web.Request) -> web.FileResponse:
    return web.FileResponse(PAGE / "index.html")


@dataclass(frozen=True, slots=True)
class _Files:
    stage: Stage

    async def give(self, request: web.Request) -> web.Response:
        """Pictures are shown; everything else is only saved, whatever it says it is."""
        stored = self.stage.world.files.find(request.match_info["id"])
        if stored is None:
            raise web.HTTPNotFound
        if stored.width:
            return web.Response(body=stored.data, content_type=stored.type)
        response = web.Response(body=stored.data, content_type="application/octet-stream")
        response.headers[hdrs.CONTENT_DISPOSITION] = disposition(stored.name)
        return response

    async def take(self, request: web.Request) -> web.Response:
        asked = request.query
        world = self.stage.world
        send = world.send_photo if asked.get("kind") == "photo" else world.send_document
        data = await request.read()
        try:
            send(
                int(asked["persona"]),
                int(asked["chat"]),
                asked["name"],
                data,
                caption=asked.get("caption", ""),
                reply_to=int(asked["reply_to"]) if "reply_to" in asked else None,
            )
        except (KeyError, ValueError) as problem:
            raise web.HTTPBadRequest from problem
        except ImpossibleDeedError as refusal:
            return web.json_response({"key": refusal.key}, status=409)
        return web.Response(status=204)


def disposition(name: str) -> str:
    """RFC 6266 with the name in UTF-8."""
    plain = "".join(one if one.isascii() and one.isprintable() else "_" for one in name)
    plain = plain.replace('"', "'").replace("\\", "_")
    return f"attachment; filename=\"{plain}\"; filename*=UTF-8''{quote(name, safe='')}"
