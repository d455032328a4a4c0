"""``generate``: a whole made-up school year with known defects, as files."""

from datetime import date, timedelta
from pathlib import Path
from typing import Annotated

import typer

from bot import logs
from bot.cli import arguments
from bot.cli.progress import progress
from bot.cli.refusals import refusals
from bot.settings import load

FRIDAY = 4
WEEK = timedelta(days=7)
STAGES = {
    "school.xlsx": "Обменный шаблон",
    "csv": "Таблицы CSV",
    "weeks/before.xlsx": "Неделей раньше",
    "weeks/week.xlsx": "Последние недели",
    "netschool": "Выгрузки Сетевого Города",
    "truth.jsonl": "Список дефектов",
}


def generate(
    out: Annotated[Path, typer.Option(help="Куда записать файлы.")],
    seed: Annotated[int, typer.Option(help="Число, по которому строится школа.")] = 1,
    classes: Annotated[int, typer.Option(min=1, max=60, help="Сколько классов.")] = 25,
    until: Annotated[str | None, typer.Option(help="Последний день журнала.")] = None,
) -> None:
    last = arguments.day(until, "--until")
    with refusals():
        settings = load()
        logs.set_up(settings.log_format, settings.secrets())
        today = settings.clock().now().date()
        _write(out, seed, classes, last or last_friday(today), settings.timezone)
        typer.echo(f"Готово: {out}")


def _write(out: Path, seed: int, classes: int, until: date, zone: str) -> None:
    from services.generator import Options, write  # noqa: PLC0415  # only this command needs it
    from services.generator import generate as make  # noqa: PLC0415

    options = Options(seed=seed, classes=classes, until=until.toordinal(), zone=zone)
    with progress("Школа строится") as advance:
        school = make(options)
        write(school, out, lambda stage, done, total: advance(done, total, STAGES.get(stage, "")))


def last_friday(today: date) -> date:
    """The Friday of the week; in holidays the last one on which the school was open."""
    from services.generator.calendar import open_on  # noqa: PLC0415

    friday = today + timedelta(days=FRIDAY - today.weekday())
    while not open_on(friday):
        friday -= WEEK
    return friday
