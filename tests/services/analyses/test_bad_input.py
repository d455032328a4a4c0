"""Terms without data, a class that came in mid-term, rules that are off."""

import asyncio
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot.analyses import analyses_of
from services.analyses.composing import Analyses
from services.analyses.period import Kind
from services.analyses.ports import Nobody
from services.analyses.view import Analysis
from services.completeness.rule import Passport, Severity
from services.journal.model import AttendanceRow, Batch, LessonRow, MarkRow
from storage.database import Database
from tests.conftest import FrozenClock
from tests.filled import SCHOOL, generated, load
from tests.services.analyses.conftest import RENDERER, stored

LATE = 739896
"""07.10.2026: before it the class has nothing."""


def cut(batch: Batch, class_unit: str) -> Batch:
    """The file as it is when a class begins in October."""

    def there(row: LessonRow | MarkRow | AttendanceRow) -> bool:
        return row.class_unit != class_unit or row.day >= LATE

    return replace(
        batch,
        lessons=[row for row in batch.lessons or [] if there(row)],
        marks=[row for row in batch.marks or [] if there(row)],
        attendance=[row for row in batch.attendance or [] if there(row)],
        plans=[
            row
            for row in batch.plans or []
            if row.class_unit != class_unit or row.day is None or row.day >= LATE
        ],
        enrollments=[
            row._replace(first=max(row.first, LATE)) if row.class_unit == class_unit else row
            for row in batch.enrollments or []
        ],
    )


async def analysed(analyses: Analyses, kind: Kind, name: str) -> Analysis:
    asked = await analyses.asked(SCHOOL, kind, name)
    assert asked is not None
    return await analyses.compose(asked)


async def _late(file: Path) -> Analysis:
    school = generated(3)
    late = replace(school, batch=cut(school.batch, "9А"))
    database, analyses = await stored(str(file), late)
    made = await analysed(analyses, Kind.TERM, "2026-T1")
    await database.close()
    return made


@pytest.fixture(scope="module")
def late(tmp_path_factory: pytest.TempPathFactory) -> Analysis:
    return asyncio.run(_late(tmp_path_factory.mktemp("late") / "late.db"))


def test_a_class_that_came_in_mid_term_is_named_with_its_day(late: Analysis) -> None:
    assert late.checked.late == ["9А – с 07.10.2026"]
    assert "9А" in late.checked.classes


def test_what_a_late_class_never_had_costs_it_nothing(late: Analysis) -> None:
    [own] = [one for one in late.programme if one.name == "9А"]
    [before] = [one for one in late.programme if one.name == "5А"]
    assert own.planned < before.planned
    assert own.share is not None
    assert own.share > 90


async def test_a_term_without_data_is_none(full: Database) -> None:
    analyses = _of(full)
    for kind, name in (
        (Kind.TERM, "2026-T3"),
        (Kind.TERM, "2019-T1"),
        (Kind.MONTH, "2026-08"),
        (Kind.MONTH, "2027-01"),
    ):
        assert await analyses.asked(SCHOOL, kind, name) is None


async def test_a_year_is_everything_so_far(full: Database) -> None:
    analysis = await analysed(_of(full), Kind.YEAR, "2026-Y")
    assert analysis.title == "2026/2027 учебный год"
    assert analysis.running
    assert analysis.achievement is not None
    assert analysis.achievement.school.pupils is None


async def test_where_q3_is_off_grounds_are_not_told_of(full: Database) -> None:
    async with full.unit_of_work() as work:
        off = Passport(rule="Q3", version=1, enabled=False, severity=Severity.MAJOR)
        await work.findings.add_version(SCHOOL, off, by=None, at=full.clock.now())
    analysis = await analysed(_of(full), Kind.TERM, "2026-T1")
    assert analysis.achievement is not None
    assert analysis.achievement.groundless is None
    assert "Q3" not in {one.code for one in analysis.method}


async def test_an_empty_school_has_no_analysis(database: Database) -> None:
    async with database.unit_of_work() as work:
        await work.schools.add(name="", timezone="Europe/Moscow", at=database.clock.now())
    for kind in Kind:
        assert await _of(database).asked(SCHOOL, kind) is None


async def test_lists_without_entries_are_no_data(database: Database, clock: FrozenClock) -> None:
    async with database.unit_of_work() as work:
        await work.schools.add(name="", timezone="Europe/Moscow", at=clock.now())
    whole = generated(3).batch
    lists = Batch(terms=whole.terms, enrollments=whole.enrollments)
    await load(database, clock, lists)
    for kind in (Kind.MONTH, Kind.TERM):
        assert await _of(database).asked(SCHOOL, kind) is None
    assert await _of(database).asked(SCHOOL, Kind.TERM, "2026-T1") is None


async def test_before_any_term_has_ended_the_running_one_is_shown(full: Database) -> None:
    october = datetime(2026, 10, 7, 15, tzinfo=UTC)
    asked = await _of(full).asked(SCHOOL, Kind.TERM, as_of=october)
    assert asked is not None
    assert (asked.period.name, asked.running) == ("2026-T1", True)


async def test_entries_outside_every_known_term_make_no_term(full: Database) -> None:
    summer = datetime(2026, 8, 20, 15, tzinfo=UTC)
    assert await _of(full).asked(SCHOOL, Kind.TERM, as_of=summer) is None


async def test_while_no_absences_are_kept_nobody_is_away() -> None:
    assert await Nobody().away(SCHOOL) == frozenset()


def _of(database: Database) -> Analyses:
    return analyses_of(database, database.clock, RENDERER)
