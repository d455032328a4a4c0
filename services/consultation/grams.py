"""Character n-grams of words, and vectors of them weighted by how rare they are (TF-IDF)."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain

import numpy as np
from numpy.typing import NDArray

SHORTEST, LONGEST = 2, 5
Numbers = NDArray[np.int32]
Weights = NDArray[np.float32]


@lru_cache(maxsize=50_000)
def grams(word: str) -> tuple[str, ...]:
    """Every piece of 2-5 characters of the word between its bounds, repeated ones too."""
    bounded = f" {word} "
    return tuple(
        bounded[start : start + size]
        for size in range(SHORTEST, LONGEST + 1)
        for start in range(len(bounded) - size + 1)
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Grams:
    """Texts as rows of n-gram weights, each row of length 1, kept by n-gram.

    ``rows[starts[g]:starts[g + 1]]`` are the texts that have the gram ``g`` and
    ``weights[...]`` its weights in them.
    """

    known: dict[str, int]
    rarity: Weights
    starts: Numbers
    rows: Numbers
    weights: Weights
    size: int
    unseen: float

    @classmethod
    def of(cls, texts: Sequence[Sequence[str]]) -> "Grams":
        """``texts`` are lists of words."""
        vocabulary = {word: i for i, word in enumerate(dict.fromkeys(chain.from_iterable(texts)))}
        known: dict[str, int] = {}
        by_word = [
            np.array([known.setdefault(gram, len(known)) for gram in grams(word)], dtype=np.int64)
            for word in vocabulary
        ]
        size, width = len(texts), max(1, len(known))
        cells = [
            row * width + by_word[vocabulary[word]]
            for row, text in enumerate(texts)
            for word in text
        ]
        keys, counts = np.unique(
            np.concatenate(cells) if cells else np.zeros(0, np.int64), return_counts=True
        )
        rows, columns = np.divmod(keys, width)
        found_in = np.bincount(columns, minlength=width)
        rarity = np.log((1 + size) / (1 + found_in)) + 1
        weights = (1 + np.log(counts)) * rarity[columns]
        lengths = np.sqrt(np.bincount(rows, weights=weights**2, minlength=size))
        weights /= lengths[rows]
        order = np.argsort(columns, kind="stable")
        starts = np.zeros(width + 1, dtype=np.int32)
        np.cumsum(found_in, out=starts[1:])
        return cls(
            known=known,
            rarity=rarity.astype(np.float32),
            starts=starts,
            rows=rows[order].astype(np.int32),
            weights=weights[order].astype(np.float32),
            size=size,
            unseen=float(np.log(1 + size) + 1),
        )

    def likeness(self, text: Sequence[str]) -> Weights:
        """Cosine of the text with every row; n-grams that no row has count in its length."""
        counts = Counter(chain.from_iterable(grams(word) for word in text))
        scores = np.zeros(self.size, dtype=np.float32)
        length, found, shares = 0.0, [], []
        for gram, count in counts.items():
            number = self.known.get(gram)
            rarity = self.unseen if number is None else float(self.rarity[number])
            weight = (1 + np.log(count)) * rarity
            length += weight * weight
            if number is not None:
                part = slice(self.starts[number], self.starts[number + 1])
                found.append(self.rows[part])
                shares.append(self.weights[part] * np.float32(weight))
        if not found:
            return scores
        joined = np.bincount(np.concatenate(found), np.concatenate(shares), self.size)
        return (joined / np.sqrt(length)).astype(np.float32)
