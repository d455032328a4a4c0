"""Precision and recall of every rule on made-up schools, from the written file to the findings."""

import json
from collections import Counter
from datetime import date, datetime, time
from pathlib import Path
from typing import Any

import pytest

from services.completeness.naming import Names
from services.completeness.rules import catalogue
from services.generator import Options, generate
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
]
"""Seed, classes, last day: none was used while the rules were written."""

Place = tuple[Any, ...]


def place(rule: str, facts: dict[str, Any]) -> Place:
    keys = ("class", "group", "subject", "date", "lesson", "pupil")
    return (rule, *(facts[key] for key in keys))


@pytest.mark.parametrize(("seed", "classes", "until"), SCHOOLS)
async def test_the_rules_find_all_of_the_truth_and_nothing_else(
    database: Database, tmp_path: Path, seed: int, classes: int, until: date
) -> None:
    made = generate(Options(seed=seed, classes=classes, until=until.toordinal()))
    local = LocalTime(MOSCOW.key)
    file = tmp_path / "school.xlsx"
    f12.write_workbook(made.batch, file, local=local)
    truth = {
        place(one["rule"], one)
        for one in (json.loads(finding.as_json(local)) for finding in made.truth)
        if one["rule"] in catalogue()
    }
    found = await findings(database, file, datetime.combine(until, time(23, 59), MOSCOW))

    right = Counter(one[0] for one in truth & found)
    for rule in catalogue():
        ours, theirs = (sum(one[0] == rule for one in each) for each in (found, truth))
        precision, recall = (right[rule] / n if n else 1.0 for n in (ours, theirs))
        print(f"{rule}: findings {ours}, precision {precision:.3f}, recall {recall:.3f}")  # noqa: T201
    assert found == truth
    assert all(right[rule] for rule in catalogue())


async def findings(database: Database, file: Path, as_of: datetime) -> set[Place]:
    book = Book(database)
    [reading] = await read([SourceFile(file.name, file)], zone=MOSCOW.key)
    [source] = sources_of([reading])
    assert source.batch.refused == []
    preview = await book.load(source.batch)
    assert preview.number > 0
    hits = [hit for rule in catalogue() for hit in await book.look(rule, as_of)]
    async with database.reading() as work:
        dictionary = await work.journal.dictionary(SchoolId(1))
    names = Names.of(dictionary)
    numbers = {pupil.id: pupil.number for pupil in dictionary.pupils.values()}
    places = set()
    for hit in hits:
        named = names.of_hit(hit)
        facts = {
            "class": named.class_unit or None,
            "group": named.study_group or None,
            "subject": named.subject or None,
            "date": date.fromordinal(hit.day).isoformat() if hit.day else None,
            "lesson": hit.number,
            "pupil": numbers.get(hit.pupil) if hit.pupil is not None else None,
        }
        places.add(place(hit.rule, facts))
    return places
