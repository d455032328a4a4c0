"""Work through very many rows does not keep the interpreter from others."""

import gc
import threading

import pytest

from services.journal import breathing
from services.journal.breathing import BREATH
from services.journal.collector import collector_paused, collector_resumed


@pytest.mark.parametrize("rows", [0, 1, BREATH - 1, BREATH, BREATH + 1, 3 * BREATH + 7])
def test_every_row_comes_once_and_in_order(rows: int) -> None:
    assert list(breathing.breathing(range(rows))) == list(range(rows))


def test_there_is_a_pause_at_every_thousandth_row(monkeypatch: pytest.MonkeyPatch) -> None:
    pauses: list[int] = []
    monkeypatch.setattr(breathing, "breathe", lambda: pauses.append(1))
    assert sum(1 for _ in breathing.breathing(range(3 * BREATH + 7))) == 3 * BREATH + 7
    assert len(pauses) == 3


def test_another_thread_works_meanwhile() -> None:
    turns: list[int] = []
    ended = threading.Event()

    def other() -> None:
        while not ended.is_set():
            turns.append(1)
            breathing.breathe()

    thread = threading.Thread(target=other)
    thread.start()
    assert sum(1 for _ in breathing.breathing(range(200 * BREATH))) == 200 * BREATH
    ended.set()
    thread.join()
    assert len(turns) >= 20


def test_what_was_made_in_a_pause_is_set_aside_until_the_end() -> None:
    """Circles made meanwhile are collected afterwards, not never."""
    before = gc.get_freeze_count()
    with collector_resumed():
        with collector_paused():
            assert not gc.isenabled()
            kept = [[number] for number in range(100)]
        assert gc.isenabled()
        assert gc.get_freeze_count() >= before + len(kept)
    assert gc.get_freeze_count() == 0


def test_a_collector_that_was_off_stays_off() -> None:
    gc.disable()
    try:
        with collector_paused():
            pass
        assert not gc.isenabled()
    finally:
        gc.enable()
        gc.unfreeze()
