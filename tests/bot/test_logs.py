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


@pytest.mark.parametrize("form", [TextForm([]), JsonForm([])])
def test_a_group_shows_each_of_its_failures_and_no_words(form: logging.Formatter) -> None:
    deep = ValueError("Иванов Иван")
    deep.__cause__ = KeyError("Петров Пётр")
    group = ExceptionGroup("Сидоров", [OSError("5А"), ExceptionGroup("6Б", [deep])])
    line = form.format(failed(group))
    places = [line.index(f"builtins.{name}") for name in ("OSError", "KeyError", "ValueError")]
    assert line.index("builtins.ExceptionGroup") < places[0]
    assert places == sorted(places)
    assert "2 of 2:" in line
    assert not any(word in line for word in ("Иванов", "Петров", "Сидоров", "5А", "6Б"))


def test_a_group_shows_where_its_failures_were_raised() -> None:
    with pytest.raises(ValueError, match="x") as caught:
        int("x")
    line = TextForm([]).format(failed(ExceptionGroup("", [caught.value])))
    assert line.count("test_logs.py") == 2


def test_a_large_group_shows_its_first_failures() -> None:
    line = TextForm([]).format(failed(ExceptionGroup("", [ValueError() for _ in range(40)])))
    assert line.count("builtins.ValueError") == 15
    assert "15 of 40:" in line


def test_a_record_says_what_the_task_is_busy_with() -> None:
    token = doing.set({"update": 7})
    line = json.loads(JsonForm([]).format(record("handled", chat=5)))
    doing.reset(token)
    assert (line["event"], line["update"], line["chat"]) == ("handled", 7, 5)
