"""An analysis as plain JSON and back, so that it opens later exactly as it was."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict, fields, is_dataclass
from types import UnionType
from typing import Any, TypeVar, get_args, get_origin, get_type_hints

from services import kept_week
from services.analyses.view import Analysis
from services.figures import Week

T = TypeVar("T")


def as_text(analysis: Analysis) -> str:
    """The same analysis gives the same text: its checksum is taken of it."""
    return json.dumps(asdict(analysis), ensure_ascii=False, sort_keys=True)


def from_text(text: str) -> Analysis:
    return _made(Analysis, json.loads(text))


def checksum(text: str) -> str:
    """SHA-256 in hexadecimal digits."""
    return hashlib.sha256(text.encode()).hexdigest()


def _made(kind: type[T], value: Mapping[str, Any]) -> T:
    hints = get_type_hints(kind)
    known = {each.name for each in fields(kind)}  # type: ignore[arg-type]  # one of ours
    return kind(**{name: _value(hints[name], value[name]) for name in known & value.keys()})


def _value(hint: Any, value: Any) -> Any:  # noqa: ANN401  # any field of the view
    if value is None:
        return None
    if hint is Week:
        return kept_week.from_json(value)
    if get_origin(hint) is UnionType:
        [hint] = [one for one in get_args(hint) if one is not type(None)]
    if get_origin(hint) is list:
        return [_value(get_args(hint)[0], one) for one in value]
    return _made(hint, value) if is_dataclass(hint) and isinstance(hint, type) else value
