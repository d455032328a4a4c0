"""``demo``: the whole bot on this machine, with a made-up school and without a token."""

import asyncio
import logging
import signal
from types import FrameType
from typing import Annotated

import typer

from bot import lean_aiogram, logs
from bot.cli.refusals import refusals


def _leave(_number: int, _frame: FrameType | None) -> None:
    """Told to stop while the school is still being built."""
    raise SystemExit(0)


def demo(
    port: Annotated[int, typer.Option(min=0, max=65_535, help="Порт страницы.")] = 8080,
    seed: Annotated[int, typer.Option(help="Число, по которому строится школа.")] = 1,
) -> None:
    signal.signal(signal.SIGTERM, _leave)
    try:
        with refusals():
            _play(port, seed)
    except KeyboardInterrupt:
        raise typer.Exit(0) from None


def _play(port: int, seed: int) -> None:
    typer.echo("Строю школу, это несколько секунд…", err=True)
    lean_aiogram.load()
    from bot.sandbox.demo import Demo, settings_of_demo  # noqa: PLC0415  # loads for seconds

    settings = settings_of_demo()
    logs.set_up(settings.log_format, settings.secrets())
    logging.getLogger().setLevel(logging.WARNING)
    asyncio.run(Demo(settings=settings, port=port, seed=seed, tell=_tell).run())


def _tell(address: str) -> None:
    """The address alone on its line, for people and programs."""
    typer.echo("Откройте страницу в браузере, остановка: Ctrl-C.", err=True)
    typer.echo(address)
