"""Which names need no asking about, and which line of a person is today's."""

import pytest

from services.journal.declaring import known_classes, one_line_each
from services.journal.dictionary import Dictionary, StudyGroup
from services.journal.relations import (
    COVERAGE,
    ENROLLMENTS,
    MEMBERS,
    PLANS,
    SUBSTITUTIONS,
    TERM_COVERAGE,
    Relation,
    Row,
)

LISTED, ADDED, GROUP = 1, 2, 30
ENROLLED = {ENROLLMENTS: [(LISTED, 100, 0, 9, 100, None, None, None)]}


def known(rows: dict[Relation, list[Row]]) -> frozenset[int]:
    dictionary = Dictionary(next_id=0)
    groups = [StudyGroup(GROUP, ADDED, 7, "1")]
    dictionary.load(
        class_units=[], subjects=[], staff=[], study_groups=groups, pupils=[], aliases=[]
    )
    return known_classes(lambda relation: rows.get(relation, []), dictionary)


@pytest.mark.parametrize(
    ("relation", "row"),
    [
        (COVERAGE, ("lessons", ADDED, 7, 0, 1, 9)),
        (TERM_COVERAGE, (ADDED, 7, 2026, "четверть", 1)),
        (SUBSTITUTIONS, (ADDED, 5, 1, 7, 0, None, None, None)),
        (PLANS, (ADDED, 7, 0, 1, "Дроби", None, 100, None, "")),
        (MEMBERS, (GROUP, 100)),
    ],
    ids=["lessons", "period marks", "substitutions", "plans", "groups"],
)
def test_a_class_of_which_the_journal_has_anything_is_known(relation: Relation, row: Row) -> None:
    assert known({**ENROLLED, relation: [row]}) == {LISTED, ADDED}
    assert known(ENROLLED) == {LISTED}


def test_without_lists_no_class_is_declared_so_any_file_may_name_its_own() -> None:
    assert known({COVERAGE: [("lessons", ADDED, 7, 0, 1, 9)]}) == frozenset()


def line(name: str, hired: int | None = None, dismissed: int | None = None) -> Row:
    return (1, name, "С1", None, None, hired, dismissed)


@pytest.mark.parametrize(
    "other",
    [line("Орлова", dismissed=9), line("Орлова", hired=3), line("Орлова")],
    ids=["dismissed", "hired earlier", "further up"],
)
def test_of_two_lines_of_one_person_today_s_is_kept(other: Row) -> None:
    today = line("Белова", hired=9 if other[5] else None)
    assert one_line_each([other, today, (2, *other[1:])]) == [today, (2, *other[1:])]
    if other != line("Орлова"):
        assert one_line_each([today, other]) == [today]
