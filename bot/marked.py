"""Answers carry a little markup of their own; everything else in them is text."""

import re

from markupsafe import Markup, escape

_TAG = re.compile(r"&lt;(/?)(b|i|code)&gt;")


def marked(text: str) -> Markup:
    """The text with its tags b, i, code; where they do not nest they are shown as written."""
    safe = str(escape(text))
    if not _nest(safe):
        return Markup(safe)  # noqa: S704  # escaped above
    return Markup(_TAG.sub(r"<\1\2>", safe))  # noqa: S704  # escaped but for the three tags


def _nest(text: str) -> bool:
    opened: list[str] = []
    for closing, name in _TAG.findall(text):
        if not closing:
            opened.append(name)
        elif not opened or opened.pop() != name:
            return False
    return not opened
