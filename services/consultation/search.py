"""The search: which entries answer a question, and how sure that is."""

import re
from collections.abc import Container, Iterable, Sequence
from dataclasses import dataclass
from itertools import chain, islice
from typing import Protocol, Self

import numpy as np

from services.consultation.grams import Numbers, Rarities, Rows
from services.consultation.normal import terms
from services.consultation.reading import Reading

OF_ANSWER = 0.4
"""What likeness to the answer counts beside likeness to the questions."""
LISTED = 10
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

    @classmethod
    def over(cls, base: Iterable[Source]) -> Self:
        entries = list(base)
        asked = [[terms(text) for text in (one.question, *one.aliases)] for one in entries]
        answers = [terms(_TAG.sub(" ", one.answer)) for one in entries]
        texts = list(chain.from_iterable(asked))
        rarities = Rarities.of(texts, answers)
        return cls(
            ids=[one.id for one in entries],
            rarities=rarities,
            questions=Rows.of([list(chain.from_iterable(each)) for each in asked], rarities),
            texts=Rows.of(texts, rarities),
            entries=np.repeat(np.arange(len(entries)), [len(each) for each in asked]),
            answers=Rows.of(answers, rarities),
            reading=Reading.of([*texts, *answers]),
        )

    def ask(
        self, question: str, *, limit: int = LISTED, among: Container[str] | None = None
    ) -> list[Hit]:
        """The best entries (only those ``among``), best first; equal ones in the base's order."""
        at, weights = self.rarities.vector(self.reading.of_question(question))
        likeness = self.questions.likeness(at, weights)
        # the square: only the very words of a question or alias may decide alone
        np.maximum.at(likeness, self.entries, self.texts.likeness(at, weights) ** 2)
        scores = likeness + OF_ANSWER * self.answers.likeness(at, weights)
        ranked = (
            Hit(self.ids[one], round(float(scores[one]), 6))
            for one in np.argsort(-scores, kind="stable")
            if scores[one] > 0
        )
        return list(islice((hit for hit in ranked if among is None or hit.id in among), limit))
