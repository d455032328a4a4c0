"""Days and moments of the journal's rows in the clock of one school."""

from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import lru_cache
from zoneinfo import ZoneInfo

from services.journal.model import Day, Moment

EPOCH_DAY: Day = date(1970, 1, 1).toordinal()
EXCEL_DAY_ZERO: Day = date(1899, 12, 30).toordinal()
SECONDS_A_DAY = 86_400


@lru_cache(maxsize=4096)
def _offset(zone: str, day: Day) -> int:
    """Seconds east of UTC at noon of the day: no zone changes its clock at noon."""
    noon = datetime.combine(date.fromordinal(day), datetime.min.time(), ZoneInfo(zone))
    offset = noon.replace(hour=12).utcoffset()
    return 0 if offset is None else int(offset.total_seconds())


@lru_cache(maxsize=4096)
def day_text(day: Day) -> str:
    return date.fromordinal(day).strftime("%d.%m.%Y")


@dataclass(frozen=True, slots=True)
class LocalTime:
    zone: str = "Europe/Moscow"

    def moment(self, day: Day, minute: int) -> Moment:
        """``minute`` counts from the local midnight and may pass 1440."""
        return (day - EPOCH_DAY) * SECONDS_A_DAY + minute * 60 - _offset(self.zone, day)

    def local(self, moment: Moment) -> tuple[Day, int]:
        """The local day and the seconds passed since its midnight."""
        day = moment // SECONDS_A_DAY + EPOCH_DAY
        shift, seconds = divmod(
            moment - (day - EPOCH_DAY) * SECONDS_A_DAY + _offset(self.zone, day), SECONDS_A_DAY
        )
        return day + shift, seconds

    def excel(self, moment: Moment) -> float:
        """The serial number of a real Excel date-time."""
        day, seconds = self.local(moment)
        return day - EXCEL_DAY_ZERO + seconds / SECONDS_A_DAY

    def text(self, moment: Moment) -> str:
        """``dd.mm.yyyy HH:MM``."""
        day, seconds = self.local(moment)
        hours, rest = divmod(seconds, 3600)
        return f"{day_text(day)} {hours:02}:{rest // 60:02}"

    def iso(self, moment: Moment) -> str:
        """ISO 8601 with the school's offset."""
        return datetime.fromtimestamp(moment, UTC).astimezone(ZoneInfo(self.zone)).isoformat()
