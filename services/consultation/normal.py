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


def without_courtesy(text: Sequence[str]) -> list[str]:
    """Without greetings and requests, unless there is nothing else."""
    return _in_earnest(text) or list(text)


def _in_earnest(text: Sequence[str]) -> list[str]:
    before = ["", *text]
    return [
        word
        for previous, word in zip(before, text, strict=False)
        if word not in _COURTESY and word not in _KIND
        if not (previous in _KIND and word in _TIMES)
    ]


def terms(text: str) -> list[str]:
    """What of a text is searched."""
    return without_courtesy(normal(text))


def plain(text: str) -> str:
    """The form in which two ways of writing the same question are one."""
    return " ".join(terms(text)[:LONGEST])


def asks(text: str) -> bool:
    """Whether there is anything but a greeting in it: at least one word of three letters.

    Bare digits ask nothing; they may be a PIN or a code that was meant for another moment.
    """
    words_meant = _in_earnest(normal(text))
    return any(len(word) >= SHORTEST and not word.isdigit() for word in words_meant)


LONGEST = 80
"""Words of a question that are read: whoever writes more has asked in the beginning."""
SHORTEST = 3
COMMON = frozenset(
    words(
        "а без бы был была были быть в вас ваш все вы где да для до его если есть еще же за зачем "
        "и из или их к как какая какие какой когда кто куда ли мне меня может можно мой мы на "
        "надо нам нас наш не нет нельзя ни ничего но нужно о об обо он она они от откуда очень по "
        "под почему при про раз с сам сделать себя сегодня сейчас сколько со так такое там то "
        "тогда того только том тоже у уже что чтобы чем через эта эти это этот я"
    )
)
"""Words of any question: they tell Russian in the wrong layout even where the base is small."""
_COURTESY = frozenset(
    normal(
        "здравствуйте здраствуйте здрасте привет приветствую пожалуйста пожалуста плиз подскажите "
        "скажите помогите спасибо заранее уважаемые коллеги хочу узнать"
    )
)
_KIND = frozenset(normal("добрый доброе доброго хорошего"))
_TIMES = frozenset(normal("день дня утро утра вечер вечера суток"))
