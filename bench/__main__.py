"""Every measurement in turn, a line each: ``python -m bench`` or ``python -m bench rules idle``."""

import json
import sys
from importlib import import_module

NAMES = (
    "rules",
    "growth",
    "importing",
    "contention",
    "heat_map",
    "idle",
    "dispatch",
    "consultation",
    "forecast",
)


def main() -> None:
    for name in sys.argv[1:] or NAMES:
        print(name, json.dumps(import_module(f"bench.{name}").run()), flush=True)


if __name__ == "__main__":
    main()
