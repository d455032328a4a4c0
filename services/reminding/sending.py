"""Reminders by the clock: one message a person and day, with all that is to be told then."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import NamedTuple
from zoneinfo import ZoneInfo

from services.clock import Clock
from services.ids import ChatId, FindingId, SchoolId
from services.outgoing import Letter
from services.people import Person
from services.reminding.ladder import climbing
from services.reminding.looking import look
from services.reminding.own import own_findings, own_lessons
from services.reminding.ports import Message, Transactions, Work
from services.reminding.settings import HOUR, NEVER, USUAL, Level, RemindingSettings
from services.reminding.situation import Situation
from services.schools import School

JOB = "reminders"
TOLD = "reminding/told"
SLOTS_KEPT = timedelta(days=2)
SAID_KEPT = 30
"""Days for which it is remembered what a teacher was told; no interval is longer."""


class Slot(NamedTuple):
    """An hour of a school's day at which somebody is to be told; ``minute`` is of the day."""

    school: SchoolId
    day: int
    minute: int

    @property
    def period(self) -> str:
        return f"{date.fromordinal(self.day)}T{self.minute // HOUR:02d}:{self.minute % HOUR:02d}"


@dataclass(frozen=True, slots=True)
class Told:
    """What one message tells of: own findings, those that climbed, today's lessons or not."""

    own: Sequence[FindingId]
    climbed: Sequence[tuple[FindingId, Level]]
    lessons: bool

    def __bool__(self) -> bool:
        return bool(self.own or self.climbed or self.lessons)


@dataclass(frozen=True, slots=True, kw_only=True)
class Reminders:
    unit_of_work: Transactions
    reading: Transactions
    clock: Clock

    async def slots(self, now: datetime) -> Sequence[Slot]:
        """Today's hours that have come and are not over; those of yesterday are gone."""
        found: list[Slot] = []
        async with self.reading() as work:
            for school, since in await work.digests.schools():
                settings = await work.reminding.settings(school.id)
                chosen = await work.reminding.hours(school.id)
                found += _slots(school, settings, set(chosen.values()), since, now)
        return found

    async def send(self, school: SchoolId, period: str) -> None:
        """Letters to all whose hour it is, with the ledger's row in one transaction."""
        now = self.clock.now()
        async with self.reading() as work:
            situation = await look(work, school, now)
            told = await _told(work, school, situation, period)
        async with self.unit_of_work() as work:
            if not await work.job_runs.claim(JOB, school, period):
                return
            for person, words in told:
                await _write(work, situation, person, words)
            await work.job_runs.forget(JOB, school, before=now - SLOTS_KEPT)
            await work.reminding.forget(school, situation.today - SAID_KEPT)


async def _told(
    work: Work, school: SchoolId, situation: Situation, period: str
) -> Sequence[tuple[Person, Told]]:
    """Whom to tell what; nobody when the hour or the day is not one for it."""
    day, _, wall = period.partition("T")
    minute = int(wall[:2]) * HOUR + int(wall[3:])
    late = situation.minute >= situation.settings.last(minute)
    if late or date.fromisoformat(day).toordinal() != situation.today or not situation.fit():
        return []
    directory = await work.measures.directory(school)
    groups = {
        one.id: directory.subject_group(one.hit.subject, one.hit.staff) for one in situation.found
    }
    climbed = climbing(situation, groups)
    found = [
        (person, _words(situation, person, minute, climbed.get(person.id, ())))
        for person in situation.people
    ]
    return [(person, words) for person, words in found if words]


def _words(
    situation: Situation,
    person: Person,
    minute: int,
    climbed: Sequence[tuple[FindingId, Level]],
) -> Told:
    """At the hour for lessons whoever has some is told everything; the others at their own."""
    settings = situation.settings
    chosen = situation.hours.get(person.id, USUAL)
    hour = None if chosen is None else settings.hour(chosen)
    asked = settings.lessons_at != NEVER and settings.hour(settings.lessons_at) <= minute
    lessons = bool(asked and hour is not None and own_lessons(situation, person))
    reminded = lessons and minute == settings.hour(settings.lessons_at)
    if hour != minute and not reminded:
        return Told((), (), lessons=False)
    own = own_findings(situation, person)
    return Told(own, climbed, lessons=lessons and bool(own or climbed or reminded))


async def _write(work: Work, situation: Situation, person: Person, words: Told) -> None:
    key = key_of(person.school, situation.today, again=person.id in situation.messaged)
    view: Mapping[str, object] = {
        "day": situation.today,
        "own": list(words.own),
        "climbed": [[finding, int(level)] for finding, level in words.climbed],
        "lessons": words.lessons,
    }
    ends = situation.settings.last(situation.minute)
    letter = Letter(
        school=person.school,
        chat=ChatId(person.user),
        kind=TOLD,
        view=view,
        dedupe=key,
        expires_at=_moment(situation.today, ends, situation.days.zone),
    )
    findings = [*((one, Level.TEACHER) for one in words.own), *words.climbed]
    message = Message(
        school=person.school,
        person=person.id,
        key=key,
        day=situation.today,
        findings=findings,
    )
    await work.outbox.put(letter)
    await work.reminding.remember(message)


def key_of(school: SchoolId, day: int, *, again: bool) -> str:
    """Under which a person's message of a day is known; ``again``: critical ones after it."""
    return f"{TOLD}:{school}:{date.fromordinal(day)}{':critical' if again else ''}"


def _slots(
    school: School,
    settings: RemindingSettings,
    chosen: set[int | None],
    since: datetime,
    now: datetime,
) -> Sequence[Slot]:
    zone = ZoneInfo(school.timezone)
    here = now.astimezone(zone)
    day, minute = here.date().toordinal(), here.hour * HOUR + here.minute
    wanted = {one for one in chosen if one is not None} | {USUAL}
    hours = {settings.hour(one) for one in wanted | {settings.lessons_at} - {NEVER}}
    return [
        Slot(school.id, day, hour)
        for hour in sorted(hours)
        if hour <= minute < settings.last(hour) and since <= _moment(day, hour, zone)
    ]


def _moment(day: int, minute: int, zone: ZoneInfo) -> datetime:
    wall = time(*divmod(minute, HOUR))
    return datetime.combine(date.fromordinal(day), wall, zone).astimezone(UTC)
