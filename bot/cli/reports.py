"""What ``import`` prints of files and their preview."""

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from services.journal.previews import FileReport, Preview
    from services.journal.reading import FileReading

REASONS = 5
"""Reasons that the readable report names; ``--json`` has every refused row."""


def objects(
    readings: Sequence["FileReading"], preview: "Preview", *, applied: bool
) -> Iterator[dict[str, Any]]:
    """One a file, in the order given; a file refused as a whole has no format and no scope."""
    reports = dict(zip(_readable(readings), preview.files, strict=True))
    for reading in readings:
        report = reports.get(reading.sha256)
        if report is None:
            refused = [{"row": 0, "reason": reading.failure}]
            yield _object(reading.name, None, {}, 0, refused, applied=False)
        else:
            yield _object(
                reading.name, report.format, report.scope, report.taken, report.refused,
                applied=applied,
            )  # fmt: skip


def _readable(readings: Sequence["FileReading"]) -> list[str]:
    """Fingerprints in the order of the preview's files; the same file twice is one."""
    return list(dict.fromkeys(each.sha256 for each in readings if each.failure is None))


def _object(  # the six parts of the outside contract
    file: str,
    format_: str | None,
    scope: Mapping[str, Any],
    taken: int,
    refused: Sequence[Mapping[str, Any]],
    *,
    applied: bool,
) -> dict[str, Any]:
    return {
        "file": file,
        "format": format_,
        "scope": dict(scope),
        "taken": taken,
        "refused": [dict(one) for one in refused],
        "applied": applied,
    }


def sentences(preview: "Preview", *, applied: bool) -> Iterator[str]:
    for report in preview.files:
        yield from _file(report)
    for count in preview.sheets:
        yield (
            f"{count.sheet}: взято {count.taken}, новых {count.new}, "
            f"изменено {count.changed}, убрано {count.removed}"
        )
    yield from (f"Внимание: {warning}" for warning in preview.warnings)
    yield from (
        f"Нет в списках школы: {'класс' if kind == 'class' else 'учитель'} «{name}», строк {rows}"
        for kind, name, rows in preview.unknown
    )
    if preview.new_subjects:
        yield f"Новые предметы: {', '.join(preview.new_subjects)}"
    yield from (f"Примечание: {note}" for note in preview.notes)
    if applied:
        yield "Применено." if preview.same_as_of is None else "Этот файл уже загружен."
    elif preview.files:
        yield "Ничего не записано: чтобы применить, повторите с --apply."


def _file(report: "FileReport") -> Iterator[str]:
    yield f"{report.file}: формат {report.format}, взято строк {report.taken}"
    scope = report.scope
    if scope["classes"]:
        yield f"  Классы: {', '.join(scope['classes'])}"
    if scope["from"]:
        yield f"  Уроки и отметки с {scope['from']} по {scope['to']}"
    if report.refused_count:
        yield f"  Отказано строк: {report.refused_count}"
        yield from (f"    {_reason(one)}" for one in report.reasons[:REASONS])


def _reason(one: Mapping[str, Any]) -> str:
    numbers = ", ".join(map(str, one["rows"]))
    if one["count"] == 1:
        return f"строка {numbers}: {one['reason']}" if numbers else one["reason"]
    more = "…" if one["count"] > len(one["rows"]) else ""
    return f"{one['reason']}, строк {one['count']}" + (f": {numbers}{more}" if numbers else "")
