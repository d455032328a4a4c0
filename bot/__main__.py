"""``python -m bot``, and the console script ``yozh``."""

from bot.cli.program import program


def main() -> None:
    program()


if __name__ == "__main__":
    main()
