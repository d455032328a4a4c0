"""Time and memory of one heat map: 25 classes by 20 subjects.

python -m bench.heat_map
"""

import random
import subprocess
import sys
from pathlib import Path
from statistics import median
from time import perf_counter

from services.figures import HeatMap

CLASSES = 25
SUBJECTS = 20
TIMES = 15
MEMORY = "from bench.heat_map import growth_mb; print(growth_mb())"


def run() -> dict[str, float]:
    """Milliseconds of the first and of a later picture, MB that a fresh process grows, KB of it."""
    from bot.pictures import draw_heat_map  # noqa: PLC0415  # the memory is measured without it

    heat = example()
    spent = []
    for _ in range(TIMES):
        begun = perf_counter()
        data = draw_heat_map(heat)
        spent.append((perf_counter() - begun) * 1000)
    command = [sys.executable, "-c", MEMORY]
    grown = subprocess.run(command, check=True, capture_output=True, text=True)  # noqa: S603  # own
    return {
        "first_ms": round(spent[0], 1),
        "ms": round(median(spent[1:]), 1),
        "peak_mb": float(grown.stdout),
        "kb": round(len(data) / 1024, 1),
    }


def growth_mb() -> float:
    """How far the process's peak rises from before the renderer is loaded to after a picture."""
    heat = example()
    before = peak_kb()
    from bot.pictures import draw_heat_map  # noqa: PLC0415  # its import is a part of the price

    draw_heat_map(heat)
    return round((peak_kb() - before) / 1024, 1)


def peak_kb() -> int:
    """Linux's own high-water mark: that of getrusage is inherited from the parent."""
    status = Path("/proc/self/status").read_text(encoding="ascii")
    return int(status.split("VmHWM:")[1].split()[0])


def example() -> HeatMap:
    """The same school every time, most of it complete."""
    chance = random.Random(1)  # noqa: S311  # a picture, not a secret
    rows = [f"{1 + index // 3}{'АБВ'[index % 3]}" for index in range(CLASSES)]
    columns = [f"Предмет {number}" for number in range(SUBJECTS)]
    cells: list[list[float | None]] = [
        [chance.choice([None, 100.0, 100.0, chance.uniform(40, 100)]) for _ in columns]
        for _ in rows
    ]
    return HeatMap(rows, columns, cells, "Полнота по классам", "данные на 20.11 16:00")


if __name__ == "__main__":
    print(run())
