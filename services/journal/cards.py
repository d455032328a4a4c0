"""Previews as the plain views of their messages: counts, scope, the first refusals."""

from datetime import date
from typing import Any

from services.journal.names import grade_of
from services.journal.previews import FileReport, Preview

REASONS = 5
"""Reasons that the message names; every refused row is in the list."""


def preview(shown: Preview) -> dict[str, Any]:
    """The view of «imports/preview»: plain JSON; days are ДД.ММ.ГГГГ, ``""`` where unknown."""
    reasons = [{"file": each.file, **one} for each in shown.files for one in each.reasons]
    return {
        "number": shown.number,
        "files": [{"name": each.file, "format": each.format} for each in shown.files],
        "scope": scope(shown.files),
        "taken": shown.taken,
        "touched": shown.touched,
        "sheets": [
            {
                "name": each.sheet,
                "taken": each.taken,
                "new": each.new,
                "changed": each.changed,
                "removed": each.removed,
            }
            for each in shown.sheets
        ],
        "refused": shown.refused,
        "reasons": sorted(reasons, key=lambda one: -one["count"])[:REASONS],
        "conflicts": shown.conflicts,
        "warnings": shown.warnings,
        "new_subjects": shown.new_subjects,
        "unknown": [[kind, name, rows] for kind, name, rows in shown.unknown],
        "notes": shown.notes,
        "unread": [list(each) for each in shown.remarks.unread],
        "familiar": [list(each) for each in shown.remarks.familiar],
    }


def same(shown: Preview) -> dict[str, Any]:
    """The view of «imports/same»; ``as_of`` is ISO."""
    return {"files": [each.file for each in shown.files], "as_of": shown.same_as_of}


def scope(files: list[FileReport]) -> dict[str, Any]:
    """Of all the files together."""
    classes = {unit for each in files for unit in each.scope["classes"]}
    firsts = [each.scope["from"] for each in files if each.scope["from"]]
    lasts = [each.scope["to"] for each in files if each.scope["to"]]
    return {
        "classes": sorted(classes, key=lambda name: (grade_of(name), name)),
        "subjects": sorted({subject for each in files for subject in each.scope["subjects"]}),
        "first": _day(min(firsts, default=None)),
        "last": _day(max(lasts, default=None)),
    }


def _day(iso: str | None) -> str:
    return "" if iso is None else f"{date.fromisoformat(iso):%d.%m.%Y}"
