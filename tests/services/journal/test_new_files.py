"""When files of a folder have come to rest, and which of them go together."""

from datetime import UTC, datetime, timedelta

from services.journal.new_files import PATIENCE, NewFile, Resting, album_of

START = datetime(2026, 11, 20, 13, 0, tzinfo=UTC)
ONE, TWO = NewFile("а.xlsx", 10, 1), NewFile("б.xlsx", 20, 1)


def at(seconds: float) -> datetime:
    return START + timedelta(seconds=seconds)


def test_a_file_rests_after_five_seconds_and_two_looks() -> None:
    resting = Resting()
    assert not resting.together([ONE], at(0))
    assert not resting.together([ONE], at(4))
    assert resting.together([ONE], at(5)) == [ONE]


def test_a_long_pause_between_two_looks_is_no_rest_by_itself() -> None:
    assert not Resting().together([ONE], at(600))


def test_a_file_that_grows_does_not_rest() -> None:
    resting = Resting()
    for second in range(0, 60, 2):
        assert not resting.together([NewFile("а.xlsx", second, second)], at(second))


def test_files_that_rest_are_taken_together() -> None:
    resting = Resting()
    resting.together([ONE], at(0))
    assert not resting.together([ONE, TWO], at(6)), "the other one has just come"
    assert resting.together([TWO, ONE], at(11)) == [ONE, TWO]


def test_a_file_that_never_rests_keeps_others_a_minute_only() -> None:
    resting = Resting()
    last = int(PATIENCE.total_seconds()) + 5
    found = [resting.together([ONE, NewFile("б.xlsx", s, s)], at(s)) for s in range(last + 1)]
    assert found[:-1] == [[]] * last
    assert found[-1] == [ONE]


def test_what_is_in_hand_is_not_taken_twice_unless_it_changes() -> None:
    resting = Resting()
    resting.hand([ONE])
    for second in (0, 10):
        assert not resting.together([ONE], at(second))
    changed = NewFile("а.xlsx", 11, 2)
    resting.together([changed], at(20))
    assert resting.together([changed], at(25)) == [changed]
    assert not resting.handed


def test_the_same_files_are_the_same_album_in_any_order() -> None:
    assert album_of([ONE, TWO]) == album_of([TWO, ONE])
    assert album_of([ONE]) != album_of([NewFile("а.xlsx", 10, 2)])
