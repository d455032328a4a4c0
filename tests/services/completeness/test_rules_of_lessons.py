"""P1-P4, T1 and T2 on journals of a few lines; the definitions are RULES.md's."""

from typing import Any

import pytest

from services.journal.model import MemberRow, SubjectRow
from storage.database import Database
from tests.services.completeness.book import MATHS, OTHER, TEACHER, Book, at, day

MON, TUE, WED, THU, FRI = "07.09", "08.09", "09.09", "10.09", "11.09"


@pytest.fixture
def book(database: Database) -> Book:
    return Book(database)


async def test_a_full_lesson_gives_no_finding(book: Book) -> None:
    book.lessons(MON, FRI)
    await book.load()
    for rule in ("P1", "P2", "P3", "P4", "T1", "T2", "R1"):
        assert await book.says(rule, at(FRI)) == []


async def test_an_empty_topic_is_p1_and_p2_after_the_deadline(book: Book) -> None:
    book.lesson(MON, topic="\xa0 ")
    await book.load()
    assert await book.says("P1", at(MON, 19, 59)) == []
    assert await book.says("P1", at(MON, 20, 0)) == [(MON, 1)]
    assert await book.says("P2", at(MON, 20, 0)) == [(MON, 1)]


@pytest.mark.parametrize("topic", ["-", "...", "Урок", "ТЕМА", "ок", " — — "])
async def test_a_topic_that_says_nothing_is_p2_only(book: Book, topic: str) -> None:
    book.lesson(MON, topic=topic)
    await book.load()
    assert await book.says("P2", at(MON)) == [(MON, 1)]
    assert await book.says("P1", at(MON)) == []


@pytest.mark.parametrize("topic", ["Урок-экскурсия", "Тема недели", "Сон", "√2"])
async def test_a_short_but_telling_topic_is_fine(book: Book, topic: str) -> None:
    book.lesson(MON, topic=topic + "." * (topic == "√2"))
    await book.load()
    assert await book.says("P2", at(MON)) == []


async def test_an_unknown_topic_is_not_an_empty_one(book: Book) -> None:
    book.lesson(MON, topic=None, homework=None, attendance_taken=None)
    await book.load()
    for rule in ("P1", "P2", "P3", "P4"):
        assert await book.says(rule, at(TUE)) == []


async def test_a_slot_without_a_line_is_p1_where_the_file_covers_it(book: Book) -> None:
    book.lesson(MON)
    book.lesson(WED)
    await book.load()
    assert await book.says("P1", at(FRI)) == [(TUE, 1)]


async def test_a_named_period_widens_what_is_covered(book: Book) -> None:
    book.lesson(MON)
    book.batch.period = (day(MON), day(WED))
    await book.load()
    assert await book.says("P1", at(FRI)) == [(TUE, 1), (WED, 1)]


@pytest.mark.parametrize("state", ["отменён", "перенесён"])
async def test_a_cancelled_or_moved_lesson_is_never_p1(book: Book, state: str) -> None:
    book.lesson(MON, topic="", homework="", attendance_taken=False, state=state)
    await book.load()
    for rule in ("P1", "P2", "P3", "P4"):
        assert await book.says(rule, at(FRI)) == []


async def test_a_lesson_cancelled_by_a_substitution_needs_no_line(book: Book) -> None:
    book.lesson(MON)
    book.lesson(WED)
    book.substitution(TUE, None)
    await book.load()
    assert await book.says("P1", at(FRI)) == []


async def test_a_cancellation_loaded_later_silences_the_lesson(book: Book) -> None:
    book.lesson(MON, topic="")
    await book.load()
    assert await book.says("P1", at(FRI)) == [(MON, 1)]
    book.batch.lessons = book.batch.marks = book.batch.attendance = None
    book.substitution(MON, None)
    await book.load(name="b")
    assert await book.says("P1", at(FRI)) == []


async def test_a_substitution_by_another_subject_replaces_the_slot(book: Book) -> None:
    book.lesson(MON)
    book.lesson(TUE, subject="Физика", teacher=OTHER, instead_of=TEACHER)
    book.lesson(WED)
    book.substitution(TUE, OTHER, subject="Физика")
    await book.load()
    assert await book.says("P1", at(FRI)) == []
    assert await book.says("R1", at(FRI)) == []


async def test_a_holiday_has_no_lessons_to_fill(book: Book) -> None:
    book.lesson(MON)
    book.lesson(WED)
    book.holiday(TUE, TUE)
    await book.load()
    assert await book.says("P1", at(FRI)) == []


async def test_nobody_there_gives_no_finding(book: Book) -> None:
    book.batch.enrollments = [book.stay(1, last="31.08")]
    book.lesson(MON, topic="", homework="", attendance_taken=False)
    await book.load()
    for rule in ("P1", "P2", "P3", "P4", "T1"):
        assert await book.says(rule, at(FRI)) == []


async def test_a_listed_group_without_members_gives_no_finding(book: Book) -> None:
    book.batch.members = [MemberRow(book.class_unit, MATHS, "1", 1)]
    book.lesson(MON, study_group="1", topic="")
    book.lesson(TUE, study_group="2", topic="")
    await book.load()
    assert (MON, 1) in await book.says("P1", at(FRI))
    assert (TUE, 1) not in await book.says("P1", at(FRI))


async def test_attendance_not_taken_is_p4_at_the_bell(book: Book) -> None:
    book.bells()
    book.lesson(MON, attendance_taken=False)
    await book.load()
    assert await book.says("P4", at(MON, 9, 9)) == []
    assert await book.says("P4", at(MON, 9, 10)) == [(MON, 1)]
    assert await book.says("P1", at(MON, 9, 10)) == []


async def test_without_bells_attendance_is_due_at_the_deadline(book: Book) -> None:
    book.lesson(MON, attendance_taken=False)
    await book.load()
    assert await book.says("P4", at(MON, 19, 59)) == []
    assert await book.says("P4", at(MON, 20, 0)) == [(MON, 1)]


async def test_any_code_means_that_attendance_is_taken(book: Book) -> None:
    book.lesson(MON, attendance_taken=False)
    book.absent(MON, 2)
    await book.load()
    assert await book.says("P4", at(MON)) == []


async def test_a_code_that_comes_in_another_file_counts(book: Book) -> None:
    book.lesson(MON, attendance_taken=False)
    await book.load()
    book.batch.lessons = book.batch.marks = None
    book.absent(MON, 2)
    await book.load(name="b")
    assert await book.says("P4", at(MON)) == []


async def test_homework_is_due_when_the_day_ends(book: Book) -> None:
    book.lesson(MON, homework="—")
    book.lesson(TUE)
    await book.load()
    assert await book.says("P3", at(MON)) == []
    assert await book.says("P3", at(TUE, 0, 0)) == [(MON, 1)]


@pytest.mark.parametrize(
    "said", [{"homework": "не задано"}, {"homework": "", "work_kind": "контрольная"}]
)
async def test_homework_may_be_absent_for_a_reason(book: Book, said: dict[str, Any]) -> None:
    book.lesson(MON, **said)
    book.lesson(TUE)
    await book.load()
    assert await book.says("P3", at(FRI)) == []


async def test_the_last_lesson_of_the_term_needs_no_homework(book: Book) -> None:
    book.lesson("22.10", homework="")
    book.lesson("23.10", homework="")
    await book.load()
    assert await book.says("P3", at("24.10")) == [("22.10", 1)]


async def test_the_latest_lesson_of_a_running_term_is_not_its_last(book: Book) -> None:
    book.lesson(FRI, homework="")
    await book.load()
    assert await book.says("P3", at("12.09")) == [(FRI, 1)]


async def test_of_a_double_only_the_last_lesson_is_asked_for_homework(book: Book) -> None:
    book.lesson(MON, 1, homework="")
    book.lesson(MON, 2, homework="")
    book.lesson(TUE)
    await book.load()
    assert await book.says("P3", at(FRI)) == [(MON, 2)]


async def test_subjects_without_homework_and_grade_one_are_exempt(database: Database) -> None:
    first = Book(database, class_unit="1А")
    first.lesson(MON, homework="")
    first.lesson(TUE, homework="", subject="Разговоры о важном")
    first.lesson(WED)
    await first.load()
    assert await first.says("P3", at(FRI)) == []


async def test_the_administrator_may_say_that_a_subject_has_homework(book: Book) -> None:
    talks = "Разговоры о важном"
    book.batch.subjects = [
        SubjectRow(talks, marks=None, homework=True, aliases=(), subject_group=None)
    ]
    book.lesson(MON, subject=talks, homework="")
    book.lesson(TUE, subject=talks)
    await book.load()
    assert await book.says("P3", at(FRI)) == [(MON, 1)]


async def test_a_lesson_entered_after_the_deadline_is_late(book: Book) -> None:
    book.lesson(MON, entered_at=int(at(MON, 20, 0).timestamp()))
    book.lesson(TUE, entered_at=int(at(TUE, 20, 1).timestamp()))
    book.lesson(WED, entered_at=None)
    book.lesson(THU, entered_at=int(at(FRI).timestamp()), topic="")
    await book.load()
    assert await book.says("T1", at("12.09")) == [(TUE, 1)]


async def test_marks_of_a_control_work_are_overdue_after_five_school_days(book: Book) -> None:
    book.lesson(MON, work_kind="контрольная")
    book.mark(MON, 1)
    await book.load()
    assert await book.says("T2", at("14.09", 23, 58)) == []
    assert await book.says("T2", at("15.09", 0, 0)) == [(MON, 1)]
    facts = (await book.look("T2", at("15.09", 0, 0)))[0].facts
    assert (facts["present"], facts["missing"]) == (4, 3)


async def test_holidays_do_not_count_as_school_days(book: Book) -> None:
    book.lesson(MON, work_kind="тест")
    book.holiday(TUE, TUE)
    await book.load()
    assert await book.says("T2", at(FRI, 23, 58)) == []
    assert await book.says("T2", at("12.09", 0, 0)) == [(MON, 1)]


async def test_absent_and_exempt_pupils_need_no_mark(book: Book) -> None:
    book.lesson(MON, work_kind="тест")
    for pupil, code in ((1, "Н"), (2, "Б"), (3, "О")):
        book.absent(MON, pupil, code)
    book.mark(MON, 3)
    book.mark(MON, 4, None, code="осв", raw="осв")
    await book.load()
    assert await book.says("T2", at("30.09")) == []


async def test_either_cell_of_a_double_holds_the_mark(book: Book) -> None:
    book.lesson(MON, 1, work_kind="тест")
    book.lesson(MON, 2, work_kind="тест")
    book.mark(MON, 1, number=2)
    for pupil in (2, 3):
        book.mark(MON, pupil, number=1)
    await book.load()
    assert await book.says("T2", at("30.09")) == [(MON, 1)]
    assert (await book.look("T2", at("30.09")))[0].facts["missing"] == 1


async def test_marks_of_a_work_may_stand_in_the_lesson_before_or_after_it(book: Book) -> None:
    book.lesson(MON, 1)
    book.lesson(MON, 2, work_kind="тест")
    book.lesson(MON, 3)
    book.mark(MON, 1, number=1)
    book.mark(MON, 2, number=2)
    book.mark(MON, 3, number=3)
    await book.load()
    [hit] = await book.look("T2", at("30.09"))
    assert (hit.number, hit.facts["missing"], hit.facts["present"]) == (2, 1, 4)
