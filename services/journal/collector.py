"""The garbage collector kept from looking for garbage among thousands of new rows.

Rows are kept or dropped whole and make no circles. One look at all of them holds the interpreter,
and so everybody's messages, for a tenth of a second.
"""

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def collector_paused() -> Iterator[None]:
    """Whatever is made meanwhile is set aside, until ``collector_resumed``."""
    was = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        gc.freeze()
        if was:
            gc.enable()


@contextmanager
def collector_resumed() -> Iterator[None]:
    """At the end of an import: what was set aside is looked at again, as everything else is."""
    try:
        yield
    finally:
        gc.unfreeze()
