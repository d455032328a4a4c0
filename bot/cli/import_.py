"""``import``: files into the journal; without ``--apply`` only what they would change."""

import asyncio
import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from bot import logs
from bot.cli import reports
from bot.cli.files import UnsuitablePathError, chosen
from bot.cli.opening import Opened, opened
from bot.cli.progress import Advance, progress
from bot.cli.refusals import refusals
from bot.settings import load
from services.ids import ImportId

if TYPE_CHECKING:
    from bot.settings import Settings
    from services.journal.imports import Imports, Source
    from services.journal.previews import Preview
    from services.journal.reading import FileReading

WRITING = "Записываю"
READING = "Читаю"


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of the files; ``preview`` is of those that could be read."""

    readings: Sequence["FileReading"]
    preview: "Preview"
    applied: bool

    @property
    def refused(self) -> list["FileReading"]:
        return [reading for reading in self.readings if reading.failure is not None]


def import_(
    paths: Annotated[list[Path], typer.Argument(help="Файлы и папки; вместе это одна загрузка.")],
    *,
    apply: Annotated[bool, typer.Option("--apply", help="Записать в журнал.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="По объекту JSON в строке.")] = False,
) -> None:
    with refusals():
        settings = load()
        logs.set_up(settings.log_format, settings.secrets())
        try:
            files = chosen(paths)
        except UnsuitablePathError as error:
            typer.echo(str(error), err=True)
            raise typer.Exit(1) from error
        with refusals(settings.data_dir), progress(READING) as advance:
            outcome = asyncio.run(_import(settings, files, apply=apply, advance=advance))
        _tell(outcome, as_json=as_json)
    if outcome.refused:
        raise typer.Exit(1)


async def _import(
    settings: "Settings", paths: Sequence[Path], *, apply: bool, advance: Advance
) -> Outcome:
    """One file that cannot be read keeps all of them out: half an import is none."""
    from bot.journal import imports_of  # noqa: PLC0415  # loaded where it is needed
    from services.journal.reading import FileReading, SourceFile, digest, read  # noqa: PLC0415
    from services.journal.sources import sources_of  # noqa: PLC0415

    async with opened(settings) as place:
        files = [SourceFile(path.name, path) for path in paths]
        imports = imports_of(place.database, place.database.clock)
        digests = [(file.name, await digest(file)) for file in files]
        preview = await imports.repeated(place.school.id, digests)
        if preview is not None:
            return Outcome(
                [FileReading(name=n, sha256=s) for n, s in digests], preview, applied=apply
            )
        readings = await read(
            files,
            zone=place.school.timezone,
            progress=lambda name, done, total: advance(done, total, f"{READING} {name}"),
        )
        sources = sources_of(readings)
        if apply and not any(reading.failure for reading in readings):
            return Outcome(readings, await _apply(place, imports, sources, advance), applied=True)
        return Outcome(readings, await imports.look(place.school.id, sources), applied=False)


async def _apply(
    place: Opened, imports: "Imports", sources: Sequence["Source"], advance: Advance
) -> "Preview":
    async def writing(_stage: str, done: int, total: int) -> None:
        advance(done, total, WRITING)

    preview = await imports.preview(place.actor, sources, progress=writing)
    if preview.same_as_of is None:
        await imports.apply(place.actor, ImportId(preview.number))
    return preview


def _tell(outcome: Outcome, *, as_json: bool) -> None:
    for reading in outcome.refused:
        typer.echo(f"{reading.name}: {reading.failure}", err=True)
    if as_json:
        for line in reports.objects(outcome.readings, outcome.preview, applied=outcome.applied):
            typer.echo(json.dumps(line, ensure_ascii=False))
        return
    for text in reports.sentences(outcome.preview, applied=outcome.applied):
        typer.echo(text)
