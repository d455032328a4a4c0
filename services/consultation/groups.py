"""Questions that ask the same in other words are one to whoever answers them."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Self

from services.consultation.keeping import Unanswered
from services.consultation.normal import COMMON, LONGEST, folded, terms

ALIKE = 0.6
"""Share of common letter triples from which two questions are one."""
STRANGE = 1
"""Words that one of two questions may have for itself: «добавить задание» and «удалить задание»
have one each, and one answer to both would be wrong."""
SAME_WORD = 0.5
"""Share of common letter triples from which two words are forms of one."""
COMPARED = 400
"""Questions that are grouped; what is asked more rarely than all these stands alone."""
_COMMON = frozenset(map(folded, COMMON)) | frozenset(
    map(folded, ("кого", "кому", "кем", "чей", "чья", "чьё", "ту", "те", "тот", "та", "им", "ей"))
)


@dataclass(frozen=True, slots=True)
class Group:
    """``lead`` is the most asked wording, ``others`` follow it; ``count`` is of all."""

    lead: Unanswered
    others: Sequence[Unanswered] = ()

    @property
    def all(self) -> Sequence[Unanswered]:
        return (self.lead, *self.others)

    @property
    def count(self) -> int:
        return sum(one.count for one in self.all)


def grouped(waiting: Sequence[Unanswered]) -> list[Group]:
    """The most asked group first; ``waiting`` comes in that order."""
    leads: list[tuple[Meaning, list[Unanswered]]] = []
    for one in waiting[:COMPARED]:
        meaning = Meaning.of(one.text)
        scored = ((lead.likeness(meaning), members) for lead, members in leads)
        likeness, members = max(scored, key=lambda each: each[0], default=(0.0, []))
        if likeness >= ALIKE:
            members.append(one)
        else:
            leads.append((meaning, [one]))
    groups = [Group(members[0], tuple(members[1:])) for _, members in leads]
    groups += [Group(one) for one in waiting[COMPARED:]]
    return sorted(groups, key=lambda group: -group.count)


@dataclass(frozen=True, slots=True)
class Meaning:
    """The words of a question that carry it, and their letter triples together."""

    words: frozenset[str]
    triples: frozenset[str]

    @classmethod
    def of(cls, text: str) -> Self:
        """All words, where there are none that carry a meaning."""
        words = terms(text)[:LONGEST]
        meant = frozenset(word for word in words if word not in _COMMON) or frozenset(words)
        return cls(meant, frozenset().union(*map(triples_of, meant)))

    def likeness(self, other: "Meaning") -> float:
        """0 to 1, the same for both orders; 0 where they are two questions."""
        letters = share(self.triples, other.triples)
        if letters < ALIKE:
            return 0.0
        strange = _strange(self.words, other.words) + _strange(other.words, self.words)
        return letters if strange <= STRANGE else 0.0


def share(one: frozenset[str], other: frozenset[str]) -> float:
    """How much of both is common, 0 to 1."""
    return 2 * len(one & other) / max(1, len(one) + len(other))


@lru_cache(maxsize=1 << 14)
def triples_of(word: str) -> frozenset[str]:
    bounded = f" {word} "
    return frozenset(bounded[start : start + 3] for start in range(len(bounded) - 2))


def _strange(these: frozenset[str], those: frozenset[str]) -> int:
    """How many of these words have no form among those."""
    return sum(not any(_forms(one, other) for other in those) for one in these - those)


def _forms(one: str, other: str) -> bool:
    return share(triples_of(one), triples_of(other)) >= SAME_WORD
