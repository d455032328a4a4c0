"""Entries that teachers suggest."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Row, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from services.consultation.suggestions import (
    Settled,
    Suggestion,
    SuggestionId,
    SuggestionState,
)
from services.ids import PersonId, SchoolId
from storage.schema.consultation_editing import consultation_suggestions

suggestions = consultation_suggestions
WAITING = SuggestionState.WAITING.value


@dataclass(frozen=True, slots=True)
class StoredSuggestions:
    connection: AsyncConnection

    async def add(
        self, school: SchoolId, person: PersonId, *, question: str, answer: str, at: datetime
    ) -> SuggestionId:
        row = {
            "school": school,
            "person": person,
            "question": question,
            "answer": answer,
            "at": at,
            "state": WAITING,
            "words": "",
        }
        added = insert(suggestions).values(row).returning(suggestions.c.id)
        return SuggestionId((await self.connection.execute(added)).scalar_one())

    async def get(self, school: SchoolId, number: SuggestionId) -> Suggestion | None:
        same = (suggestions.c.school == school) & (suggestions.c.id == number)
        row = (await self.connection.execute(select(suggestions).where(same))).first()
        return None if row is None else _suggestion(row)

    async def waiting(self, school: SchoolId) -> Sequence[Suggestion]:
        open_ones = (
            select(suggestions)
            .where(suggestions.c.school == school, suggestions.c.state == WAITING)
            .order_by(suggestions.c.id)
        )
        rows = (await self.connection.execute(open_ones)).all()
        return [_suggestion(row) for row in rows]

    async def settle(self, school: SchoolId, number: SuggestionId, end: Settled) -> bool:
        open_one = (
            (suggestions.c.school == school)
            & (suggestions.c.id == number)
            & (suggestions.c.state == WAITING)
        )
        values = {
            "state": end.state.value,
            "entry": end.entry,
            "words": end.words,
            "settled_by": end.by,
            "settled_at": end.at,
        }
        done = await self.connection.execute(update(suggestions).where(open_one).values(values))
        return done.rowcount == 1


def _suggestion(row: Row[tuple[Any, ...]]) -> Suggestion:
    return Suggestion(
        id=SuggestionId(row.id),
        person=PersonId(row.person),
        question=row.question,
        answer=row.answer,
        at=row.at,
        state=SuggestionState(row.state),
        entry=row.entry,
        words=row.words,
    )
