"""A text as the search sees it: letters that people mix up are folded into one.

Cyrillic and any usual transliteration of it end as the same string, so neither has to be
recognised: «щётка», «shchetka», «schyotka» are one word. The price is a few words that
become alike («тс» and «ц»), which the measurements do not notice.
"""

import re
import unicodedata
from collections.abc import Sequence

_NOISE = re.compile(r"https?://\S+|www\.\S+|\S+@\S+\.\w+")
_WORD = re.compile(r"[^\W_]+")
_MARKS = re.compile(r"(?<=\w)['’ʼ`\"](?=\w|\b|$)")

_SYLLABLES = re.compile("shch|sch|sh|ch|zh|kh|ts|y[auoe]|j[auoe]|x")
_OF_SYLLABLES = {
    "shch": "ш", "sch": "ш", "sh": "ш", "ch": "ч", "zh": "ж", "kh": "х", "ts": "ц", "x": "кс",
    "ya": "я", "ja": "я", "yu": "ю", "ju": "ю", "yo": "е", "jo": "е", "ye": "е", "je": "е",
}  # fmt: skip
_OF_LETTERS = str.maketrans("abcdefghijklmnopqrstuvwyz", "абцдефгхииклмнопкрстуввиз")
_ALIKE = str.maketrans({"ё": "е", "э": "е", "й": "и", "ы": "и", "щ": "ш", "ь": None, "ъ": None})
_CLUSTERS = re.compile("тс|сх|сч|ии+|и[аяоуюе]")
_OF_CLUSTERS = {
    "тс": "ц", "сх": "ш", "сч": "ш", "иа": "я", "ия": "я", "ио": "е", "иу": "ю", "ию": "ю",
    "ие": "е",
}  # fmt: skip

GREETINGS = frozenset()


def words(text: str) -> list[str]:
    """The text's words in small letters, without addresses; ``ё`` stays."""
    plain = unicodedata.normalize("NFKC", text).casefold()
    return _WORD.findall(_MARKS.sub("", _NOISE.sub(" ", plain)))


def folded(word: str) -> str:
    """One word of ``words`` with everything that is written in several ways made one."""
    sounds = _SYLLABLES.sub(lambda found: _OF_SYLLABLES[found[0]], word).translate(_OF_LETTERS)
    alike = sounds.translate(_ALIKE)
    return _CLUSTERS.sub(lambda found: _OF_CLUSTERS.get(found[0], "и"), alike)


def normal(text: str) -> Sequence[str]:
    return [found for word in words(text) if (found := folded(word))]
