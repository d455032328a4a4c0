"""F13: a OneRoster archive."""

from collections.abc import Sequence

import pytest

from services.journal.container import UnsuitableError
from services.journal.model import FIRST_DAY, LAST_DAY
from services.journal.relations import MARKS
from storage.database import Database
from tests.services.completeness.book import MATHS, Book
from tests.services.journal.formats.made import day, rows_of
from tests.services.journal.formats.school import School
from tests.services.readers.books import packed, parsed

FILES: dict[str, list[Sequence[object]]] = {
    "manifest.csv": [("propertyName", "value"), ("oneroster.version", "1.1")],
    "academicSessions.csv": [
        ("sourcedId", "status", "title", "type", "startDate", "endDate", "schoolYear"),
        ("y", "active", "2026/2027", "schoolYear", "2026-09-01", "2027-05-31", 2027),
    ],
    "users.csv": [
        ("sourcedId", "status", "role", "givenName", "familyName", "middleName", "phone"),
        ("u1", "active", "student", "Иван", "Смирнов", "Петрович", "8 900"),
        ("u2", "active", "student", "Яна", "Ким", "", ""),
        ("u3", "tobedeleted", "student", "Ян", "Ли", "", ""),
        ("t1", "active", "teacher", "Инна", "Иванова", "", ""),
    ],
    "courses.csv": [("sourcedId", "title"), ("k1", "Математика")],
    "classes.csv": [
        ("sourcedId", "status", "title", "classCode", "classType", "courseSourcedId", "subjects"),
        ("h", "active", "5 «А»", "", "homeroom", "", ""),
        ("m", "active", "Математика 5А", "", "scheduled", "k1", ""),
        ("f", "active", "5А труд", "", "scheduled", "", "Труд"),
    ],
    "enrollments.csv": [
        ("sourcedId", "status", "classSourcedId", "userSourcedId", "role", "beginDate", "endDate"),
        ("e1", "active", "h", "u2", "student", "", ""),
        ("e2", "active", "h", "u1", "student", "2026-09-01", "2026-12-30"),
        ("e3", "active", "h", "u3", "student", "", ""),
        ("e4", "active", "m", "u1", "student", "", ""),
        ("e5", "active", "m", "t1", "teacher", "", ""),
        ("e6", "active", "f", "t1", "teacher", "", ""),
        ("e7", "active", "h", "t1", "teacher", "", ""),
        ("e8", "active", "h", "u1", "student", "давно", ""),
    ],
    "lineItems.csv": [
        ("sourcedId", "title", "assignDate", "classSourcedId"),
        ("l1", "Контрольная работа", "2026-09-07", "m"),
        ("l2", "Поведение", "2026-09-07", "h"),
    ],
    "results.csv": [
        ("sourcedId", "status", "lineItemSourcedId", "studentSourcedId", "score", "scoreDate"),
        ("r1", "active", "l1", "u1", 4, "2026-09-10"),
        ("r2", "active", "l1", "u1", 5, "2026-09-10"),
        ("r3", "active", "l1", "u2", "3.0", "2026-09-10"),
        ("r4", "active", "l1", "u2", "", ""),
        ("r5", "active", "l1", "u2", 87, ""),
        ("r6", "active", "l1", "u2", "хорошо", ""),
        ("r7", "active", "l1", "u3", 5, ""),
        ("r8", "active", "l2", "u1", 5, ""),
    ],
}  # fmt: skip


def archive(without: str = "", folder: str = "") -> bytes:
    return packed(
        {
            f"{folder}{name}": "\r\n".join(",".join(map(str, row)) for row in rows).encode()
            for name, rows in FILES.items()
            if name != without
        }
    )


@pytest.mark.parametrize("folder", ["", "roster/"])
def test_lists_staff_load_and_results_are_taken(folder: str) -> None:
    found = parsed(archive(folder=folder), "roster.zip")
    assert (found.format, found.confidence, found.year) == ("F13", 1.0, "2026/2027")
    assert [tuple(row) for row in rows_of(found, "enrollments")] == [
        ("5А", 1, "Ким Яна", "u2", FIRST_DAY, LAST_DAY, None),
        ("5А", 2, "Смирнов Иван Петрович", "u1", day(1, 9), day(30, 12), None),
    ]
    assert [row[:2] for row in rows_of(found, "staff")] == [("Иванова Инна", "t1")]
    assert [row[:5] for row in rows_of(found, "assignments")] == [
        ("Иванова Инна", "Математика", "5А", "", 0), ("Иванова Инна", "Труд", "5А", "", 0),
    ]  # fmt: skip
    marks = rows_of(found, "marks")
    assert [(row.day, row.subject, row.pupil, row.position, row.value) for row in marks] == [
        (day(7, 9), "Математика", 2, 0, 4), (day(7, 9), "Математика", 2, 1, 5),
        (day(7, 9), "Математика", 1, 0, 3),
    ]  # fmt: skip
    assert {row.work_kind for row in marks} == {"контрольная"}
    assert "900" not in repr(found)


def test_what_cannot_be_taken_is_refused_by_its_row() -> None:
    assert parsed(archive(), "roster.zip").refused == [
        ("enrollments", 4, "нет такого класса или человека"),
        ("enrollments", 9, "не дата"),
        ("results", 6, "отметка не от 1 до 5"),
        ("results", 7, "отметка не число"),
        ("results", 8, "ученика нет в списке класса"),
        ("results", 9, "не понять, за что отметка"),
    ]


def test_an_archive_without_its_classes_is_refused() -> None:
    with pytest.raises(UnsuitableError, match=r"В архиве OneRoster нет classes\.csv\."):
        parsed(archive(without="classes.csv"), "roster.zip")


async def test_a_class_that_is_listed_already_keeps_its_numbers(database: Database) -> None:
    book = Book(database)
    assert book.batch.enrollments
    first, second, *_ = book.batch.enrollments
    book.batch.enrollments = [
        first._replace(name="Смирнов Иван Петрович", code=None),
        second._replace(name="Ли Ян", code=None),
    ]
    await book.load()
    await School(book).send(archive(), "roster.zip")
    assert await School(book).shows(MARKS, "subject", "pupil", "number", "value") == [
        (MATHS, 1, 1, 4), (MATHS, 1, 1, 5), (MATHS, 3, 1, 3),
    ]  # fmt: skip


def test_a_class_without_a_name_takes_nobody() -> None:
    files = {**FILES, "classes.csv": [*FILES["classes.csv"][:1], ("h", "", "Хор", "", "homeroom")]}
    content = packed(
        {name: "\n".join(",".join(map(str, row)) for row in rows).encode()
         for name, rows in files.items()}
    )  # fmt: skip
    found = parsed(content, "roster.zip")
    assert ("enrollments", 2, "не понять, какой это класс") in found.refused
    assert "enrollments" not in found.rows


@pytest.mark.parametrize(
    ("content", "words"), [(b"a" * 200_000, "повреждён"), (b"1\n" * 300_002, "300 000")]
)
def test_a_file_of_the_archive_that_cannot_be_read_refuses_it(content: bytes, words: str) -> None:
    with pytest.raises(UnsuitableError, match=words):
        parsed(packed({"manifest.csv": b"a", "users.csv": content}), "roster.zip")


def test_without_an_academic_session_no_year_is_said() -> None:
    assert parsed(archive(without="academicSessions.csv"), "roster.zip").year is None
