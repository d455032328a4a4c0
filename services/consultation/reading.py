"""How a question is read in the light of a base: its layout, its slips of the finger."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple, Self

from rapidfuzz.distance import OSA
from rapidfuzz.process import extract

from services.consultation.grams import Text
from services.consultation.layout import to_cyrillic, to_latin
from services.consultation.normal import COMMON, LONGEST, folded, normal, without_courtesy

SHORTEST_REPAIRED = 4
LEAN = 0.15
"""How much a chunk that is read alike both ways follows the rest of the question."""
_LATIN = re.compile("[A-Za-z]")


class _Chunk(NamedTuple):
    """What stands between two spaces: as written and as the other layout reads it."""

    written: Sequence[str]
    switched: Sequence[str]
    gain: float


@dataclass(frozen=True, slots=True)
class Reading:
    """``counts`` are the words of the base, ``words`` the same by length.

    ``pieces`` are the three letters in a row that occur in them.
    """

    counts: Mapping[str, int]
    words: Mapping[int, Sequence[str]]
    pieces: frozenset[str]

    @classmethod
    def of(cls, texts: Iterable[Text]) -> Self:
        counts = Counter(word for text in texts for word in text)
        counts.update(folded(word) for word in COMMON)
        by_length: dict[int, list[str]] = defaultdict(list)
        for word in sorted(counts):
            by_length[len(word)].append(word)
        pieces = frozenset(piece for word in counts for piece in _pieces(word))
        return cls(counts, by_length, pieces)

    def of_question(self, question: str) -> Text:
        """Folded words, misspelt ones mended."""
        read = without_courtesy(self._layout(question))
        return [self._repaired(word) for word in read[:LONGEST]]

    def _layout(self, question: str) -> list[str]:
        """The whole question leans to one layout, so that its short words follow the long ones."""
        chunks = [self._chunk(chunk) for chunk in question.split()]
        gains = sum(len("".join(one.written)) * one.gain for one in chunks)
        lean = LEAN if gains > 0 else -LEAN
        return [
            word
            for one in chunks
            for word in (one.switched if one.switched and one.gain + lean > 0 else one.written)
        ]

    def _chunk(self, chunk: str) -> _Chunk:
        written = normal(chunk)
        if _LATIN.search(chunk):
            switched = normal(to_cyrillic(chunk))
            return _Chunk(written, switched, self._familiar(switched) - self._familiar(written))
        latin = normal(to_latin(chunk))
        known = self.counts.keys()
        meant = latin and known >= set(latin) and not known >= set(written)
        return _Chunk(written, latin, 1.0) if meant else _Chunk(written, (), 0.0)

    def _familiar(self, words: Sequence[str]) -> float:
        """The share of the words' pieces that the base has, 0 to 1."""
        pieces = [piece for word in words for piece in _pieces(word)]
        return sum(piece in self.pieces for piece in pieces) / max(1, len(pieces))

    def _repaired(self, word: str) -> str:
        """The commonest word of the base that is one slip away from a word with odd letters."""
        if len(word) < SHORTEST_REPAIRED or self.pieces.issuperset(_pieces(word)):
            return word
        near = [
            (-self.counts[found], found)
            for length in (len(word) - 1, len(word), len(word) + 1)
            for found, _, _ in extract(
                word, self.words.get(length, ()), scorer=OSA.distance, score_cutoff=1, limit=None
            )
        ]
        return min(near)[1] if near else word


def _pieces(word: str) -> Sequence[str]:
    bounded = f" {word} "
    return [bounded[start : start + 3] for start in range(len(bounded) - 2)]
