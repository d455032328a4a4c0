"""Vectors of texts over character n-grams of their words, weighted by how rare an n-gram is."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain
from math import sqrt
from typing import Self

import numpy as np
from numpy.typing import NDArray

SHORTEST, LONGEST = 2, 4
BEGINNINGS = (4, 3, 3)
"""A word's beginning counts as pieces of its own: it stays when the ending changes."""
TYPICAL = 13
"""N-grams of a common word: what a word's weight is counted by."""
OF_LENGTH, OF_REPEATS, OF_RARITY = 0.35, 0.55, 0.7
"""Exponents: how far a long word, a repeated n-gram, a rare one is held back.

Plain TF-IDF (0, logarithm, 1) lets one long rare word outweigh the rest of a question.
"""

Weights = NDArray[np.float32]
Numbers = NDArray[np.int64]
Text = list[str]
"""The words of a text, as ``services.consultation.normal.terms`` gives them."""


@lru_cache(maxsize=1 << 15)
def grams(word: str) -> tuple[str, ...]:
    """Its beginnings and every piece of 2-4 characters between its bounds, repeated ones too."""
    bounded = f" {word} "
    pieces = (
        bounded[start : start + size]
        for size in range(SHORTEST, LONGEST + 1)
        for start in range(len(bounded) - size + 1)
    )
    return (*pieces, *(f"^{size}{word[:size]}" for size in BEGINNINGS))


def share(word: str) -> float:
    """The weight of each n-gram of the word, so that a long word does not weigh by its length."""
    return float((TYPICAL / max(1, len(grams(word)))) ** OF_LENGTH)


def rarity(texts: int, found_in: Numbers | int) -> NDArray[np.float64]:
    """How much an n-gram tells that ``found_in`` of so many ``texts`` have."""
    return np.asarray((np.log((1 + texts) / (1 + np.asarray(found_in))) + 1) ** OF_RARITY)


@dataclass(frozen=True, slots=True)
class Rarities:
    """The known n-grams by number with their weights; ``unseen`` is the weight of any other."""

    numbers: dict[str, int]
    of_words: dict[str, Numbers]
    weights: NDArray[np.float64]
    unseen: float

    @classmethod
    def of(cls, texts: Sequence[Text], beside: Sequence[Text] = ()) -> Self:
        """Counted in ``texts``; n-grams of those ``beside`` are known too, and as rare as any."""
        numbers: dict[str, int] = {}
        of_words = {
            word: np.array([numbers.setdefault(gram, len(numbers)) for gram in grams(word)])
            for word in dict.fromkeys(chain.from_iterable([*texts, *beside]))
        }
        rows, columns, _ = _cells(texts, of_words)
        pairs = np.unique(rows * max(1, len(numbers)) + columns)
        found_in = np.bincount(pairs % max(1, len(numbers)), minlength=len(numbers))
        size = len(texts)
        return cls(numbers, of_words, rarity(size, found_in), float(rarity(size, 0)))

    def vector(self, text: Text) -> tuple[Numbers, Weights]:
        """Numbers of the known n-grams with their weights; the unknown count in the length."""
        amounts: dict[str, float] = {}
        for word in text:
            amount = share(word)
            for gram in grams(word):
                amounts[gram] = amounts.get(gram, 0.0) + amount
        at = np.array([self.numbers.get(gram, -1) for gram in amounts], dtype=np.int64)
        known = at >= 0
        weights = np.fromiter(amounts.values(), dtype=np.float64, count=len(amounts)) ** OF_REPEATS
        weights[known] *= self.weights[at[known]]
        weights[~known] *= self.unseen
        length = sqrt(float(weights @ weights)) or 1.0
        return at[known], (weights[known] / length).astype(np.float32)


@dataclass(frozen=True, slots=True)
class Rows:
    """Texts as vectors of length 1, kept by n-gram: ``starts[g]:starts[g + 1]`` are those of g."""

    starts: Numbers
    rows: NDArray[np.int32]
    weights: Weights
    size: int

    @classmethod
    def of(
        cls, texts: Sequence[Text], rarities: Rarities, *, of_repeats: float = OF_REPEATS
    ) -> Self:
        """The texts are among those that the rarities know."""
        size, width = len(texts), len(rarities.numbers)
        rows, columns, shares = _cells(texts, rarities.of_words)
        keys, places = np.unique(columns * max(1, size) + rows, return_inverse=True)
        columns, rows = np.divmod(keys, max(1, size))
        weights = np.bincount(places, shares, len(keys)) ** of_repeats * rarities.weights[columns]
        weights /= np.sqrt(np.bincount(rows, weights**2, size))[rows]
        starts = np.zeros(width + 1, dtype=np.int64)
        np.cumsum(np.bincount(columns, minlength=width), out=starts[1:])
        return cls(starts, rows.astype(np.int32), weights.astype(np.float32), size)

    def likeness(self, at: Numbers, weights: Weights) -> NDArray[np.float64]:
        """The cosine of a vector with each row."""
        parts = [slice(self.starts[one], self.starts[one + 1]) for one in at]
        if not parts:
            return np.zeros(self.size)
        rows = np.concatenate([self.rows[part] for part in parts])
        shares = np.concatenate(
            [self.weights[part] * weight for part, weight in zip(parts, weights, strict=True)]
        )
        return np.bincount(rows, shares, self.size).astype(np.float64, copy=False)


def _cells(
    texts: Sequence[Text], of_words: dict[str, Numbers]
) -> tuple[Numbers, Numbers, NDArray[np.float64]]:
    """Row, n-gram and amount of each piece of each word of each text."""
    words = [(row, word) for row, text in enumerate(texts) for word in text]
    sizes = np.array([len(of_words[word]) for _, word in words], dtype=np.int64)
    rows = np.repeat(np.array([row for row, _ in words], dtype=np.int64), sizes)
    columns = np.concatenate([np.zeros(0, np.int64), *(of_words[word] for _, word in words)])
    return rows, columns, np.repeat(np.array([share(word) for _, word in words]), sizes)
