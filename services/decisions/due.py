"""Open decisions by the days on which they are due, for whoever reports of a period."""

from collections.abc import Callable, Sequence
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass
from typing import Protocol

from services.decisions.decision import State
from services.decisions.ports import DecisionStore
from services.ids import SchoolId
from services.week_figures import russian_day

ROOM = 120
"""Characters of a decision's text in such a line."""


class DueWork(Protocol):
    @property
    def decisions(self) -> DecisionStore: ...


@dataclass(frozen=True, slots=True)
class DueDecisions:
    reading: Callable[[], AbstractAsyncContextManager[DueWork]]

    async def due(self, school: SchoolId, first: int, last: int) -> Sequence[str]:
        """«05.12 · № 3 · Заполнить темы» of each open decision due in these days (ordinals)."""
        async with self.reading() as work:
            known = await work.decisions.list(school, [State.OPEN, State.DONE])
        return [
            f"{russian_day(one.due)[:5]} · № {one.number} · {_short(one.text)}"
            for one in known
            if first <= one.due <= last
        ]


def _short(text: str) -> str:
    words = " ".join(text.split())
    return words if len(words) <= ROOM else f"{words[: ROOM - 1]}…"
