"""``digest``: the figures of a week, month or term, and the message and files that carry them."""

import asyncio
import json
import re
from collections.abc import Mapping
from dataclasses import fields
from datetime import date, datetime
from enum import StrEnum
from html import unescape
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, NamedTuple

import typer

from bot import lean_aiogram, logs
from bot.cli import analysis, arguments
from bot.cli.opening import opened
from bot.cli.progress import progress
from bot.cli.refusals import refusals
from bot.settings import load
from services.analyses import period as periods
from services.periods import week_span

if TYPE_CHECKING:
    from bot.settings import Settings
    from services.figures import Week

NO_DATA = "нет данных: загрузите выгрузку журнала (import ФАЙЛ --apply) или назовите другой период."
PAGE = (
    '<!doctype html><meta charset="utf-8">'
    '<pre style="white-space: pre-wrap; font-family: sans-serif">{}</pre>\n'
)


class Kind(StrEnum):
    WEEKLY = "weekly"
    MONTHLY = "monthly"
    TERM = "term"


KINDS = {Kind.MONTHLY: periods.Kind.MONTH, Kind.TERM: periods.Kind.TERM}
LIKE = {
    Kind.WEEKLY: "неделя вида 2026-W47",
    Kind.MONTHLY: "месяц вида 2026-11",
    Kind.TERM: "период вида 2026-T1 (год вида 2026-Y)",
}


class Asked(NamedTuple):
    """``period`` None is the latest one with data, ``as_of`` None the latest import's moment."""

    kind: Kind
    period: str | None
    as_of: datetime | date | None


class Made(NamedTuple):
    week: "Week"
    as_of: datetime
    message: str


def digest(
    kind: Annotated[Kind, typer.Argument(help="weekly: за неделю, monthly: за месяц, term.")],
    *,
    period: Annotated[
        str | None, typer.Option(help="2026-W47, 2026-11, 2026-T1 или 2026-Y (год).")
    ] = None,
    as_of: Annotated[str | None, typer.Option(help="На какой момент (ISO).")] = None,
    out: Annotated[
        Path | None, typer.Option(help="Папка для digest.html, .png, .xlsx, analysis.docx.")
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Показатели одной строкой JSON.")] = False,
) -> None:
    asked = Asked(kind, _period(kind, period), arguments.moment(as_of, "--as-of"))
    with refusals():
        settings = load()
        logs.set_up(settings.log_format, settings.secrets())
        with refusals(settings.data_dir), progress("Считаю показатели"):
            made = asyncio.run(_made(settings, asked))
            if made is not None and out is not None:
                _write(made, out)
    if made is None:
        typer.echo(NO_DATA, err=True)
        raise typer.Exit(1)
    typer.echo(json.dumps(_numbers(made), ensure_ascii=False) if as_json else _plain(made.message))


def _period(kind: Kind, period: str | None) -> str | None:
    ensure = {
        Kind.WEEKLY: week_span,
        Kind.MONTHLY: periods.month,
        Kind.TERM: periods.ensure_term,
    }
    if period is not None:
        try:
            ensure[kind](period)
        except ValueError:
            message = f"--period: нужно: {LIKE[kind]}, а не «{period}»"
            raise typer.BadParameter(message) from None
    return period


async def _made(settings: "Settings", asked: Asked) -> "Made | analysis.Made | None":
    if asked.kind is Kind.WEEKLY:
        return await _make(settings, asked)
    return await analysis.make(settings, KINDS[asked.kind], asked.period, asked.as_of)


async def _make(settings: "Settings", asked: Asked) -> Made | None:
    """None where the week has no data."""
    from bot.figures import digests_of  # noqa: PLC0415  # loaded where it is needed
    from bot.render import Renderer  # noqa: PLC0415

    renderer = Renderer()
    async with opened(settings) as place:
        zone = place.school.timezone
        moment = None if asked.as_of is None else arguments.at(asked.as_of, zone)
        digests = digests_of(place.database, place.database.clock, renderer)
        found = await digests.asked(place.school.id, asked.period, moment)
        if found is None:
            return None
        week = await digests.compose(found)
    message = renderer.voice(zone=zone).render("digest/week", week=week)
    return Made(week, found.as_of_here, message)


def _write(made: "Made | analysis.Made", out: Path) -> None:
    lean_aiogram.load()
    out.mkdir(parents=True, exist_ok=True)
    (out / "digest.html").write_text(PAGE.format(made.message), encoding="utf-8")
    if isinstance(made, analysis.Made):
        analysis.write(made, out)
        return
    from bot.digest_presenting import make_files  # noqa: PLC0415  # aiogram takes seconds to load

    picture, book = make_files(made.week)
    (out / "digest.xlsx").write_bytes(book)
    if picture is not None:
        (out / "digest.png").write_bytes(picture)


def _numbers(made: "Made | analysis.Made") -> Mapping[str, object]:
    return analysis.figures(made) if isinstance(made, analysis.Made) else _figures(made)


def _plain(message: str) -> str:
    return unescape(re.sub(r"<[^<>]*>", "", message))


def _figures(made: Made) -> Mapping[str, object]:
    week = made.week
    indices = {each.name: getattr(week.indices, each.name) for each in fields(week.indices)}
    return {
        "period": week.period,
        "as_of": made.as_of.isoformat(),
        "indices": {name: index.value for name, index in indices.items()},
        "changes": {name: index.change for name, index in indices.items()},
        "rules": {rule.code: rule.count for rule in (*week.rules, *week.courses)},
        "classes": {one.name: one.indices.completeness.value for one in week.classes},
        "opened": week.opened,
        "closed": week.closed,
        "overdue": week.overdue,
        "unsigned_substitutions": week.unsigned_substitutions,
        "roster_orders": week.roster_orders,
        "next_controls": week.next_controls,
        "deadlines": week.deadlines,
        "missing": week.missing,
    }
