"""A line to the messenger that delays, cuts, drips and swallows what goes through it."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from enum import Enum, auto


class Fault(Enum):
    NONE = auto()
    SWALLOW = auto()
    """Takes the request and never answers."""
    RESET = auto()
    """Breaks the connection when the request has come."""
    CUT = auto()
    """Ends in the middle of the answer."""
    DRIP = auto()
    """A byte a tenth of a second."""
    STALL = auto()
    """Accepts and reads nothing, as a server that never ends its handshake."""


CUT_AT = 60


@dataclass(slots=True)
class Line:
    """Forwards to 127.0.0.1:``port`` as ``fault`` has it."""

    port: int
    fault: Fault = Fault.NONE
    address: str = ""
    connections: int = 0
    open: set[asyncio.StreamWriter] = field(default_factory=set)

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.connections += 1
        self.open.add(writer)
        try:
            with suppress(ConnectionError, asyncio.IncompleteReadError):
                await self._pass(reader, writer)
        finally:
            self.open.discard(writer)
            writer.close()

    async def _pass(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        if self.fault is Fault.STALL:
            await asyncio.Event().wait()
        while request := await reader.read(65536):
            if self.fault is Fault.RESET:
                writer.transport.abort()
                return
            if self.fault is Fault.SWALLOW:
                continue
            await self._answer(await self._asked(request), writer)

    async def _asked(self, request: bytes) -> bytes:
        """The whole answer of a server that closes after it."""
        theirs, ours = await asyncio.open_connection("127.0.0.1", self.port)
        ours.write(request.replace(b"Accept:", b"Connection: close\r\nAccept:", 1))
        try:
            return await theirs.read(-1)
        finally:
            ours.close()

    async def _answer(self, answer: bytes, writer: asyncio.StreamWriter) -> None:
        if self.fault is Fault.CUT:
            writer.write(answer[:-CUT_AT])
            await writer.drain()
            writer.close()
        elif self.fault is Fault.DRIP:
            for number in range(len(answer)):
                writer.write(answer[number : number + 1])
                await writer.drain()
                await asyncio.sleep(0.1)
        else:
            writer.write(answer)
            await writer.drain()


@asynccontextmanager
async def through(port: int) -> AsyncIterator[Line]:
    line = Line(port)
    server = await asyncio.start_server(line.serve, "127.0.0.1", 0)
    line.address = f"127.0.0.1:{server.sockets[0].getsockname()[1]}"
    try:
        yield line
    finally:
        server.close()
        for writer in list(line.open):
            writer.transport.abort()
