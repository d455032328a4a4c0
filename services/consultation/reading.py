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


class Read(NamedTuple):
    """A chunk of a question in the layout that was meant, and its folded words."""

    text: str
    words: Sequence[str]


class _Chunk(NamedTuple):
    """What stands between two spaces: as written and as the other layout reads it."""

    written: Read
    switched: Read | None
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
        found = [word for chunk in self.layout(question) for word in chunk.words]
        return [self.repaired(word) for word in without_courtesy(found)[:LONGEST]]

    def layout(self, question: str) -> list[Read]:
        """The whole question leans to one layout, so that its short words follow the long ones."""
        chunks = [self._chunk(chunk) for chunk in question.split()]
        gains = sum(len("".join(one.written.words)) * one.gain for one in chunks)
        lean = LEAN if gains > 0 else -LEAN
        return [
            one.switched if one.switched and one.gain + lean > 0 else one.written for one in chunks
        ]

    def _chunk(self, chunk: str) -> _Chunk:
        written = _read(chunk)
        if _LATIN.search(chunk):
            switched = _read(to_cyrillic(chunk))
            gain = self._familiar(switched.words) - self._familiar(written.words)
            return _Chunk(written, switched if switched.words else None, gain)
        latin, known = _read(to_latin(chunk)), self.counts.keys()
        meant = latin.words and known >= set(latin.words) and not known >= set(written.words)
        return _Chunk(written, latin, 1.0) if meant else _Chunk(written, None, 0.0)

    def _familiar(self, words: Sequence[str]) -> float:
        """The share of the words' pieces that the base has, 0 to 1."""
        pieces = [piece for word in words for piece in _pieces(word)]
        return sum(piece in self.pieces for piece in pieces) / max(1, len(pieces))

    def repaired(self, word: str) -> str:
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


def _read(chunk: str) -> Read:
    return Read(chunk, normal(chunk))


def _pieces(word: str) -> Sequence[str]:
    bounded = f" {word} "
    return [bounded[start : start + 3] for start in range(len(bounded) - 2)]
