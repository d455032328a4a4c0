"""Why a finding is there, in words: the one place where a rule's facts become text."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

from bot.render import DEFAULT, NBSP, Renderer, Voice
from bot.shares import tenths
from services.completeness.rule import Said


def words(msgid: str) -> str:
    """Marks a label that is said later; the one of the handlers would load their whole library."""
    return msgid


TERMS = {
    "четверть": words("quarter %(number)s"),
    "триместр": words("trimester %(number)s"),
    "полугодие": words("half-year %(number)s"),
    "год": words("year"),
    "экзамен": words("exam"),
    "итог": words("final mark"),
}
HUNDREDTHS, MEAN_SCALE = 100, 10_000
NUMBERS: Mapping[str, Callable[[float], str]] = {
    "hours": lambda hundredths: f"{hundredths / HUNDREDTHS:g}",
    "mean": lambda mean: f"{mean / MEAN_SCALE:.2f}",
    "share": lambda share: f"{tenths(share):.1f}{NBSP}%",
    "points": lambda points: f"{abs(points):.1f}",
}
"""Kinds of numbers, each as its text with a point."""


@dataclass(frozen=True, slots=True)
class Wording:
    """Speaks to readers of one language and zone; ``why`` is plain text, not markup."""

    renderer: Renderer
    zone: str
    language: str = DEFAULT

    def why(self, said: Said) -> str:
        voice = self.renderer.voice(self.language, self.zone)
        return voice.say(said.msgid, **self._facts(said.facts, voice))

    def _facts(self, facts: Mapping[str, object], voice: Voice) -> dict[str, str]:
        return {name: self._fact(name, value, voice) for name, value in facts.items()}

    def _fact(self, name: str, value: object, voice: Voice) -> str:
        match value:
            case (str(kind), int(number)) if name == "term":
                return voice.say(TERMS[kind], number=number) if kind in TERMS else kind
            case ("moment", int(seconds)):
                moment = datetime.fromtimestamp(seconds, UTC).astimezone(ZoneInfo(self.zone))
                return f"{moment:%d.%m %H:%M}"
            case ("day", int(day)):
                return f"{date.fromordinal(day):%d.%m.%Y}"
            case (str(kind), int() | float() as number) if kind in NUMBERS:
                return self._decimal(NUMBERS[kind](number))
            case tuple():
                message = f"a fact of an unknown kind: {value[0]}"
                raise TypeError(message)
            case _:
                return str(value)

    def _decimal(self, text: str) -> str:
        return text.replace(".", ",") if self.language == DEFAULT else text
