"""Lists of findings and a teacher's own gaps as a message tells them."""

from dataclasses import replace

from services.figures import FindingLine
from services.listing import list_page, own_gaps

LINE = FindingLine(
    rule="P2",
    severity="minor",
    class_unit="5А",
    study_group="",
    subject="Алгебра",
    teacher="Ким О. П.",
    date="18.11.2026",
    lesson="3",
    pupil="",
    title="Нет темы",
    why="",
)


def test_a_page_counts_classes_and_days_as_people_do() -> None:
    lines = [
        replace(LINE, class_unit="10А"),
        replace(LINE, date="02.12.2026"),
        replace(LINE, date="30.11.2026", lesson="10"),
        replace(LINE, date="30.11.2026", lesson="2"),
        replace(LINE, class_unit=""),
    ]
    page = list_page(lines)
    assert [group.name for group in page.groups] == ["5А", "10А", ""]
    assert [(line.date[:5], line.lesson) for line in page.groups[0].lines] == [
        ("30.11", "2"),
        ("30.11", "10"),
        ("02.12", "3"),
    ]


def test_pages_share_out_the_list_and_the_nearest_one_answers() -> None:
    lines = [replace(LINE, lesson=str(number)) for number in range(1, 8)]
    middle = list_page(lines, number=2, size=3)
    assert [line.lesson for line in middle.groups[0].lines] == ["4", "5", "6"]
    assert (middle.number, middle.pages, middle.total) == (2, 3, 7)
    assert list_page(lines, number=99, size=3).number == 3
    assert list_page(lines, number=-1, size=3).number == 1


def test_an_empty_list_is_one_empty_page() -> None:
    page = list_page([])
    assert (page.groups, page.number, page.pages, page.total) == ([], 1, 1, 0)


def test_an_unfilled_lesson_speaks_for_its_missing_parts() -> None:
    unfilled = replace(LINE, rule="P1", title="Урок не заполнен")
    other = replace(LINE, lesson="4")
    gaps = own_gaps([LINE, unfilled, other, replace(LINE, rule="T2", title="Нет отметок")])
    assert gaps.total == 2
    assert [gap.titles for gap in gaps.classes[0].lessons] == [
        ["Урок не заполнен", "Нет отметок"],
        ["Нет темы"],
    ]


def test_findings_of_one_lesson_are_one_gap_but_two_pupils_are_two() -> None:
    homework = replace(LINE, rule="P3", title="Нет домашнего задания")
    first, second = (replace(LINE, rule="R2", pupil=f"5А №{number}") for number in (1, 2))
    gaps = own_gaps([LINE, LINE, homework, first, second])
    assert gaps.total == 3
    assert gaps.classes[0].lessons[0].titles == ["Нет темы", "Нет домашнего задания"]


def test_the_class_with_most_gaps_comes_first() -> None:
    many = [replace(LINE, class_unit="10А", lesson=str(number)) for number in (1, 2)]
    gaps = own_gaps([LINE, *many, replace(LINE, class_unit="9В")])
    assert [(one.name, one.count) for one in gaps.classes] == [("10А", 2), ("5А", 1), ("9В", 1)]


def test_many_gaps_are_told_by_subject_with_every_date_once() -> None:
    lines = [
        replace(LINE, date=f"{day:02}.11.2026", lesson=lesson)
        for day in range(1, 15)
        for lesson in "12"
    ]
    gaps = own_gaps(lines)
    (only,) = gaps.classes
    assert (only.count, only.lessons, gaps.hidden) == (28, [], 0)
    assert [(one.subject, len(one.dates)) for one in only.subjects] == [("Алгебра", 14)]


def test_days_without_room_are_counted_not_lost() -> None:
    lines = [
        replace(LINE, class_unit=f"{grade}А", subject=f"Предмет {number}", date=f"{day:02}.11.2026")
        for grade in range(1, 12)
        for number in range(5)
        for day in range(1, 29)
    ]
    gaps = own_gaps(lines)
    shown = sum(len(one.dates) for group in gaps.classes for one in group.subjects)
    assert gaps.total == len(lines) == shown + gaps.hidden
    assert gaps.hidden > 0
    assert all(one.dates for group in gaps.classes for one in group.subjects)


def test_advice_is_told_after_the_gaps_in_the_room_that_is_left() -> None:
    few = own_gaps([LINE])
    advice = [replace(LINE, rule="K2", date=f"{day:02}.11.2026") for day in range(1, 20)]
    assert own_gaps(advice, after=few).classes[0].lessons
    more = [*advice, replace(LINE, rule="K2", date="20.11.2026")]
    [told] = own_gaps(more, after=few).classes
    assert (told.lessons, [len(one.dates) for one in told.subjects]) == ([], [20])
    many = own_gaps(
        replace(LINE, class_unit=f"{grade}А", subject=f"Предмет {number}", date=f"{day:02}.11.2026")
        for grade in range(1, 12)
        for number in range(5)
        for day in range(1, 29)
    )
    left = own_gaps(more, after=many)
    assert (left.classes, left.total, left.hidden) == ([], 20, 20)
