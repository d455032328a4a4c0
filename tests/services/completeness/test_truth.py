"""Precision and recall of every rule on made-up schools, from the written file to the findings."""

import json
from datetime import date, datetime, time
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from services.completeness.naming import Names
from services.completeness.rules import catalogue
from services.generator import GeneratedSchool, Options, generate
from services.ids import SchoolId
from services.journal.reading import SourceFile, read
from services.journal.sources import sources_of
from services.journal.writers import f12
from services.journal.writers.local_time import LocalTime
from storage.database import Database
from tests.services.completeness.book import MOSCOW, Book

SCHOOLS = [
    (71, 4, date(2026, 11, 20)),
    (72, 3, date(2027, 3, 12)),
    (73, 3, date(2027, 5, 31)),
    (74, 5, date(2026, 12, 18)),
]
"""Seed, classes, last day: none was used while the rules were written."""

Place = tuple[Any, ...]


def place(rule: str, facts: dict[str, Any]) -> Place:
    """A finding of no class is somebody's."""
    keys = ("class", "group", "subject", "date", "lesson", "pupil")
    whose = facts["teacher"] if facts["class"] is None else None
    return (rule, whose, *(facts[key] for key in keys))


ADVICE = {"A1", "A2", "A3", "A4", "A5", "K2", "K3", "K4", "N7", "Q4", "R9", "R10"}
LEAST_PRECISION, LEAST_RECALL = 0.9, 0.95
"""What advice may miss; all other rules are exact."""
MEASURED = {
    "P1", "P2", "P3", "P4", "P5", "P6", "P7", "P8", "T1", "T2", "T3", "T4",
    "R1", "R2", "R3", "R4", "R5", "R6", "R7", "R8", "R9", "R10", "R11", "R12",
    "N1", "N2", "N3", "N4", "N5", "N6", "N7", "Q1", "Q2", "Q3", "Q4", "Q5",
    "K1", "K2", "K3", "K4", "K5", "L1", "L2", "L3", "L4", "A1", "A2", "A3", "A4", "A5", "A6",
    "L5", "C3", "C4", "C5", "C6", "C7", "C8",
}  # fmt: skip
"""Rules whose defects the generator makes."""


@cache
def made(seed: int, classes: int, until: date) -> GeneratedSchool:
    return generate(Options(seed=seed, classes=classes, until=until.toordinal()))


def measured() -> list[str]:
    return [rule for rule in catalogue() if rule in MEASURED]


@pytest.mark.parametrize(("seed", "classes", "until"), SCHOOLS)
async def test_the_rules_find_all_of_the_truth_and_nothing_else(
    database: Database, tmp_path: Path, seed: int, classes: int, until: date
) -> None:
    school = made(seed, classes, until)
    local = LocalTime(MOSCOW.key)
    file = tmp_path / "school.xlsx"
    f12.write_workbook(school.batch, file, local=local)
    lines = [json.loads(finding.as_json(local)) for finding in school.truth]
    truth = {place(one["rule"], one) for one in lines if one["rule"] in measured()}
    found = await findings(database, file, datetime.combine(until, time(23, 59), MOSCOW))

    poor = []
    for rule in measured():
        ours, theirs = ({one for one in each if one[0] == rule} for each in (found, truth))
        right = len(ours & theirs)
        precision, recall = (right / len(each) if each else 1.0 for each in (ours, theirs))
        print(f"{rule}: findings {len(ours)}, precision {precision:.3f}, recall {recall:.3f}")  # noqa: T201
        least = (LEAST_PRECISION, LEAST_RECALL) if rule in ADVICE else (1.0, 1.0)
        if precision < least[0] or recall < least[1]:
            poor += [("missed", one) for one in sorted(theirs - ours, key=str)]
            poor += [("extra", one) for one in sorted(ours - theirs, key=str)]
    assert poor == []


def test_the_schools_have_defects_of_every_measured_rule() -> None:
    rules = {one.rule for school in SCHOOLS for one in made(*school).truth}

    assert rules >= MEASURED


async def findings(database: Database, file: Path, as_of: datetime) -> set[Place]:
    book = Book(database)
    [reading] = await read([SourceFile(file.name, file)], zone=MOSCOW.key)
    [source] = sources_of([reading])
    assert source.batch.refused == []
    preview = await book.load(source.batch)
    assert preview.number > 0
    hits = [hit for rule in measured() for hit in await book.look(rule, as_of)]
    async with database.reading() as work:
        dictionary = await work.journal.dictionary(SchoolId(1))
    names = Names.of(dictionary)
    numbers = {pupil.id: pupil.number for pupil in dictionary.pupils.values()}
    places = set()
    for hit in hits:
        named = names.of_hit(hit)
        facts = {
            "teacher": named.teacher,
            "class": named.class_unit or None,
            "group": named.study_group or None,
            "subject": named.subject or None,
            "date": date.fromordinal(hit.day).isoformat() if hit.day else None,
            "lesson": hit.number,
            "pupil": numbers.get(hit.pupil) if hit.pupil is not None else None,
        }
        places.add(place(hit.rule, facts))
    return places
