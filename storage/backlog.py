"""Questions without an answer with whom to tell it, and the log of all that was asked."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Row, and_, delete, func, insert, or_, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from services.consultation.keeping import (
    Consultation,
    ConsultationId,
    EntryCount,
    Unanswered,
    UnansweredId,
    UnansweredState,
)
from services.ids import PersonId, SchoolId
from storage.schema.consultation import consultations, unanswered_questions
from storage.schema.consultation_editing import unanswered_askers
from storage.statements import insert_once

questions, askers = unanswered_questions, unanswered_askers


@dataclass(frozen=True, slots=True)
class StoredBacklog:
    connection: AsyncConnection

    async def add(self, school: SchoolId, *, text: str, plain: str, at: datetime) -> UnansweredId:
        row = {
            "school": school,
            "plain": plain,
            "text": text,
            "asked": 0,
            "first_at": at,
            "last_at": at,
            "state": UnansweredState.WAITING.value,
        }
        await self.connection.execute(insert_once(questions, [row], self.connection))
        same = and_(questions.c.school == school, questions.c.plain == plain)
        asked = (
            update(questions)
            .where(same)
            .values(asked=questions.c.asked + 1, text=text, last_at=at)
            .returning(questions.c.id)
        )
        number = (await self.connection.execute(asked)).scalar_one()
        answered = and_(same, questions.c.state == UnansweredState.ANSWERED.value)
        again = {"state": UnansweredState.WAITING.value, "entry": None}
        await self.connection.execute(update(questions).where(answered).values(again))
        return UnansweredId(number)

    async def get(self, school: SchoolId, number: UnansweredId) -> Unanswered | None:
        found = select(questions).where(questions.c.school == school, questions.c.id == number)
        row = (await self.connection.execute(found)).first()
        return None if row is None else _unanswered(row)

    async def waiting(self, school: SchoolId) -> Sequence[Unanswered]:
        return await self._in(school, UnansweredState.WAITING)

    async def dismissed(self, school: SchoolId) -> Sequence[Unanswered]:
        return await self._in(school, UnansweredState.DISMISSED)

    async def settle(
        self,
        school: SchoolId,
        number: UnansweredId,
        state: UnansweredState,
        entry: str | None = None,
    ) -> bool:
        waiting = and_(
            questions.c.school == school,
            questions.c.id == number,
            questions.c.state == UnansweredState.WAITING.value,
        )
        values = {"state": state.value, "entry": entry}
        done = await self.connection.execute(update(questions).where(waiting).values(values))
        return done.rowcount == 1

    async def reopen(self, school: SchoolId, number: UnansweredId) -> bool:
        aside = and_(
            questions.c.school == school,
            questions.c.id == number,
            questions.c.state == UnansweredState.DISMISSED.value,
        )
        again = {"state": UnansweredState.WAITING.value}
        done = await self.connection.execute(update(questions).where(aside).values(again))
        return done.rowcount == 1

    async def remember(self, number: UnansweredId, person: PersonId, at: datetime) -> None:
        row = {"question": number, "person": person, "at": at}
        await self.connection.execute(insert_once(askers, [row], self.connection))

    async def release(self, number: UnansweredId) -> Sequence[PersonId]:
        gone = delete(askers).where(askers.c.question == number).returning(askers.c.person)
        return [PersonId(row.person) for row in await self.connection.execute(gone)]

    async def forget(self, school: SchoolId, *, settled: datetime, waiting: datetime) -> int:
        here = questions.c.school == school
        waits = questions.c.state == UnansweredState.WAITING.value
        old = or_(
            and_(here, waits, questions.c.last_at < waiting),
            and_(here, ~waits, questions.c.last_at < settled),
        )
        which = select(questions.c.id).where(old)
        await self.connection.execute(delete(askers).where(askers.c.question.in_(which)))
        done = await self.connection.execute(delete(questions).where(old))
        return done.rowcount

    async def _in(self, school: SchoolId, state: UnansweredState) -> Sequence[Unanswered]:
        found = (
            select(questions)
            .where(questions.c.school == school, questions.c.state == state.value)
            .order_by(questions.c.asked.desc(), questions.c.last_at.desc(), questions.c.id)
        )
        rows = (await self.connection.execute(found)).all()
        return [_unanswered(row) for row in rows]


@dataclass(frozen=True, slots=True)
class StoredConsultations:
    connection: AsyncConnection

    async def record(
        self, school: SchoolId, *, band: str, text: str, entry: str | None, at: datetime
    ) -> ConsultationId:
        row = {"school": school, "band": str(band), "text": text, "entry": entry, "at": at}
        added = insert(consultations).values(row).returning(consultations.c.id)
        return ConsultationId((await self.connection.execute(added)).scalar_one())

    async def get(self, school: SchoolId, number: ConsultationId) -> Consultation | None:
        found = select(consultations).where(
            consultations.c.school == school, consultations.c.id == number
        )
        row = (await self.connection.execute(found)).first()
        return None if row is None else _consultation(row)

    async def rows(
        self, school: SchoolId, since: datetime, until: datetime
    ) -> Sequence[Consultation]:
        log = consultations.c
        asked = (
            select(consultations)
            .where(log.school == school, log.at >= since, log.at < until)
            .order_by(log.at, log.id)
        )
        return [_consultation(row) for row in (await self.connection.execute(asked)).all()]

    async def choose(self, school: SchoolId, number: ConsultationId, entry: str) -> None:
        """Another choice takes back what was said of the one before."""
        other = or_(consultations.c.entry.is_(None), consultations.c.entry != entry)
        here = and_(consultations.c.school == school, consultations.c.id == number, other)
        values = {"entry": entry, "helped": None}
        await self.connection.execute(update(consultations).where(here).values(values))

    async def judge(self, school: SchoolId, number: ConsultationId, *, helped: bool) -> bool:
        unsaid = and_(
            consultations.c.school == school,
            consultations.c.id == number,
            or_(consultations.c.helped.is_(None), consultations.c.helped.is_not(helped)),
        )
        done = await self.connection.execute(
            update(consultations).where(unsaid).values(helped=helped)
        )
        return done.rowcount == 1

    async def counts(
        self, school: SchoolId, since: datetime, until: datetime
    ) -> Sequence[EntryCount]:
        log = consultations.c
        asked = func.count().label("asked")
        counted = (
            select(
                log.entry,
                asked,
                func.count().filter(log.helped.is_(True)).label("helped"),
                func.count().filter(log.helped.is_(False)).label("not_helped"),
            )
            .where(log.school == school, log.at >= since, log.at < until, log.entry.is_not(None))
            .group_by(log.entry)
            .order_by(asked.desc(), log.entry)
        )
        rows = (await self.connection.execute(counted)).mappings().all()
        return [EntryCount(**row) for row in rows]

    async def bands(self, school: SchoolId, since: datetime, until: datetime) -> Mapping[str, int]:
        log = consultations.c
        counted = (
            select(log.band, func.count())
            .where(log.school == school, log.at >= since, log.at < until)
            .group_by(log.band)
        )
        return {row[0]: row[1] for row in (await self.connection.execute(counted)).all()}

    async def forget_texts(self, school: SchoolId, before: datetime) -> int:
        log = consultations.c
        old = and_(log.school == school, log.at < before, log.text != "")
        done = await self.connection.execute(update(consultations).where(old).values(text=""))
        return done.rowcount


def _consultation(row: Row[tuple[Any, ...]]) -> Consultation:
    return Consultation(
        id=ConsultationId(row.id),
        at=row.at,
        band=row.band,
        text=row.text,
        entry=row.entry,
        helped=row.helped,
    )


def _unanswered(row: Row[tuple[Any, ...]]) -> Unanswered:
    return Unanswered(
        id=UnansweredId(row.id),
        text=row.text,
        count=row.asked,
        first_at=row.first_at,
        last_at=row.last_at,
        state=UnansweredState(row.state),
        entry=row.entry,
    )
