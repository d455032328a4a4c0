"""The limited process that parses one file: ``python -m services.journal.child``.

Standard input: a frame with the file's name, its zone and what is told of headers, then the file to
its end. Standard output: frames, each a length and a marshalled tuple: ``progress``, ``rows``,
``numbers``, ``header``, ``doubt``, and one last ``end`` or ``failure``. Whatever ends the process
before that last frame is a refusal too.
"""

import contextlib
import gc
import marshal
import struct
import sys
from collections.abc import Callable
from pathlib import Path
from typing import IO
from zoneinfo import ZoneInfo

from services.journal.container import UnsuitableError
from services.journal.doubts import DoubtError, ToldError
from services.journal.readers.extract import Extract

LENGTH = struct.Struct("<I")
MEMORY = 1 << 30
CPU_SECONDS = 60
ROWS_A_FRAME = 500
"""A fifth of a millisecond for whoever takes them in."""
NO_MEMORY = "Файл не читается: на разбор не хватило 1 ГиБ памяти, разделите его."

Send = Callable[[tuple[object, ...]], None]


def limit() -> None:
    """Bind this process where the platform can; elsewhere the parent's deadline is all.

    On a machine that runs out of memory it is this process that goes, not the bot.
    """
    with contextlib.suppress(OSError):
        Path("/proc/self/oom_score_adj").write_text("1000", encoding="ascii")
    with contextlib.suppress(ImportError):
        import resource  # noqa: PLC0415  # Windows has none

        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
        resource.setrlimit(resource.RLIMIT_CPU, (CPU_SECONDS, CPU_SECONDS + 5))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def frame(message: tuple[object, ...]) -> bytes:
    body = marshal.dumps(message)  # type: ignore[arg-type]  # tuples of plain values
    return LENGTH.pack(len(body)) + body


def serve(source: IO[bytes], sink: IO[bytes]) -> None:
    (size,) = LENGTH.unpack(source.read(LENGTH.size))
    name, zone, *told = marshal.loads(source.read(size))  # noqa: S302  # from our own parent

    def send(message: tuple[object, ...]) -> None:
        sink.write(frame(message))
        sink.flush()

    def report(done: int, total: int) -> None:
        send(("progress", done, total))

    try:
        from services.journal.parsing import parse  # noqa: PLC0415  # the parent needs none of it

        answer(parse(name, source.read(), ZoneInfo(zone), report, dict(told)), send)
    except DoubtError as refusal:
        send(("doubt", refusal.doubt.header, refusal.doubt.formats))
        send(("failure", str(refusal)))
    except ToldError as refusal:
        send(("header", refusal.header))
        send(("failure", str(refusal)))
    except UnsuitableError as refusal:
        send(("failure", str(refusal)))
    except MemoryError:
        send(("failure", NO_MEMORY))


def answer(extract: Extract, send: Send) -> None:
    for attribute, rows in extract.rows.items():
        for begin in range(0, max(len(rows), 1), ROWS_A_FRAME):
            send(("rows", attribute, rows[begin : begin + ROWS_A_FRAME]))
    for title, numbers in extract.numbers.items():
        send(("numbers", title, numbers))
    if extract.header:
        send(("header", extract.header))
    send(("refused", extract.refused))
    facts = (extract.period, extract.year, extract.pupil_names, extract.notes)
    send(("end", extract.format, extract.confidence, *facts))


def main() -> None:
    limit()
    gc.disable()
    serve(sys.stdin.buffer, sys.stdout.buffer)


if __name__ == "__main__":
    main()
