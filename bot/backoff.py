"""How long to wait after failures in a row: doubling, with jitter, up to a limit."""

import random
from dataclasses import dataclass


@dataclass(slots=True)
class Backoff:
    """Seconds: ``first``, twice that, ... at most ``limit``; each between half and whole of it."""

    first: float = 0.5
    limit: float = 30.0
    failures: int = 0

    def next(self) -> float:
        delay = seconds(self.failures, first=self.first, limit=self.limit)
        self.failures += 1
        return delay

    def reset(self) -> None:
        self.failures = 0


def seconds(failures: int, *, first: float, limit: float) -> float:
    """The pause after one more failure than ``failures``."""
    whole = min(limit, first * 2.0 ** min(failures, 20))
    return whole * random.uniform(0.5, 1)  # noqa: S311  # jitter, not a secret
