"""When a forecast is sent by itself."""

DAYS = (3, 7, 14)
"""Days before the end of a term."""
AHEAD = "forecast of a term"
"""The ledger's name of what was sent; a period is «last day:days»."""
KIND = "forecasts/ahead"


def reached(left: int) -> int | None:
    """The nearest of ``DAYS`` that has come with so many days left; None before and after all."""
    return next((days for days in DAYS if 0 <= left <= days), None)
