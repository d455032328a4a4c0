"""Memory and start of the running bot while nothing happens.

python -m bench.idle
"""

import asyncio
import sys
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter

from tests.bot.servers import emulator, yozh

SETTLE = 5.0
"""Seconds after the start, in which whatever is lazy has come."""


async def measured() -> dict[str, float]:
    """Seconds until it asks for updates, MB resident then; aiogram alone for comparison."""
    with TemporaryDirectory() as folder:
        async with emulator() as (_, address):
            begun = perf_counter()
            async with yozh("run", home=Path(folder), BOT_API_URL=address) as running:
                await running.says("started")
                started = perf_counter() - begun
                await asyncio.sleep(SETTLE)
                resident = resident_mb(running.process.pid)
    return {
        "start_s": round(started, 2),
        "idle_mb": resident,
        "aiogram_mb": await alone("import aiogram"),
        "python_mb": await alone("pass"),
    }


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
