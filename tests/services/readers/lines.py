"""Lines of the exchange template."""

from datetime import UTC, date, datetime

from services.journal.dates import Cell

Line = tuple[Cell, ...]
DAY = date(2026, 11, 20)
NUMBER = DAY.toordinal()
ENTERED = int(datetime(2026, 11, 20, 11, 31, tzinfo=UTC).timestamp())
LESSON = ("20.11.2026", 2, "5А", "Алгебра", "Иванова И.И.", "Дроби", "№ 5")
MARK = ("20.11.2026", 2, "5А", "Алгебра", 17, "5")
