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
    from services.journal.doubts import Told
    from services.journal.imports import Imports, Source
    from services.journal.previews import Preview
    from services.journal.reading import FileReading, SourceFile

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
    paths: Annotated[
        list[Path], typer.Argument(help="Файлы, .zip и папки; всё это одна загрузка.")
    ],
    *,
    apply: Annotated[bool, typer.Option("--apply", help="Записать в журнал.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="По объекту JSON в строке.")] = False,
    format_: Annotated[
        str | None, typer.Option("--format", help="Чем считать файл, который не узнан: F4.")
    ] = None,
) -> None:
    told = _told(format_)
    with refusals():
        settings = load()
        logs.set_up(settings.log_format, settings.secrets())
        try:
            files = chosen(paths)
        except UnsuitablePathError as error:
            typer.echo(str(error), err=True)
            raise typer.Exit(1) from error
        with refusals(settings.data_dir), progress(READING) as advance:
            outcome = asyncio.run(_import(settings, files, told, apply=apply, advance=advance))
        _tell(outcome, as_json=as_json)
    if outcome.refused:
        raise typer.Exit(1)


def _told(format_: str | None) -> "Told":
    """By any header; the option says it of files that no format is sure of."""
    from services.journal.detect import HINTS  # noqa: PLC0415  # loaded where it is needed
    from services.journal.doubts import ANY_HEADER, NOTHING_TOLD  # noqa: PLC0415

    if format_ is None:
        return NOTHING_TOLD
    if format_.upper() not in HINTS:
        message = f"--format: нет формата {format_!r}, есть {', '.join(HINTS)}"
        raise typer.BadParameter(message)
    return {ANY_HEADER: format_.upper()}


async def _import(
    settings: "Settings", paths: Sequence[Path], told: "Told", *, apply: bool, advance: Advance
) -> Outcome:
    """One file that cannot be read keeps all of them out: half an import is none."""
    from services.journal import archives  # noqa: PLC0415  # loaded where it is needed
    from services.journal.reading import SourceFile  # noqa: PLC0415

    given = [SourceFile(path.name, path) for path in paths]
    async with opened(settings) as place, archives.opened(given) as files:
        return await _together(place, files, told, apply=apply, advance=advance)


async def _together(
    place: Opened, files: Sequence["SourceFile"], told: "Told", *, apply: bool, advance: Advance
) -> Outcome:
    from bot.journal import imports_of  # noqa: PLC0415  # loaded where it is needed
    from services.journal.reading import FileReading, digest, read  # noqa: PLC0415
    from services.journal.sources import sources_of  # noqa: PLC0415

    imports = imports_of(place.database, place.database.clock)
    digests = [(file.name, await digest(file)) for file in files]
    preview = None if told else await imports.repeated(place.school.id, digests)
    if preview is not None:
        return Outcome([FileReading(name=n, sha256=s) for n, s in digests], preview, applied=apply)
    readings = await read(
        files,
        zone=place.school.timezone,
        progress=lambda name, done, total: advance(done, total, f"{READING} {name}"),
        told=told or await _remembered(place),
    )
    sources = sources_of(readings)
    if apply and not any(reading.failure for reading in readings):
        return Outcome(readings, await _apply(place, imports, sources, advance), applied=True)
    return Outcome(readings, await imports.look(place.school.id, sources), applied=False)


async def _remembered(place: Opened) -> "Told":
    """What the administrator said of such tables in the chat."""
    async with place.database.reading() as work:
        return {each.header: each.format for each in await work.memory.headers(place.school.id)}


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
        hint = reading.doubt and f" Или скажите, что это: --format {reading.doubt.formats[0]}."
        typer.echo(f"{reading.name}: {reading.failure}{hint or ''}", err=True)
    if as_json:
        for line in reports.objects(outcome.readings, outcome.preview, applied=outcome.applied):
            typer.echo(json.dumps(line, ensure_ascii=False))
        return
    for text in reports.sentences(outcome.preview, applied=outcome.applied):
        typer.echo(text)
