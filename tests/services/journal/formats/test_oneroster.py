"""The OneRoster archive that we write: as the standard says, and read back to the same rows."""

import csv
from io import BytesIO, StringIO
from pathlib import Path
from zipfile import ZipFile

import pytest

from bot.collaborators import for_imports, for_people
from services.access import Actor, NotAllowedError, Role
from services.ids import ChatId
from services.journal.exporting import Export, NothingToExportError
from services.journal.model import (
    FIRST_DAY,
    LAST_DAY,
    AssignmentRow,
    Batch,
    EnrollmentRow,
    MarkRow,
    StaffRow,
    TermRow,
)
from services.journal.writers.oneroster import COLUMNS, RosterOf, write_roster
from storage.database import Database
from tests.handlers.conversation import Staff
from tests.services.completeness.book import Book
from tests.services.journal.formats.made import day, rows_of
from tests.services.journal.formats.school import SCHOOL, School
from tests.services.readers.books import packed as packed_zip
from tests.services.readers.books import parsed

IVANOVA, KIM, MATHS, TALKS = "Иванова Мария Петровна", "Ким О.В.", "Математика", "Язык, культура"
WRITTEN = Batch(
    staff=[
        StaffRow(IVANOVA, "С1", None, None, None, None),
        StaffRow(KIM, None, None, None, None, None),
    ],
    enrollments=[
        EnrollmentRow("5А", 1, "Смирнов Иван Петрович", "У1", FIRST_DAY, LAST_DAY, None),
        EnrollmentRow("5А", 7, None, None, day(1, 9), day(30, 9), "№ 3"),
        EnrollmentRow("5А", 7, None, None, day(1, 11), LAST_DAY, None),
        EnrollmentRow("10", 1, "Ким", None, FIRST_DAY, LAST_DAY, None),
    ],
    assignments=[
        AssignmentRow(IVANOVA, MATHS, "5А", "", 550, FIRST_DAY, LAST_DAY),
        AssignmentRow(KIM, TALKS, "5А", "2 группа", 100, day(1, 9), day(30, 12)),
    ],
    marks=[
        MarkRow(day(7, 9), 2, 1, "5А", "", MATHS, 1, 0, 5, "", "5-", "контрольная", 200, 60, KIM),
        MarkRow(
            day(7, 9), 2, 1, "5А", "", MATHS, 1, 1, 4, "", "4", "контрольная", None, None, None
        ),
        MarkRow(day(7, 9), 2, 1, "5А", "", MATHS, 7, 0, None, "н/а", "н/а", "", None, None, None),
        MarkRow(
            day(7, 9), None, 2, "5А", "2 группа", TALKS, 1, 0, 3, "", "3", "", None, None, None
        ),
    ],
)
TERMS = [
    TermRow("2026/2027", "год", 1, day(1, 9), day(31, 5, 2027), ""),
    TermRow("2026/2027", "четверть", 1, day(1, 9), day(25, 10), ""),
]


def archive(batch: Batch = WRITTEN) -> bytes:
    return write_roster(RosterOf(school="Школа № 1", year="2026/2027", terms=TERMS, batch=batch))


def files(content: bytes) -> dict[str, list[dict[str, str]]]:
    with ZipFile(BytesIO(content)) as packed:
        return {
            name.removesuffix(".csv"): list(csv.DictReader(StringIO(packed.read(name).decode())))
            for name in packed.namelist()
        }


@pytest.mark.parametrize("attribute", ["staff", "enrollments", "assignments", "marks"])
def test_what_was_written_is_read_back_to_the_same_rows(attribute: str) -> None:
    found = parsed(archive(), "OneRoster.zip")
    assert (found.format, found.year, found.refused) == ("F13", "2026/2027", [])
    assert rows_of(found, attribute) == getattr(WRITTEN, attribute)


def test_the_files_are_those_of_the_standard() -> None:
    found = files(archive())
    assert list(found) == ["manifest", *COLUMNS]
    manifest = {each["propertyName"]: each["value"] for each in found["manifest"]}
    assert (manifest["manifest.version"], manifest["oneroster.version"]) == ("1.0", "1.1")
    assert {name for name, value in manifest.items() if value == "bulk"} == {
        f"file.{name}" for name in COLUMNS
    }
    assert all(each["status"] == "" for name in COLUMNS for each in found[name]), "bulk"


def test_every_reference_leads_to_a_line() -> None:
    found = files(archive())
    known = {name: {each["sourcedId"] for each in found[name]} for name in COLUMNS}
    assert all(len(known[name]) == len(found[name]) for name in COLUMNS)
    references = {
        "classes": {"courseSourcedId": "courses", "schoolSourcedId": "orgs",
                    "termSourcedIds": "academicSessions"},
        "enrollments": {"classSourcedId": "classes", "userSourcedId": "users",
                        "schoolSourcedId": "orgs"},
        "lineItems": {"classSourcedId": "classes", "categorySourcedId": "categories",
                      "gradingPeriodSourcedId": "academicSessions"},
        "results": {"lineItemSourcedId": "lineItems", "studentSourcedId": "users"},
        "courses": {"schoolYearSourcedId": "academicSessions", "orgSourcedId": "orgs"},
        "users": {"orgSourcedIds": "orgs"},
    }  # fmt: skip
    lost = [
        (name, column, each[column])
        for name, columns in references.items()
        for column, target in columns.items()
        for each in found[name]
        if each[column] not in known[target]
    ]
    assert lost == []


def test_a_mark_of_nobody_and_a_teacher_of_no_list_are_written_as_they_can_be() -> None:
    assert WRITTEN.marks
    assert WRITTEN.assignments
    batch = Batch(
        enrollments=WRITTEN.enrollments,
        assignments=[WRITTEN.assignments[0]],
        marks=[WRITTEN.marks[0]._replace(pupil=3, day=day(7, 1, 2027))],
    )
    found = parsed(write_roster(RosterOf(school="", year="", terms=[], batch=batch)), "a.zip")
    assert [row.name for row in rows_of(found, "staff")] == [IVANOVA]
    assert "marks" not in found.rows
    assert found.year is None


def test_a_number_that_somebody_spoilt_is_refused_by_its_row() -> None:
    with ZipFile(BytesIO(archive())) as packed:
        parts = {name: packed.read(name) for name in packed.namelist()}
    parts["enrollments.csv"] = parts["enrollments.csv"].replace(b",false,,,1,", b",false,,,one,", 1)
    refused = parsed(packed_zip(parts), "a.zip").refused
    assert ("enrollments", 2, "metadata.number: не число") in refused


@pytest.fixture
async def book(database: Database) -> Book:
    book = Book(database)
    assert book.batch.enrollments
    first, *others = book.batch.enrollments
    book.batch.enrollments = [first._replace(name="Смирнов Иван"), *others]
    book.batch.staff = [StaffRow("Иванова Ирина Ивановна", "С1", "учитель", "МО", 1, None)]
    book.lessons("01.09", "04.09")
    book.mark("01.09", 1)
    book.mark("01.09", 2, None, code="н/а", raw="н/а")
    book.mark("02.09", 1, 4, work_kind="контрольная", weight=200, author="Петров П.П.")
    await book.load()
    return book


def export_of(database: Database) -> Export:
    made: Export = for_imports(
        database,
        clock=database.clock,
        people=for_people(database, clock=database.clock, staff=Staff())["people"],
        data_dir=(database.file or Path()).parent,
        arrived=lambda: None,
    )["export"]
    return made


async def test_the_journal_s_own_archive_changes_nothing_in_it(
    book: Book, database: Database
) -> None:
    content = await export_of(database).roster(book.actor)

    preview = await School(book).send(content, "OneRoster.zip")

    assert [each.refused for each in preview.files] == [[]]
    assert (preview.unknown, preview.new_subjects) == ([], [])
    assert [each for each in preview.sheets if each.new or each.changed or each.removed] == []


async def test_who_made_an_archive_stands_in_the_audit(book: Book, database: Database) -> None:
    await export_of(database).roster(book.actor)
    async with database.reading() as work:
        [entry] = await work.audit.list(SCHOOL)
    assert (entry.what, entry.facts) == ("roster exported", {"pupils": 4, "marks": 3})


async def test_only_the_administrator_makes_an_archive(book: Book, database: Database) -> None:
    director = Actor(chat=ChatId(2), school=book.actor.school, roles=frozenset({Role.DIRECTOR}))
    with pytest.raises(NotAllowedError):
        await export_of(database).roster(director)


async def test_an_empty_journal_gives_no_archive(database: Database) -> None:
    async with database.unit_of_work() as work:
        await work.schools.add(name="", timezone="Europe/Moscow", at=database.clock.now())
    with pytest.raises(NothingToExportError):
        await export_of(database).ensure(Book(database).actor)
