"""The books' figures in Prometheus' text form."""

from dataclasses import dataclass, field

from prometheus_client import CollectorRegistry, Gauge, generate_latest

from bot.limits import Limits
from services.health import Backup, Pulse

_GAUGES = {
    "yozh_inbox_updates": "Updates that are not handled yet",
    "yozh_inbox_age_seconds": "Age of the oldest update that is not handled yet",
    "yozh_inbox_aside": "Updates set aside after five failures",
    "yozh_outbox_letters": "Letters that wait to be sent",
    "yozh_outbox_age_seconds": "Age of the oldest letter that waits to be sent",
    "yozh_outbox_dead": "Letters given up within a day",
    "yozh_refusals_total": "Answers 429 since the start",
    "yozh_last_digest_timestamp_seconds": "When the last weekly digest was made",
    "yozh_last_backup_timestamp_seconds": "When the last copy of the database was made",
    "yozh_loop_lag_seconds": "The longest delay of the event loop within a minute",
}


@dataclass(slots=True)
class Metrics:
    """A registry of its own: two bots of one process (in tests) do not meet."""

    registry: CollectorRegistry = field(default_factory=CollectorRegistry)
    _gauges: dict[str, Gauge] = field(init=False)

    def __post_init__(self) -> None:
        self._gauges = {
            name: Gauge(name, words, registry=self.registry) for name, words in _GAUGES.items()
        }

    def text(self, pulse: Pulse, backup: Backup | None, limits: Limits, lag: float) -> bytes:
        """What never happened yet is NaN, as Prometheus has it."""
        never = float("nan")
        values = {
            "yozh_inbox_updates": pulse.updates,
            "yozh_inbox_age_seconds": pulse.update_age,
            "yozh_inbox_aside": pulse.aside,
            "yozh_outbox_letters": pulse.letters,
            "yozh_outbox_age_seconds": pulse.letter_age,
            "yozh_outbox_dead": pulse.dead,
            "yozh_refusals_total": limits.refusals,
            "yozh_last_digest_timestamp_seconds": (
                pulse.last_digest.timestamp() if pulse.last_digest else never
            ),
            "yozh_last_backup_timestamp_seconds": backup.at.timestamp() if backup else never,
            "yozh_loop_lag_seconds": lag,
        }
        for name, value in values.items():
            self._gauges[name].set(value)
        return generate_latest(self.registry)
