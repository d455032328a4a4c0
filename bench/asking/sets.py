"""Question sets on disk: a base, users' questions with their entries, questions of other worlds."""

import json
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any, Self


@dataclass(frozen=True)
class Entry:
    id: str
    question: str
    answer: str
    aliases: tuple[str, ...] = ()


@dataclass(frozen=True)
class Asked:
    """``gold`` are all entries that answer it, ``main`` the one that its staff chose."""

    text: str
    gold: frozenset[str]
    main: str
    tuned: bool


@dataclass(frozen=True)
class QuestionSet:
    name: str
    base: list[Entry]
    asked: list[Asked]

    @classmethod
    def read(cls, data: Path, name: str) -> Self:
        base = [
            Entry(str(line["id"]), line["question"], line["answer"])
            for line in lines(data / f"{name}_kb.jsonl")
        ]
        asked = [
            Asked(line["query"], frozenset(line["gold"]), line["main"], tuned(line["qid"]))
            for line in lines(data / f"{name}_queries.jsonl")
        ]
        return cls(name, base, asked)

    def warm(self, *, without: Asked | None = None) -> list[Entry]:
        """The base with everybody's questions as aliases, except for one."""
        aliases: dict[str, list[str]] = {}
        for one in self.asked:
            if one is not without:
                aliases.setdefault(one.main, []).append(one.text)
        return [
            Entry(one.id, one.question, one.answer, tuple(aliases.get(one.id, ())))
            for one in self.base
        ]


def tuned(name: str) -> bool:
    """Half of the questions, by a hash of their id: weights and thresholds were chosen on these."""
    return sha256(name.encode()).digest()[0] % 2 == 0


def foreign(data: Path) -> list[tuple[str, bool]]:
    """Questions that must not be answered, with their half."""
    return [(one["query"], tuned(one["query"])) for one in lines(data / "ood_queries.jsonl")]


def lines(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").split("\n") if line]
