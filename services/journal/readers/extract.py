"""What a reader hands back: plain tuples in the order of the row types, cheap to send."""

from dataclasses import dataclass, field

from services.journal.model import Day

Line = tuple[object, ...]


@dataclass(slots=True)
class Extract:
    """``rows`` by the attributes of ``model.Batch``, ``numbers`` (file rows) by sheet title."""

    format: str
    confidence: float
    rows: dict[str, list[Line]] = field(default_factory=dict)
    numbers: dict[str, list[int]] = field(default_factory=dict)
    refused: list[tuple[str, int, str]] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    period: tuple[Day, Day] | None = None
    year: str | None = None
    pupil_names: dict[str, list[str]] = field(default_factory=dict)
    header: str = ""
    """The header under which a person once said the format."""
