"""One process a database: a lock beside the file that the system drops with the process."""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


class DatabaseInUseError(Exception):
    """Another process works on this database."""


@contextmanager
def only_process(file: Path | None) -> Iterator[None]:
    """Hold the database's lock, or raise DatabaseInUseError; nothing to hold without a file."""
    if file is None:
        yield
        return
    beside = file.resolve().with_name(f"{file.name}.lock")
    descriptor = os.open(beside, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    try:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise DatabaseInUseError(str(file)) from error
        os.ftruncate(descriptor, 0)
        os.write(descriptor, f"{os.getpid()}\n".encode())
        yield
    finally:
        os.close(descriptor)
