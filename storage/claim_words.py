"""A person's own words about findings: what is kept of them, and their end."""

from collections.abc import Sequence

from sqlalchemy import select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from services.claims.claim import State
from services.ids import PersonId, SchoolId
from storage.schema.claims import claims


async def said_by(connection: AsyncConnection, school: SchoolId, person: PersonId) -> Sequence[str]:
    """Reasons of a teacher and answers of an administrator, as they were typed."""
    own = claims.c.school == school
    reasons = select(claims.c.words).where(own, claims.c.person == person)
    answers = select(claims.c.answer_words).where(own, claims.c.answered_by == person)
    found: list[str] = []
    for statement in (reasons, answers):
        said = (await connection.execute(statement.order_by(claims.c.id))).scalars()
        found += [words for words in said if words]
    return found


async def erase_words_of(connection: AsyncConnection, person: PersonId) -> None:
    """Reasons go, and what waits is taken back; an administrator's answers are the teachers'."""
    waiting = (claims.c.person == person) & (claims.c.state == State.WAITING.value)
    withdrawn = {"state": State.WITHDRAWN.value}
    await connection.execute(update(claims).where(waiting).values(withdrawn))
    await connection.execute(update(claims).where(claims.c.person == person).values(words=""))
