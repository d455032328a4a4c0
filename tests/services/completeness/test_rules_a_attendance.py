"""R9 and R10 on journals of a few lines; the definitions are RULES.md's."""

import pytest

from services.journal.model import LAST_DAY, EnrollmentRow
from storage.database import Database
from tests.services.completeness.book import MATHS, OTHER, TEACHER, Book, at

MON, TUE, FRI = "07.09", "08.09", "11.09"
HISTORY = "История"


@pytest.fixture
def book(database: Database) -> Book:
    return Book(database)


def day_of(book: Book, *codes: str, lessons: int = 5) -> None:
    """Pupil 1 on Monday: a code a lesson, a space where there is none."""
    for number in range(1, lessons + 1):
        book.lesson(MON, number)
    for number, code in enumerate("".join(codes), 1):
        if code != " ":
            book.absent(MON, 1, code, number)


@pytest.mark.parametrize(
    ("codes", "found", "inside"),
    [
        ("  Н  ", 3, 1),
        (" НН  ", 2, 1),
        ("ННН Н", 4, 0),
        ("НННН ", 5, 0),
        (" НННН", 1, 0),
        ("ННННН", None, None),
        ("НН   ", None, None),
        ("   НН", None, None),
        ("Н    ", None, None),
        (" НБ  ", None, None),
        (" ББ  ", None, None),
        ("УННН ", None, None),
        (" О   ", None, None),
        ("ОН   ", 2, 1),
    ],
)
async def test_an_absence_inside_the_day_or_but_for_one_lesson_is_r9(
    book: Book, codes: str, found: int | None, inside: int | None
) -> None:
    day_of(book, codes)
    await book.load()
    hits = await book.look("R9", at(TUE))
    expected = [] if found is None else [(found, inside)]
    assert [(hit.number, hit.facts["inside"]) for hit in hits] == expected
    assert await book.says("R9", at(TUE)) == ([(MON, 1)] if found else [])


async def test_two_lessons_are_no_day_to_compare(book: Book) -> None:
    day_of(book, "Н ", lessons=2)
    await book.load()
    assert await book.look("R9", at(TUE)) == []


async def test_a_day_that_has_not_ended_is_not_asked(book: Book) -> None:
    day_of(book, " Н   ")
    await book.load()
    assert await book.look("R9", at(MON)) == []
    assert len(await book.look("R9", at(TUE, 0, 0))) == 1


@pytest.mark.parametrize("taken", [False, None])
async def test_a_lesson_whose_attendance_is_not_known_says_nothing(
    book: Book, *, taken: bool | None
) -> None:
    day_of(book, " Н  ", lessons=4)
    book.lesson(MON, 5, attendance_taken=taken)
    await book.load()
    assert await book.look("R9", at(TUE)) == []


async def test_only_the_pupil_s_own_group_counts(book: Book) -> None:
    """Pupil 1 has lessons 1 and 2; the third is the other group's."""
    book.groups(**{"1": [1, 2], "2": [3, 4]})
    day_of(book, " Н", lessons=2)
    book.lesson(MON, 3, study_group="2")
    await book.load()
    assert await book.look("R9", at(TUE)) == []


def half_year(book: Book, *, quiet: int, share: int, class_size: int = 10) -> None:
    """Mathematics has no absences in its last ``quiet`` lessons, history ``share`` a lesson."""
    book.batch.enrollments = [
        EnrollmentRow("5А", number, None, f"к{number}", 0, LAST_DAY, None)
        for number in range(1, class_size + 1)
    ]
    days = [f"{number:02}.09" for number in range(1, 27)]
    for index, on in enumerate(days):
        book.lesson(on)
        book.lesson(on, 2, subject=HISTORY, teacher=OTHER)
        for pupil in range(1, share + 1):
            assert book.batch.attendance is not None
            book.absent(on, pupil, "Б", 2)
            book.batch.attendance[-1] = book.batch.attendance[-1]._replace(subject=HISTORY)
        if index < len(days) - quiet:
            book.absent(on, 1, "Н")


@pytest.mark.parametrize(("quiet", "found"), [(14, 0), (15, 1), (26, 1)])
async def test_fifteen_lessons_without_an_absence_are_r10_where_the_class_has_some(
    book: Book, quiet: int, found: int
) -> None:
    half_year(book, quiet=quiet, share=1)
    await book.load()
    hits = await book.look("R10", at("26.09"))
    assert [(hit.day, hit.facts["lessons"]) for hit in hits] == [(None, 15)] * found
    assert {hit.facts["rate"] for hit in hits} <= {5}


async def test_a_class_that_misses_little_is_not_r10(book: Book) -> None:
    half_year(book, quiet=26, share=1, class_size=11)
    await book.load()
    assert await book.look("R10", at("26.09")) == []


async def test_lateness_is_no_absence(book: Book) -> None:
    half_year(book, quiet=26, share=1)
    book.absent("25.09", 3, "О")
    await book.load()
    assert len(await book.look("R10", at("26.09"))) == 1


async def test_attendance_not_taken_is_no_lesson_without_absences(book: Book) -> None:
    half_year(book, quiet=26, share=1)
    assert book.batch.lessons is not None
    book.batch.lessons = [
        row._replace(attendance_taken=False) if row.teacher == TEACHER else row
        for row in book.batch.lessons
    ]
    await book.load()
    assert await book.look("R10", at("26.09")) == []


async def test_a_subject_whose_absences_no_file_covers_is_not_r10(book: Book) -> None:
    half_year(book, quiet=26, share=1)
    lessons, absences = book.batch.lessons, book.batch.attendance
    assert lessons is not None
    book.batch.attendance = None
    book.batch.lessons = [row for row in lessons if row.subject == MATHS]
    await book.load()
    book.batch.attendance = absences
    book.batch.lessons = [row for row in lessons if row.subject == HISTORY]
    await book.load(name="b")
    assert await book.look("R10", at("26.09")) == []
