"""Who decides on an analysis: the director, and the deputy named for when there is none."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from services.access import Role
from services.analyses.life import DeskWork
from services.ids import PersonId, SchoolId
from services.people import Person


@dataclass(frozen=True, slots=True)
class Deciders:
    """``acting``: they are no directors, but a deputy in their place."""

    people: Sequence[Person]
    acting: bool = False


async def deciders(
    work: DeskWork, school: SchoolId, away: frozenset[PersonId], now: datetime
) -> Deciders:
    """Directors who are there, else the deputy; nobody where there is neither."""
    everybody = await work.people.list(school, now)
    there = [one for one in everybody if one.id not in away]
    directors = with_role(there, Role.DIRECTOR)
    if directors:
        return Deciders(directors)
    named = (await work.analyses.settings(school)).deputy
    deputies = [one for one in with_role(there, Role.ADMINISTRATION) if one.id == named]
    return Deciders(deputies, acting=True)


def with_role(people: Iterable[Person], role: Role) -> list[Person]:
    return [one for one in people if role in one.roles]
