"""A server of PostgreSQL of one's own, started for the tests and gone after them."""

import os
import pwd
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path
from typing import Any

import asyncpg  # type: ignore[import-untyped]

OWNER = "yozh"


def programs() -> Path | None:
    """Where initdb and pg_ctl are; distributions keep them off the path."""
    found = shutil.which("initdb")
    versions = Path("/usr/lib/postgresql").glob("*/bin/initdb")
    places = [Path(found).resolve(), *versions] if found else sorted(versions)
    return next((place.parent for place in places), None)


@dataclass(slots=True)
class Cluster:
    """``place`` holds its files, its log and its socket; nothing listens on a port."""

    bin: Path
    place: Path
    names: Iterator[int] = field(default_factory=lambda: count(1))

    def start(self) -> None:
        options = (
            f"-c listen_addresses='' -c unix_socket_directories={self.place} "
            "-c fsync=off -c log_statement=none"
        )
        self._run("pg_ctl", "-D", "data", "-w", "-l", "log", "-o", options, "start")

    def stop(self) -> None:
        """At once, as a server that dies."""
        self._run("pg_ctl", "-D", "data", "-w", "-m", "immediate", "stop")

    def make(self) -> None:
        self._run("initdb", "-D", "data", "-U", OWNER, "-A", "trust", "--no-sync", "-E", "UTF8",
                  "--locale=C.UTF-8")  # fmt: skip

    def url(self, name: str) -> str:
        return f"postgresql+asyncpg://{OWNER}@/{name}?host={self.place}"

    async def fresh(self, template: str = "template1") -> str:
        """A new database, as ``template`` is; its name."""
        name = f"n{next(self.names)}"
        await self.ask("postgres", f"CREATE DATABASE {name} TEMPLATE {template}")
        return name

    async def ask(self, name: str, statement: str, *values: object) -> list[tuple[Any, ...]]:
        connection = await asyncpg.connect(host=str(self.place), user=OWNER, database=name)
        try:
            return [tuple(row) for row in await connection.fetch(statement, *values)]
        finally:
            await connection.close()

    async def cut(self, name: str, *, but: str = "") -> None:
        """End every session of a database, as when the way to it is lost."""
        await self.ask(
            "postgres",
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
            " WHERE datname = $1 AND ($2 = '' OR application_name <> $2)",
            name,
            but,
        )

    @contextmanager
    def kept(self) -> Iterator[None]:
        """Until the block ends or this process does, however it dies: then the server is ended."""
        words = 'cat >/dev/null; "$0" -D data -m immediate stop; rm -rf "$1"'
        keeper = subprocess.Popen(  # noqa: S603  # our own words
            ["/bin/sh", "-c", words, self.bin / "pg_ctl", self.place],
            stdin=subprocess.PIPE,
            **self._quietly(),
        )
        try:
            yield
        finally:
            keeper.communicate()

    def _run(self, program: str, *arguments: str) -> None:
        subprocess.run(  # noqa: S603  # our own words
            [self.bin / program, *arguments],
            check=True,
            stdin=subprocess.DEVNULL,
            **self._quietly(),
        )

    def _quietly(self) -> dict[str, Any]:
        """As somebody without rights: the server refuses to be run by root."""
        quiet = {"cwd": self.place, "stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
        if os.geteuid() != 0:
            return quiet
        other = pwd.getpwnam("nobody")
        return quiet | {"user": other.pw_uid, "group": other.pw_gid, "extra_groups": []}


@contextmanager
def running(bin_: Path) -> Iterator[Cluster]:
    """A short path: the name of a socket has 107 characters at most."""
    with tempfile.TemporaryDirectory(prefix="yozh-", ignore_cleanup_errors=True) as name:
        place = Path(name)
        if os.geteuid() == 0:
            shutil.chown(place, "nobody", pwd.getpwnam("nobody").pw_gid)
        cluster = Cluster(bin_, place)
        cluster.make()
        cluster.start()
        with cluster.kept():
            yield cluster
