"""What the kernel saw: an update is synced to the disk before the messenger may forget it."""

import os
import re
import shutil
import signal
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.bot.servers import ROOT, eventually
from tests.faults.lives import Started, start
from tests.faults.messenger import Messenger, serving, written

UPDATES = 6
TRACED = "openat,pwrite64,fsync,fdatasync,write,sendto,sendmsg,writev,close"
OPENED = re.compile(r'openat\([^"]*"(?P<path>[^"]+)".* = (?P<fd>\d+)$')
CALL = re.compile(r"(?P<name>\w+)\((?P<fd>\d+)")

pytestmark = [
    pytest.mark.long,
    pytest.mark.skipif(shutil.which("strace") is None, reason="needs strace"),
]


@dataclass(frozen=True, slots=True)
class Event:
    """``kind`` is «written» or «confirmed» (of update ``number``), or «synced» (of the WAL)."""

    kind: str
    number: int = 0


async def traced(home: Path, *, spoil: str = "") -> list[Event]:
    """Run the bot under strace over a few updates, one after the other."""
    trace = home / "trace.txt"
    tracer = ["strace", "-f", "--seccomp-bpf", "-e", f"trace={TRACED}", "-s", "5000"]
    messenger = Messenger(batch=1)
    async with serving(messenger) as address:
        settings = {"BOT_API_URL": address, "SETUP_CODE": "not-shown"}
        if spoil:
            settings |= {"PYTHONPATH": f"{spoiled_path(home, spoil)}:{ROOT}"}
        bot: Started = await start(home, *tracer, "-o", str(trace), **settings)
        messenger.begin(None, lambda: None)
        for number in range(1, UPDATES + 1):
            messenger.feed([written(number, 5, f"marker-{number}-of-update")])
            await eventually(lambda n=number: messenger.confirmed >= n, 120)  # type: ignore[misc]
        os.kill(traced_process(bot), signal.SIGTERM)
        await bot.ended()
    return list(events(trace.read_text(errors="replace")))


def traced_process(tracer: Started) -> int:
    """The tracer itself does not pass a signal on."""
    number = tracer.process.pid
    return int(Path(f"/proc/{number}/task/{number}/children").read_text().split()[0])


def spoiled_path(home: Path, pragma: str) -> Path:
    """A directory whose ``sitecustomize`` weakens the writer, for the negative control."""
    place = home / "spoiled"
    place.mkdir()
    (place / "sitecustomize.py").write_text(
        "import storage.engines as e\n"
        f"e._WRITER = tuple(p for p in e._WRITER if 'synchronous' not in p) + ({pragma!r},)\n"
    )
    return place


def events(trace: str) -> Iterator[Event]:
    """The trace in the words of the promise."""
    logs: set[str] = set()
    for line in whole_lines(trace):
        if found := OPENED.search(line):
            is_log = found["path"].endswith("yozh.db-wal")
            logs = logs | {found["fd"]} if is_log else logs - {found["fd"]}
        elif call := CALL.search(line):
            yield from of_the_log(line, call) if call["fd"] in logs else of_the_wire(line, call)


def of_the_log(line: str, call: re.Match[str]) -> Iterator[Event]:
    if call["name"] == "pwrite64":
        for number in re.findall(r"marker-(\d+)-of-update", line):
            yield Event("written", int(number))
    elif call["name"] in {"fsync", "fdatasync"} and line.endswith("= 0"):
        yield Event("synced")


def of_the_wire(line: str, call: re.Match[str]) -> Iterator[Event]:
    if call["name"] in {"sendto", "sendmsg", "write", "writev"} and "getUpdates" in line:
        for number in re.findall(r"offset=(\d+)", line):
            yield Event("confirmed", int(number) - 1)


def whole_lines(trace: str) -> Iterator[str]:
    """A call that another thread interrupted counts where it ended, what is sent where it began."""
    begun: dict[str, str] = {}
    for line in trace.splitlines():
        thread, _, rest = line.partition(" ")
        if rest.endswith("<unfinished ...>"):
            begun[thread] = rest.removesuffix("<unfinished ...>")
            if rest.startswith(("send", "write")):
                yield begun.pop(thread)
        elif "resumed>" in rest:
            yield begun.pop(thread, "") + rest.partition("resumed>")[2]
        else:
            yield rest


def unsynced(found: list[Event]) -> list[int]:
    """Updates that were confirmed before the write that holds them had been synced."""
    broken = []
    for number in range(1, UPDATES + 1):
        confirmed = found.index(Event("confirmed", number))
        before = found[:confirmed]
        kept = Event("written", number)
        if kept not in before or Event("synced") not in before[before.index(kept) :]:
            broken.append(number)
    return broken


async def test_a_commit_is_synced_before_the_offset_moves(
    tmp_path: Path, record_property: Callable[[str, object], None]
) -> None:
    found = await traced(tmp_path)
    record_property("figures", f"confirmed before synced: 0 of {UPDATES}, by strace")
    assert unsynced(found) == []


async def test_without_the_sync_the_trace_says_so(tmp_path: Path) -> None:
    found = await traced(tmp_path, spoil="synchronous=NORMAL")
    assert unsynced(found) == list(range(1, UPDATES + 1))
