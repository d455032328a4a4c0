"""One pupil through the classes: a transfer by order keeps the person and, so, the marks."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import NamedTuple

from services.journal.names import name_key

GAP_DAYS = 14
"""A transfer leaves one class and joins the next within this; more is another story."""


class Stay(NamedTuple):
    """One interval of one personal number; ``first`` and ``last`` are included."""

    pupil: int
    grade: int
    first: int
    last: int
    name: str | None
    code: str | None


def persons(stays: Iterable[Stay]) -> Mapping[int, int]:
    """Pupil identity -> person (the smallest identity among those that are one person).

    The same «Код» is the same person. Without codes a same name joins only where exactly one pupil
    of that name left a class of the parallel and exactly one came within GAP_DAYS after: namesakes
    are never joined by guess.
    """
    kept = list(stays)
    parent = {stay.pupil: stay.pupil for stay in kept}

    def root(pupil: int) -> int:
        while parent[pupil] != pupil:
            pupil = parent[pupil]
        return pupil

    def join(one: int, other: int) -> None:
        low, high = sorted((root(one), root(other)))
        parent[high] = low

    by_code: dict[str, int] = {}
    by_name: dict[tuple[int, str], list[Stay]] = defaultdict(list)
    for stay in kept:
        if stay.code:
            join(by_code.setdefault(stay.code, stay.pupil), stay.pupil)
        elif stay.name:
            by_name[stay.grade, name_key(stay.name)].append(stay)
    for namesakes in by_name.values():
        for left, came in _moves(namesakes):
            join(left, came)
    return {pupil: root(pupil) for pupil in parent}


def _moves(stays: list[Stay]) -> Iterable[tuple[int, int]]:
    for left in stays:
        followers = [
            came for came in stays
            if came.pupil != left.pupil and 0 <= came.first - left.last <= GAP_DAYS
        ]  # fmt: skip
        leavers = [
            other for other in stays
            if followers and other.pupil != followers[0].pupil
            and 0 <= followers[0].first - other.last <= GAP_DAYS
        ]  # fmt: skip
        if len(followers) == 1 and len(leavers) == 1:
            yield left.pupil, followers[0].pupil
