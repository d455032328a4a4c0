"""What in a text looks as if it named a person: a warning for people, never a proof."""

import re
from enum import StrEnum


class Suspicion(StrEnum):
    NAME = "name"
    PHONE = "phone"
    ADDRESS = "address"
    PUPIL = "pupil"


_WORD = r"[А-ЯЁ][а-яё]+(?:-[А-ЯЁ][а-яё]+)?"
_SURNAME = (
    r"[А-ЯЁ][а-яё]+(?:ов|ев|ёв|ин|ын|ск|цк)(?:а|у|ым|ой|е|ы|ых|ий|ого|ому|ая|ую)?"
    r"|[А-ЯЁ][а-яё]+(?:енко|чук|юк|ян|швили|дзе)"
)
_SIGNS = {
    Suspicion.NAME: (
        rf"\b{_WORD}\s+{_WORD}\b",
        rf"\b{_WORD}\s+[А-ЯЁ]\.",
        rf"\b[А-ЯЁ]\.\s?(?:[А-ЯЁ]\.\s?)?{_WORD}\b",
        r"\b[А-ЯЁ][а-яё]+(?:ович|евич|ич|овна|евна|ична|инична)(?:а|у|ем|ы|е|ой)?\b",
        rf"(?<=[А-Яа-яЁё,:;»)] )(?:{_SURNAME})\b",
        rf"\A(?:{_SURNAME})\b",
    ),
    Suspicion.PHONE: (r"(?<!\d)(?:\+7|8|7)?[\s(-]*\d{3}[\s)-]*\d{3}[\s-]?\d{2}[\s-]?\d{2}(?!\d)",),
    Suspicion.ADDRESS: (r"\S+@\S+\.\w{2,}", r"(?<!\w)@\w{5,}"),
    Suspicion.PUPIL: (r"\b\d{1,2}\s?[«\"]?[А-ЯЁа-яё][»\"]?,?\s*(?:№|N)\s?\d{1,2}\b",),
}
_COMMON = re.compile(r"\b(?:Электронный Журнал|Сетевой Город|Мой Урок)\b")
"""Names of programs and not of people."""


def suspicions(text: str) -> list[Suspicion]:
    """In the order of the signs, each once."""
    plain = _COMMON.sub("", text)
    return [sign for sign, looks in _SIGNS.items() if any(re.search(one, plain) for one in looks)]
