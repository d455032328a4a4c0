"""A week as plain JSON and back, so that a digest opens later as it was sent."""

from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from services.figures import (
    Consulted,
    Decided,
    Desk,
    FindingLine,
    HeatMap,
    Index,
    Indices,
    RuleCount,
    Standing,
    Week,
)

STANDINGS = ("parallels", "classes", "subjects", "subject_groups", "teachers")
RULES = ("rules", "courses")


def as_json(week: Week) -> dict[str, Any]:
    return asdict(week)


def from_json(value: Mapping[str, Any]) -> Week:
    heat, consulted, desk = value["heat"], value.get("consulted"), value.get("desk")
    decisions = value.get("decisions")
    return Week(
        **{
            **value,
            "indices": _indices(value["indices"]),
            "findings": [FindingLine(**line) for line in value["findings"]],
            "heat": None if heat is None else HeatMap(**heat),
            "consulted": None if consulted is None else Consulted(**consulted),
            "desk": None if desk is None else Desk(**desk),
            "decisions": None if decisions is None else Decided(**decisions),
            **{name: [_standing(one) for one in value[name]] for name in STANDINGS},
            **{name: [RuleCount(**one) for one in value[name]] for name in RULES},
        }
    )


def _indices(value: Mapping[str, Any]) -> Indices:
    return Indices(**{name: Index(**index) for name, index in value.items()})


def _standing(value: Mapping[str, Any]) -> Standing:
    return Standing(**{**value, "indices": _indices(value["indices"])})
