"""Bases, aliases and questions as lines of JSON."""

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

KEYS = ("id", "question", "answer")
ASKED = ("query", "text", "question")
"""Keys under which a line may carry its question."""


class UnfitLineError(Exception):
    """A file, or a line of it, that is not what it should be; its text is for the person."""

    def __init__(self, place: str, why: str) -> None:
        super().__init__(f"{place}: {why}")


@dataclass(frozen=True, slots=True)
class Article:
    """An entry of a base in a file."""

    id: str
    question: str
    answer: str
    aliases: list[str] = field(default_factory=list)


def articles(base: Path, aliases: Path | None) -> list[Article]:
    """The base, each entry with its aliases. UnfitLineError for an unknown or doubled id."""
    found: dict[str, Article] = {}
    for place, line in _lines(base):
        number, question, answer = (_text(line, (key,), place) for key in KEYS)
        one = Article(number, question, answer)
        if one.id in found:
            raise UnfitLineError(place, f"статья «{one.id}» уже была выше")
        found[one.id] = one
    for place, line in _lines(aliases) if aliases else ():
        number = _text(line, ("id",), place)
        if number not in found:
            raise UnfitLineError(place, f"в базе нет статьи «{number}»")
        found[number].aliases.append(_text(line, ASKED, place))
    return list(found.values())


def questions(path: Path) -> list[str]:
    return [_text(line, ASKED, place) for place, line in _lines(path)]


def as_json(objects: Iterable[dict[str, Any]]) -> Iterator[str]:
    """One a line, whatever the reader takes for the end of one."""
    return (_one_line(json.dumps(one, ensure_ascii=False)) for one in objects)


def _one_line(text: str) -> str:
    for separator in ("\x85", "\u2028", "\u2029"):
        text = text.replace(separator, f"\\u{ord(separator):04x}")
    return text


def _lines(path: Path) -> Iterator[tuple[str, dict[str, Any]]]:
    """Where each object stands, and the object; empty lines are skipped."""
    for number, line in enumerate(_read(path).split("\n"), 1):
        if not line.strip():
            continue
        place = f"{path.name}, строка {number}"
        try:
            found = json.loads(line)
        except ValueError:
            raise UnfitLineError(place, "это не JSON") from None
        if not isinstance(found, dict):
            raise UnfitLineError(place, "нужен объект JSON")
        yield place, found


def _read(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError:
        raise UnfitLineError(path.name, "файл не в кодировке UTF-8") from None
    except OSError as error:
        raise UnfitLineError(path.name, f"файл не читается ({error.strerror})") from None


def _text(line: dict[str, Any], keys: Sequence[str], place: str) -> str:
    """A number stands for its text; what is absent or of another kind is refused."""
    value = next((line[key] for key in keys if line.get(key) is not None), None)
    if isinstance(value, bool) or not isinstance(value, str | int):
        raise UnfitLineError(place, f"нет поля {' / '.join(keys)}")
    return str(value)
