"""A thread that works through very many rows, and lets the others in meanwhile."""

import time
from collections.abc import Iterable, Iterator
from itertools import islice
from typing import TypeVar

Each = TypeVar("Each")

BREATH = 1000
"""Rows, a millisecond at most."""
PAUSE_S = 0.00001
"""Long enough for a waiting thread to wake and take the interpreter.

Unasked, the interpreter goes to whoever waits only every five milliseconds, and one write of the
event loop asks for it eight times.
"""


def breathing(rows: Iterable[Each]) -> Iterator[Each]:
    """The rows, with a pause at every thousandth."""
    left = iter(rows)
    while some := list(islice(left, BREATH)):
        yield from some
        if len(some) == BREATH:
            breathe()


def breathe() -> None:
    time.sleep(PAUSE_S)
