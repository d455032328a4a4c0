"""The same question as a hurried person types it; every time the same way."""

import random
from collections.abc import Callable

ROWS = ("йцукенгшщзхъ", "фывапролджэ", "ячсмитьбю")
NEAR = {
    key: row[max(0, place - 1) : place] + row[place + 1 : place + 2]
    for row in ROWS
    for place, key in enumerate(row)
}
RUSSIAN_KEYS = "йцукенгшщзхъфывапролджэячсмитьбюё"
ENGLISH_KEYS = "qwertyuiop[]asdfghjkl;'zxcvbnm,.`"
LATIN = dict(zip("абвгдезийклмнопрстуфыьэ", "abvgdeziyklmnoprstufy'e", strict=True)) | {
    "ё": "yo", "ж": "zh", "х": "kh", "ц": "ts", "ч": "ch", "ш": "sh", "щ": "shch", "ъ": "",
    "ю": "yu", "я": "ya",
}  # fmt: skip


def slips(text: str, count: int) -> str:
    """``count`` slips of the finger: a neighbouring key, a letter lost, doubled, changed places."""
    chance = random.Random(f"{count} {text}")  # noqa: S311  # a measurement, not a secret
    for _ in range(count):
        places = [place for place, letter in enumerate(text) if letter.lower() in NEAR]
        if places:
            text = _slip(text, chance.choice(places), chance)
    return text


def _slip(text: str, place: int, chance: random.Random) -> str:
    letter, before, after = text[place], text[:place], text[place + 1 :]
    match chance.randrange(4):
        case 0:
            return before + chance.choice(NEAR[letter.lower()]) + after
        case 1:
            return before + after
        case 2:
            return before + letter * 2 + after
        case _:
            return before + after[:1] + letter + after[1:]


def wrong_layout(text: str) -> str:
    return text.lower().translate(str.maketrans(RUSSIAN_KEYS, ENGLISH_KEYS))


def transliterated(text: str) -> str:
    return "".join(LATIN.get(letter, letter) for letter in text.lower())


WAYS: dict[str, Callable[[str], str]] = {
    "as asked": lambda text: text,
    "1 slip": lambda text: slips(text, 1),
    "2 slips": lambda text: slips(text, 2),
    "wrong layout": wrong_layout,
    "transliterated": transliterated,
    "every е as ё": lambda text: text.replace("е", "ё"),
}
