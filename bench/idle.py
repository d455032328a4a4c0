"""Memory and start of the running bot while nothing happens.

python -m bench.idle
"""

import asyncio
import sys
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from time import perf_counter
from typing import NamedTuple

from tests.bot.servers import emulator, yozh

TIMES = 3
SETTLE = 5.0
"""Seconds after the start, in which whatever is lazy has come."""


class Start(NamedTuple):
    seconds: float
    mb: float


async def measured() -> dict[str, float]:
    """Medians: seconds until it asks for updates, MB resident then; aiogram for comparison.

    The first start makes the database, the second one finds it.
    """
    first, second = [], []
    for _ in range(TIMES):
        with TemporaryDirectory() as folder:
            first.append(await start(Path(folder)))
            second.append(await start(Path(folder)))
    return {
        "first_start_s": round(median(one.seconds for one in first), 2),
        "first_idle_mb": median(one.mb for one in first),
        "second_start_s": round(median(one.seconds for one in second), 2),
        "second_idle_mb": median(one.mb for one in second),
        "aiogram_mb": await alone("import aiogram"),
        "aiogram_lean_mb": await alone("from bot import lean_aiogram; lean_aiogram.load()"),
        "python_mb": await alone("pass"),
    }


async def start(home: Path) -> Start:
    async with emulator() as (_, address):
        begun = perf_counter()
        async with yozh("run", home=home, BOT_API_URL=address) as running:
            await running.says("started")
            seconds = perf_counter() - begun
            await asyncio.sleep(SETTLE)
            return Start(seconds, resident_mb(running.process.pid))


async def alone(statement: str) -> float:
    """Resident MB of a process that only does this."""
    code = (
        f"{statement}\nfrom pathlib import Path\n"
        "print(Path('/proc/self/status').read_text().split('VmRSS:')[1].split()[0])"
    )
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-c", code, stdout=asyncio.subprocess.PIPE
    )
    out, _ = await process.communicate()
    return round(int(out) / 1024, 1)


def resident_mb(pid: int) -> float:
    status = Path(f"/proc/{pid}/status").read_text(encoding="ascii")
    return round(int(status.split("VmRSS:")[1].split()[0]) / 1024, 1)


def run() -> dict[str, float]:
    return asyncio.run(measured())


if __name__ == "__main__":
    print(run())
