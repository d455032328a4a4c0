"""What the base of answers is made of, and the first base that comes with the program."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from importlib.resources import files
from typing import Any

ALIASES = range(3, 9)
"""How many ways of asking a shipped entry carries besides its question."""
ANSWER_LIMIT = 900
QUESTION_LIMIT = 200


class Audience(StrEnum):
    """Who is answered with an entry; each audience reads those before it as well."""

    PUBLIC = "public"
    STAFF = "staff"
    ADMINISTRATION = "administration"

    def reads(self) -> frozenset["Audience"]:
        everybody = list(Audience)
        return frozenset(everybody[: everybody.index(self) + 1])


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """``title`` is Russian, ``order`` is its place in the list of sections, from 1."""

    id: str
    title: str
    order: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """A question with its answer.

    ``section`` is a Section's id; ``answer`` has tags b, i, code at most; ``rules`` are the codes
    of the rules that it explains.
    """

    id: str
    section: str
    audience: Audience
    question: str
    answer: str
    aliases: tuple[str, ...] = ()
    rules: tuple[str, ...] = ()


@cache
def first_sections() -> tuple[Section, ...]:
    """The sections of the shipped base, in the order in which people are shown them."""
    found = (
        Section(id=name, title=content["title"], order=content["order"])
        for name, content in _files().items()
    )
    return tuple(sorted(found, key=lambda section: section.order))


@cache
def _shipped() -> tuple[Entry, ...]:
    content = _files()
    return tuple(
        _entry(section.id, raw)
        for section in first_sections()
        for raw in content[section.id]["entry"]
    )


def first_base() -> list[Entry]:
    """All shipped entries, section by section."""
    return list(_shipped())


@cache
def _files() -> Mapping[str, Mapping[str, Any]]:
    """One file a section, named by the section's id."""
    folder = files("services.consultation") / "base"
    return {
        file.name.removesuffix(".toml"): tomllib.loads(file.read_text(encoding="utf-8"))
        for file in folder.iterdir()
        if file.name.endswith(".toml")
    }


def _entry(section: str, raw: Mapping[str, Any]) -> Entry:
    return Entry(
        id=raw["id"],
        section=section,
        audience=Audience(raw["audience"]),
        question=raw["question"],
        answer=raw["answer"].strip(),
        aliases=tuple(raw["aliases"]),
        rules=tuple(raw.get("rules", ())),
    )
