"""The server's reading of ``parse_mode=HTML``: plain text with entities, or its refusal."""

import re
from dataclasses import dataclass, field
from html import unescape
from typing import Any, NoReturn

from bot.sandbox.entities import Entity, in_order, safe_link, units
from bot.sandbox.errors import refuse

TOKEN = re.compile(r"<(?P<slash>/?)(?P<name>[A-Za-z][\w-]*)(?P<rest>[^<>]*)>|(?P<stray><)")
ATTRIBUTE = re.compile(r"""\s*([A-Za-z][\w-]*)(?:\s*=\s*("[^"]*"|'[^']*'|[^\s"'>]+))?""")
REFERENCE = re.compile(r"&(?:lt|gt|amp|quot|#\d{1,7}|#[xX][0-9A-Fa-f]{1,6});")
KINDS = {
    "b": "bold",
    "strong": "bold",
    "i": "italic",
    "em": "italic",
    "u": "underline",
    "ins": "underline",
    "s": "strikethrough",
    "strike": "strikethrough",
    "del": "strikethrough",
    "code": "code",
    "pre": "pre",
    "tg-spoiler": "spoiler",
    "blockquote": "blockquote",
    "a": "text_link",
    "span": "spoiler",
}


@dataclass(frozen=True, slots=True)
class Marked:
    text: str
    entities: list[Entity] = field(default_factory=list)

    def trimmed(self) -> "Marked":
        """Without blank edges, as the server stores it; empty entities vanish."""
        start = units(self.text) - units(self.text.lstrip())
        text = self.text.strip()
        size, kept = units(text), []
        for entity in self.entities:
            first = max(entity["offset"] - start, 0)
            last = min(entity["offset"] + entity["length"] - start, size)
            if last > first:
                kept.append({**entity, "offset": first, "length": last - first})
        return Marked(text, in_order(kept))


@dataclass(slots=True)
class _Open:
    tag: str
    start: int
    entity: dict[str, Any]


def parse(source: str) -> Marked:
    """Raise the server's «can't parse entities» where it would."""
    return _Parser(source).run()


class _Parser:
    def __init__(self, source: str) -> None:
        self._source = source
        self._text = ""
        self._open: list[_Open] = []
        self._entities: list[Entity] = []

    def run(self) -> Marked:
        position = 0
        for token in TOKEN.finditer(self._source):
            self._words(self._source[position : token.start()])
            self._tag(token)
            position = token.end()
        self._words(self._source[position:])
        if self._open:
            tag = self._open[-1].tag
            _refuse(f'Can\'t find end tag corresponding to start tag "{tag}"')
        return Marked(self._text, in_order(self._entities))

    def _words(self, words: str) -> None:
        self._text += REFERENCE.sub(lambda hit: unescape(hit.group()), words)

    def _tag(self, token: re.Match[str]) -> None:
        at = len(self._source[: token.start()].encode())
        name = (token["name"] or "").lower()
        if token["slash"]:
            self._close(name, at)
            return
        attributes = _attributes(token["rest"] or "")
        spoiler = name != "span" or attributes.get("class") == "tg-spoiler"
        if name not in KINDS or not spoiler:
            _refuse(f'Unsupported start tag "{name}" at byte offset {at}')
        self._open.append(_Open(name, units(self._text), _entity(name, attributes)))

    def _close(self, name: str, at: int) -> None:
        if not self._open:
            _refuse(f"Unexpected end tag at byte offset {at}")
        opened = self._open.pop()
        if opened.tag != name:
            _refuse(
                f"Unmatched end tag at byte offset {at}, "
                f'expected "</{opened.tag}>", found "</{name}>"'
            )
        entity = {**opened.entity, "offset": opened.start}
        entity["length"] = units(self._text) - opened.start
        if "url" in entity or opened.tag != "a":
            self._entities.append(entity)


def _entity(name: str, attributes: dict[str, str]) -> Entity:
    if name == "a":
        link = safe_link(attributes.get("href", ""))
        return {"type": "text_link", "url": link} if link else {"type": "text_link"}
    if name == "blockquote" and "expandable" in attributes:
        return {"type": "expandable_blockquote"}
    return {"type": KINDS[name]}


def _attributes(rest: str) -> dict[str, str]:
    return {name.lower(): unescape(value.strip("\"'")) for name, value in ATTRIBUTE.findall(rest)}


def _refuse(reason: str) -> NoReturn:
    refuse(f"can't parse entities: {reason}")
