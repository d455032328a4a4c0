"""What a school may set of reminding: quiet hours, the hour for today's lessons, the ladder."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import IntEnum
from typing import Any

from services.completeness.rule import Severity

HOUR = 60
USUAL = 16 * HOUR + 30
"""Minutes of the day at which a person is told who has chosen no hour."""
CHOICE = tuple(hour * HOUR for hour in range(8, 21))
"""What a person may choose from."""
GRACE = 30
"""Minutes for which a message chosen for the very beginning of the quiet hours may still leave."""
NEVER = 0
LESSONS = (NEVER, *(hour * HOUR for hour in range(13, 20)))
"""When today's unfilled lessons may be told of."""
EVENINGS = tuple(hour * HOUR for hour in range(18, 23))
MORNINGS = tuple(hour * HOUR for hour in range(6, 10))
STEPS = (NEVER, 1, 2, 3, 5, 7, 10, 14)
"""Days after which a finding may climb."""


class Level(IntEnum):
    """Учитель, руководитель МО, заместитель директора, директор."""

    TEACHER = 0
    HEAD = 1
    DEPUTY = 2
    DIRECTOR = 3


ABOVE = (Level.HEAD, Level.DEPUTY, Level.DIRECTOR)
Ladder = Mapping[Severity, Sequence[int]]
"""For each severity the days of ``ABOVE``: 1 is 24 hours, more are school days; 0 is never."""
LADDER: Ladder = {
    Severity.CRITICAL: (1, 3, 7),
    Severity.MAJOR: (1, 3, 7),
    Severity.MINOR: (7, NEVER, NEVER),
}
"""P1, P2 and P4 are major (RULES.md: escalate +24 h); advice never climbs."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RemindingSettings:
    """Minutes of the school's day. Nobody is written to from ``quiet_from`` to ``quiet_to``."""

    quiet_from: int = 20 * HOUR
    quiet_to: int = 7 * HOUR
    lessons_at: int = 15 * HOUR
    ladder: Ladder = field(default_factory=lambda: LADDER)

    def hour(self, chosen: int) -> int:
        """The chosen minute of the day, or the nearest one that is not quiet."""
        return min(max(chosen, self.quiet_to), self.quiet_from)

    def last(self, hour: int) -> int:
        """Until when a message of this hour may leave, on the same day."""
        return max(self.quiet_from, hour + GRACE)

    def days(self, severity: str, level: Level) -> int:
        steps = self.ladder.get(Severity(severity), ())
        return steps[level - 1] if steps else NEVER

    def with_days(self, severity: Severity, level: Level, days: int) -> "RemindingSettings":
        steps = list(self.ladder[severity])
        steps[level - 1] = days
        return replace(self, ladder={**self.ladder, severity: tuple(steps)})


def to_plain(settings: RemindingSettings) -> Mapping[str, Any]:
    return {
        "quiet_from": settings.quiet_from,
        "quiet_to": settings.quiet_to,
        "lessons_at": settings.lessons_at,
        "ladder": {severity.value: list(days) for severity, days in settings.ladder.items()},
    }


def from_plain(kept: Mapping[str, Any]) -> RemindingSettings:
    ladder = {Severity(name): tuple(days) for name, days in kept["ladder"].items()}
    return RemindingSettings(**{**kept, "ladder": ladder})
