"""Entities of a message: found in plain words, measured in UTF-16 units, shown as safe HTML."""

import re
from collections.abc import Iterable, Sequence
from html import escape
from typing import Any
from urllib.parse import urlsplit

DETECTED = (
    ("url", re.compile(r"\bhttps?://[^\s<>\"«»]*[^\s<>\"«».,;:!?)\]]")),
    (
        "bot_command",
        re.compile(r"(?<![\w/@<])/[A-Za-z0-9_]{1,32}(?:@[A-Za-z0-9_]{3,32})?(?![\w/>])"),
    ),
    ("mention", re.compile(r"(?<![\w@/])@[A-Za-z][A-Za-z0-9_]{4,31}")),
)
BLOCK_EDGE = re.compile(r"\n(<(?:blockquote|pre)>)|(</(?:blockquote|pre)>)\n")
OPAQUE = {"code", "pre", "text_link", "url"}
SAFE_SCHEMES = {"http", "https", "mailto", "tel"}
TAGS = {
    "bold": "b",
    "italic": "i",
    "underline": "u",
    "strikethrough": "s",
    "code": "code",
    "pre": "pre",
    "blockquote": "blockquote",
    "expandable_blockquote": "blockquote",
}
Entity = dict[str, Any]


def units(text: str) -> int:
    """Length in UTF-16 code units, the measure of the Bot API."""
    return len(text.encode("utf-16-le")) // 2


def detect(text: str, known: Sequence[Entity] = ()) -> list[Entity]:
    """``known`` and the links, commands and mentions that the server finds by itself."""
    found = list(known)
    for kind, pattern in DETECTED:
        for hit in pattern.finditer(text):
            entity = {
                "type": kind,
                "offset": units(text[: hit.start()]),
                "length": units(hit.group()),
            }
            if not any(_clash(entity, other) for other in found):
                found.append(entity)
    return in_order(found)


def in_order(entities: Iterable[Entity]) -> list[Entity]:
    return sorted(entities, key=lambda entity: (entity["offset"], -entity["length"]))


def _clash(new: Entity, old: Entity) -> bool:
    start, end = new["offset"], new["offset"] + new["length"]
    first, last = old["offset"], old["offset"] + old["length"]
    apart = end <= first or last <= start
    inside = first <= start and end <= last
    return not apart and (not inside or old["type"] in OPAQUE)


def to_html(text: str, entities: Sequence[Entity]) -> str:
    """HTML of an allow-list by construction: every letter is escaped, every tag is ours.

    A block stands on lines of its own, so the line breaks that touch it are not shown twice.
    """
    return BLOCK_EDGE.sub(r"\1\2", _Renderer(text).render(in_order(entities)))


def safe_link(address: str) -> str | None:
    try:
        parts = urlsplit(address.strip())
    except ValueError:
        return None
    if parts.scheme.lower() not in SAFE_SCHEMES:
        return None
    return address.strip()


class _Renderer:
    def __init__(self, text: str) -> None:
        self._units = text.encode("utf-16-le")

    def render(self, entities: Sequence[Entity]) -> str:
        return self._span(0, len(self._units) // 2, list(entities))

    def _text(self, start: int, end: int) -> str:
        return self._units[start * 2 : end * 2].decode("utf-16-le", errors="replace")

    def _span(self, start: int, end: int, entities: list[Entity]) -> str:
        parts, position = [], start
        while entities:
            entity = entities.pop(0)
            first, last = entity["offset"], entity["offset"] + entity["length"]
            if first < position or last > end:
                continue  # crosses its neighbour: the letters stay, the decoration goes
            inner = [other for other in entities if other["offset"] + other["length"] <= last]
            entities = [other for other in entities if other["offset"] >= last]
            parts.append(escape(self._text(position, first)))
            parts.append(self._wrap(entity, self._span(first, last, inner)))
            position = last
        parts.append(escape(self._text(position, end)))
        return "".join(parts)

    def _wrap(self, entity: Entity, inner: str) -> str:
        kind = entity["type"]
        if kind in TAGS:
            return f"<{TAGS[kind]}>{inner}</{TAGS[kind]}>"
        if kind == "spoiler":
            return f'<tg-spoiler tabindex="0">{inner}</tg-spoiler>'
        if kind == "bot_command":
            return f'<a class="command" href="#" role="button">{inner}</a>'
        if kind in {"url", "text_link"}:
            first, last = entity["offset"], entity["offset"] + entity["length"]
            return self._link(entity.get("url") or self._text(first, last), inner)
        return inner

    def _link(self, address: str, inner: str) -> str:
        link = safe_link(address)
        if link is None:
            return inner
        return f'<a href="{escape(link)}" target="_blank" rel="noopener noreferrer">{inner}</a>'
