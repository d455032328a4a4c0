"""What searches every log of every test does see a name, a word and a token."""

import logging
from pathlib import Path

import pytest

from tests.bot.servers import TOKEN
from tests.canary import Canary, files_of, watching

log = logging.getLogger("elsewhere")


@pytest.mark.parametrize(
    "words",
    ["greeted Иванова", "asked: когда каникулы", f"key {TOKEN.partition(':')[2]}", "класс 5А"],
)
def test_a_word_in_a_message_is_seen(words: str) -> None:
    bird = Canary()
    with watching(bird, ["elsewhere"]):
        log.warning("all is well", extra={"update": 7})
        log.warning(words)
        log.warning("event", extra={"who": words})
    assert len(bird.leaks) == 2


def test_a_word_in_the_log_of_a_process_is_seen(tmp_path: Path) -> None:
    for place, line in (
        ("a", "2026-11-20T13:00:00.000+00:00 INFO bot.x: greeted Иванова"),
        ("b", '{"at": "2026-11-20T13:00:00.000+00:00", "event": "asked", "text": "когда"}'),
        ("c", "База занята другим процессом."),
    ):
        (tmp_path / place).mkdir()
        (tmp_path / place / "process.txt").write_text(line)
    bird = Canary()
    for file in sorted(tmp_path.rglob("process.txt")):
        bird.look_into(file.read_text())
    assert len(bird.leaks) == 2


def test_the_logs_of_a_test_s_processes_are_found(tmp_path: Path) -> None:
    (tmp_path / "deep").mkdir()
    (tmp_path / "deep" / "log.txt").write_text("2026-11-20T13:00:00Z INFO bot.x: started")
    assert len(list(files_of(tmp_path))) == 1


def test_a_leak_fails_the_test_in_which_it_is_made(canary: Canary) -> None:
    logging.getLogger("bot.anything").info("greeted Иванова")
    assert canary.leaks.pop().endswith("greeted Иванова")
