"""When the messenger was last heard: it keeps what it could not deliver for a day and no longer."""

from collections.abc import Callable
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Protocol

from services.alerts import Alert, hour, tell
from services.clock import Clock
from services.health import Work as HealthWork
from services.kept_digests import DigestStore

HEARD = "heard"
KEPT = timedelta(hours=24)
"""Bot API, «Getting updates»: they are stored no longer than 24 hours."""
NOTED_EVERY = timedelta(minutes=1)


class Work(HealthWork, Protocol):
    @property
    def digests(self) -> DigestStore: ...


@dataclass(slots=True, kw_only=True)
class Contact:
    """Tells the administrators of every school which hours may be lost after a longer silence."""

    unit_of_work: Callable[[], AbstractAsyncContextManager[Work]]
    clock: Clock
    _noted: datetime | None = field(default=None)

    async def heard(self) -> None:
        """The messenger has just answered a question for updates."""
        now = self.clock.now()
        if self._noted is not None and now - self._noted < NOTED_EVERY:
            return
        async with self.unit_of_work() as work:
            before = await work.process.noted(HEARD)
            await work.process.note(HEARD, {"at": now.isoformat()})
            if before is not None:
                await self._tell(work, datetime.fromisoformat(before["at"]), now)
        self._noted = now

    async def _tell(self, work: Work, last: datetime, now: datetime) -> None:
        if now - last <= KEPT:
            return
        for school in [one for one, _ in await work.digests.schools()]:
            view = {
                "since": hour(last, school.timezone),
                "until": hour(now - KEPT, school.timezone),
            }
            alert = Alert(kind="health/silence", key=f"silence:{last:%Y%m%d%H%M}", view=view)
            await tell(work, alert, school=school.id, now=now)
