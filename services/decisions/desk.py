"""Everything about decisions that a conversation calls."""

from dataclasses import dataclass

from services.decisions.life import DecisionLife
from services.decisions.register import Register
from services.decisions.scenarios import Scenarios
from services.decisions.setting import Setting
from services.decisions.sources import Sources


@dataclass(frozen=True, slots=True, kw_only=True)
class Decisions:
    """Looked at by the ``register``, made by ``setting``, moved on by their ``life``."""

    register: Register
    setting: Setting
    life: DecisionLife
    sources: Sources
    scenarios: Scenarios
