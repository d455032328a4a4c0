"""aiogram wires hundreds of handlers anew for each test; what a function takes is read once."""

import inspect
from collections.abc import Callable
from types import CodeType, FunctionType, SimpleNamespace
from typing import Any

import aiogram.dispatcher.event.handler as handling


def remember_signatures() -> None:
    """From here on aiogram asks ``inspect`` once for each piece of code."""
    known: dict[CodeType, inspect.Signature] = {}

    def signature(callback: Callable[..., Any], **options: Any) -> inspect.Signature:
        if not isinstance(callback, FunctionType):
            return inspect.signature(callback, **options)
        if callback.__code__ not in known:
            known[callback.__code__] = inspect.signature(callback, **options)
        return known[callback.__code__]

    remembering = SimpleNamespace(**vars(inspect) | {"signature": signature})
    vars(handling)["inspect"] = remembering
