"""``analyse``: what the rules say about the journal as of a moment; nothing is kept."""

import asyncio
import json
from collections.abc import Iterable, Iterator
from datetime import date, datetime
from typing import TYPE_CHECKING, Annotated, NamedTuple

import typer

from bot import logs
from bot.cli import arguments
from bot.cli.opening import Opened, opened
from bot.cli.progress import progress
from bot.cli.refusals import refusals
from bot.settings import load
from services.completeness.naming import reason
from services.completeness.rules import catalogue

if TYPE_CHECKING:
    from bot.settings import Settings
    from bot.wording import Wording
    from services.completeness.finding_store import Hit
    from services.completeness.naming import Named

NO_DATA = "Нет данных: сначала загрузите выгрузку журнала (import ФАЙЛ --apply)."


class Asked(NamedTuple):
    """``first`` and ``last`` bound the day of a finding; one without a day is of no period."""

    as_of: datetime | date | None
    first: date | None
    last: date | None
    rules: list[str] | None

    def takes(self, day: date | None) -> bool:
        if self.first is None and self.last is None:
            return True
        return day is not None and (self.first or day) <= day <= (self.last or day)


Line = dict[str, object]


def analyse(
    *,
    as_of: Annotated[str | None, typer.Option(help="На какой момент (ISO).")] = None,
    first: Annotated[str | None, typer.Option("--from", help="Первый день.")] = None,
    last: Annotated[str | None, typer.Option("--to", help="Последний день.")] = None,
    rules: Annotated[str | None, typer.Option(help="Правила через запятую: P1,P2.")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="По объекту JSON в строке.")] = False,
) -> None:
    asked = Asked(
        arguments.moment(as_of, "--as-of"),
        arguments.day(first, "--from"),
        arguments.day(last, "--to"),
        arguments.rules(rules, list(catalogue())),
    )
    with refusals():
        settings = load()
        logs.set_up(settings.log_format, settings.secrets())
        with refusals(settings.data_dir), progress("Проверяю журнал"):
            lines = asyncio.run(_analyse(settings, asked))
        if lines is None:
            typer.echo(NO_DATA, err=True)
            raise typer.Exit(1)
        for line in _json(lines) if as_json else _readable(lines):
            typer.echo(line)


async def _analyse(settings: "Settings", asked: Asked) -> list[Line] | None:
    """None while nothing is loaded."""
    async with opened(settings) as place:
        async with place.database.reading() as work:
            current = await work.journal.current_import(place.school.id)
        if current is None:
            return None
        as_of = current.as_of
        if asked.as_of is not None:
            as_of = arguments.at(asked.as_of, place.school.timezone)
        return await _look(place, as_of, asked)


async def _look(place: Opened, as_of: datetime, asked: Asked) -> list[Line]:
    from bot.journal import completeness_of  # noqa: PLC0415  # loaded where it is needed
    from bot.render import Renderer  # noqa: PLC0415
    from bot.wording import Wording  # noqa: PLC0415

    completeness = completeness_of(place.database, place.database.clock)
    hits = await completeness.look(place.school.id, as_of, only=asked.rules)
    async with place.database.reading() as work:
        names = (await work.measures.directory(place.school.id, as_of)).names
    wording = Wording(Renderer(), place.school.timezone)
    found = [(hit, names.of_hit(hit)) for hit in hits]
    return [_line(hit, name, wording) for hit, name in found if asked.takes(name.day)]


def _line(hit: "Hit", named: "Named", wording: "Wording") -> Line:
    rule = catalogue()[hit.rule]
    return {
        "rule": named.rule,
        "severity": named.severity,
        "class": named.class_unit,
        "group": named.study_group,
        "subject": named.subject,
        "teacher": named.teacher,
        "date": None if named.day is None else named.day.isoformat(),
        "lesson": named.number,
        "pupil": named.pupil,
        "title": rule.title,
        "why": wording.why(reason(rule, hit)),
    }


def _json(lines: Iterable[Line]) -> Iterator[str]:
    yield from (json.dumps(line, ensure_ascii=False) for line in lines)


def _readable(lines: list[Line]) -> Iterator[str]:
    for line in lines:
        lesson, pupil = line["lesson"], line["pupil"]
        parts = [
            line["rule"],
            f"{line['class'] or ''} {f'№{pupil}' if pupil else ''}".strip(),
            line["group"],
            line["subject"],
            line["teacher"],
            line["date"],
            f"урок {lesson}" if lesson is not None else None,
            line["why"],
        ]
        yield " · ".join(str(part) for part in parts if part)
    yield f"Замечаний: {len(lines)}"
