"""Names in one form."""

import pytest

from services.journal.names import (
    classes_match,
    fits_initials,
    grade_of,
    name_key,
    normalise_class,
    normalise_classes,
    normalise_name,
)


@pytest.mark.parametrize(
    "written", ["5А", '5 "А"', "5-а", "5A", "5 А класс", "05А", "5 «А»", "\xa05 а ", "5а кл."]
)
def test_a_class_has_one_form(written: str) -> None:
    assert normalise_class(written) == "5А"


@pytest.mark.parametrize("written", ["", "А5", "13А", "0Б", "Иванов", "5.0", "5 А-1-2"])
def test_what_is_no_class_has_no_form(written: str) -> None:
    assert normalise_class(written) is None


def test_a_class_without_a_letter_is_a_class() -> None:
    assert normalise_class("11") == "11"


def test_grades_come_from_the_class() -> None:
    assert [grade_of("10Б"), grade_of("1А"), grade_of("Хор")] == [10, 1, 0]


@pytest.mark.parametrize(
    ("written", "known"),
    [
        ("1", "1"),
        ("1-9", "1-9"),
        ("1–4 классы", "1-4"),
        ("2а;3 Б", "2А, 3Б"),
        ("", ""),
        ("все классы", ""),
        ("9-1", None),
        ("хор", None),
        ("1, хор", None),
    ],
)
def test_a_list_of_classes_is_read_or_refused(written: str, known: str | None) -> None:
    assert normalise_classes(written) == known


@pytest.mark.parametrize(
    ("spec", "class_unit", "matches"),
    [
        ("", "5А", True),
        ("1-9", "9А", True),
        ("1-9", "10А", False),
        ("1", "11А", False),
        ("2А, 3Б", "3Б", True),
        ("2А, 3Б", "2Б", False),
        ("5, 10", "10Б", True),
    ],
)
def test_a_list_of_classes_names_a_class(spec: str, class_unit: str, *, matches: bool) -> None:
    assert classes_match(spec, class_unit) is matches


def test_a_name_has_single_spaces_and_tight_initials() -> None:
    assert normalise_name(" Иванова\xa0 И. И. ") == "Иванова И.И."
    assert normalise_name("Основы. Введение в право") == "Основы. Введение в право"


def test_spellings_of_one_name_share_a_key() -> None:
    assert name_key("Алёхина И. И.") == name_key("алехина\xa0И.И")


@pytest.mark.parametrize(
    ("short", "fits"),
    [
        ("Иванова И.П.", True),
        ("И. П. Иванова", True),
        ("Иванова И.", True),
        ("Иванова П.И.", False),
        ("Иванов И.П.", False),
        ("Иванова", False),
        ("И.П.", False),
    ],
)
def test_initials_fit_a_full_name(short: str, *, fits: bool) -> None:
    assert fits_initials(short, "Иванова Инна Петровна") is fits
