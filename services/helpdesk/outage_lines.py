"""Outages as the figures of a period name them."""

from collections.abc import Sequence

from services.completeness.lines import Wording
from services.completeness.rule import Said
from services.helpdesk.outage import Outage
from services.week_figures import moment_here


def outage_lines(outages: Sequence[Outage], zone: str, wording: Wording) -> list[str]:
    """«20.11 10:00–14:30», «20.11 18:00 – 21.11 09:00», «с 20.11 10:00»."""
    return [_outage_line(one, zone, wording) for one in outages]


def _outage_line(outage: Outage, zone: str, wording: Wording) -> str:
    begins = moment_here(outage.begins, zone)
    if outage.ends is None:
        return wording.why(Said("since %(moment)s", {"moment": begins}))
    ends = moment_here(outage.ends, zone)
    day, hour = ends.split()
    return f"{begins}–{hour}" if begins.startswith(day) else f"{begins} – {ends}"
