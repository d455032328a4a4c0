"""Whose class it is, read from the post in the staff list: «классный руководитель 7А»."""

import re

from services.journal.names import normalise_class, plain

_LEADER = re.compile(r"кл(?:асс\w*|\.)?\s*рук(?:оводител\w*|\.)?", re.IGNORECASE)
_CLASS = re.compile(r"(?<!\d)\d{1,2}\s*[-–—]?\s*[\"'«“„]?\s*[^\W\d_](?![^\W\d_])")


def classes_of_post(post: str) -> list[str]:
    """Normalised names of classes that stand after «классный руководитель», each once."""
    found = _LEADER.search(plain(post))
    if found is None:
        return []
    after = plain(post)[found.end() :]
    named = (
        normalise_class(one[0].replace("«", "").replace('"', "")) for one in _CLASS.finditer(after)
    )
    return list(dict.fromkeys(name for name in named if name))
