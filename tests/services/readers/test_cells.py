"""The grammar of a mark cell."""

from datetime import date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.journal.cells import attendance_code, cell_text, mark_cell, period_mark
from services.journal.dates import Cell, UnreadableError


def opened(raw: Cell) -> tuple[list[int | str], str]:
    cell = mark_cell(raw)
    return [mark.value or mark.code for mark in cell.marks], "".join(cell.attendance)


@pytest.mark.parametrize(
    ("raw", "marks", "codes"),
    [
        ("5", [5], ""),
        (5.0, [5], ""),
        ("3/4", [3, 4], ""),
        ("4  5", [4, 5], ""),
        ("2  3/3", [2, 3, 3], ""),
        ("О 2", [2], "О"),
        ("O 2", [2], "О"),
        ("Б 3/3", [3, 3], "Б"),
        ("5 Н", [5], "Н"),
        ("Н Н", [], "НН"),
        ("H", [], "Н"),
        ("н", [], "Н"),
        ("н/б", [], "Н"),
        ("ув", [], "У"),
        ("5\xa0", [5], ""),
        ("5-", [5], ""),
        ("4+", [4], ""),
        ("3=", [3], ""),
        ("4,5", [4], ""),
        ("5, 4", [5, 4], ""),
        (".", ["."], ""),
        ("•", ["."], ""),
        ("н/а", ["н/а"], ""),
        ("Н/А", ["н/а"], ""),
        ("H/A", ["н/а"], ""),
        ("осв.", ["осв"], ""),
        ("зачёт", ["зач"], ""),
        ("незач", ["незач"], ""),
        ("н/а 5", ["н/а", 5], ""),
        ("б/ф", ["б/ф"], ""),
        ("дз", ["дз"], ""),
        (6.0, ["6"], ""),
        ("55", ["55"], ""),
        ("абв", ["абв"], ""),
        ("5 абв", [5, "абв"], ""),
        ("5-абв", ["5-абв"], ""),
        ("", [], ""),
        (" \xa0", [], ""),
        (None, [], ""),
    ],
)
def test_a_cell_opens_into_marks_and_codes(raw: Cell, marks: list[int | str], codes: str) -> None:
    assert opened(raw) == (marks, codes)


@pytest.mark.parametrize(
    "raw",
    [date(2026, 4, 5), datetime(2026, 4, 5), "05.апр", "5.апр", "05.04.2026", "2026-04-05"],  # noqa: DTZ001
)
def test_a_mark_that_became_a_date_is_given_back(raw: Cell) -> None:
    assert opened(raw) == ([5, 4], "")


def test_the_third_of_may_was_two_marks() -> None:
    assert opened(date(2026, 5, 3)) == ([3, 5], "")


def test_a_date_that_was_no_pair_of_marks_is_refused() -> None:
    with pytest.raises(UnreadableError, match=r"дату 05\.12"):
        mark_cell(date(2026, 12, 5))


def test_a_long_text_is_no_mark() -> None:
    with pytest.raises(UnreadableError, match="не отметка"):
        mark_cell("Константинопольский")


def test_each_mark_keeps_its_own_piece_of_the_cell() -> None:
    assert [mark.raw for mark in mark_cell("5-/4 осв").marks] == ["5-", "4", "осв"]


@pytest.mark.parametrize(
    ("raw", "code"),
    [("Н", "Н"), ("h".upper(), "Н"), ("б", "Б"), ("У", "У"), ("o", "О"), ("оп", "О"),
     ("Болезнь", "Б"), ("НП", "Н"), ("", ""), (None, "")],
)  # fmt: skip
def test_an_attendance_code_is_one_of_four(raw: Cell, code: str) -> None:
    assert attendance_code(raw) == code


def test_an_unknown_attendance_code_is_refused() -> None:
    with pytest.raises(UnreadableError, match="Н, Б, У, О"):
        attendance_code("Ж")


@pytest.mark.parametrize(
    ("raw", "mark"),
    [("5", (5, "")), (4.0, (4, "")), ("н/а", (None, "н/а")), ("зач.", (None, "зач")),
     ("", (None, "")), (None, (None, "")), ("Н", (None, "Н"))],
)  # fmt: skip
def test_a_period_mark_is_one_mark(raw: Cell, mark: tuple[int | None, str]) -> None:
    assert period_mark(raw) == mark


def test_two_period_marks_in_one_cell_are_refused() -> None:
    with pytest.raises(UnreadableError, match="больше одной"):
        period_mark("4/5")


def test_whole_numbers_are_shown_without_a_fraction() -> None:
    assert [cell_text(raw) for raw in (5.0, 2.5, True, None, " а  б ")] == [
        "5", "2.5", "да", "", "а б",
    ]  # fmt: skip


@given(st.text(max_size=12))
def test_any_text_is_read_or_refused(raw: str) -> None:
    try:
        cell = mark_cell(raw)
    except UnreadableError:
        return
    assert all(mark.value in {None, 1, 2, 3, 4, 5} for mark in cell.marks)
    assert all(bool(mark.code) is (mark.value is None) for mark in cell.marks)
