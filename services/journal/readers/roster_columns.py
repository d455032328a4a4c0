"""Columns beyond the OneRoster standard, as ``services.journal.writers.oneroster`` writes them."""

from collections.abc import Mapping

from services.journal.dates import UnreadableError

_LONGEST = 12

NUMBER, CODE, HOURS = "metadata.number", "metadata.code", "metadata.hours"

Record = Mapping[str, str]


def besides(result: Record, score: str, kind: str) -> tuple[object, ...]:
    """What stands beside a mark: its code, its text, the work, weight, moment and author."""
    return (
        result.get("metadata.code", ""), result.get("metadata.raw") or score, kind,
        maybe(result, "metadata.weight"), maybe(result, "metadata.entered"),
        result.get("metadata.author") or None,
    )  # fmt: skip


def maybe(record: Record, name: str) -> int | None:
    return whole_number(record, name) if record.get(name) else None


def whole_number(record: Record, name: str) -> int:
    """Of an extension column; it is our own, so that anything else has been edited by hand."""
    text = record.get(name, "")
    if not text.isdecimal() or len(text) > _LONGEST:
        raise UnreadableError(reason=f"{name}: не число")
    return int(text)
