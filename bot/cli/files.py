"""Which files a command means by the paths it was given."""

from collections.abc import Iterable
from pathlib import Path

SPREADSHEETS = frozenset({".xlsx", ".xlsm", ".xls", ".ods", ".csv", ".tsv"})


class UnsuitablePathError(Exception):
    """One line in Russian: what is wrong with the path."""


def chosen(paths: Iterable[Path]) -> list[Path]:
    """Files as they are; of a folder the spreadsheets directly in it, else of its one subfolder.

    Raise UnsuitablePathError for what is not there and for a folder that leaves a choice.
    """
    found: list[Path] = []
    for path in paths:
        if path.is_dir():
            found += _of_folder(path)
        elif path.exists():
            found.append(path)
        else:
            message = f"{path}: такого файла нет."
            raise UnsuitablePathError(message)
    return list(dict.fromkeys(found))


def _of_folder(folder: Path) -> list[Path]:
    if own := _spreadsheets(folder):
        return own
    filled = [files for each in sorted(folder.iterdir()) if each.is_dir()
              if (files := _spreadsheets(each))]  # fmt: skip
    if len(filled) == 1:
        return filled[0]
    if filled:
        message = f"{folder}: таблицы лежат в нескольких папках, укажите одну из них."
        raise UnsuitablePathError(message)
    message = f"{folder}: в папке нет таблиц (.xlsx, .xls, .ods или .csv)."
    raise UnsuitablePathError(message)


def _spreadsheets(folder: Path) -> list[Path]:
    return sorted(
        each for each in folder.iterdir()
        if each.is_file() and each.suffix.lower() in SPREADSHEETS
        and not each.name.startswith(("~", "."))
    )  # fmt: skip
