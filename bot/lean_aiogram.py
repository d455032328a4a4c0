"""aiogram loaded leaner: its types are built leaves first, and share instead of copying.

aiogram builds its 400 types when it is loaded, in the order of the alphabet. A type that is built
before those that it is made of gets a copy of each of them: 106 MB in all. One that is built after
them uses theirs, as pydantic always does with a type that is complete: 26 MB, and half the time.
Only the order differs: in the end every type is complete, as without this module.
"""

import re
import sys
from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from inspect import get_annotations
from typing import Any

from pydantic import BaseModel

_NAME = re.compile(r"\w+")


def load() -> None:
    """To be called before anything else imports aiogram; afterwards it changes nothing."""
    if "aiogram" not in sys.modules:
        with _leaves_first():
            __import__("aiogram")


@contextmanager
def _leaves_first() -> Iterator[None]:
    """The first model to be built here brings all those of its namespace with it, in order."""
    plain = BaseModel.__dict__["model_rebuild"]

    def rebuild(cls: type[BaseModel], /, **how: Any) -> bool | None:  # noqa: ANN401  # pydantic's
        BaseModel.model_rebuild = plain  # type: ignore[method-assign]  # once is enough
        for model in in_order(how.get("_types_namespace") or {}):
            model.model_rebuild(**how)
        return cls.model_rebuild(**how)

    BaseModel.model_rebuild = classmethod(rebuild)  # type: ignore[method-assign,assignment]
    try:
        yield
    finally:
        BaseModel.model_rebuild = plain  # type: ignore[method-assign]


def in_order(names: Mapping[str, object]) -> list[type[BaseModel]]:
    """The models among ``names``: first those made of the fewest others, directly or not.

    Models that are made of one another tie; the one that most others use goes first, since what
    is built before it has to copy it.
    """
    models = {
        name: one
        for name, one in names.items()
        if isinstance(one, type) and issubclass(one, BaseModel)
    }
    parts = {name: _parts(one, names) & models.keys() for name, one in models.items()}
    used = Counter(part for each in parts.values() for part in each)
    sizes = {name: len(_all_parts(name, parts)) for name in models}
    return [models[name] for name in sorted(models, key=lambda name: (sizes[name], -used[name]))]


def _parts(model: type[BaseModel], names: Mapping[str, object]) -> set[str]:
    """The names in the annotations of the model; of a union's name, the names in the union."""
    written = [str(one) for base in model.__mro__ for one in get_annotations(base).values()]
    direct = set(_NAME.findall(" ".join(written)))
    unions = [str(names[one]) for one in direct & names.keys() if not isinstance(names[one], type)]
    return direct | set(_NAME.findall(" ".join(unions)))


def _all_parts(name: str, parts: Mapping[str, set[str]]) -> set[str]:
    found, left = {name}, [name]
    while left:
        fresh = parts[left.pop()] - found
        found |= fresh
        left.extend(fresh)
    return found
