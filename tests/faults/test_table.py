"""The table names tests that are there, and every row of it is in the document."""

import ast
from pathlib import Path

import pytest

from tests.faults.table import ROWS, Row

ROOT = Path(__file__).parents[2]
DOCUMENT = (ROOT / "docs/reliability.md").read_text(encoding="utf-8")


def names(file: Path) -> list[str]:
    tree = ast.parse(file.read_text(encoding="utf-8"))
    return [
        node.name for node in tree.body if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
    ]


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.code)
def test_a_row_names_tests_that_are_there(row: Row) -> None:
    for test in row.tests:
        file, _, name = test.partition("::")
        assert any(one.startswith(name or "test_") for one in names(ROOT / file)), test
    assert row.tests or row.left


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.code)
def test_a_row_is_in_the_document(row: Row) -> None:
    assert f"\n| {row.code} | " in DOCUMENT


def test_the_rows_are_all_of_the_fault_table() -> None:
    assert [row.code for row in ROWS] == [f"F{number}" for number in range(1, 51)]
