"""How far before an import's own days its rules look."""

from dataclasses import replace
from datetime import datetime

from bot.journal import imports_of
from services.completeness.extent import Scope
from services.completeness.rules import catalogue
from services.ids import ImportId, SchoolId
from services.journal.imports import Source
from services.journal.model import Batch
from storage.database import Database
from tests.conftest import FrozenClock
from tests.services.completeness.book import MOSCOW, Book

WORK, NEXT = "10.09", ("14.09", "15.09", "16.09", "17.09", "18.09")


async def imported(database: Database, batch: Batch, name: str, book: Book) -> set[str]:
    """The rules that speak after the import."""
    imports = imports_of(database, database.clock)
    preview = await imports.preview(book.actor, [Source(f"{name}.xlsx", name, "F12", batch)])
    await imports.apply(book.actor, ImportId(preview.number))
    async with database.reading() as work:
        return {one.rule for one in await work.findings.living(SchoolId(1))}


async def test_last_week_s_work_is_overdue_after_a_file_of_this_week(
    database: Database, clock: FrozenClock
) -> None:
    book = Book(database)
    book.lesson(WORK, work_kind="контрольная", work_type="Контрольная")
    async with database.unit_of_work() as work:
        await work.schools.add(name="Школа", timezone=MOSCOW.key, at=clock.now())
    clock.moment = datetime(2026, 9, 11, 12, tzinfo=MOSCOW)
    first = replace(book.batch, lessons=list(book.batch.lessons or []))
    assert "T2" not in await imported(database, first, "a", book)

    later = Book(database)
    for day in NEXT:
        later.lesson(day)
    clock.moment = datetime(2026, 9, 19, 12, tzinfo=MOSCOW)
    week = replace(Batch(), lessons=later.batch.lessons)
    assert "T2" in await imported(database, week, "b", book)


def test_a_scope_reaches_back_but_not_forth() -> None:
    scope = Scope(places=((1, 2, 1000, 1006),)).reaching(7)
    assert scope.holds(1, 2, 993, course=False)
    assert not scope.holds(1, 2, 992, course=False)
    assert not scope.holds(1, 2, 1007, course=False)
    assert scope.holds(1, None, 1000, course=False), "a finding of no subject is the class's"
    assert Scope().reaching(7) == Scope()


def test_what_is_due_after_school_days_is_looked_for_longest() -> None:
    assert {code for code, rule in catalogue().items() if rule.late} == {"T2", "R12", "K5"}
    assert catalogue()["P1"].reach < catalogue()["Q1"].reach < catalogue()["T2"].reach
