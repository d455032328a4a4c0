"""``python -m bot``, and the console script ``yozh``."""

import os
import sys

from bot.cli.program import program


def main() -> None:
    """A reader that goes away early (``| head``) is no failure of ours."""
    try:
        program()
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(1)


if __name__ == "__main__":
    main()
