"""Texts as points where like meanings are near, by a small language model."""

import hashlib
import unicodedata
from collections import OrderedDict
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property
from re import compile as pattern
from typing import Protocol

import numpy as np

from services.consultation.grams import Weights

ASKED, TOLD = 120, 400
"""Characters of a question and of a base's text that are read: the time grows with them."""
OF_CENTRE = 0.9
"""How much of what all texts have in common is taken off: it hides what tells them apart."""
COMMONPLACES = (
    "Как это сделать?", "Что делать, если ничего не получается?", "Где найти нужный раздел?",
    "Почему не открывается страница?", "Сколько это стоит?", "Когда придёт ответ?",
    "Можно ли изменить данные?", "Кто может мне помочь?", "Как удалить запись?",
    "Не могу войти в приложение.", "Какая завтра погода?", "Как доехать до вокзала?",
    "Что приготовить на ужин?", "Кто написал эту книгу?", "Какие документы нужны для поездки?",
    "Сколько лет этому дереву?", "Где купить билеты в театр?", "Почему болит голова?",
    "Как выучить новый язык?", "Расскажите о вашей компании.",
    "Чем отличаются эти два варианта?", "Как оформить заказ и доставку?",
    "Посоветуйте хороший фильм.", "Когда начинается отпуск?",
)  # fmt: skip
"""Questions about anything: what they have in common is what every text has."""
KEPT = 10_000
"""Texts whose points stay in memory, 1.5 KB each: bases of several schools share most of them."""
_SPELT = str.maketrans("ёЁ\x00", "еЕ ")
_ADDRESS = pattern(r"https?://\S+")


class Model(Protocol):
    """A text becomes a row of numbers of length 1; may be asked from several threads at once."""

    def query(self, texts: str) -> Weights: ...

    def passage(self, texts: str) -> Weights: ...


@dataclass
class Meanings:
    """Points of questions, and of a base's texts, which are reckoned once; about 20 ms each."""

    model: Model
    _told: OrderedDict[bytes, Weights] = field(default_factory=OrderedDict)

    def of_question(self, text: str) -> Weights:
        return _apart(self.model.query(_plain(text, ASKED)), self._asked_centre)

    def of_text(self, text: str) -> Weights:
        """Of a question, an alias or an answer of a base."""
        told = _plain(text, TOLD)
        key = hashlib.blake2b(told.encode(), digest_size=16).digest()
        point = self._told.pop(key, None)
        if point is None:
            point = _apart(self.model.passage(told), self._told_centre)
        self._told[key] = point
        while len(self._told) > KEPT:
            self._told.popitem(last=False)
        return point

    @cached_property
    def _asked_centre(self) -> Weights:
        return _mean([self.model.query(text) for text in COMMONPLACES])

    @cached_property
    def _told_centre(self) -> Weights:
        return _mean([self.model.passage(text) for text in COMMONPLACES])


def unit(rows: Weights) -> Weights:
    """Each row, or the only one, with length 1; nothing stays nothing."""
    lengths = np.linalg.norm(rows, axis=-1, keepdims=True)
    found: Weights = rows / np.maximum(lengths, np.finfo(np.float32).tiny)
    return found


def _apart(point: Weights, centre: Weights) -> Weights:
    return unit(point - centre)


def _mean(points: Sequence[Weights]) -> Weights:
    found: Weights = np.mean(points, axis=0) * np.float32(OF_CENTRE)
    return found


def _plain(text: str, longest: int) -> str:
    """The model's library reads no zero bytes; ё is the rarer spelling."""
    told = unicodedata.normalize("NFKC", text).translate(_SPELT)
    clean = _ADDRESS.sub(" ", told)
    return " ".join(clean.split())[:longest]
