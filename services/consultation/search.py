"""The search: which entries answer a question, and how sure that is."""

import re
from collections.abc import Container, Iterable, Sequence
from dataclasses import dataclass
from itertools import chain, islice
from typing import ClassVar, Protocol, Self

import numpy as np
from numpy.typing import NDArray

from services.consultation.grams import Numbers, Rarities, Rows, Text
from services.consultation.normal import terms
from services.consultation.reading import Reading

OF_ANSWER = 0.4
"""What likeness to the answer counts beside likeness to the questions."""
OF_QUESTION, OF_ALIAS = 3, 2
"""How often an entry's question counts, and each of its aliases."""
OF_REPEATS = 0.45
"""What many say about one thing is held back more than what one says twice."""
VERY_WORDS = 3
"""The power that leaves a single text's likeness to decide alone only where it is near 1."""
LISTED = 10
Scores = NDArray[np.float64]
_TAG = re.compile("</?[a-z]+>")


class Source(Protocol):
    """What is searched: ``services.consultation.entries.Entry``, or a line of a file."""

    @property
    def id(self) -> str: ...

    @property
    def question(self) -> str: ...

    @property
    def answer(self) -> str: ...

    @property
    def aliases(self) -> Sequence[str]: ...


@dataclass(frozen=True, slots=True)
class Hit:
    """``score`` is 0 to 1.4: 1 where the question is asked in the entry's very words."""

    id: str
    score: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Search:
    """An index over a base; it does not change, a changed base gets a new one.

    ``questions`` has a row an entry, of its question and aliases together: many people's words
    for one thing tell more than any one of them. ``texts`` has each of them alone, ``entries``
    says whose it is.
    """

    ids: Sequence[str]
    rarities: Rarities
    questions: Rows
    texts: Rows
    entries: Numbers
    answers: Rows
    reading: Reading
    slow: ClassVar[bool] = False

    @classmethod
    def over(cls, base: Iterable[Source]) -> Self:
        entries = list(base)
        asked = [[terms(text) for text in (one.question, *one.aliases)] for one in entries]
        answers = [terms(without_tags(one.answer)) for one in entries]
        texts = list(chain.from_iterable(asked))
        whole = [_whole(each) for each in asked]
        rarities = Rarities.of(whole, answers)
        return cls(
            ids=[one.id for one in entries],
            rarities=rarities,
            questions=Rows.of(whole, rarities, of_repeats=OF_REPEATS),
            texts=Rows.of(texts, rarities),
            entries=np.repeat(np.arange(len(entries)), [len(each) for each in asked]),
            answers=Rows.of(answers, rarities),
            reading=Reading.of([*texts, *answers]),
        )

    def ask(
        self, question: str, *, limit: int = LISTED, among: Container[str] | None = None
    ) -> list[Hit]:
        """The best entries (only those ``among``), best first; equal ones in the base's order."""
        return ranked(self.ids, self.scores(question), limit=limit, among=among)

    def scores(self, question: str) -> Scores:
        """Of every entry, in the base's order."""
        at, weights = self.rarities.vector(self.reading.of_question(question))
        likeness = self.questions.likeness(at, weights)
        np.maximum.at(likeness, self.entries, self.texts.likeness(at, weights) ** VERY_WORDS)
        scores: Scores = likeness + OF_ANSWER * self.answers.likeness(at, weights)
        return scores


def ranked(
    ids: Sequence[str], scores: Scores, *, limit: int, among: Container[str] | None
) -> list[Hit]:
    hits = (
        Hit(ids[one], round(float(scores[one]), 6))
        for one in np.argsort(-scores, kind="stable")
        if scores[one] > 0
    )
    return list(islice((hit for hit in hits if among is None or hit.id in among), limit))


def without_tags(answer: str) -> str:
    return _TAG.sub(" ", answer)


def _whole(asked: Sequence[Text]) -> Text:
    """A question and its aliases as one text, in which they count as they should."""
    question, *aliases = asked
    return [*question * OF_QUESTION, *chain.from_iterable(aliases * OF_ALIAS)]
