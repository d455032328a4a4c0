"""Refusals are told by their reason."""

from typing import Any

from services.journal.previews import KEPT_REASONS, grouped


def refused(reason: str, *rows: int) -> list[dict[str, Any]]:
    return [{"row": row, "reason": reason} for row in rows]


def test_the_most_frequent_reason_goes_first_with_its_first_rows() -> None:
    once, often = refused("нет даты", 4), refused("нет класса", 9, 2, 7, 3)

    assert grouped(once + often) == [
        {"reason": "нет класса", "count": 4, "rows": [2, 3, 7]},
        {"reason": "нет даты", "count": 1, "rows": [4]},
    ]


def test_a_row_whose_place_is_unknown_has_no_number() -> None:
    assert grouped(refused("нет даты", 0)) == [{"reason": "нет даты", "count": 1, "rows": []}]


def test_only_so_many_reasons_are_kept() -> None:
    every = [one for number in range(50) for one in refused(f"причина {number}", number)]
    assert len(grouped(every)) == KEPT_REASONS
