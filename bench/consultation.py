"""The consultation's search on question sets that are not part of the project, beside its peers.

python -m bench.consultation [--data DIR]

Warm figures leave the asked question out of the index, one at a time. What is not installed (the
extra ``semantic``, libraries of some peers) is named under ``left out``.
"""

import argparse
import json
import subprocess
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median, quantiles
from time import perf_counter

from bench.asking.figures import Figures, Ranked, mean, top
from bench.asking.misspelling import WAYS
from bench.asking.ours import SEARCHES
from bench.asking.peers import PEERS, Ask, Peer, fitting
from bench.asking.sets import Asked, Entry, QuestionSet, foreign
from bench.heat_map import peak_kb

DATA = Path(__file__).parents[1] / ".." / "shared" / "data" / "faq"
SETS = ("rutube", "school")
HALVES = {"tuned": (True,), "other": (False,), "all": (True, False)}
MEMORY = "from bench.consultation import growth_mb; print(growth_mb({data!r}, {name!r}))"
BUILDS = 5


@dataclass
class Measured:
    """By half and way of typing: figures with the base alone, and with others' questions in it."""

    cold: dict[tuple[str, str], Figures] = field(default_factory=dict)
    warm: dict[tuple[str, str], Figures] = field(default_factory=dict)

    def of(
        self, asked: QuestionSet, build: Callable[[Sequence[Entry]], Ask], ways: Sequence[str]
    ) -> "Measured":
        cold = build(asked.base)
        for one in asked.asked:
            warm = build(asked.warm(without=one))
            for way in ways:
                text = WAYS[way](one.text)
                self._add(self.cold, one, way, cold(text))
                self._add(self.warm, one, way, warm(text))
        return self

    @staticmethod
    def _add(to: dict[tuple[str, str], Figures], one: Asked, way: str, ranked: Ranked) -> None:
        for half, kinds in HALVES.items():
            if one.tuned in kinds:
                to.setdefault((half, way), Figures()).add(one.gold, ranked)


def report(asked: QuestionSet, others: Sequence[tuple[str, bool]]) -> dict[str, object]:
    searches, losses = {}, {}
    for name, build in fitting(SEARCHES).items():
        found = Measured().of(asked, build, list(WAYS))
        for half in HALVES:
            searches[f"{name}, {half}"] = _figures(found, half, build, asked, others)
        losses[name] = {way: _losses(found, way) for way in WAYS}
    for name, peer in fitting(PEERS).items():
        once = Measured().of(asked, peer, ["as asked"])
        searches[name] = _figures(once, "all", peer, asked, others)
    return {"searches": searches, "losses": losses}


def _losses(found: Measured, way: str) -> dict[str, float]:
    """Of acc@1, cold and warm, when the questions are typed this way."""
    return {
        name: round(kind["all", "as asked"].accuracy - kind["all", way].accuracy, 3)
        for name, kind in (("cold", found.cold), ("warm", found.warm))
    }


def _figures(
    found: Measured,
    half: str,
    build: Callable[[Sequence[Entry]], Ask],
    asked: QuestionSet,
    others: Sequence[tuple[str, bool]],
) -> dict[str, float]:
    ask = build(asked.warm())
    theirs = [top(ask(text)) for text, kind in others if kind in HALVES[half]]
    cold, warm = found.cold[half, "as asked"], found.warm[half, "as asked"]
    figures = {
        "acc@1 cold": cold.accuracy,
        "acc@1 warm": warm.accuracy,
        "recall@3 cold": mean(cold.in_three),
        "recall@3 warm": mean(warm.in_three),
        "MRR cold": mean(cold.reciprocal),
        "MRR warm": mean(warm.reciprocal),
        "curve warm": warm.curve(theirs),
        "foreign answered": warm.let_through(theirs),
    }
    return {name: round(value, 3) for name, value in figures.items()}


def speed(asked: QuestionSet, build: Peer) -> dict[str, float]:
    """Building and asking, milliseconds, with a warm base."""
    builds, spent = [], []
    for _ in range(BUILDS):
        begun = perf_counter()
        ask = build(asked.warm())
        builds.append((perf_counter() - begun) * 1000)
    for one in asked.asked:
        begun = perf_counter()
        ask(one.text)
        spent.append((perf_counter() - begun) * 1000)
    return {
        "first_build_ms": round(builds[0]),
        "build_ms": round(median(builds[1:])),
        "p50_ms": round(median(spent), 2),
        "p99_ms": round(quantiles(spent, n=100)[-1], 2),
    }


def growth_mb(data: str, name: str) -> float:
    """How far a fresh process's peak rises over loading the search, its index and all questions."""
    asked = QuestionSet.read(Path(data), SETS[0])
    before = peak_kb()
    ask = SEARCHES[name].build(asked.warm())
    for one in asked.asked:
        ask(one.text)
    return round((peak_kb() - before) / 1024, 1)


def grown_mb(data: Path, name: str) -> float:
    command = [sys.executable, "-c", MEMORY.format(data=str(data), name=name)]
    grown = subprocess.run(command, check=True, capture_output=True, text=True)  # noqa: S603  # own
    return float(grown.stdout)


def run(data: Path = DATA) -> dict[str, object]:
    if not (data / f"{SETS[0]}_kb.jsonl").exists():
        return {"skipped": f"no question sets in {data}"}
    sets = [QuestionSet.read(data, name) for name in SETS]
    ours = fitting(SEARCHES)
    costs = {
        name: speed(sets[0], build) | {"peak_mb": grown_mb(data, name)}
        for name, build in ours.items()
    }
    everything = SEARCHES | PEERS
    left_out = {name: each.missing for name, each in everything.items() if each.missing}
    figures: dict[str, object] = {one.name: report(one, foreign(data)) for one in sets}
    return figures | {"costs": costs, "left out": left_out}


if __name__ == "__main__":
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--data", type=Path, default=DATA)
    print(json.dumps(run(arguments.parse_args().data), ensure_ascii=False, indent=1))
