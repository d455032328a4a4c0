"""A look at one school as it is now."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from services.ids import SchoolId
from services.reminding.age import SchoolDays
from services.reminding.ports import Lesson, Work
from services.reminding.settings import HOUR
from services.reminding.situation import Situation

SECOND = timedelta(seconds=1)
BACK = 60
"""Days looked back at least, so that a teacher's working days are known."""


async def look(work: Work, school: SchoolId, now: datetime) -> Situation:
    zone = ZoneInfo((await work.schools.get(school)).timezone)
    here = now.astimezone(zone)
    today = here.date().toordinal()
    current = await work.journal.current_import(school)
    found = await work.reminding.open(school)
    seen = [one.first_seen.astimezone(zone).date().toordinal() for one in found]
    first = min([today - BACK, *seen])
    days = SchoolDays(
        first=first,
        today=today,
        zone=zone,
        lived=await work.reminding.days(school, first, today),
        breaks=await work.findings.breaks(school),
    )
    return Situation(
        now=now,
        minute=here.hour * HOUR + here.minute,
        as_of=current.as_of if current else None,
        settings=await work.reminding.settings(school),
        days=days,
        outage=any(one.holds(now) for one in await work.outages.between(school, now, now + SECOND)),
        people=await work.people.list(school, now),
        hours=await work.reminding.hours(school),
        posts=await work.reminding.posts(school),
        found=found,
        lessons=await _lessons(work, school, today),
        standing=await work.claims.standing(school),
        silences=await work.silences.active(school, today),
        said=await work.reminding.said(school),
        messaged=await work.reminding.messaged(school, today),
    )


async def _lessons(work: Work, school: SchoolId, today: int) -> Sequence[Lesson]:
    """None where the school does not ask for them (P1 is off)."""
    passport = (await work.findings.passports(school)).get("P1")
    if passport is not None and not passport.enabled:
        return []
    return await work.reminding.lessons(school, today)
