"""The search by words and by meaning together; by words alone until the meanings are learnt."""

import re
from collections.abc import Callable, Container, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import chain
from typing import ClassVar, NamedTuple, Self

import numpy as np

from services.consultation.grams import Weights
from services.consultation.meanings import Meanings, unit
from services.consultation.normal import folded, words
from services.consultation.reading import Read
from services.consultation.search import (
    LISTED,
    OF_ALIAS,
    OF_QUESTION,
    Hit,
    Scores,
    Search,
    Source,
    ranked,
    without_tags,
)

OF_WHOLE = 0.5
"""What nearness to question and answer read together counts beside nearness to the questions."""
SCALE = 0.43
"""Brings the sum of both searches to the scores that the bands are cut by."""
_LATIN = re.compile("[A-Za-z]")


class Learnt(NamedTuple):
    """A row an entry: of its questions together, and of its question with the answer."""

    asked: Weights
    whole: Weights

    def nearness(self, point: Weights) -> Scores:
        found: Scores = (self.asked @ point + OF_WHOLE * (self.whole @ point)).astype(np.float64)
        return found


class Texts(NamedTuple):
    """What is learnt of an entry."""

    asked: Sequence[str]
    whole: str


@dataclass(slots=True, weakref_slot=True, kw_only=True, eq=False)
class SemanticSearch:
    """An index over a base, as ``Search`` is; ``spellings`` are its words by their folded form."""

    by_words: Search
    meanings: Meanings
    spellings: Mapping[str, str]
    texts: Sequence[Texts]
    _learnt: Learnt | None = field(default=None)
    slow: ClassVar[bool] = True

    @classmethod
    def over(cls, base: Iterable[Source], meanings: Meanings) -> Self:
        """Answers by words at once; ``learn`` adds the rest."""
        entries = list(base)
        texts = [
            Texts((one.question, *one.aliases), f"{one.question} {without_tags(one.answer)}")
            for one in entries
        ]
        seen = chain.from_iterable(words(text) for one in texts for text in (*one.asked, one.whole))
        return cls(
            by_words=Search.over(entries),
            meanings=meanings,
            spellings={folded(word): word for word in seen},
            texts=texts,
        )

    def ask(
        self, question: str, *, limit: int = LISTED, among: Container[str] | None = None
    ) -> list[Hit]:
        """The best entries (only those ``among``), best first; equal ones in the base's order."""
        scores = self.by_words.scores(question)
        if self._learnt is not None and self.by_words.reading.of_question(question):
            point = self.meanings.of_question(self._in_russian(question))
            scores = SCALE * (scores + self._learnt.nearness(point))
        return ranked(self.by_words.ids, scores, limit=limit, among=among)

    def settle(self) -> None:
        """From now on by meaning too; quick when ``learn`` has read the texts before."""
        told = self.meanings.of_text
        asked = [_mean([told(text) for text in one.asked]) for one in self.texts]
        whole = [told(one.whole) for one in self.texts]
        if self.texts:
            self._learnt = Learnt(np.stack(asked), np.stack(whole))

    def _in_russian(self, question: str) -> str:
        """The wrong layout put right; transliterated and misspelt words spelt as in the base."""
        return " ".join(self._legible(chunk) for chunk in self.by_words.reading.layout(question))

    def _legible(self, chunk: Read) -> str:
        mended = [self.by_words.reading.repaired(word) for word in chunk.words]
        if mended == chunk.words and not _LATIN.search(chunk.text):
            return chunk.text
        return " ".join(self.spellings.get(word, word) for word in mended)


def learn(searching: "Callable[[], SemanticSearch | None]") -> None:
    """Read all texts, for a minute perhaps; leave off when nobody holds the search any more.

    ``searching`` is a weak reference.
    """
    search = searching()
    if search is None:
        return
    meanings = search.meanings
    todo = [text for one in search.texts for text in (*one.asked, one.whole)]
    del search
    for text in todo:
        if searching() is None:
            return
        meanings.of_text(text)
    if (search := searching()) is not None:
        search.settle()


def _mean(points: Sequence[Weights]) -> Weights:
    """The question counts more than each of its aliases, as among the words."""
    weights = np.array([OF_QUESTION, *[OF_ALIAS] * (len(points) - 1)], dtype=np.float32)
    return unit(weights @ np.stack(points))
