"""``ask``: the consultation's search, over the school's base or over one in a file."""

import asyncio
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from bot import logs
from bot.cli.opening import opened
from bot.cli.questions import Article, UnfitLineError, articles, as_json, questions
from bot.cli.refusals import refusals
from bot.searching import indexing_at_once
from bot.settings import load
from services.consultation.entries import Audience

if TYPE_CHECKING:
    from bot.searching import Index
    from bot.settings import Settings
    from services.consultation.entries import Entry
    from services.consultation.indexes import Found as Hit
    from services.consultation.verdict import Band

Found = tuple[str, "Band", Sequence["Hit"]]
UNKNOWN = "Ответа в базе нет: вопрос стоит задать администратору журнала."
NEAR = "Похоже на один из этих вопросов:"


def ask(
    text: Annotated[str | None, typer.Argument(help="Вопрос своими словами.")] = None,
    *,
    kb: Annotated[Path | None, typer.Option(help="База в файле: id, question, answer.")] = None,
    aliases: Annotated[Path | None, typer.Option(help="Другие формулировки: id, text.")] = None,
    queries: Annotated[Path | None, typer.Option(help="Вопросы: query в каждой строке.")] = None,
    as_json_: Annotated[bool, typer.Option("--json", help="По объекту JSON в строке.")] = False,
) -> None:
    if (text is None) == (queries is None):
        message = "нужен вопрос или --queries ФАЙЛ, что-то одно"
        raise typer.BadParameter(message)
    if aliases is not None and kb is None:
        message = "--aliases имеет смысл только вместе с --kb"
        raise typer.BadParameter(message)
    try:
        asked = questions(queries) if queries is not None else [str(text)]
        base: Sequence[Article | Entry] = articles(kb, aliases) if kb is not None else _of_school()
    except UnfitLineError as refusal:
        typer.echo(str(refusal), err=True)
        raise typer.Exit(1) from None
    with refusals():
        build = indexing_at_once()
    found = _search(build, base, asked)
    texts = {one.id: one for one in base}
    for line in as_json(map(_object, found)) if as_json_ else _readable(found, texts):
        typer.echo(line)


def _search(
    build: "Index", base: Sequence["Article | Entry"], asked: Iterable[str]
) -> Iterator[Found]:
    from services.consultation.verdict import band_of  # noqa: PLC0415

    search = build(base)
    for question in asked:
        hits = search.ask(question)
        yield question, band_of(hits), hits


def _of_school() -> Sequence["Entry"]:
    with refusals():
        settings = load()
        logs.set_up(settings.log_format, settings.secrets())
        with refusals(settings.data_dir):
            return asyncio.run(_entries(settings))


async def _entries(settings: "Settings") -> Sequence["Entry"]:
    from bot.consultation import first_base_of  # noqa: PLC0415

    async with opened(settings) as place:
        await first_base_of(place.database, place.database.clock).bring(place.school.id)
        async with place.database.reading() as work:
            return await work.knowledge.entries(place.school.id, Audience.ADMINISTRATION)


def _object(found: Found) -> dict[str, Any]:
    question, band, hits = found
    listed = [{"id": hit.id, "score": hit.score} for hit in hits]
    return {"query": question, "band": band.value, "hits": listed}


def _readable(found: Iterable[Found], texts: Mapping[str, "Article | Entry"]) -> Iterator[str]:
    from services.consultation.verdict import CHOICES, Band  # noqa: PLC0415

    for _, band, hits in found:
        match band:
            case Band.ANSWER:
                best = texts[hits[0].id]
                yield f"{best.question}\n\n{best.answer}"
            case Band.CHOICES:
                yield NEAR
                yield from (f"- {texts[hit.id].question}" for hit in hits[:CHOICES])
            case Band.PASS:
                yield UNKNOWN
