"""A study group written beside a class or a subject: «7А (1 гр.)», «Английский язык, 2 п/г»."""

import re

from services.journal.names import normalise_name

_NUMBER = r"([1-9])(?:-?(?:я|ая|ой))?"
_WORD = r"(?:под)?гр(?:\.|уппа|уппы|уппе)?|п/?г(?:р)?\.?"
_GROUP = re.compile(
    rf"[\s,/(\[-]*(?:{_NUMBER}\s*(?:{_WORD})|(?:{_WORD})\s*(?:№\s*)?{_NUMBER})[\s)\]]*$",
    re.IGNORECASE,
)
_BRACKETED = re.compile(
    r"[\s,]*[(\[]\s*(мальчики|девочки|юноши|девушки|[1-9])\s*[)\]]\s*$", re.IGNORECASE
)


def without_group(text: str) -> tuple[str, str]:
    """The text without its group, and the group: ``""`` is the whole class."""
    numbered = _GROUP.search(text)
    if numbered:
        return normalise_name(text[: numbered.start()]), numbered[1] or numbered[2]
    bracketed = _BRACKETED.search(text)
    if bracketed:
        return normalise_name(text[: bracketed.start()]), bracketed[1].casefold()
    return normalise_name(text), ""
