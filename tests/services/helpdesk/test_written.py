"""Hours and targets as people write them."""

import pytest

from services.helpdesk.errors import UnfitDeskSettingError
from services.helpdesk.hours import FIVE_DAYS, SIX_DAYS, WorkingHours
from services.helpdesk.written import hours_of, hours_told, targets_of


@pytest.mark.parametrize(
    ("words", "hours"),
    [
        ("пн-пт 8:00-17:00", FIVE_DAYS),
        ("Пн – Пт 8-17, Сб 8.00–14.00", SIX_DAYS),
        ("вс 0-24", WorkingHours((None,) * 6 + ((0, 24 * 60),))),
        ("пн-вс 9-18, сб 10-12, вс 10-12", WorkingHours(((540, 1080),) * 5 + ((600, 720),) * 2)),
    ],
)
def test_hours_are_read(words: str, hours: WorkingHours) -> None:
    assert hours_of(words) == hours
    assert hours_of(hours_told(hours)) == hours


def test_hours_are_told_shortly() -> None:
    assert hours_told(SIX_DAYS) == "пн-пт 8:00-17:00, сб 8:00-14:00"
    assert hours_told(hours_of("пн 8-9, ср 8-9")) == "пн 8:00-9:00, ср 8:00-9:00"


@pytest.mark.parametrize(
    "words", ["", "всегда", "пн 17-8", "пн 8-25", "пн-пт", "пт-пн 8-17", "пн 8:00-17:00;"]
)
def test_unfit_hours_are_refused(words: str) -> None:
    with pytest.raises(UnfitDeskSettingError):
        hours_of(words)


@pytest.mark.parametrize(
    ("words", "minutes"),
    [
        ("1 ч / 9 ч", (60, 540)),
        ("30 мин/4ч", (30, 240)),
        ("1 д / 5 дней", (540, 2700)),
        ("2 часа / 2 ЧАСА", (120, 120)),
    ],
)
def test_targets_are_read(words: str, minutes: tuple[int, int]) -> None:
    assert targets_of(words) == minutes


@pytest.mark.parametrize(
    "words",
    ["", "1 ч", "9 ч / 1 ч", "0 мин / 1 ч", "1 ч / 999 д", "1 год / 2 ч", "1 ч / 2 ч / 3 ч"],
)
def test_unfit_targets_are_refused(words: str) -> None:
    with pytest.raises(UnfitDeskSettingError):
        targets_of(words)
