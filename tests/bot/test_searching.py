"""Which search stands over a base is what the setting says and the machine has."""

import sys
import threading
from pathlib import Path
from types import ModuleType
from typing import Any

import numpy as np
import pytest

from bot import searching
from bot.settings import SettingsError
from services.consultation.entries import Audience, Entry
from services.consultation.search import Search
from services.consultation.semantic import SemanticSearch

ENTRY = Entry(
    id="mark", section="marks", audience=Audience.STAFF, question="Где отметка?", answer="Тут."
)
OTHER = Entry(
    id="plan", section="plans", audience=Audience.STAFF, question="Куда КТП?", answer="Туда."
)


class Model:
    """Every text means the same, except that one asks for a plan."""

    def __init__(self, *, num_threads: int) -> None:
        assert num_threads == 1

    def query(self, texts: str) -> Any:
        return np.array([float("план" in texts or "КТП" in texts), 0.5], dtype=np.float32)

    passage = query


@pytest.fixture(autouse=True)
def _clean(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("SEMANTIC", raising=False)
    monkeypatch.chdir(tmp_path)
    searching._loaded.cache_clear()


@pytest.fixture
def absent(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(searching, "find_spec", lambda _name: None)


@pytest.fixture
def present(monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    library = ModuleType(searching.LIBRARY)
    library.E5 = Model  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, searching.LIBRARY, library)
    monkeypatch.setattr(searching, "find_spec", lambda _name: object())
    return library


def ended(name: str) -> None:
    for thread in threading.enumerate():
        if thread.name == name:
            thread.join(timeout=5)


@pytest.mark.usefixtures("absent")
@pytest.mark.parametrize("chosen", ["auto", "off"])
def test_without_the_library_the_words_are_searched(
    monkeypatch: pytest.MonkeyPatch, chosen: str
) -> None:
    monkeypatch.setenv("SEMANTIC", chosen)
    assert isinstance(searching.indexing()([ENTRY]), Search)
    assert isinstance(searching.indexing_at_once()([ENTRY]), Search)


@pytest.mark.usefixtures("absent")
def test_wanting_what_is_not_installed_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SEMANTIC", "on")
    with pytest.raises(SettingsError, match="SEMANTIC"):
        searching.indexing()


@pytest.mark.usefixtures("present")
def test_an_installed_library_may_be_left_unused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SEMANTIC", "off")
    assert isinstance(searching.indexing()([ENTRY]), Search)


@pytest.mark.usefixtures("present")
@pytest.mark.parametrize("chosen", ["auto", "on"])
def test_a_bot_learns_beside_its_work(monkeypatch: pytest.MonkeyPatch, chosen: str) -> None:
    monkeypatch.setenv("SEMANTIC", chosen)
    search = searching.indexing()([ENTRY, OTHER])
    assert isinstance(search, SemanticSearch)
    ended("meanings")
    assert search.ask("нужен план")[0].id == "plan"


@pytest.mark.usefixtures("present")
def test_a_command_waits_until_all_is_learnt() -> None:
    search = searching.indexing_at_once()([ENTRY, OTHER])
    assert search.ask("нужен план")[0].id == "plan"


@pytest.mark.parametrize("index", [searching.beside, searching.at_once])
def test_a_library_that_does_not_run_leaves_the_words(
    present: ModuleType, caplog: pytest.LogCaptureFixture, index: searching.Index
) -> None:
    del present.E5
    assert isinstance(index([ENTRY]), Search)
    assert [record.message for record in caplog.records] == ["no search by meaning"]
