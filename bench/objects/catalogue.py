"""Thirteen of the rules over one session's objects."""

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy.orm import Session

from bench.objects import controls, lessons, marks, plans, terms
from bench.objects.ground import Finder, ground_of
from services.completeness.finding_store import Hit
from services.completeness.rule import Passport
from services.completeness.rules import catalogue

FINDERS: Mapping[str, Finder] = {
    "P1": lessons.p1,
    "P2": lessons.p2,
    "P3": lessons.p3,
    "P4": lessons.p4,
    "P7": terms.p7,
    "T1": lessons.t1,
    "T2": controls.t2,
    "R1": marks.r1,
    "R2": marks.r2,
    "R3": marks.r3,
    "N1": terms.n1,
    "Q1": terms.q1,
    "K1": plans.k1,
}


def found(
    session: Session, school: int, as_of: datetime, *, zone: str, generation: int
) -> list[Hit]:
    """What every rule says of the whole school, with the default passports."""
    ground = ground_of(session, school, as_of, zone, generation)
    hits: list[Hit] = []
    for code, finder in FINDERS.items():
        passport = Passport.default(catalogue()[code])
        for class_unit in ground.classes:
            hits += [
                hit if hit.severity else hit._replace(severity=passport.severity)
                for hit in finder(class_unit, ground, passport.thresholds)
            ]
    return hits
