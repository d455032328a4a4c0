import json
import logging
import sys

import pytest

from bot.logs import JsonForm, TextForm, doing

SECRET = "a-setup-code"  # noqa: S105  # nobody's
TOKEN = "123456:ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghi"  # noqa: S105  # nobody's


def record(message: str, **extra: object) -> logging.LogRecord:
    made = logging.makeLogRecord({"name": "bot.test", "levelname": "INFO", "msg": message})
    vars(made).update(extra)
    return made


def failed(error: Exception) -> logging.LogRecord:
    try:
        raise error
    except type(error):
        return record("update failed", exc_info=sys.exc_info())


@pytest.mark.parametrize("form", [TextForm([SECRET]), JsonForm([SECRET])])
def test_secrets_and_tokens_never_get_out(form: logging.Formatter) -> None:
    line = form.format(record(f"calling /bot{TOKEN}/getMe", code=SECRET))
    assert TOKEN not in line
    assert SECRET not in line
    assert "/getMe" in line


@pytest.mark.parametrize("form", [TextForm([]), JsonForm([])])
def test_a_failure_shows_places_and_types_but_no_words(form: logging.Formatter) -> None:
    line = form.format(failed(ValueError("Иванов Иван")))
    assert "ValueError" in line
    assert "test_logs.py" in line
    assert "Иванов" not in line


def test_a_failure_shows_its_cause_first() -> None:
    error = ValueError("a")
    error.__cause__ = KeyError("b")
    line = TextForm([]).format(failed(error))
    assert line.index("KeyError") < line.index("ValueError")


def test_a_record_says_what_the_task_is_busy_with() -> None:
    token = doing.set({"update": 7})
    line = json.loads(JsonForm([]).format(record("handled", chat=5)))
    doing.reset(token)
    assert (line["event"], line["update"], line["chat"]) == ("handled", 7, 5)
