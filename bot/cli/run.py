"""``run``: the bot, until it is told to stop."""

import signal
from types import FrameType

from bot.cli.refusals import refusals


def _leave(_number: int, _frame: FrameType | None) -> None:
    """Told to stop before there is anything to drain."""
    raise SystemExit(0)


def run() -> None:
    with refusals():
        from bot import lean_aiogram, logs  # noqa: PLC0415
        from bot.settings import load  # noqa: PLC0415

        signal.signal(signal.SIGTERM, _leave)
        settings = load()
        _ = settings.token
        logs.set_up(settings.log_format, settings.secrets())
        with refusals(settings.data_dir):
            lean_aiogram.load()
            from bot.leading import run_bot  # noqa: PLC0415  # aiogram takes seconds to load

            run_bot(settings)
