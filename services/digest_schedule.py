"""The weekly digest by the clock: to whom it goes, and what is sent instead of it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from services.access import Role
from services.clock import Clock
from services.digest_letters import WEEK, DigestLetters
from services.ids import ChatId, SchoolId
from services.kept_digests import DigestWork, Transactions, card_of
from services.outgoing import Letter
from services.periods import DAYS, Span, week_name, week_span
from services.schools import School
from services.week_figures import russian_day

JOB = "weekly digest"
HOLIDAYS, NO_DATA = "digest/holidays", "digest/no-data"
STALE = timedelta(days=DAYS)
THURSDAY = 3
LONGEST_BREAK = 20
"""Weeks looked ahead for the next digest."""
PRIVATELY = frozenset({Role.DIRECTOR, Role.ADMINISTRATOR})


@dataclass(frozen=True, slots=True)
class Told:
    """What is sent for a week: a kind of letter and its view; None says nothing."""

    kind: str
    view: Mapping[str, object]
    card: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class DigestSchedule:
    letters: DigestLetters
    unit_of_work: Transactions
    reading: Transactions
    clock: Clock

    async def schools(self) -> list[tuple[School, datetime]]:
        """Every school with the moment since which it exists."""
        async with self.reading() as work:
            return list(await work.digests.schools())

    @staticmethod
    def week_at(moment: datetime, school: School) -> Span:
        """The week that a digest of this moment tells of.

        From Thursday on it is the running one; early in a week, the one that has ended.
        """
        here = moment.astimezone(ZoneInfo(school.timezone)).date()
        back = 0 if here.weekday() >= THURSDAY else DAYS
        return week_span(week_name(here.toordinal() - back))

    async def send(self, school: School, period: str) -> None:
        """Letters to all who get the digest, with the ledger's row in one transaction."""
        span = week_span(period)
        told = await self._told(school, span)
        async with self.unit_of_work() as work:
            if not await work.job_runs.claim(JOB, school.id, period) or told is None:
                return
            for chat in await self._chats(work, school.id):
                await work.outbox.put(self._letter(told, school.id, chat, period))

    def _letter(self, told: Told, school: SchoolId, chat: ChatId, period: str) -> Letter:
        return Letter(
            school=school,
            chat=chat,
            kind=told.kind,
            view=told.view,
            dedupe=f"{JOB}:{school}:{period}",
            card=told.card,
            expires_at=self.clock.now() + STALE,
        )

    async def _told(self, school: School, span: Span) -> Told | None:
        kept = await self.letters.latest(school.id, week_name(span.first))
        if kept is not None:
            return Told(WEEK, {"digest": kept.id}, card_of(kept.id))
        if await self.letters.digests.studied(school.id, span):
            return Told(NO_DATA, dict(zip(("first", "last"), _days(span), strict=True)))
        if await self._said_before(school.id, span.moved(-DAYS)):
            return None
        return Told(HOLIDAYS, {"next": await self._next(school)})

    async def _said_before(self, school: SchoolId, previous: Span) -> bool:
        """Whether the same holidays were told of a week ago."""
        if await self.letters.digests.studied(school, previous):
            return False
        async with self.reading() as work:
            return await work.job_runs.done(JOB, school, week_name(previous.first))

    async def _next(self, school: School) -> str | None:
        """«13.11 16:00» of the first digest of a week with lessons."""
        moment = self.clock.now()
        for _ in range(LONGEST_BREAK):
            moment = school.next_digest(moment)
            if await self.letters.digests.studied(school.id, self.week_at(moment, school)):
                return f"{moment:%d.%m %H:%M}"
        return None

    async def _chats(self, work: DigestWork, school: SchoolId) -> list[ChatId]:
        """Every bound group; privately the director and whichever administrator bound none."""
        bound = await work.bound_chats.list(school)
        reading_there = {chat.bound_by for chat in bound}
        people = await work.people.list(school, self.clock.now())
        return [chat.chat for chat in bound] + [
            ChatId(person.user)
            for person in people
            if person.roles & PRIVATELY and person.id not in reading_there
        ]


def _days(span: Span) -> Iterator[str]:
    return (russian_day(day)[:5] for day in span)
