"""Whom an unknown name may mean: the school's own names, the likest first."""

from collections.abc import Iterable

from services.journal.dictionary import Named
from services.journal.names import fits_initials
from services.journal.relations import STAFF_FACTS, Row

SURE = 100.0


def likest(name: str, known: Iterable[Named]) -> list[Named]:
    """``known`` in the order of likeness to ``name``; initials that fit go first."""
    from rapidfuzz import fuzz, process  # noqa: PLC0415  # 3 MB that few starts need

    others = list(known)
    choices = {each.id: _plain(each.name) for each in others}
    scores = {
        identity: score
        for _, score, identity in process.extract(
            _plain(name), choices, scorer=fuzz.WRatio, limit=None
        )
    }
    for each in others:
        if fits_initials(name, each.name):
            scores[each.id] = SURE
    return sorted(others, key=lambda each: (-scores[each.id], each.name))


def declared_staff(facts: Iterable[Row]) -> list[Named]:
    """Those whom the staff lists have, under today's name: a surname may have changed."""
    staff, name = (STAFF_FACTS.columns.index(each) for each in ("staff", "name"))
    return [Named(row[staff], row[name]) for row in facts]


def _plain(name: str) -> str:
    return name.casefold().replace("ё", "е").replace(".", " ")
