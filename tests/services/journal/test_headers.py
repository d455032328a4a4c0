"""Headers by which a table is known again."""

from services.journal.headers import DIGITS, fingerprint
from services.journal.readers.tables import Row, Table

PAGE: list[Row] = [("ФИО", "12.сен", "13.сен", 14), ("Ким Яна", "5", "", "н")]


def table(*rows: Row) -> Table:
    return Table("Лист1", iter(rows), len(rows))


def known(*rows: Row) -> str:
    return fingerprint([table(*rows)])


def test_other_days_and_rows_are_the_same_header() -> None:
    later: list[Row] = [("Ф.И.О.", "1.окт", "2.окт", "3.окт", "4.окт"), ("Ли Ян", "4", "4", "", "")]
    assert known(*PAGE) == known(*later)
    assert len(known(*PAGE)) == DIGITS


def test_titles_above_the_header_do_not_count() -> None:
    assert known(("Журнал 5А",), (), *PAGE) == known(("Журнал 6Б",), *PAGE)


def test_other_words_are_another_header() -> None:
    assert known(("Тема", "Дата"), ("Дроби", 1)) != known(("Тема", "Число"), ("Дроби", 1))


def test_a_header_without_words_is_known_only_with_its_rows() -> None:
    assert known((1, 2), ("Ким", 5)) != known((1, 2), ("Ли", 5))
    assert known((1, 2), ("Ким", 5)) == known((1, 2), ("Ким", 5))
    assert known(("ФИО",), ("Ким",)) != known(("ФИО",), ("Ли",))


def test_empty_tables_have_no_header() -> None:
    assert fingerprint([]) == ""
    assert known((), ("", None)) == ""
    assert fingerprint([table(()), table(*PAGE)]) == known(*PAGE)
