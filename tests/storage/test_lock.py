from pathlib import Path

import pytest

from storage.lock import DatabaseInUseError, only_process


def test_the_lock_is_held_by_one_and_freed_at_the_end(tmp_path: Path) -> None:
    file = tmp_path / "yozh.db"
    with only_process(file), pytest.raises(DatabaseInUseError), only_process(file):
        pass
    with only_process(file):
        pass


def test_another_name_of_the_same_file_is_the_same_lock(tmp_path: Path) -> None:
    (tmp_path / "data").mkdir()
    (tmp_path / "link").symlink_to(tmp_path / "data")
    with (
        only_process(tmp_path / "data" / "yozh.db"),
        pytest.raises(DatabaseInUseError),
        only_process(tmp_path / "link" / "yozh.db"),
    ):
        pass


def test_a_database_without_a_file_needs_no_lock() -> None:
    with only_process(None), only_process(None):
        pass
