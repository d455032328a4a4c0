"""What a ranking is worth."""

from collections.abc import Sequence
from dataclasses import dataclass, field

Ranked = Sequence[tuple[str, float]]
KEPT = 0.9


@dataclass
class Figures:
    """Rankings of questions with a right answer, collected; each is best first."""

    right: list[bool] = field(default_factory=list)
    in_three: list[bool] = field(default_factory=list)
    reciprocal: list[float] = field(default_factory=list)
    tops: list[float] = field(default_factory=list)

    def add(self, gold: frozenset[str], ranked: Ranked) -> None:
        names = [name for name, _ in ranked]
        self.right.append(bool(names) and names[0] in gold)
        self.in_three.append(bool(gold.intersection(names[:3])))
        places = (1 / place for place, name in enumerate(names, 1) if name in gold)
        self.reciprocal.append(next(places, 0.0))
        self.tops.append(top(ranked))

    @property
    def accuracy(self) -> float:
        return mean(self.right)

    def curve(self, foreign: Sequence[float]) -> float:
        """How often a question of this world scores above one of another: the area."""
        pairs = [
            1.0 if ours > theirs else 0.5 if ours == theirs else 0.0
            for ours in self.tops
            for theirs in foreign
        ]
        return mean(pairs)

    def let_through(self, foreign: Sequence[float]) -> float:
        """The share of foreign ones answered where 90 % of the right answers are kept."""
        ours = sorted(
            (score for score, right in zip(self.tops, self.right, strict=True) if right),
            reverse=True,
        )
        bar = ours[int(KEPT * (len(ours) - 1))] if ours else 0.0
        return mean([score >= bar for score in foreign])


def top(ranked: Ranked) -> float:
    return ranked[0][1] if ranked else 0.0


def mean(values: Sequence[float]) -> float:
    return sum(values) / max(1, len(values))
