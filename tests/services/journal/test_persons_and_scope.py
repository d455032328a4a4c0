"""One pupil through the classes, and what a file speaks of."""

from services.journal.difference import difference
from services.journal.model import Batch
from services.journal.persons import Stay, persons
from services.journal.relations import ENROLLMENTS, LESSONS, MARKS, SUBSTITUTIONS, Row
from services.journal.scope import Covered, coverage_rows, covered, joined


def test_a_code_joins_a_pupil_through_classes() -> None:
    stays = [
        Stay(5, 7, 0, 100, "А", "17"),
        Stay(9, 7, 101, 999, "Б", "17"),
        Stay(3, 7, 0, 9, "А", None),
    ]
    assert persons(stays) == {5: 5, 9: 5, 3: 3}


def test_a_name_joins_a_leaver_and_a_comer_of_one_parallel() -> None:
    stays = [Stay(1, 7, 0, 100, "Ёлкин Пётр", None), Stay(2, 7, 101, 999, "елкин петр", None)]
    assert persons(stays) == {1: 1, 2: 1}
    other_grade = [stays[0], stays[1]._replace(grade=8)]
    assert persons(other_grade) == {1: 1, 2: 2}


def test_namesakes_are_never_joined_by_guess() -> None:
    leavers = [Stay(1, 7, 0, 100, "А", None), Stay(2, 7, 0, 100, "А", None)]
    assert persons([*leavers, Stay(3, 7, 101, 999, "А", None)]) == {1: 1, 2: 2, 3: 3}


def lesson(unit: int, subject: int, day: int, staff: int, group: int = 0) -> Row:
    key = (unit, day, 1, subject, group, staff)
    return (*key, *[None] * (len(LESSONS.columns) - len(key)))


def test_a_file_covers_its_classes_by_its_subjects() -> None:
    rows = {LESSONS: [lesson(1, 10, 100, 7), lesson(2, 20, 105, 8)]}
    scope = covered(Batch(), rows)
    assert set(scope.pairs) == {(1, 10), (1, 20), (2, 10), (2, 20)}
    assert scope.holds(1, 20, 3, 100)
    assert not scope.holds(1, 20, 3, 106)


def test_a_file_of_one_teacher_covers_their_groups_only() -> None:
    rows = {LESSONS: [lesson(1, 10, 100, 7, group=3), lesson(2, 20, 105, 7)]}
    scope = covered(Batch(period=(90, 110)), rows)
    assert scope.holds(1, 10, 3, 90)
    assert not scope.holds(1, 10, 4, 100)
    assert not scope.holds(1, 20, 0, 100)
    assert set(coverage_rows("lessons", scope)) == {
        ("lessons", 1, 10, 3, 90, 110), ("lessons", 2, 20, 0, 90, 110),
    }  # fmt: skip


def test_nothing_entered_covers_nothing() -> None:
    assert covered(Batch(), {}) == Covered()


def test_covered_ranges_join_over_a_weekend() -> None:
    rows: list[Row] = [
        ("lessons", 1, 1, 0, 1, 5),
        ("lessons", 1, 1, 0, 8, 12),
        ("lessons", 1, 1, 0, 20, 21),
    ]
    assert joined(rows) == [("lessons", 1, 1, 0, 1, 12), ("lessons", 1, 1, 0, 20, 21)]


def test_a_file_without_a_column_keeps_what_was_known() -> None:
    known = (1, 2, 3, 1, 5, 0, 0, 4, "", "4", "", 200, 777, 9)
    fresh = (*known[:11], None, None, None)
    change = difference(MARKS, [fresh], [(31, known)], lambda _: True)
    assert (change.added, change.ended, change.kept) == ([], [], [known])


def test_an_unknown_substitute_is_a_cancellation_and_not_a_gap() -> None:
    known = (1, 100, 1, 10, 0, 7, 8, None)
    change = difference(
        SUBSTITUTIONS, [(1, 100, 1, 10, 0, 7, None, None)], [(5, known)], lambda _: True
    )
    assert change.added == [(1, 100, 1, 10, 0, 7, None, None)]
    assert change.changed == 1


def test_rows_that_differ_in_two_files_are_counted_whatever_their_order() -> None:
    one, two = (1, 2, 0, 9, 2, "А", None, None), (1, 2, 0, 8, 2, "А", None, None)
    forth = difference(ENROLLMENTS, [one, two], [], lambda _: True)
    back = difference(ENROLLMENTS, [two, one], [], lambda _: True)
    assert forth.added == back.added
    assert forth.conflicts == back.conflicts == 1
