"""A process that has loaded the bot and forks a life for each order: a start costs no loading.

Reads orders (JSON lines: what to call, in which directory, with which environment) and answers
each with the life's number and, when it has ended, its exit code. A life is a process of its own
that does from there on what ``python -m bot`` does.
"""

import asyncio
import json
import os
import random
import sys
from importlib import import_module
from pathlib import Path
from typing import Any


def main() -> None:
    for name in sys.argv[1:]:
        import_module(name)
    for line in sys.stdin:
        child = os.fork()
        if not child:
            _live(json.loads(line))
        _say(child)
        _, status = os.waitpid(child, 0)
        _say(os.waitstatus_to_exitcode(status))


def _say(number: int) -> None:
    sys.stdout.write(f"{number}\n")
    sys.stdout.flush()


def _live(order: dict[str, Any]) -> None:
    """Never returns."""
    code = 70
    try:
        log = os.open(order["log"], os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
        nothing = os.open(os.devnull, os.O_RDONLY)
        for number, opened in enumerate((nothing, log, log)):
            os.dup2(opened, number)
        os.environ.clear()
        os.environ.update(order["environment"])
        os.chdir(Path(order["home"]))
        random.seed()
        module, _, name = order["call"].partition(":")
        called = getattr(import_module(module), name)(*order["arguments"])
        if asyncio.iscoroutine(called):
            asyncio.run(called)
        code = 0
    except SystemExit as left:
        code = left.code if isinstance(left.code, int) else 1
    except BaseException:  # noqa: BLE001  # the end of a forked process must not reach its parent
        sys.excepthook(*sys.exc_info())
    finally:
        sys.stderr.flush()
        os._exit(code)


if __name__ == "__main__":
    main()
